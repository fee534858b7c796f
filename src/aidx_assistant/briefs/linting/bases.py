"""Whether figures may be reckoned with each other: shares are added only if they are shares of the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aidx_assistant.checking.stated import StatedFigure
from aidx_assistant.checking.words import concepts
from aidx_assistant.evidence import Finding

_PLURAL = {"provider": "providers", "payer": "payers", "pharma": "pharma"}


@dataclass(frozen=True, slots=True)
class Counted:
    """An operand of a calculation as the library states it."""

    stated: StatedFigure
    finding: Finding | None
    """Where the sentence states one."""

    @property
    def segments(self) -> frozenset[str]:
        return frozenset(self.stated.segments) - {"all"}

    @property
    def whole(self) -> str:
        """Whom or what it is a share of, in words; empty where the library does not say."""
        return self.stated.population


def why_not_added(operands: Sequence[Counted], operators: str, named: frozenset[str]) -> str | None:
    """What stands against a calculation, as the end of a sentence; None where nothing does.

    `operators`: its signs; `named`: the segments that its sentence names.
    """
    percentages = all(one.stated.figure.kind == "percent" for one in operands)
    if not percentages or set(operators) != {"+"}:
        return None
    return (
        _two_sources(operands)
        or _counted_twice(operands)
        or _two_wholes(operands)
        or _two_topics(operands)
        or _other_segment(operands, named)
    )


def _two_sources(operands: Sequence[Counted]) -> str | None:
    if len({one.stated.source_id for one in operands}) > 1:
        return "it adds shares from different sources, which did not count the same"
    return None


def _counted_twice(operands: Sequence[Counted]) -> str | None:
    seen = {(one.stated.passage_id, one.stated.sentence, one.stated.figure.start) for one in operands}
    return "it counts one figure twice" if len(seen) < len(operands) else None


def _two_wholes(operands: Sequence[Counted]) -> str | None:
    first = operands[0]
    for other in operands[1:]:
        if first.segments != other.segments:
            return f"it adds a share of {_segment_words(first)} to one of {_segment_words(other)}"
        if (first.stated.sizes, first.stated.completed) != (other.stated.sizes, other.stated.completed):
            return f"it adds shares of different bases: “{first.stated.sentence}” and “{other.stated.sentence}”"
        wholes = first.whole, other.whole
        if all(wholes) and concepts(wholes[0]) != concepts(wholes[1]):
            return f"it adds a share of {wholes[0]} to one of {wholes[1]}"
        if first.stated.base != other.stated.base and None not in (first.stated.base, other.stated.base):
            return f"it adds a share of {first.stated.base} to one of {other.stated.base}"
    return None


def _two_topics(operands: Sequence[Counted]) -> str | None:
    """Shares that answer different questions overlap."""
    topics = list(dict.fromkeys(one.finding.topic for one in operands if one.finding and one.finding.topic))
    return f"it adds shares that may overlap, one on {topics[0]}, one on {topics[1]}" if len(topics) > 1 else None


def _other_segment(operands: Sequence[Counted], named: frozenset[str]) -> str | None:
    counted = frozenset(segment for one in operands for segment in one.segments)
    if not named or not counted or named & counted:
        return None
    said = " and ".join(sorted(_PLURAL[segment] for segment in named))
    return f"its figures are of {_segment_words(operands[0])}, not of {said}"


def _segment_words(one: Counted) -> str:
    return " and ".join(sorted(_PLURAL[segment] for segment in one.segments)) or "all segments"
