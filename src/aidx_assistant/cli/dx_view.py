"""Shows a scored file of jobs: table, chart, by what it was scored, and what could not be used."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from aidx_assistant.cli.terminal import console, in_one_line, paragraph, width, write
from aidx_assistant.errors import UsageError

if TYPE_CHECKING:
    from aidx_assistant.dx.index import DxIndex, ScoredJob
    from aidx_assistant.dx.plot import Plot
    from aidx_assistant.dx.reading import JobFile

_WIDEST_CHART = 120
_NO_QUADRANT = "no stage counts"
_HEADS = ("Job", "Opportunity", "Adoption", "Quadrant")
_NARROWEST_TABLE = 56
"""Columns below which the scores stand on a line of their own below each name."""
_NUMBERS_NAMED = 12


def index_as_json(index: DxIndex) -> dict[str, Any]:
    """By what the jobs were scored, and the jobs."""
    from aidx_assistant.dx.index import CAVEAT, FORMULA

    return {
        "method": FORMULA,
        "caveat": CAVEAT,
        "weights": {
            "origin": index.weights.origin,
            "values": {stage: float(weight) for stage, weight in index.weights.values},
            "yours": [stage for stage in index.weights.stages if stage in index.weights.yours],
        },
        "split": {"opportunity": float(index.split.opportunity), "adoption": float(index.split.adoption)},
        "pain_scale": float(index.pain_scale),
        "jobs": [_job_as_json(scored) for scored in index.jobs],
    }


def _job_as_json(scored: ScoredJob) -> dict[str, Any]:
    job = scored.job
    return {
        "number": scored.number,
        "name": job.name,
        "line": job.line,
        "opportunity": float(scored.opportunity),
        "adoption": None if scored.adoption is None else float(scored.adoption),
        "quadrant": scored.quadrant,
        "pain": float(job.pain),
        "manual": float(job.manual),
        "stages": dict(job.counts),
    }


def invalid_as_json(found: JobFile) -> list[dict[str, Any]]:
    return [{"file": found.file, "line": fault.line, "field": fault.field, "why": fault.why} for fault in found.invalid]


def show_index(index: DxIndex) -> None:
    """Table, chart and notes on standard output."""
    _show_table(index.jobs)
    first = [scored.number for scored in index.within("look first")]
    write()
    paragraph(f"Look first, where opportunity is high and adoption low: {_listed(first) if first else 'none'}.")
    write()
    _show_chart(index)
    write()
    for note in index.notes:
        paragraph(note, style="dim")


def show_invalid(found: JobFile) -> None:
    """What of the file is not used, on standard error."""
    told = [f"{found.file}, line {fault.line}, {fault.field}: {_sentence(fault.why)}" for fault in found.invalid]
    if told:
        told.append(f"{found.file}: not scored for this: {found.rows - len(found.jobs)} of {found.rows} jobs.")
    if found.unused:
        told.append(
            f"{found.file}: not used: {', '.join(found.unused)}. A stage of your own needs a weight: --weights."
        )
    for line in told:
        print(f"aidx: {in_one_line(line)}", file=sys.stderr)


def no_job_in(found: JobFile) -> UsageError:
    """What to say where no row of a file can be scored."""
    return UsageError(
        f"{in_one_line(found.file)} has no job that can be scored.", "See a file to start from: aidx dx --example"
    )


def _sentence(clause: str) -> str:
    return clause if clause.endswith("?") else f"{clause}."


def _show_table(jobs: Sequence[ScoredJob]) -> None:
    from rich.cells import cell_len

    digits = len(str(len(jobs)))
    scores = sum(len(head) for head in _HEADS[1:3]) + len(_NO_QUADRANT) + 6
    room = width() - digits - 2 - scores
    if width() < _NARROWEST_TABLE:
        _show_lines(jobs, digits)
        return
    longest = max(len(_HEADS[0]), *(cell_len(scored.job.name) for scored in jobs))
    column = min(room, longest)
    head = f"{_HEADS[0]}{' ' * (column - len(_HEADS[0]))}  {_HEADS[1]}  {_HEADS[2]}  {_HEADS[3]}"
    write(f"{'#':>{digits}}  {head}", style="bold")
    for scored in jobs:
        first, *rest = _wrapped(scored.job.name, column)
        reached = "-" if scored.adoption is None else str(scored.adoption)
        numbers = f"{scored.opportunity:>{len(_HEADS[1])}}  {reached:>{len(_HEADS[2])}}"
        name = first + " " * (column - cell_len(first))
        write(f"{scored.number:>{digits}}  {name}  {numbers}  {scored.quadrant or _NO_QUADRANT}", style=_style(scored))
        for line in rest:
            write(" " * (digits + 2) + line, style=_style(scored))


def _style(scored: ScoredJob) -> str | None:
    return "bold" if scored.quadrant == "look first" else None


def _show_lines(jobs: Sequence[ScoredJob], digits: int) -> None:
    """For a narrow terminal."""
    for scored in jobs:
        paragraph(scored.job.name, first=f"{scored.number:>{digits}}  ", style=_style(scored))
        reached = "none" if scored.adoption is None else scored.adoption
        where = scored.quadrant or _NO_QUADRANT
        paragraph(f"opportunity {scored.opportunity}, adoption {reached}: {where}", first=" " * (digits + 2))


def _wrapped(name: str, cells: int) -> list[str]:
    """A name in lines of so many cells; wide letters take two."""
    from rich.cells import cell_len
    from rich.text import Text

    if cell_len(name) <= cells:
        return [name]
    return [line.plain.rstrip() for line in Text(name).wrap(console(), cells)]


def _show_chart(index: DxIndex) -> None:
    from aidx_assistant.dx.plot import ASCII, BOXES, NARROWEST, plotted

    columns = min(shutil.get_terminal_size((80, 24)).columns or 80, _WIDEST_CHART)
    without = [scored.number for scored in index.within(None)]
    if columns < NARROWEST:
        write(f"The chart needs {NARROWEST} columns.", style="dim")
    elif len(without) < len(index.jobs):
        plot = plotted(index, columns, BOXES if _shows("".join(astuple(BOXES))) else ASCII)
        for line in plot.lines:
            write(line)
        _tell_what_is_missing(plot)
    if without:
        paragraph(f"Without stage counts there is no adoption score, so not in the chart: {_listed(without)}.")


def _tell_what_is_missing(plot: Plot) -> None:
    if plot.unnumbered:
        paragraph(f"In the chart without a number, for lack of room: {_listed(plot.unnumbered)}.")
    if plot.beyond:
        paragraph(f"The {plot.beyond} jobs further down the list are dots.")


def _listed(numbers: Sequence[int]) -> str:
    more = len(numbers) - _NUMBERS_NAMED
    return ", ".join(map(str, numbers[:_NUMBERS_NAMED])) + (f" and {more} more" if more > 0 else "")


def _shows(text: str) -> bool:
    """Whether standard output can take these characters."""
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
