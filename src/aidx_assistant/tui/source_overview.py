"""What the library holds of a source and what of it has been read: counted, and put into words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.content import Content

from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import Passage, Source
from aidx_assistant.library.records import Import
from aidx_assistant.tui.wording import as_sentence, published

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.assistant.fetch_plan import FetchPlan

_TITLE = "bold"
_ASIDE = "dim"
_CAVEAT = "$text-warning"


@dataclass(frozen=True, slots=True)
class SourceOverview:
    """A source with what is counted of it."""

    source: Source
    passages: int
    """With text that has been read, slides apart."""
    slides: int
    slides_read: int
    from_pictures: tuple[tuple[str, int], ...]
    """How many of the passages and slides that have been read were read from a picture, by whom: `("by OCR", 5)`."""
    findings: int
    imported: Import | None = None
    """Where it came from, where the user brought it."""
    plan: FetchPlan | None = None
    """What the user's own copy is made of, where it ships as notes that lack something."""
    copied: int = 0
    """How many of these things have been fetched."""


def source_overviews(assistant: Assistant) -> tuple[SourceOverview, ...]:
    """Every source of the library, in its order."""
    from aidx_assistant.library.supplements import Supplements

    findings = Counter(finding.source_id for finding in assistant.findings())
    imports = {one.source_id: one for one in assistant.imports()}
    copied = Counter(file.parent.name for file in Supplements(assistant.library.home).files())
    return tuple(
        replace(
            _overview(source, assistant.passages(source.id), findings[source.id]),
            imported=imports.get(source.id),
            plan=_plan(assistant, source.id) if source.id not in imports else None,
            copied=copied[source.id],
        )
        for source in assistant.sources()
    )


def entry(overview: SourceOverview) -> Content:
    """A source in a list: its title, who published it and when, and what of it is read."""
    source = overview.source
    lines = [Content.assemble((source.name, _TITLE))]
    lines += [Content.assemble((line, _ASIDE)) for line in (published(source), _counts(overview)) if line]
    if source.attribution:
        lines.append(Content.assemble((as_sentence(source.attribution), _CAVEAT)))
    return Content("\n").join(lines)


def details(overview: SourceOverview) -> tuple[tuple[str, Content], ...]:
    """All that is known of a source, as headings with their text; the first heading is empty."""
    source = overview.source
    known = [
        ("Published by", ", ".join(source.publishers) or "not known"),
        ("Written by", "; ".join(source.authors)),
        ("Date", source.date or "not known"),
        ("Address", source.url or "not known"),
        ("Read from", overview.imported.came_from if overview.imported else ""),
        ("Read on", overview.imported.imported_at[:10] if overview.imported else ""),
        ("Counts", _counts(overview)),
    ]
    about = [Content.assemble((f"{name}: ", _ASIDE), text) for name, text in known if text]
    if source.attribution:
        about.append(Content.assemble((as_sentence(source.attribution), _CAVEAT)))
    parts = [("", Content("\n").join([Content.assemble((source.name, _TITLE)), *about]))]
    if overview.plan is not None:
        parts.append(("Your own copy", Content(_copy(overview.plan, overview.copied))))
    if source.note:
        parts.append(("What is complete", Content(source.note)))
    if source.unread:
        parts.append((f"Sections not read ({len(source.unread)})", Content("\n").join(map(_item, source.unread))))
    if overview.slides > overview.slides_read:
        parts.append(("Slides not read", Content(_unread_slides(overview))))
    return tuple(parts)


def copy_in_words(plan: FetchPlan) -> str:
    """What the user's own copy of a source is made of."""
    parts = ["the article"] if plan.article else []
    pictures = sum(count for _, count in plan.hosts)
    return " and ".join([*parts, *([_many(pictures, "slide picture")] if pictures else [])])


def _plan(assistant: Assistant, source_id: str) -> FetchPlan | None:
    try:
        return assistant.fetch_plan(source_id)
    except UsageError:  # its notes lack nothing that could be fetched
        return None


def _copy(plan: FetchPlan, copied: int) -> str:
    if not copied:
        return f"f fetches it: {copy_in_words(plan)}. What the notes lack is read from it."
    how_much = "It has been fetched" if copied >= len(plan.items) else f"{copied} of {len(plan.items)} are fetched"
    return f"{how_much}: {copy_in_words(plan)}. f fetches what has changed or is missing, d removes it."


def _overview(source: Source, passages: tuple[Passage, ...], findings: int) -> SourceOverview:
    slides = {passage.locator: passage.read for passage in passages if passage.locator.kind == "slide"}
    states = [*slides.values(), *(passage.read for passage in passages if passage.locator.kind != "slide")]
    has_pages = any(passage.locator.kind == "page" for passage in passages)  # of which `slide_count` counts those
    return SourceOverview(
        source=source,
        passages=sum(passage.read != "no" and passage.locator.kind != "slide" for passage in passages),
        slides=len(slides) if has_pages else max(source.slide_count, len(slides)),
        slides_read=sum(read != "no" for read in slides.values()),
        from_pictures=tuple(sorted(Counter(read for read in states if read not in {"yes", "no"}).items())),
        findings=findings,
    )


def _counts(overview: SourceOverview) -> str:
    unread = len(overview.source.unread)
    counts = [_many(overview.passages, "passage") + " read"]
    if unread:
        counts.append(f"{_many(unread, 'section')} not read")
    if overview.slides:
        counts.append(f"{overview.slides_read} of {_many(overview.slides, 'slide')} read")
    counts += [f"{count:,} of these {by_whom}" for by_whom, count in overview.from_pictures]
    return " · ".join([*counts, _many(overview.findings, "finding")])


def _unread_slides(overview: SourceOverview) -> str:
    unread = overview.slides - overview.slides_read
    return f"{_many(unread, 'slide')}, known by number, alt text and the picture's address. F4 shows them."


def _many(count: int, name: str) -> str:
    return f"{count:,} {name}" if count == 1 else f"{count:,} {name}s"


def _item(heading: str) -> Content:
    return Content.assemble(("– ", _ASIDE), heading)
