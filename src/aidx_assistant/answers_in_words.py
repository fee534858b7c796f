"""What to tell of an answer beside its text, in words: who answered, what was in view, what the checks found."""

from __future__ import annotations

from collections.abc import Iterable

from aidx_assistant.answers import Answer, Checks, UnsupportedFigure


def searched_by_words(count: int) -> str:
    """What to know of an answer, or of a search, where passages could be searched by their words alone."""
    passages = "1 passage was" if count == 1 else f"{count:,} passages were"
    return f"{passages} searched by words only, not by meaning: the search index is not complete yet."


def whole_report_in_words(answer: Answer) -> str:
    """That all of the chosen sources was in view, and what the API read from its cache or put there; else empty."""
    if not answer.whole_report:
        return ""
    read = answer.usage.cache_read_input_tokens if answer.usage else 0
    written = answer.usage.cache_creation_input_tokens if answer.usage else 0
    kept = f"written to cache: {written:,}" if written and not read else f"read from cache: {read:,}"
    return f"whole report in view · {kept} tokens"


def answered_by(answer: Answer) -> str:
    """The model, and where another than Claude the server that it runs on; empty where no model was asked."""
    model = answer.model or ""
    if model.startswith("/") or model[1:3] == ":\\":  # a local server may name its model by the file
        model = model.replace("\\", "/").rpartition("/")[2]
    return f"{model} at {answer.endpoint}" if answer.endpoint and "claude" not in model.lower() else model


def checks_in_words(checks: Checks) -> str:
    """What the checks established, in one line."""
    parts = [f"citations verified {checks.citations - checks.citations_unverified} of {checks.citations}"]
    supported = checks.figures - len(checks.figures_unsupported)
    parts.append(f"figures supported {supported} of {checks.figures}" if checks.figures else "no figures")
    if checks.sentences_uncited:
        parts.append(f"sentences without a citation {checks.sentences_uncited}")
    return " · ".join(parts)


def fault_in_words(figure: UnsupportedFigure, times: int = 1) -> str:
    """What is wrong with a figure, in sentences: `46% (twice): the cited sentence says 30%. The sources say: …`"""
    counted = {1: "", 2: " (twice)"}.get(times, f" ({times} times)")
    instead = f" The sources say: {figure.found_instead}" if figure.found_instead else ""
    return f"{figure.text}{counted}: {figure.reason.rstrip('.')}.{instead}"


def faults_in_words(figures: Iterable[UnsupportedFigure]) -> list[str]:
    """What is wrong with figures, a line for each; what is wrong alike at several places stands once, counted."""
    alike: dict[str, list[UnsupportedFigure]] = {}
    for figure in figures:
        alike.setdefault(fault_in_words(figure), []).append(figure)
    return [fault_in_words(same[0], len(same)) for same in alike.values()]


def correction_in_words(answer: Answer) -> list[str]:
    """What the checks found in the first text of an answer that was corrected, a line for each."""
    return faults_in_words(answer.faults_corrected) if answer.corrected else []


def text_with_faults(answer: Answer) -> str:
    """The answer's text with every unsupported figure marked as such, in words."""
    text = answer.text
    for figure in sorted(answer.checks.figures_unsupported, key=lambda fault: fault.end, reverse=True):
        text = f"{text[: figure.end]} [unsupported]{text[figure.end :]}"
    return text
