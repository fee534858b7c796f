"""The parts that references are made of, found in a text: names of sources, makers, places, dates, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from aidx_assistant.briefs.tracing.names import (
    NamePattern,
    kind_patterns,
    maker_and_kind_patterns,
    maker_patterns,
    plain_address,
    slug_patterns,
    title_patterns,
)
from aidx_assistant.briefs.tracing.quotations import Quotation, normalised, quotations_in
from aidx_assistant.briefs.tracing.shelf import Shelf
from aidx_assistant.evidence import Locator
from aidx_assistant.figures import Figure, figures_in

ThingKind = Literal["source", "kind", "maker", "place", "date", "aside"]

_TIME_FRAME = re.compile(r"\btime\s+frame:[^;\n]*", re.IGNORECASE)
"""What a `Source:` line says a figure is of, and no date of the source."""
_ACCESSED = re.compile(
    r"\b(?:accessed|retrieved|viewed|last\s+seen)(?:\s+on)?\s*:?\s*[\w\s,./-]{4,20}?\d{2,4}(?!\d)", re.I
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"”’)\]\ue000-\ue003]+", re.IGNORECASE)
_PAGE = re.compile(r"\bpp?\.\s*(?P<first>\d{1,4})(?:\s*[–-]\s*(?P<last>\d{1,4}))?", re.IGNORECASE)
_SLIDE_IN_KEY = re.compile(r"(?<=-)slide-(?P<number>\d{1,3})\b")
_QUOTED_SECTION = re.compile(r"\b(?:section|chapter)s?\s*[“\"‘'](?P<heading>[^”\"’\n]{2,120})[”\"’']", re.IGNORECASE)
_INTRODUCTION = re.compile(r"\bintroduction(?:\s*\(no heading\))?", re.IGNORECASE)
_OF_TOTAL = re.compile(r"\s+(?:of|/)\s*\d{1,3}\b(?!\s*%)")
_MOST_SPANNED = 40
"""Slides that a range may name."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A part of a reference; offsets are the text's, end exclusive."""

    kind: ThingKind
    """kind: "the index", a name only for what was named before; aside: a part that says nothing to check."""
    start: int
    end: int
    sources: frozenset[str] = frozenset()
    """Whom a name means."""
    places: tuple[Locator, ...] = ()
    date: Figure | None = None


class Lookout:
    """Knows the names of a library's sources and the headings of their sections."""

    def __init__(self, shelf: Shelf) -> None:
        sources = tuple(shelf.sources())
        self._names = (*title_patterns(sources), *slug_patterns(sources), *maker_and_kind_patterns(sources))
        self._kinds = kind_patterns(sources)
        self._makers = {source.id: maker_patterns(source) for source in sources}
        self._addresses: dict[str, tuple[frozenset[str], tuple[Locator, ...]]] = {}
        headings: dict[str, None] = {}
        titles = {normalised(source.title) for source in sources}
        self._titles = titles | {title.removeprefix("the ") for title in titles}
        for source in sources:
            if source.url and "/" in plain_address(source.url):
                self._addresses[plain_address(source.url)] = (frozenset({source.id}), ())
            for passage in shelf.passages_of(source.id):
                self._titles.add(normalised(passage.locator.heading or ""))
                if passage.locator.kind == "section" and passage.locator.heading:
                    headings[passage.locator.heading] = None
                elif passage.picture:
                    self._addresses[plain_address(passage.picture)] = (frozenset({source.id}), (passage.locator,))
        self._headings = tuple((_heading_pattern(heading), heading) for heading in headings)

    def quotations_in(self, text: str) -> tuple[Quotation, ...]:
        """What a note quotes: the titles of sources, sections and slides are names, not words."""
        return tuple(one for one in quotations_in(text) if normalised(one.text) not in self._titles)

    def things_in(self, text: str) -> tuple[Thing, ...]:
        """Every part of a reference in a text, in order, without overlaps."""
        found: list[Thing] = []
        for one in self._candidates(text):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
        return tuple(sorted(found, key=lambda one: one.start))

    def _candidates(self, text: str) -> Iterator[Thing]:
        """The most telling first: what it covers is not read again as something plainer."""
        yield from self._addressed(text)
        yield from (Thing("aside", *match.span()) for match in _ACCESSED.finditer(text))
        yield from (Thing("aside", *match.span()) for match in _TIME_FRAME.finditer(text))
        named = (*self._sections(text), *_named(text, self._names, "source"))
        yield from sorted(
            named, key=lambda one: one.start - one.end
        )  # a title may begin with a heading, or the reverse
        yield from _slides(text)
        yield from self._made(text)
        yield from _named(text, self._kinds, "kind")
        for figure in figures_in(text):
            if figure.kind in ("date", "year") and not figure.lacks_year:
                yield Thing("date", figure.start, figure.end, date=figure)
        for match in _INTRODUCTION.finditer(text):
            yield Thing("place", *match.span(), places=(Locator("section"),))

    def _addressed(self, text: str) -> Iterator[Thing]:
        for match in _ADDRESS.finditer(text):
            end = match.start() + len(match.group().rstrip(".,;:"))
            sources, places = self._addresses.get(plain_address(match.group()), (frozenset(), ()))
            yield Thing("source" if sources else "aside", match.start(), end, sources, places)

    def foreign_addresses(self, text: str) -> tuple[str, ...]:
        """The addresses in a text that are none of a source or slide, and of no page above one."""
        found = (match.group().rstrip(".,;:") for match in _ADDRESS.finditer(text))
        known = [f"{address}/" for address in self._addresses]
        return tuple(one for one in found if not any(address.startswith(f"{plain_address(one)}/") for address in known))

    def linked(self, address: str) -> tuple[frozenset[str], tuple[Locator, ...]] | None:
        """The source, and the slide, that an address is that of; None for any other address."""
        return self._addresses.get(plain_address(address))

    def _sections(self, text: str) -> Iterator[Thing]:
        for pattern, heading in self._headings:
            for match in pattern.finditer(text):
                yield Thing("place", *match.span(), places=(Locator("section", heading=heading),))
        for match in _QUOTED_SECTION.finditer(text):
            yield Thing("place", *match.span(), places=(Locator("section", heading=match["heading"].strip()),))

    def _made(self, text: str) -> Iterator[Thing]:
        """Makers of sources, each with all the sources that it made."""
        spans: dict[tuple[int, int], set[str]] = {}
        for source_id, patterns in self._makers.items():
            for pattern in patterns:
                for match in pattern.finditer(text):
                    spans.setdefault(match.span(), set()).add(source_id)
        for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
            yield Thing("maker", start, end, frozenset(spans[start, end]))

    def makers_of(self, source_id: str, text: str) -> int:
        """How many of a source's makers a text names."""
        return sum(pattern.search(text) is not None for pattern in self._makers.get(source_id, ()))


def _named(text: str, names: Iterable[NamePattern], kind: ThingKind) -> Iterator[Thing]:
    for name in names:
        for match in name.pattern.finditer(text):
            yield Thing(kind, *match.span(), sources=name.sources)


def _slides(text: str) -> Iterator[Thing]:
    for figure in figures_in(text):
        if figure.kind == "slide":
            kind: Literal["slide", "page"] = "page" if figure.unit == "page" else "slide"
            total = _OF_TOTAL.match(text, figure.end)
            yield Thing("place", figure.start, total.end() if total else figure.end, places=_numbered(kind, figure))
    for match in _SLIDE_IN_KEY.finditer(text):
        yield Thing("place", *match.span(), places=(Locator("slide", int(match["number"])),))
    for match in _PAGE.finditer(text):
        first, last = int(match["first"]), int(match["last"] or match["first"])
        numbers = range(first, min(max(first, last), first + _MOST_SPANNED) + 1)
        yield Thing("place", *match.span(), places=tuple(Locator("page", number) for number in numbers))


def _numbered(kind: Literal["slide", "page"], figure: Figure) -> tuple[Locator, ...]:
    first, last = int(figure.low), int(figure.high)
    return tuple(Locator(kind, number) for number in range(first, min(last, first + _MOST_SPANNED) + 1))


def _heading_pattern(heading: str) -> re.Pattern[str]:
    """A heading with or without quotation marks; one of a single word only within them or after "section"."""
    words = [re.escape(word) for word in heading.split()]
    text = r"[\s\u00a0]+".join(words)
    opening = r"(?:\bsections?\s+)?[“\"‘'*_]"
    if len(words) > 1:
        return re.compile(rf"(?:{opening}?|\bsections?\s+){text}[”\"’'*_]?", re.IGNORECASE)
    return re.compile(rf"(?:{opening}{text}[”\"’'*_]|\bsections?\s+{text}\b)", re.IGNORECASE)
