"""A run as Markdown and as one HTML page: measures with intervals, by kind, against an earlier run, what went wrong."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import UTC, datetime

from aidx_assistant import __version__
from aidx_assistant.evaluation.earlier import EarlierRun, asked_and_answered
from aidx_assistant.evaluation.evaluation import Evaluation
from aidx_assistant.evaluation.measures import KINDS, Measure, MeasureKind, is_met

_BY_KIND = {
    "first": "right place first",
    "figures": "figures given",
    "citation_recall": "places cited",
    "refused": "refused",
    "declined": "declined",
}
"""Measures told of each kind of question, and the headings of their columns."""
_COUNTED = ("unsupported", "words")
"""Measures that are means of counts; the others are shares."""
_STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;"
    "padding:0 1rem}div{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0}"
    "td,th{border-bottom:1px solid #8886;padding:.2rem .8rem;text-align:right;vertical-align:bottom}"
    "td:first-child,th:first-child{text-align:left;padding-left:0}"
    "td{font-variant-numeric:tabular-nums;white-space:nowrap}.missed{font-weight:bold}footer{opacity:.7}"
)


def evaluation_as_markdown(evaluation: Evaluation, earlier: EarlierRun | None = None, names_test: bool = False) -> str:
    """The means of an `earlier` run stand beside those of this one.

    What went wrong is told one by one; of the test half, on which nobody is to tune, only where it `names_test`.
    """
    tables = [overall_table(evaluation, earlier), table_by_kind(evaluation)]
    parts = ["\n".join(_markdown_table(table)) for table in tables]
    if wrong := "\n".join(f"- {one}" for one in what_went_wrong(evaluation, names_test)):
        parts.append(f"What went wrong:\n\n{wrong}")
    return "\n\n".join([summary(evaluation, earlier), *parts]) + "\n"


def evaluation_as_html(evaluation: Evaluation, earlier: EarlierRun | None = None, names_test: bool = False) -> str:
    """One self-contained page."""
    overall, by_kind = _html_table(overall_table(evaluation, earlier)), _html_table(table_by_kind(evaluation))
    wrong = "".join(f"<li>{html.escape(one)}</li>" for one in what_went_wrong(evaluation, names_test))
    listed = f"<h2>What went wrong</h2><ul>{wrong}</ul>" if wrong else ""
    made = f"aidx {__version__}, {datetime.now(UTC):%Y-%m-%d}"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>aidx: how often answers are right</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>'
        f"<h1>How often answers are right</h1><p>{html.escape(summary(evaluation, earlier))}</p>{overall}"
        f"<h2>By kind of question</h2>{by_kind}{listed}<footer>{made}</footer></html>\n"
    )


def summary(evaluation: Evaluation, earlier: EarlierRun | None = None) -> str:
    """How many questions, of which half, answered by whom; of an earlier run as well."""
    halves = sorted({one.question.half for one in evaluation.judgements})
    of_halves = "both halves" if len(halves) > 1 else f"{halves[0]} half"
    told = f"{asked_and_answered(len(evaluation.judgements), of_halves, evaluation.answerer)}."
    return " ".join(part for part in (told, evaluation.stopped_in_words, earlier.in_words if earlier else "") if part)


def shown(key: str, value: float) -> str:
    """`93.3%`, or `25.9` where a measure counts."""
    return f"{value:.2f}" if key in _COUNTED else f"{100 * value:.1f}%"


def overall_table(evaluation: Evaluation, earlier: EarlierRun | None = None) -> list[list[str]]:
    """A row of headings, and one for each measure."""
    measures = evaluation.overall
    rows = [["measure", "mean", "95% interval", "questions", "target", *(["before"] if earlier else [])]]
    for kind in KINDS:
        if measure := measures.get(kind.key):
            interval = f"{shown(kind.key, measure.low)} to {shown(kind.key, measure.high)}"
            row = [kind.name, shown(kind.key, measure.mean), interval, str(measure.questions), _target(kind, measure)]
            if earlier:
                row.append(shown(kind.key, earlier.means[kind.key]) if kind.key in earlier.means else "–")
            rows.append(row)
    return rows


def _target(kind: MeasureKind, measure: Measure) -> str:
    """`≥ 85.0%: met`; empty where there is none."""
    if kind.target is None:
        return ""
    verdict = "met" if is_met(kind, measure) else "missed"
    return f"{'≤' if kind.is_small else '≥'} {shown(kind.key, kind.target)}: {verdict}"


def table_by_kind(evaluation: Evaluation) -> list[list[str]]:
    """A row of headings, and one for each kind of question."""
    rows = [["kind", "questions", *_BY_KIND.values()]]
    for kind, measures in evaluation.by_kind().items():
        count = sum(one.question.kind == kind for one in evaluation.judgements)
        cells = [shown(key, measures[key].mean) if key in measures else "–" for key in _BY_KIND]
        rows.append([kind.replace("_", " "), str(count), *cells])
    return rows


def what_went_wrong(evaluation: Evaluation, names_test: bool) -> Iterator[str]:
    """A line for each question; of the test half only where it `names_test`."""
    for one in evaluation.wrong:
        if one.question.half == "test" and not names_test:
            continue
        if not one.question.is_answered:
            fault = "answered, though the sources do not"
        elif not one.answered:
            fault = "declined, though the sources answer it"
        else:
            fault = "a figure is missing or cited elsewhere"
        yield f"“{one.question.ask}”: {fault}"


def _markdown_table(rows: list[list[str]]) -> Iterator[str]:
    header, *others = rows
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    yield from (f"| {' | '.join(row)} |" for row in others)


def _html_table(rows: list[list[str]]) -> str:
    header, *others = rows
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in header)
    body = "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in others)
    return f"<div><table><tr>{head}</tr>{body}</table></div>"


def _html_cell(cell: str) -> str:
    missed = " class=missed" if cell.endswith(": missed") else ""
    return f"<td{missed}>{html.escape(cell)}</td>"
