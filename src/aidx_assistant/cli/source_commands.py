"""`aidx sources`: what is in the library; bringing in, reading again and removing what is the user's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from aidx_assistant.assistant.library_json import places_as_json, source_as_json
from aidx_assistant.claude.usage import usage_in_words
from aidx_assistant.cli import options
from aidx_assistant.cli.failures import telling_what_was_done
from aidx_assistant.cli.sending import read_with, transcriber_for
from aidx_assistant.cli.source_view import show_failed, show_list, show_one, without_origin
from aidx_assistant.cli.terminal import in_one_line, paragraph, print_json, write
from aidx_assistant.cli.wording import what_to_do
from aidx_assistant.errors import EXIT_DONE, EXIT_FAILED, EXIT_PARTLY_DONE, InterruptedByUserError
from aidx_assistant.evidence import SEGMENTS
from aidx_assistant.plurals import counted

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.assistant.imported import Imported
    from aidx_assistant.assistant.importing import Importing
    from aidx_assistant.assistant.transcribing import Transcriber
    from aidx_assistant.evidence import Source

_GOES_ON = "The same command goes on with the rest."
_OUTCOMES = ("added", "updated", "unchanged", "skipped", "failed")
allow_private = click.option("--allow-private", is_flag=True, help="Also fetch from private networks.")


def _iso_date(context: click.Context, parameter: click.Parameter, text: str) -> str:
    """A day, a month or a year; or nothing."""
    if text:
        from aidx_assistant.assistant.given import date_problem

        if problem := date_problem(text):
            raise click.BadParameter(problem)
    return text


@click.group()
def sources() -> None:
    """The reports in the library: list and show them, add your own, read them again, remove them."""


@sources.command("list")
@click.option("--failed", is_flag=True, help="Only what could not be read, and why.")
@options.as_json
def list_sources(failed: bool, as_json: bool) -> int:
    """List the reports in the library."""
    with options.assistant() as service:
        if failed:
            not_read = service.failed_imports()
            if as_json:
                print_json({"schema": 1, "failed": [asdict(one) for one in not_read]})
            else:
                show_failed(not_read)
            return EXIT_DONE
        imports = {one.source_id: one for one in service.imports()}
        held = [(source, service.passages(source.id), imports.get(source.id)) for source in service.sources()]
    if as_json:
        print_json({"schema": 1, "sources": [source_as_json(*one) for one in held]})
    else:
        show_list(held)
    return EXIT_DONE


@sources.command("show")
@click.argument("source_id", metavar="ID")
@options.as_json
def show_source(source_id: str, as_json: bool) -> int:
    """Show the report ID: its sections and slides, and what of them has been read."""
    with options.assistant() as service:
        source = service.source(source_id)
        passages = service.passages(source_id)
        imported = next((one for one in service.imports() if one.source_id == source_id), None)
    if as_json:
        print_json({"schema": 1, **source_as_json(source, passages, imported), "places": places_as_json(passages)})
    else:
        show_one(source, passages, imported)
    return EXIT_DONE


@sources.command(
    "add",
    short_help="Read files, folders or pages into the library.",
    epilog="\b\nExamples:\n  aidx sources add report.pdf --publisher KLAS\n"
    "  aidx sources add clips/ slides.pptx\n  aidx sources add https://example.org/report.html",
)
@click.argument("names", nargs=-1, required=True, metavar="PATH|FOLDER|URL…")
@click.option("--title", default="", help="The title, where the file gives none or a wrong one.")
@click.option("--publisher", default="", help="Who published it.")
@click.option("--date", default="", metavar="YYYY-MM-DD", callback=_iso_date, help="When it was published.")
@click.option(
    "--segment",
    type=click.Choice(SEGMENTS),
    help="What figures are about that name no segment; by default the one that the title names.",
)
@click.option("--password", help="Of an encrypted file; it is not kept.")
@read_with
@allow_private
@options.as_json
def add(names: tuple[str, ...], allow_private: bool, as_json: bool, reader: str, yes: bool, **given: Any) -> int:
    """Read files, the files of folders, and pages into the library.

    Reads Markdown clips, HTML, PDF, PowerPoint, slide pictures, CSV and plain text. What is there already, also under
    another name, is recognised and not read in twice.
    """
    from aidx_assistant.assistant.given import Given

    with (
        options.assistant() as service,
        transcriber_for(service, reader, yes) as transcriber,
        _importing(service, allow_private, transcriber) as importing,
    ):
        return _told(importing.add(names, Given(**given)), service, as_json, transcriber)


@sources.command("refresh", short_help="Read again what has changed, and what once failed.")
@click.argument("source_ids", nargs=-1, metavar="[ID…]")
@read_with
@allow_private
@options.as_json
def refresh(source_ids: tuple[str, ...], allow_private: bool, as_json: bool, reader: str, yes: bool) -> int:
    """Read again what has changed where it came from, and try again what could not be read; all, or only ID."""
    with options.assistant() as service:
        for source_id in source_ids:
            service.brought(source_id)
        with (
            transcriber_for(service, reader, yes) as transcriber,
            _importing(service, allow_private, transcriber) as importing,
        ):
            return _told(importing.refresh(source_ids), service, as_json, transcriber)


@sources.command("remove", short_help="Remove reports that were added.")
@click.argument("source_ids", nargs=-1, required=True, metavar="ID…")
@options.as_json
def remove(source_ids: tuple[str, ...], as_json: bool) -> int:
    """Remove reports that were added. Your files stay where they are; so do old answers, with what they quote.

    With a shared index (chroma_url) they go for everybody who shares it.
    """
    with options.assistant() as service:
        for source_id in source_ids:
            service.brought(source_id)
        removed: list[Source] = []
        with telling_what_was_done(lambda: {"removed": [source.id for source in removed]}):
            for source_id in dict.fromkeys(source_ids):
                removed.append(service.remove_source(source_id))
                if not as_json:
                    paragraph(in_one_line(f"Removed “{removed[-1].title}”."))
            if service.library.is_shared:
                service.sync()
    if as_json:
        print_json({"schema": 1, "removed": [source.id for source in removed]})
    return EXIT_DONE


@contextmanager
def _importing(service: Assistant, allow_private: bool, transcriber: Transcriber | None) -> Iterator[Importing]:
    from aidx_assistant.assistant.importing import Importing

    service.sources()  # the shipped ones are read first: a source with the title of one is told apart from it
    with Importing(
        service.library, service.progress, allow_private=allow_private, transcriber=transcriber
    ) as importing:
        yield importing


def _told(outcomes: Iterator[Imported], service: Assistant, as_json: bool, transcriber: Transcriber | None) -> int:
    """Tells what became of each as it is done, brings the index up to date, and sums up."""
    done: list[Imported] = []
    with telling_what_was_done(lambda: _as_json(done, transcriber)):
        try:
            for imported in outcomes:
                done.append(imported)
                if not as_json:
                    service.progress.pause()
                    _show(imported)
            if service.library.is_behind:
                service.sync()
        except KeyboardInterrupt:
            service.progress.pause()
            raise InterruptedByUserError("Interrupted; what was told as added is in the library.", _GOES_ON) from None
    counts = _counted(done)
    if as_json:
        print_json({"schema": 1, **_as_json(done, transcriber)})
    else:
        told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in _OUTCOMES if counts[outcome])
        write(told or "Nothing to read.", style="bold")
        if transcriber and transcriber.usage.output_tokens:
            write(f"Claude: {', '.join(usage_in_words(transcriber.usage))}.", style="dim")
    return _exit_code(counts)


def _counted(done: Sequence[Imported]) -> Counter[str]:
    return Counter(one.outcome for one in done)


def _as_json(done: Sequence[Imported], transcriber: Transcriber | None) -> dict[str, Any]:
    """With what Claude took, where it read."""
    counts = _counted(done)
    return {
        **({"usage": asdict(transcriber.usage)} if transcriber else {}),
        "sources": [asdict(one) for one in done],
        "summary": {outcome: counts[outcome] for outcome in _OUTCOMES},
    }


def _exit_code(counts: Counter[str]) -> int:
    if not counts["failed"]:
        return EXIT_DONE
    return EXIT_PARTLY_DONE if counts.total() > counts["failed"] else EXIT_FAILED


def _show(imported: Imported) -> None:
    name = f"“{imported.title}” ({imported.source_id})" if imported.source_id else imported.origin
    figures = f", {counted(imported.figures, 'figure')}" if imported.figures else ""
    paragraph(in_one_line(f"{imported.outcome}: {name}{figures}"), rest="    ")
    helps = what_to_do(imported.hint, imported.remedies)
    for told in (without_origin(imported.reason, imported.origin), helps, *imported.remarks):
        if told:
            paragraph(in_one_line(told), first="    ", style="dim")
