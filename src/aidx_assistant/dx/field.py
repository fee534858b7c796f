"""The field of the chart: four quadrants, and in them every job that has an adoption score, with its number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from aidx_assistant.dx.drawn import LINES, LOOKS, PLAIN, SMALL, STRONG, mark, rectangle, text
from aidx_assistant.dx.index import DxIndex, ScoredJob
from aidx_assistant.dx.lettering import width_of
from aidx_assistant.dx.placing import Box, Labelled, Spacing, place_labels
from aidx_assistant.dx.quadrants import Quadrant
from aidx_assistant.dx.weights import shown

NUMBERED = 60
"""Jobs at the head of the list that get their number."""
_MARK = 11
_SPACING = Spacing(own_mark=2, labels=(3, 0), other_marks=(3, 2))


class Field:
    """An index drawn into a box; above it, below it and to its left there has to be room for names and scales."""

    def __init__(self, index: DxIndex, box: Box) -> None:
        self._index = index
        self._box = box

    def ground(self) -> Iterator[str]:
        """The quadrants with their names, the thresholds, and the scales."""
        index, box = self._index, self._box
        across, upward = self._x(index.split.adoption), self._y(index.split.opportunity)
        for quadrant, area in self._areas.items():
            yield rectangle(area, f'fill="{LOOKS[quadrant].tint}"')
            yield from self._caption(quadrant, area)
        lines = f"M{across:g} {box.top:g}V{box.bottom:g}M{box.left:g} {upward:g}H{box.right:g}"
        yield f'<path d="{lines}" stroke="{LINES}" fill="none" stroke-dasharray="5 4"/>'
        yield rectangle(box, f'fill="none" stroke="{LINES}"')
        for score, x in ((Decimal(0), box.left), (index.split.adoption, across), (Decimal(100), box.right)):
            yield text(x, box.bottom + 36, shown(score), SMALL, anchor="middle")
        for score, y in ((Decimal(0), box.bottom), (index.split.opportunity, upward), (Decimal(100), box.top)):
            yield text(box.left - 8, y + 4, shown(score), SMALL, anchor="end")
        yield text((box.left + box.right) / 2, box.bottom + 54, "Adoption score", PLAIN, anchor="middle")
        left, middle = box.left - 40, (box.top + box.bottom) / 2
        turned = f'transform="rotate(-90 {left:g} {middle:g})"'
        yield text(left, middle, "Opportunity score", PLAIN, anchor="middle", more=turned)

    def marks(self) -> tuple[list[str], tuple[int, ...]]:
        """Marks and the numbers beside them; and the numbers for which there is no room."""
        places = self._places
        boxes = {place: _box(place, jobs[0].number) for place, jobs in places.items()}
        named = [place for place, jobs in places.items() if jobs[0].number <= NUMBERED]
        labels = [_label(places[place]) for place in named]
        wanted = [
            Labelled(boxes[place], width_of(label, PLAIN.size), PLAIN.size, self._areas[quadrant])
            for place, label in zip(named, labels, strict=True)
            if (quadrant := places[place][0].quadrant)
        ]
        found = place_labels(wanted, list(boxes.values()), _SPACING)
        drawn = [mark(jobs[0].quadrant, x, y, _scale(jobs[0].number)) for (x, y), jobs in reversed(places.items())]
        unplaced: list[int] = []
        for place, label, box in zip(named, labels, found, strict=True):
            if box:
                drawn.append(text((box.left + box.right) / 2, box.bottom - 2, label, PLAIN, anchor="middle"))
            else:
                unplaced += [scored.number for scored in places[place] if scored.number <= NUMBERED]
        return drawn, tuple(sorted(unplaced))

    def _x(self, score: Decimal) -> float:
        return round(self._box.left + float(score) / 100 * (self._box.right - self._box.left), 1)

    def _y(self, score: Decimal) -> float:
        return round(self._box.bottom - float(score) / 100 * (self._box.bottom - self._box.top), 1)

    @cached_property
    def _areas(self) -> dict[Quadrant, Box]:
        box = self._box
        across, upward = self._x(self._index.split.adoption), self._y(self._index.split.opportunity)
        return {
            "look first": Box(box.left, box.top, across, upward),
            "under way": Box(across, box.top, box.right, upward),
            "can wait": Box(box.left, upward, across, box.bottom),
            "well served": Box(across, upward, box.right, box.bottom),
        }

    @cached_property
    def _places(self) -> dict[tuple[float, float], list[ScoredJob]]:
        places: dict[tuple[float, float], list[ScoredJob]] = defaultdict(list)
        for scored in self._index.jobs:
            if scored.adoption is not None:
                places[self._x(scored.adoption), self._y(scored.opportunity)].append(scored)
        return places

    def _caption(self, quadrant: Quadrant, area: Box) -> Iterator[str]:
        """A quadrant's mark, name and number of jobs, outside the field; left out where it has no room."""
        words = f"{quadrant} ({len(self._index.within(quadrant))})"
        y = area.top - 8 if area.top == self._box.top else area.bottom + 18
        if 20 + width_of(words, STRONG.size) <= area.right - area.left:
            yield mark(quadrant, area.left + 8, y - 4)
            yield text(area.left + 20, y, words, STRONG)


def _scale(number: int) -> float:
    """How large a mark is: those without a number are small."""
    return 1 if number <= NUMBERED else 0.5


def _box(place: tuple[float, float], number: int) -> Box:
    half = _MARK / 2 * _scale(number)
    return Box(place[0] - half, place[1] - half, place[0] + half, place[1] + half)


def _label(jobs: Sequence[ScoredJob]) -> str:
    """`3`; `3,8` for two jobs in one place, `3,8+5` where five more are below the head of the list."""
    numbers = [str(scored.number) for scored in jobs if scored.number <= NUMBERED]
    return ",".join(numbers) + (f"+{len(jobs) - len(numbers)}" if len(jobs) > len(numbers) else "")
