"""`aidx search`, `aidx show`: what is in the library and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from aidx_assistant.assistant.library_json import found_as_json, place_as_json
from aidx_assistant.cli import options
from aidx_assistant.cli.finding_view import finding_line
from aidx_assistant.cli.source_view import show_links
from aidx_assistant.cli.terminal import paragraph, print_json, tell_of_words_only, write
from aidx_assistant.evidence import Passage, Segment, Source, passage_label

if TYPE_CHECKING:
    from aidx_assistant.retrieval.search import Found


@click.command(
    short_help="Rank the library's passages for a query.",
    epilog='\b\nExample:\n  aidx search "ambient scribes" --segment provider',
)
@click.argument("query", nargs=-1)
@options.of_segment
@options.of_source
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="At most so many passages.")
@options.as_json
def search(query: tuple[str, ...], segment: Segment | None, source_id: str | None, limit: int, as_json: bool) -> int:
    """Rank the library's passages for QUERY, by words and by meaning."""
    with options.assistant() as service:
        found = service.found(" ".join(query), segment=segment, source_id=source_id, limit=limit)
        sources = {source.id: source for source in service.sources()}
    if as_json:
        print_json(found_as_json(found, sources))
    else:
        _show_found(found, sources)
    tell_of_words_only(found.by_words_only)
    return 0


def _show_found(found: Found, sources: Mapping[str, Source]) -> None:
    for place, item in enumerate(found.passages, 1):
        paragraph(passage_label(item.passage, sources[item.passage.source_id]), first=f"{place:>3}. ", style="bold")
        paragraph(item.passage.text, first="     ")
        write()


@click.command(
    short_help="Show a slide or a section.",
    epilog='\b\nExamples:\n  aidx show "slide 8"\n  aidx show "Top takeaways"\n  aidx show introduction',
)
@click.argument("place", nargs=-1, required=True)
@options.of_source
@options.as_json
def show(place: tuple[str, ...], source_id: str | None, as_json: bool) -> int:
    """Show PLACE: a slide by number or a section by its heading, with its text, figures and picture."""
    with options.assistant() as service:
        found = service.place_named(place, source_id)
    passages = found.passages
    as_a_whole = replace(passages[0], shown_beside=None)
    if as_json:
        print_json(place_as_json(found))
        return 0
    paragraph(_title(as_a_whole, found.source), style="bold")
    for passage in passages:
        write()
        paragraph(passage.text)
        if passage.shown_beside:
            paragraph(f"Shown beside {passage.shown_beside}: {passage.picture}", style="dim")
        show_links(passage.links)
    _show_findings_of(found.findings)
    write()
    if passages[0].locator.kind == "slide" and passages[0].picture:
        paragraph(f"Picture: {passages[0].picture}", style="dim")
    if found.source.url:
        paragraph(f"Source: {found.source.url}", style="dim")
    return 0


def _title(passage: Passage, source: Source) -> str:
    label = passage_label(passage, source)
    lacks_title = passage.locator.kind == "slide" and passage.read == "no" and passage.locator.heading
    return f"{label}: {passage.locator.heading}" if lacks_title else label


def _show_findings_of(findings: Any) -> None:
    if findings:
        write()
        write("Findings", style="bold")
        for finding in findings:
            paragraph(finding_line(finding), first="  - ")
