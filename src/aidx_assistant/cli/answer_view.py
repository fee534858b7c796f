"""Shows an answer: its text, its numbered sources, and what the checks established."""

from __future__ import annotations

from aidx_assistant.answers import Answer, Citation
from aidx_assistant.answers_in_words import (
    answered_by,
    checks_in_words,
    correction_in_words,
    faults_in_words,
    text_with_faults,
)
from aidx_assistant.claude.usage import usage_in_words
from aidx_assistant.cli.terminal import paragraph, write

_NO_MODEL = "no model: quoted from the sources"


def show_answer(answer: Answer) -> None:
    """The whole answer; figures that no cited sentence carries are marked in the text."""
    if answer.text:
        paragraph(text_with_faults(answer))
    show_outcome(answer)


def show_outcome(answer: Answer, text_shown: bool = False) -> None:
    """All that follows the text; with `text_shown`, also the text again where the checks changed it."""
    if text_shown and (answer.corrected or text_with_faults(answer) != answer.text):
        write()
        if answer.corrected:
            write("Corrected answer, in place of the one above", style="bold")
            write()
        paragraph(text_with_faults(answer))
    if answer.reason:
        write()
        paragraph(answer.reason, style="bold" if answer.answered else None)
    _show_correction(answer)
    if answer.citations:
        write()
        write("Sources", style="bold")
        for citation in answer.citations:
            _show_citation(citation)
    if answer.nearest:
        write()
        write("Nearest in the library", style="bold")
        for citation in answer.nearest:
            _show_citation(citation, pointer=True)
    _show_disagreements(answer)
    _show_checks(answer)


def _show_citation(citation: Citation, pointer: bool = False) -> None:
    mark = "    - " if pointer else f"{f'[{citation.number}]':>5} "
    paragraph(citation.label, first=mark)
    paragraph(f"“{citation.quote}”", first="      ", style="italic")
    if not pointer and not citation.verified:
        paragraph("Not verified: this is not what the library holds there.", first="      ", style="bold red")


def _show_correction(answer: Answer) -> None:
    if answer.corrected:
        write()
        write("Corrected by Claude; the checks had found", style="bold")
        for fault in correction_in_words(answer):
            paragraph(fault, first="    - ")


def _show_disagreements(answer: Answer) -> None:
    if not answer.disagreements:
        return
    write()
    write("Sources differ", style="bold")
    for disagreement in answer.disagreements:
        markers = "".join(f"[{number}]" for number in disagreement.citations)
        paragraph(f"{markers} {disagreement.about}", first="    - ")


def _show_checks(answer: Answer) -> None:
    checks = answer.checks
    faults = checks.figures_unsupported
    if faults:
        write()
        write("Figures that no cited sentence carries", style="bold red")
        for fault in faults_in_words(faults):
            paragraph(fault, first="    - ")
    write()
    if answer.answered:
        paragraph(f"Checks: {checks_in_words(answer.checks)}", style="dim")
    paragraph(f"Answer: {_origin(answer)}", style="dim")


def _origin(answer: Answer) -> str:
    if answer.mode == "extractive":
        return _NO_MODEL
    cited = (
        "" if answer.cited_by_model or not answer.answered else ", not cited by the model: sources found by matching"
    )
    if answer.model is None:
        return "no model was asked"
    return f"{answered_by(answer)}{cited}{_usage(answer)}"


def _usage(answer: Answer) -> str:
    return "" if answer.usage is None else f" ({', '.join(usage_in_words(answer.usage))})"
