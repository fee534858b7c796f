"""Puts labels beside marks so that none covers another label or comes near another mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `right` and `bottom` are its far edges. Down is more."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, across: float = 0, down: float = 0) -> bool:
        """Whether the two overlap, or are nearer than so much."""
        return (
            self.left < other.right + across
            and other.left < self.right + across
            and self.top < other.bottom + down
            and other.top < self.bottom + down
        )

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class Labelled:
    """A mark, the size of the label that is wanted beside it, and what the label may not reach beyond."""

    mark: Box
    width: float
    height: float
    area: Box


@dataclass(frozen=True, slots=True)
class Spacing:
    """How far labels keep off, across and down."""

    own_mark: float
    labels: tuple[float, float]
    other_marks: tuple[float, float]


def place_labels(wanted: Sequence[Labelled], marks: Sequence[Box], spacing: Spacing) -> tuple[Box | None, ...]:
    """Where each label goes, the first ones choosing first; None where there is no room beside its mark.

    `marks` are all marks that are drawn, with or without a label, those of `wanted` among them.
    """
    taken: list[Box] = []
    placed: list[Box | None] = []
    for one in wanted:
        near = [mark for mark in marks if mark != one.mark and _within_reach(one, mark, spacing)]
        free = (
            box
            for box in _beside(one, spacing.own_mark)
            if one.area.holds(box)
            and not any(box.meets(label, *spacing.labels) for label in taken)
            and not any(box.meets(mark, *spacing.other_marks) for mark in near)
        )
        chosen = next(free, None)
        placed.append(chosen)
        taken += [chosen] if chosen else []
    return tuple(placed)


def _within_reach(one: Labelled, mark: Box, spacing: Spacing) -> bool:
    across, down = spacing.other_marks
    return one.mark.meets(mark, one.width + spacing.own_mark + across, one.height + spacing.own_mark + down)


def _beside(one: Labelled, gap: float) -> Iterator[Box]:
    """The places next to a mark, the clearest first: right, left, then above and below."""
    mark, width, height = one.mark, one.width, one.height
    middle = (mark.top + mark.bottom - height) / 2
    above, below = mark.top - gap - height, mark.bottom + gap
    right, left = mark.right + gap, mark.left - gap - width
    flush_left, flush_right = mark.left, mark.right - width
    corners = [(right, middle), (left, middle)]
    corners += [(x, y) for x in (flush_left, flush_right, right, left) for y in (above, below)]
    for x, y in corners:
        yield Box(x, y, x + width, y + height)
