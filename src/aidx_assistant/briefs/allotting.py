"""Gives each sentence one place in a brief: what stands in one section is only pointed to from the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aidx_assistant.briefs.quotes import Quote
from aidx_assistant.briefs.templates import BriefTemplate, SectionTemplate, Slot

Found = Callable[[SectionTemplate, Slot], Sequence[Quote]]
"""The sentences that fit a slot of a section, the best first."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one slot may quote, and what it would have quoted that stands elsewhere, with the heading there."""

    quotes: tuple[Quote, ...] = ()
    elsewhere: tuple[tuple[Quote, str], ...] = ()


@dataclass(slots=True)
class _Taken:
    """The sentences that have a place already, each with the heading it stands under."""

    places: list[tuple[Quote, str]] = field(default_factory=list)

    def heading_of(self, quote: Quote) -> tuple[Quote, str] | None:
        return next(((other, heading) for other, heading in self.places if quote.says_the_same_as(other)), None)


def allotted(template: BriefTemplate, most: Mapping[str, int], found: Found) -> dict[tuple[str, Slot], Share]:
    """The share of every slot, by the key of its section; `most`: how many sentences a section or its items
    quote; where that is 0, what is left of them quotes one.

    The evidence chooses first, then what the template never shortens, last what it shortens first. Where a sentence on
    the topic stands elsewhere, it is pointed to, and no background takes its place.
    """
    taken = _Taken()
    shares: dict[tuple[str, Slot], Share] = {}
    for section in sorted(template.sections, key=lambda section: _turn(section, template)):
        for slot in section.slots:
            if slot.questions or section.makes == "evidence":
                shares[section.key, slot] = _share(section, found(section, slot), max(most[section.key], 1), taken)
    return shares


def _turn(section: SectionTemplate, template: BriefTemplate) -> tuple[bool, int]:
    shortened = template.shortened
    return section.makes != "evidence", -shortened.index(section.key) if section.key in shortened else -len(shortened)


def _share(section: SectionTemplate, found: Sequence[Quote], most: int, taken: _Taken) -> Share:
    quotes: list[Quote] = []
    elsewhere: list[tuple[Quote, str]] = []
    for quote in found:
        held = taken.heading_of(quote)
        if held is not None:
            elsewhere.append(held)
        elif len(quotes) < most and (quote.on_topic or not any(other.on_topic for other, _ in elsewhere)):
            quotes.append(quote)
            taken.places.append((quote, section.heading))
    return Share(tuple(quotes), tuple(elsewhere))
