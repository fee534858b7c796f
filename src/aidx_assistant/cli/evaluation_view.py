"""Shows what a run of known questions came to: tables on a terminal, Markdown in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aidx_assistant.cli.terminal import console, in_one_line, paragraph, width, write
from aidx_assistant.evaluation.report import (
    evaluation_as_markdown,
    overall_table,
    summary,
    table_by_kind,
    what_went_wrong,
)
from aidx_assistant.printable import printable

if TYPE_CHECKING:
    from aidx_assistant.evaluation.earlier import EarlierRun
    from aidx_assistant.evaluation.evaluation import Evaluation

_NARROWEST_TABLE = 80
"""Columns below which it is told line by line."""
_NONE = "–"
"""Stands where a measure does not apply."""


def show_evaluation(evaluation: Evaluation, earlier: EarlierRun | None, names_test: bool) -> None:
    """What went wrong is told one by one; of the test half, on which nobody is to tune, only where it `names_test`."""
    if not console().is_terminal:
        write(evaluation_as_markdown(evaluation, earlier, names_test), end="")
        return
    paragraph(summary(evaluation, earlier))
    for rows in (overall_table(evaluation, earlier), table_by_kind(evaluation)):
        write()
        _show_table(rows)
    if wrong := list(what_went_wrong(evaluation, names_test)):
        write("\nWhat went wrong", style="bold")
        for one in wrong:
            paragraph(in_one_line(one), first="  ")


def _show_table(rows: list[list[str]]) -> None:
    from rich.table import Table

    header, *others = rows
    if width() < _NARROWEST_TABLE:
        for name, *cells in others:
            told = (
                f"{heading} {cell}" for heading, cell in zip(header[1:], cells, strict=True) if cell not in ("", _NONE)
            )
            paragraph(printable(f"{name}: {', '.join(told)}"), rest="  ")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(header[0])
    for place, heading in enumerate(header[1:], 1):
        longest = max(len(row[place]) for row in others)
        table.add_column(heading, justify="right", vertical="bottom", min_width=max(longest, _longest_word(heading)))
    for row in others:
        table.add_row(*map(printable, row))
    console().print(table)


def _longest_word(text: str) -> int:
    return max(map(len, text.split()))
