"""A run as Markdown and as one HTML page: measures with intervals, by kind, against an earlier run, what went wrong."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from aidx_assistant.evaluation.evaluation import Evaluation
from aidx_assistant.evaluation.measures import KINDS, is_met

_BY_KIND = ("first", "figures", "citation_recall", "refused", "declined")
_COUNTED = ("unsupported", "words")
"""Measures that are means of counts; the others are shares."""


def evaluation_as_markdown(
    evaluation: Evaluation, earlier: Mapping[str, Any] | None = None, names_test: bool = False
) -> str:
    """`earlier`: the object of an earlier run; its means stand beside those of this one.

    What went wrong is told one by one; of the test half, on which nobody is to tune, only where it `names_test`.
    """
    tables = [_overall(evaluation, earlier), _by_kind(evaluation)]
    parts = ["\n".join(_markdown_table(table)) for table in tables]
    if wrong := "\n".join(f"- {_told(one)}" for one in _wrong(evaluation, names_test)):
        parts.append(f"What went wrong:\n\n{wrong}")
    return "\n\n".join([_summary(evaluation), *parts]) + "\n"


def evaluation_as_html(
    evaluation: Evaluation, earlier: Mapping[str, Any] | None = None, names_test: bool = False
) -> str:
    """One self-contained page."""
    tables = "".join(_html_table(table) for table in (_overall(evaluation, earlier), _by_kind(evaluation)))
    wrong = "".join(f"<li>{html.escape(_told(one))}</li>" for one in _wrong(evaluation, names_test))
    listed = f"<h2>What went wrong</h2><ul>{wrong}</ul>" if wrong else ""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>aidx: evaluation</title>'
        '<meta name="viewport" content="width=device-width"><style>'
        "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        "table{border-collapse:collapse;margin:1rem 0}td,th{border-bottom:1px solid #ccc;padding:.2rem .8rem;"
        "text-align:left}td+td{font-variant-numeric:tabular-nums}</style>"
        f"<h1>Evaluation</h1><p>{html.escape(_summary(evaluation))}</p>{tables}{listed}</html>\n"
    )


def shown(key: str, value: float) -> str:
    """`93.3%`, or `25.9` where a measure counts."""
    return f"{value:.2f}" if key in _COUNTED else f"{100 * value:.1f}%"


def _summary(evaluation: Evaluation) -> str:
    halves = " and ".join(sorted({one.question.half for one in evaluation.judgements}))
    told = f"{len(evaluation.judgements)} questions ({halves} half), answered by {evaluation.answerer}."
    return f"{told} {evaluation.stopped_in_words}".strip()


def _overall(evaluation: Evaluation, earlier: Mapping[str, Any] | None) -> list[list[str]]:
    measures = evaluation.overall
    before = (earlier or {}).get("overall", {})
    rows = [["measure", "mean", "95% interval", "questions", "target", *(["before"] if before else [])]]
    for kind in KINDS:
        if measure := measures.get(kind.key):
            target = ""
            if kind.target is not None:
                sign = "≤" if kind.is_small else "≥"
                verdict = "met" if is_met(kind, measure) else "missed"
                target = f"{sign} {shown(kind.key, kind.target)}: {verdict}"
            interval = f"{shown(kind.key, measure.low)} to {shown(kind.key, measure.high)}"
            row = [kind.name, shown(kind.key, measure.mean), interval, str(measure.questions), target]
            if before:
                row.append(shown(kind.key, before[kind.key]["mean"]) if kind.key in before else "–")
            rows.append(row)
    return rows


def _by_kind(evaluation: Evaluation) -> list[list[str]]:
    names = {kind.key: kind.name for kind in KINDS}
    rows = [["kind", "questions", *(names[key] for key in _BY_KIND)]]
    for kind, measures in evaluation.by_kind().items():
        count = sum(one.question.kind == kind for one in evaluation.judgements)
        cells = [shown(key, measures[key].mean) if key in measures else "–" for key in _BY_KIND]
        rows.append([kind.replace("_", " "), str(count), *cells])
    return rows


def _wrong(evaluation: Evaluation, names_test: bool) -> Iterator[tuple[str, str]]:
    for one in evaluation.wrong:
        if one.question.half == "test" and not names_test:
            continue
        if not one.question.is_answered:
            yield one.question.ask, "answered, though the sources do not"
        elif not one.answered:
            yield one.question.ask, "declined, though the sources answer it"
        else:
            yield one.question.ask, "a figure is missing or cited elsewhere"


def _told(wrong: tuple[str, str]) -> str:
    return f"“{wrong[0]}”: {wrong[1]}"


def _markdown_table(rows: list[list[str]]) -> Iterator[str]:
    header, *others = rows
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    yield from (f"| {' | '.join(row)} |" for row in others)


def _html_table(rows: list[list[str]]) -> str:
    header, *others = rows
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in header)
    body = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in others)
    return f"<table><tr>{head}</tr>{body}</table>"
