"""References in running text and in notes: things that stand together, of which one names a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aidx_assistant.briefs.tracing.things import Lookout, Thing
from aidx_assistant.evidence import Locator, Source
from aidx_assistant.figures import Figure

_SIGNS = r"[\s\u00a0,;:()\[\]“”\"'’*_/&+–—|-]"
_LINKING = (
    r"(?:\bet\s+al\b\.?|\be\.g\.|\bn\.d\.|\b(?:and|by|with|from|of|in|on|at|the|its|a|an|see|cf|published|report|deck|article"
    r"|sections?|shown|beside|full|also|joint|as|source|sources|index|slide|presentation)(?![\w’']))"
)
_GLUE_IN_TEXT = re.compile(rf"{_SIGNS}*(?:{_LINKING}{_SIGNS}*)*", re.IGNORECASE)
_GLUE_IN_NOTE = re.compile(rf"(?:{_SIGNS}|\.)*(?:{_LINKING}(?:{_SIGNS}|\.)*)*", re.IGNORECASE)
_ANYTHING = re.compile(r".*", re.DOTALL)
_LONGEST_GLUE = 60
_BESIDE = re.compile(r"\bshown\s+beside\s+(?:slide|page)\s+(?P<number>\d{1,4})\b", re.IGNORECASE)
_BEGINS_ANOTHER = re.compile(r"[(\[“\"]|\b(?:and|or)\b", re.IGNORECASE)
"""Between a date and a name: what follows is no part of what has the date."""
_TWO = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference to a source; offsets are the text's, end exclusive."""

    start: int
    end: int
    sources: frozenset[str]
    """Which it may mean; several where its words do not tell them apart. Empty for a place without a source."""
    places: tuple[Locator, ...] = ()
    date: Figure | None = None
    """When it says that the source was published."""
    beside: int | None = None
    """The slide that it says is shown beside the place."""
    spans: tuple[tuple[int, int], ...] = ()
    """Of the things that it is made of."""

    @property
    def names_source(self) -> bool:
        return bool(self.sources)


class Mentions:
    """Finds references to the sources of a library."""

    def __init__(self, lookout: Lookout, sources: Sequence[Source]) -> None:
        self._lookout = lookout
        self._sources: Mapping[str, Source] = {source.id: source for source in sources}

    def in_note(self, text: str) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
        """The references of a note, in order, and what it quotes, in whose words nothing is a reference."""
        quotations = self._lookout.quotations_in(text)
        for quotation in quotations:
            text = text[: quotation.start] + "¤" * (quotation.end - quotation.start) + text[quotation.end :]
        mentions = [one for one in self._found(text, _GLUE_IN_NOTE, frozenset()) if one.names_source]
        if len({one.sources for one in mentions}) == 1 and not any(one.places for one in mentions):
            numbered = tuple(place for place in self.places_in(text) if place.number is not None)
            mentions[0] = replace(mentions[0], places=numbered)  # reference styles put much between title and slide
        placed = frozenset(source for one in mentions if one.places for source in one.sources)
        counting = tuple(one for one in mentions if one.places or not one.sources <= placed)
        return counting, tuple(quotation.text for quotation in quotations)

    def foreign_addresses(self, text: str) -> tuple[str, ...]:
        """The addresses in a text that are none of a source of the library."""
        return self._lookout.foreign_addresses(text)

    def places_in(self, text: str) -> tuple[Locator, ...]:
        """The places that a text names, of whatever source."""
        return tuple(place for one in self._lookout.things_in(text) for place in one.places)

    def in_source_line(self, text: str) -> tuple[Mention, ...]:
        """The references of a line that tells of nothing but a source: all that it says until another is named."""
        return tuple(one for one in self._found(text, _ANYTHING, frozenset()) if one.names_source)

    def in_text(self, text: str, known: frozenset[str]) -> tuple[Mention, ...]:
        """The references of running text, with places that stand alone.

        `known`: the sources that the document names elsewhere; "the index" and a slide alone may mean these.
        """
        return tuple(self._found(text, _GLUE_IN_TEXT, known))

    def linked(self, address: str) -> Mention | None:
        """The reference that an address is."""
        meant = self._lookout.linked(address)
        return Mention(0, 0, meant[0], meant[1]) if meant else None

    def _found(self, text: str, glue: re.Pattern[str], known: frozenset[str]) -> Iterator[Mention]:
        besides = {match.start("number"): match for match in _BESIDE.finditer(text)}
        things = [one for one in self._lookout.things_in(text) if one.kind != "kind" or one.sources & known]
        for group in _groups(things, text, glue):
            yield from self._mention(group, text, besides)

    def _mention(self, group: Sequence[Thing], text: str, besides: Mapping[int, re.Match[str]]) -> Iterator[Mention]:
        group = [one for one in group if not (one.date and _is_of_the_text(one, group, text))]
        start, end = group[0].start, group[-1].end
        beside = next((int(one["number"]) for place, one in besides.items() if start <= place < end), None)
        stands_beside = [one for one in group if any(one.start <= place < one.end for place in besides)]
        places = tuple(dict.fromkeys(place for one in group if one not in stands_beside for place in one.places))
        date = next((one.date for one in group if one.date), None)
        meant = self._meant(group, text[start:end], date)
        if meant or places:
            spans = tuple((one.start, one.end) for one in group)
            yield Mention(start, end, meant, places, date, beside, spans)

    def _meant(self, group: Sequence[Thing], text: str, date: Figure | None) -> frozenset[str]:
        named = [one.sources for one in group if one.kind in ("source", "kind") and one.sources]
        if named:
            common = frozenset.intersection(*named)
            return common or named[0]
        makers = [one for one in group if one.kind == "maker"]
        candidates = frozenset(source for one in makers for source in one.sources)
        of_date = frozenset(one for one in candidates if makers and _is_dated(self._sources[one], date))
        if of_date:
            return of_date
        return frozenset(one for one in candidates if self._lookout.makers_of(one, text) >= _TWO)


def _is_of_the_text(dated: Thing, group: Sequence[Thing], text: str) -> bool:
    """Whether a date before the name of a source is none of that source: "was passed in 2009 (The Index)"."""
    names = (one.start for one in group if one.sources and one.start >= dated.end)
    between = text[dated.end : next(names, dated.end)]
    return bool(_BEGINS_ANOTHER.search(between))


def year_and_day(source: Source) -> tuple[int, int] | None:
    """When a source was published, as a year and as yyyymmdd (days and months that are not known are 0)."""
    parts = [int(part) for part in re.findall(r"\d+", source.date)][:3]
    if not parts:
        return None
    year, month, day = (*parts, 0, 0)[:3]
    return year, year * 10_000 + month * 100 + day


def _is_dated(source: Source, date: Figure | None) -> bool:
    published = year_and_day(source)
    return date is not None and published is not None and _year_of(date) == published[0]


def _year_of(date: Figure) -> int:
    return int(date.low) if date.kind == "year" else int(date.low) // 10_000


def _groups(things: Iterable[Thing], text: str, glue: re.Pattern[str]) -> Iterator[list[Thing]]:
    """Things that only signs and linking words part; the name of another source begins another group."""
    group: list[Thing] = []
    for one in things:
        if group and not (_is_joined(group, one, text, glue) and not _is_another_source(group, one)):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _is_joined(group: Sequence[Thing], one: Thing, text: str, glue: re.Pattern[str]) -> bool:
    gap = text[group[-1].end : one.start]
    return glue is _ANYTHING or (len(gap) <= _LONGEST_GLUE and glue.fullmatch(gap) is not None)


def _is_another_source(group: Sequence[Thing], one: Thing) -> bool:
    named = [other.sources for other in group if other.kind in ("source", "kind") and other.sources]
    return one.kind in ("source", "kind") and bool(named) and bool(one.sources) and not named[-1] & one.sources
