"""`aidx findings`: every figure with what it measures, as a table, CSV or JSON."""

from __future__ import annotations

import string
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import click

from aidx_assistant.cli import options
from aidx_assistant.cli.terminal import console, paragraph, print_json, width, write
from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import SEGMENTS, Finding, Segment, Source
from aidx_assistant.printable import printable

_NARROWEST_TABLE = 76
"""Columns below which the findings are shown line by line."""


@click.command(
    short_help="List the figures, each with what it measures.",
    epilog="\b\nExamples:\n  aidx findings --segment payer\n  aidx findings --topic production --csv > f.csv",
)
@click.option("--segment", type=click.Choice(SEGMENTS), help="Only findings of exactly this segment.")
@click.option("--topic", metavar="TOPIC", help="Only findings on this topic.")
@options.of_source
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated values.")
@options.as_json
def findings(segment: Segment | None, topic: str | None, source_id: str | None, as_csv: bool, as_json: bool) -> int:
    """List the findings: each figure with what it measures, of whom, and where it stands."""
    if as_csv and as_json:
        raise UsageError("--csv and --json exclude each other.", "Choose one.")
    with options.assistant() as service:
        found = service.findings(segment=segment, topic=topic, source_id=source_id)
        held = service.sources()
    by_id = {source.id: source for source in held}
    if as_json:
        from aidx_assistant.assistant.library_json import findings_as_json

        print_json(findings_as_json(found, by_id))
    elif as_csv:
        from aidx_assistant.assistant.finding_table import findings_as_csv

        sys.stdout.write(findings_as_csv(found, by_id))
    elif found:
        _show(found, held)
    else:
        write("No finding fits.")
    return 0


def finding_line(finding: Finding) -> str:
    """A finding in one line: the figure, what it measures, of whom."""
    figure = f"{finding.value}: " if finding.value else ""
    of = ", ".join(part for part in (finding.population, finding.time_frame) if part)
    differs = f" Differs: {finding.difference}" if finding.difference else ""
    return f"{figure}{finding.measure} ({'; '.join(part for part in (finding.segment, of) if part)}).{differs}"


def _show(found: Sequence[Finding], sources: Sequence[Source]) -> None:
    """The findings, then what their letters stand for, and where they differ."""
    letters = {source.id: _letter(place) for place, source in enumerate(sources)}
    rows = [_row(finding, letters.get(finding.source_id, "?")) for finding in found]
    if width() < _NARROWEST_TABLE:
        _show_lines(rows)
    else:
        _show_table(rows)
    imported = {finding.source_id for finding in found if finding.origin == "imported"}
    for source in sources:
        if source.id in {finding.source_id for finding in found}:
            caveats = [source.attribution or "", "imported: not checked by hand" if source.id in imported else ""]
            caveat = "; ".join(caveat for caveat in caveats if caveat)
            paragraph(f"{letters[source.id]}: {source.name}{f' ({caveat})' if caveat else ''}", style="dim")
    differences = _differences(found)
    if differences:
        write()
        write("Where sources differ", style="bold")
        for difference in differences:
            paragraph(difference, first="  - ")
    write(f"{len(found)} finding{'s' if len(found) != 1 else ''}", style="dim")


def _letter(place: int) -> str:
    """Of a source by its place in the library: A to Z, then AA, AB."""
    before, last = divmod(place, len(string.ascii_uppercase))
    return (_letter(before - 1) if before else "") + string.ascii_uppercase[last]


@dataclass(frozen=True, slots=True)
class _Row:
    """What is shown of a finding."""

    figure: str
    measure: str
    segment: str
    population: str
    place: str


def _row(finding: Finding, letter: str) -> _Row:
    frame = f" ({finding.time_frame})" if finding.time_frame else ""
    place = f"{letter}, {_short_place(finding)}"
    return _Row(finding.value or "–", finding.measure + frame, finding.segment, finding.population, place)


def _show_lines(rows: Sequence[_Row]) -> None:
    """For a narrow terminal: the columns of a table would be no wider than a word."""
    for row in rows:
        paragraph(f"{row.figure}  {row.measure}", rest="    ")
        told = (row.segment, row.population, row.place)
        paragraph(" · ".join(part for part in told if part), first="    ", style="dim")


def _show_table(rows: Sequence[_Row]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, width=width(), show_edge=False)
    table.add_column("Figure", max_width=14, overflow="fold")
    table.add_column("What it measures", ratio=4, overflow="fold")
    table.add_column("Segment", no_wrap=True)
    table.add_column("Of whom", ratio=3, overflow="fold")
    table.add_column("Where", ratio=3, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in astuple(row)))
    console().print(table)


def _differences(found: Sequence[Finding]) -> list[str]:
    """Each disagreement once, although every finding that takes part in it tells it."""
    told: dict[str, str] = {}
    for finding in found:
        if finding.difference and not any(other in told for other in finding.differs_from):
            told[finding.id] = finding.difference
    return list(dict.fromkeys(told.values()))


def _short_place(finding: Finding) -> str:
    locator = finding.locator
    if locator.kind == "section":
        return locator.heading or locator.label
    return f"{locator.label}: {locator.heading}" if locator.heading else locator.label
