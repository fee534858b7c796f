"""Shows sources: what they are, what of them is read, where what the user brought came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aidx_assistant.assistant.library_json import first_of_each_place
from aidx_assistant.cli.terminal import in_one_line, paragraph, write
from aidx_assistant.cli.wording import what_to_do
from aidx_assistant.evidence import Passage, Source
from aidx_assistant.library.records import FailedImport, Import
from aidx_assistant.plurals import counted

_HOW_READ = {"yes": "", "no": "  (not read)", "by OCR": "  (read by OCR)", "by Claude": "  (read by Claude)"}


def show_list(held: Sequence[tuple[Source, Sequence[Passage], Import | None]]) -> None:
    """Every source in a few lines."""
    for source, passages, imported in held:
        write(source.id, style="bold")
        paragraph(_about(source), first="  ")
        sentences = sum(len(passage.sentences) for passage in passages)
        paragraph(f"{counted(len(passages), 'passage')}, {counted(sentences, 'sentence')}", first="  ")
        if imported:
            paragraph(in_one_line(f"{imported.medium}, from {imported.came_from}"), first="  ")
        if source.note:
            paragraph(source.note, first="  ", style="dim")
        write()


def show_failed(failed: Sequence[FailedImport]) -> None:
    """What could not be read, and why."""
    for one in failed:
        paragraph(in_one_line(one.origin), style="bold", rest="  ")
        paragraph(in_one_line(without_origin(one.reason, one.origin)), first="  ")
        if helps := what_to_do(one.hint, one.remedies):
            paragraph(helps, first="  ", style="dim")
    write("aidx sources refresh tries them again." if failed else "Everything could be read.", style="dim")


def without_origin(reason: str, origin: str) -> str:
    """A reason that begins with what it is about, under a line that has named that already."""
    rest = reason.removeprefix(f"{origin} ")
    return rest if rest == reason else f"It {rest}"


def show_one(source: Source, passages: Sequence[Passage], imported: Import | None) -> None:
    """A source with its sections, slides, pages and pictures."""
    paragraph(_about(source), style="bold")
    if source.note:
        paragraph(source.note)
    if source.url:
        paragraph(source.url, style="dim")
    if imported:
        paragraph(in_one_line(f"Read on {imported.imported_at[:10]} from {imported.came_from}"), style="dim")
    in_order = first_of_each_place(passages)
    for kind, title in (("section", "Sections"), ("slide", "Slides"), ("page", "Pages"), ("picture", "Pictures")):
        of_kind = [passage for passage in in_order if passage.locator.kind == kind]
        if of_kind:
            write()
            write(title, style="bold")
        for passage in of_kind:
            name = passage.locator.heading or ("introduction (no heading)" if kind == "section" else "(no heading)")
            number = f"{passage.locator.number:>2}. " if passage.locator.number is not None else ""
            paragraph(f"{name}{_HOW_READ[passage.read]}", first=f"  {number}")
    links = dict.fromkeys(link for passage in passages for link in passage.links)
    if links:
        write()
        write("Links", style="bold")
        show_links(links)


def show_links(links: Iterable[tuple[str, str]]) -> None:
    """Words and address of each, in a line of its own; nothing where there are none."""
    for words, address in links:
        paragraph(in_one_line(address if words == address else f"{words}: {address}"), first="  → ", style="dim")


def _about(source: Source) -> str:
    parts = [source.name, ", ".join(source.publishers), source.date, source.attribution or ""]
    return " · ".join(part for part in parts if part)
