"""A text of a brief taken apart: plain words, strong words, and the marks of citations.

What is no mark stands for itself: a `[7]` that no citation has, a lone `**`, and whatever means something to a format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aidx_assistant.briefs.brief import MARKER
from aidx_assistant.printable import printable

_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_NEVER_SHOWN = re.compile("[\u00ad\u200b\u2060\ufeff\ufffe\uffff]")
"""Soft hyphens, what has no width, and what no XML may hold."""
_SPACES = re.compile(r"[^\S\u00a0\u2007\u202f]+")
"""Runs of white space, but those that must not break a line."""


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation named in the text, by its number."""

    number: int
    follows_mark: bool = False
    """Whether it stands right behind another, with nothing between."""


Run = Words | Mark


def one_line(text: str) -> str:
    """A text without line ends, control characters and what is never shown."""
    return _SPACES.sub(" ", _NEVER_SHOWN.sub("", printable(_SPACES.sub(" ", text)))).strip(" ")


def runs_of(text: str, numbers: Iterable[int]) -> tuple[Run, ...]:
    """The runs of a text; `numbers`: those of the brief's citations. The space before a mark goes with it."""
    known = frozenset(numbers)
    line = one_line(text)
    runs: list[Run] = []
    position = 0
    for strong in _STRONG.finditer(line):
        runs += _with_marks(line[position : strong.start()], known, strong=False)
        runs += _with_marks(strong[1], known, strong=True)
        position = strong.end()
    runs += _with_marks(line[position:], known, strong=False)
    return tuple(_closed_up(runs))


def numbers_in(runs: Iterable[Run]) -> tuple[int, ...]:
    """The numbers of the marks, in order."""
    return tuple(run.number for run in runs if isinstance(run, Mark))


def words_of(runs: Iterable[Run]) -> str:
    """The text alone, its marks as `[3]`, nothing strong."""
    return "".join(run.text if isinstance(run, Words) else f" [{run.number}]" for run in runs).strip()


def _with_marks(text: str, known: frozenset[int], *, strong: bool) -> Iterator[Run]:
    position = 0
    for marker in MARKER.finditer(text):
        if int(marker[1]) in known:
            if marker.start() > position:
                yield Words(text[position : marker.start()], strong)
            yield Mark(int(marker[1]))
            position = marker.end()
    if position < len(text):
        yield Words(text[position:], strong)


def _closed_up(runs: Iterable[Run]) -> Iterator[Run]:
    """Marks follow their words without a space."""
    waiting: Words | None = None
    behind_mark = False
    for run in runs:
        if isinstance(run, Words):
            if waiting:
                yield waiting
            waiting = run
            continue
        if waiting and (text := waiting.text.rstrip(" ")):
            yield Words(text, waiting.strong)
            behind_mark = False
        waiting = None
        yield Mark(run.number, follows_mark=behind_mark)
        behind_mark = True
    if waiting:
        yield waiting
