"""A reference of a document, and what the library has where it points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import Fault
from aidx_assistant.briefs.tracing.mentions import Mention, year_and_day
from aidx_assistant.briefs.tracing.quotations import Quotations, Quoted
from aidx_assistant.briefs.tracing.shelf import Shelf
from aidx_assistant.evidence import Locator, Passage, Source, passage_label
from aidx_assistant.figures import Figure
from aidx_assistant.references.dates import PartialDate

UNRESOLVED = "citation-unresolved"
PLACE_UNKNOWN = "place-unknown"
PLACE_WRONG = "place-wrong"
DATE_WRONG = "date-wrong"
ADDRESS_WRONG = "address-wrong"


@dataclass(frozen=True, slots=True)
class Reference:
    """A note, or words of the running text, that refer to something."""

    number: int
    """By which markers name it."""
    where: str
    written: str
    """Its own words, or "footnote 3"."""
    mentions: tuple[Mention, ...] = ()
    """The sources and places that it names; empty where it names none of the library's."""
    quotations: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    """Of a `Source:` line: what it counts, beside its place and date."""
    base: str = ""
    """Of a `Source:` line: whom its figures count, in its own words; empty where it does not say."""
    time_frame: str = ""
    """Of a `Source:` line: for when its figures hold, in its own words; empty where it does not say."""

    addresses: tuple[str, ...] = ()
    """Of a note: those in it that are no address of the library's."""

    @property
    def places(self) -> tuple[Locator, ...]:
        return tuple(place for mention in self.mentions for place in mention.places)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reference with what the library has of it."""

    reference: Reference
    citations: tuple[Citation, ...]
    """Of the sentences quoted, else of all that stands at the places named; none for a source as a whole."""
    faults: tuple[Fault, ...]
    unread_slides: frozenset[str] = frozenset()
    """Of the slides named those whose content is not known, as “slide 8”: what they are shown beside stands for it."""

    @property
    def is_of_library(self) -> bool:
        return bool(self.reference.mentions)

    @property
    def source_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for mention in self.reference.mentions for one in sorted(mention.sources)))

    def names_what_is_beside(self, passage: Passage) -> bool:
        """Whether it names a slide, not read, that the source shows beside a passage."""
        return passage.source_id in self.source_ids and passage.shown_beside in self.unread_slides

    @property
    def names_whole_source(self) -> bool:
        """Whether it names a source, and nothing in it that the library has."""
        return self.is_of_library and not self.citations


class Resolver:
    """Looks references up in a library."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._sources = {source.id: source for source in shelf.sources()}
        self._quotations = Quotations(shelf)

    def resolved(self, reference: Reference) -> Resolved:
        faults: list[Fault] = []
        at_places: list[Passage] = []
        for mention in reference.mentions:
            faults += self._date_faults(mention, reference)
            found, missing = self._passages(mention, reference)
            at_places += found
            faults += missing
        if not reference.quotations:
            quoted = [Quoted(passage, 0, len(passage.sentences)) for passage in at_places if passage.sentences]
        else:
            quoted = []
            for quotation in reference.quotations:
                held, problems = self._held(quotation, reference, at_places)
                quoted += held
                faults += problems
        faults += self._beside_faults(reference, quoted)
        citations = tuple(self.citation(reference.number, one) for one in quoted)
        return Resolved(reference, citations, tuple(faults), _unread_slides(at_places))

    def citation(self, number: int, quoted: Quoted) -> Citation:
        """A citation of sentences as the library holds them."""
        passage = quoted.passage
        source = self._sources[passage.source_id]
        return Citation(
            number=number,
            source_id=source.id,
            source_title=source.title,
            passage_id=passage.id,
            sentences=(quoted.first, quoted.end),
            locator=passage.locator,
            shown_beside=passage.shown_beside,
            label=passage_label(passage, source),
            quote=quoted.text,
            url=source.url,
            picture=passage.picture,
        )

    def _passages(self, mention: Mention, reference: Reference) -> tuple[list[Passage], list[Fault]]:
        """What stands at the places of a mention, in whichever of its sources has them; and faults of the others."""
        found: list[Passage] = []
        missing: list[Fault] = []
        for place in mention.places:
            here = [
                passage
                for source_id in sorted(mention.sources)
                for passage in self._shelf.passages_of(source_id)
                if _is_at(passage.locator, place)
            ]
            found += here
            if not here and mention.sources:
                problem = f"{reference.written}: {self._what_there_is(place, mention)}"
                missing.append(Fault(PLACE_UNKNOWN, reference.where, problem))
        return found, missing

    def _what_there_is(self, place: Locator, mention: Mention) -> str:
        source = self._sources[min(mention.sources)]
        if place.kind == "section":
            return f"{source.title} has no {place.label}."
        numbers = [
            passage.locator.number
            for passage in self._shelf.passages_of(source.id)
            if passage.locator.kind == place.kind and passage.locator.number is not None
        ]
        has = f"its {place.kind}s are {min(numbers)} to {max(numbers)}" if numbers else f"it has no {place.kind}s"
        return f"{source.title} has no {place.label}; {has}."

    def _held(
        self, quotation: str, reference: Reference, at_places: Sequence[Passage]
    ) -> tuple[list[Quoted], list[Fault]]:
        """Where the sources have a quotation, at the places named if any are; else what they say instead."""
        source_ids = tuple(dict.fromkeys(one for mention in reference.mentions for one in sorted(mention.sources)))
        found = self._quotations.find(quotation, source_ids)
        ids, slides = {passage.id for passage in at_places}, _unread_slides(at_places)
        here = [one for one in found if one.passage.id in ids or one.passage.shown_beside in slides]
        if here or (found and not reference.places):
            return (here or [found[0]]), []
        if found:
            stands = self.where_it_stands(found[0].passage)
            problem = f"{reference.written}: “{quotation}” stands in {stands}, not there."
            return [found[0]], [Fault(PLACE_WRONG, reference.where, problem)]
        everywhere = [passage for source_id in source_ids for passage in self._shelf.passages_of(source_id)]
        near = self._quotations.nearest(quotation, at_places) or self._quotations.nearest(quotation, everywhere)
        if near is None:
            problem = f"{reference.written}: the library does not have “{quotation}”."
            return [], [Fault(UNRESOLVED, reference.where, problem)]
        problem = f"{reference.written} quotes “{quotation}”; the library says “{near.text}”"
        return [near], [Fault(UNRESOLVED, reference.where, problem)]

    def where_it_stands(self, passage: Passage) -> str:
        """A place in words, with the slide shown beside it."""
        beside = f", shown beside {passage.shown_beside}" if passage.shown_beside else ""
        return f"{passage.locator.label}{beside}"

    def _date_faults(self, mention: Mention, reference: Reference) -> Iterator[Fault]:
        """A date of publication that is not the source's, where the library knows one."""
        for source_id in sorted(mention.sources) if mention.date else ():
            source = self._sources[source_id]
            if mention.date and not may_be_published(source, mention.date):
                published = PartialDate.from_iso(source.date) or source.date
                said = mention.date.text if mention.date else ""
                problem = f"{reference.written}: {source.title} was published {published}, not {said}."
                yield Fault(DATE_WRONG, reference.where, problem)
                return

    def _beside_faults(self, reference: Reference, quoted: Sequence[Quoted]) -> Iterator[Fault]:
        for mention in reference.mentions:
            if mention.beside is None:
                continue
            passages = [one.passage for one in quoted if one.passage.source_id in mention.sources]
            said = f"slide {mention.beside}"
            if passages and not any(passage.shown_beside == said for passage in passages):
                instead = _shown_instead(passages)
                written = f"{reference.written[:1].upper()}{reference.written[1:].removesuffix(':')}"
                problem = f"{written}: {said} is not shown beside {passages[0].locator.label}; {instead}."
                yield Fault(PLACE_WRONG, reference.where, problem)


def _unread_slides(passages: Sequence[Passage]) -> frozenset[str]:
    return frozenset(one.locator.label for one in passages if one.locator.kind == "slide" and one.read == "no")


def _shown_instead(passages: Sequence[Passage]) -> str:
    """Which slides are shown beside passages, all of them: which of several is meant cannot be known."""
    shown = list(dict.fromkeys(passage.shown_beside for passage in passages if passage.shown_beside))
    numbers = [slide.removeprefix("slide ") for slide in shown]
    if len(numbers) > 1:
        return f"slides {', '.join(numbers[:-1])} and {numbers[-1]} are"
    return f"{shown[0]} is" if shown else "no slide is"


def _is_at(locator: Locator, place: Locator) -> bool:
    if place.kind == "section":
        return locator.kind == "section" and (locator.heading or "").casefold() == (place.heading or "").casefold()
    return (locator.kind, locator.number) == (place.kind, place.number)


def may_be_published(source: Source, date: Figure) -> bool:
    """Whether a day, month or year is when a source was published, as far as either says."""
    published = year_and_day(source)
    if published is None:
        return True
    year, day = published
    if date.kind == "year":
        return date.low <= year <= date.high
    if day % 10_000 == 0:
        return int(date.low) // 10_000 == year
    if day % 100 == 0:
        return int(date.low) // 100 <= day // 100 <= int(date.high) // 100
    return date.low <= day <= date.high
