"""The places of the sources: slides by their part of the deck, sections, pages; and what is held of each, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from aidx_assistant.answers import Citation
from aidx_assistant.evidence import Finding, Locator, Passage, Source, passage_label
from aidx_assistant.tui.columns import Column
from aidx_assistant.tui.wording import as_sentence, published

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant

COLUMNS = (
    Column("place", "Place", 8),
    Column("title", "Title", 20, share=4),
    Column("read", "Read", 12),
    Column("findings", "Findings", 10, rank=1),
    Column("part", "Part", 11, rank=2),
    Column("source", "Source", 20, share=2, rank=3),
)


@dataclass(frozen=True, slots=True)
class DeckPlace:
    """A slide, a section or a page, with all that the library holds of it."""

    source: Source
    locator: Locator
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]
    """Those stated there."""
    beside: tuple[tuple[Passage, tuple[Finding, ...]], ...] = ()
    """For a slide, the passages that the source shows it beside, each with the findings stated in it."""

    @property
    def key(self) -> str:
        return self.passages[0].id

    @property
    def address(self) -> str | None:
        """Of the slide's picture where it is known, else of the source."""
        picture = self.passages[0].picture if self.locator.kind == "slide" else None
        return picture or self.source.url

    @property
    def citation(self) -> Citation:
        """The place as a whole, to be referred to."""
        first = self.passages[0]
        return Citation(
            number=1,
            source_id=self.source.id,
            source_title=self.source.title,
            passage_id=first.id,
            sentences=(0, len(first.sentences)),
            locator=self.locator,
            shown_beside=None,
            label=passage_label(first, self.source),
            quote=first.text,
            url=self.source.url,
            picture=first.picture,
            verified=True,
        )


def deck_places(assistant: Assistant) -> tuple[DeckPlace, ...]:
    """Source by source: the slides by number, then the sections and pages in reading order."""
    stated: dict[str, list[Finding]] = {}
    for finding in assistant.findings():
        stated.setdefault(finding.passage_id, []).append(finding)
    places = []
    for source in assistant.sources():
        passages = assistant.passages(source.id)
        at: dict[Locator, list[Passage]] = {}
        for passage in passages:
            at.setdefault(passage.locator, []).append(passage)
        slides = sorted((one for one in at if one.kind == "slide"), key=lambda slide: slide.number or 0)
        for locator in (*slides, *(one for one in at if one.kind != "slide")):
            findings = tuple(finding for passage in at[locator] for finding in stated.get(passage.id, ()))
            label = locator.label if locator.kind == "slide" else None
            beside = tuple(
                (passage, tuple(stated.get(passage.id, ())))
                for passage in passages
                if label and passage.shown_beside == label
            )
            places.append(DeckPlace(source, locator, tuple(at[locator]), findings, beside))
    return tuple(places)


def cells(place: DeckPlace) -> dict[str, str]:
    """What the list shows of a place, by column."""
    locator = place.locator
    number = f" {locator.number}" if locator.number is not None else ""
    return {
        "place": f"{locator.kind[:1].upper()}{locator.kind[1:]}{number}",
        "title": locator.heading or ("Introduction (no heading)" if locator.kind == "section" else "–"),
        "read": read_state(place),
        "findings": str(len(place.findings)) if place.findings else "–",
        "part": place.passages[0].part or ("article" if locator.kind == "section" else "–"),
        "source": place.source.name,
    }


def read_state(place: DeckPlace) -> str:
    """read, not read, read in part."""
    states = {passage.read for passage in place.passages}
    if "no" not in states:
        return "read"
    return "not read" if states == {"no"} else "read in part"


def counted(places: tuple[DeckPlace, ...]) -> str:
    """The line over the list: `37 slides, none read · 19 sections, 5 read`."""
    parts = []
    for kind in ("slide", "section", "page", "picture"):
        states = [read_state(place) for place in places if place.locator.kind == kind]
        if states:
            read, in_part = states.count("read"), states.count("read in part")
            amount = "all" if read == len(states) else str(read or "none")
            rest = f", {in_part} in part" if in_part else ""
            parts.append(f"{len(states)} {kind}{'s' if len(states) != 1 else ''}, {amount} read{rest}")
    return " · ".join(parts)


def heading(place: DeckPlace) -> Content:
    """`Slide 8 of 37 · first part`, and the title below."""
    locator, source = place.locator, place.source
    shown = cells(place)
    of = f" of {source.slide_count}" if locator.kind == "slide" and source.slide_count else ""
    part = f" · {place.passages[0].part}" if place.passages[0].part else ""
    return Content("\n").join(
        [Content.assemble((f"{shown['place']}{of}{part}", "dim")), Content.assemble((shown["title"], "bold"))]
    )


def standing(place: DeckPlace) -> Content:
    """What of the place has been read, and what a reader must know before quoting it."""
    state = read_state(place)
    known = "alt text and picture address" if place.locator.kind == "slide" else "heading"
    by_whom = " and ".join(sorted({passage.read for passage in place.passages} - {"yes", "no"}))
    words = {
        "read": (f"Read {by_whom}." if by_whom else "Read.", "bold $text-success"),
        "read in part": ("Read in part.", "bold $text-warning"),
        "not read": (f"Not read: only its {known} {'are' if ' and ' in known else 'is'} known.", "bold $text-warning"),
    }[state]
    caveat = place.source.attribution
    return Content.assemble(words, f" {as_sentence(caveat)}" if caveat else "")


def text(place: DeckPlace) -> Content:
    """The passages, and after each the slide that the source shows beside it."""
    paragraphs = []
    for passage in place.passages:
        paragraphs.append(Content(passage.text))
        if passage.shown_beside:
            paragraphs.append(Content.assemble((f"Shown beside {passage.shown_beside}.", "dim")))
    return Content("\n\n").join(paragraphs)


def findings_text(place: DeckPlace) -> Content:
    """The findings stated there, and those that the article states beside a slide."""
    blocks = []
    if place.findings:
        blocks.append(_listed(f"Findings stated here ({len(place.findings)})", place.findings))
    for passage, findings in place.beside:
        where = f"“{passage.locator.heading}”" if passage.locator.heading else "the introduction"
        title = f"The article shows it beside {where}"
        if findings:
            blocks.append(_listed(f"{title}, which states", findings))
        else:
            blocks.append(Content.assemble((f"{title}.", "bold")))
    return Content("\n\n").join(blocks)


def addresses(place: DeckPlace) -> Content:
    """Where to look at it, and the source it is part of."""
    source = place.source
    about = published(source)
    lines = [Content.assemble((source.name, "bold"))]
    lines += [Content.assemble((line, "dim")) for line in (about,) if line]
    if place.address != source.url:
        lines.append(Content.assemble(("Picture (o opens it): ", "dim"), place.address or ""))
    key = "a" if place.address != source.url else "o"
    lines.append(Content.assemble((f"Source ({key} opens it): ", "dim"), source.url or "no address is known"))
    return Content("\n").join(lines)


def _listed(title: str, findings: tuple[Finding, ...]) -> Content:
    lines = [Content.assemble((title, "bold"))]
    for finding in findings:
        whom = ", ".join(part for part in (finding.segment, finding.population, finding.time_frame) if part)
        value = (f"{finding.value} ", "bold") if finding.value else ""
        lines.append(Content.assemble("– ", value, f"{finding.measure} ({whom})"))
    return Content("\n").join(lines)
