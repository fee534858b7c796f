"""What becomes of a source that nearly repeats a known one: a copy of it, another version, or another source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from aidx_assistant.assistant.likenesses import Like
from aidx_assistant.evidence import Passage, Source
from aidx_assistant.figures import figures_in
from aidx_assistant.reading.read_source import ReadSource
from aidx_assistant.reading.sections import same_words
from aidx_assistant.vocabulary.times import MONTHS

_NOTE = re.compile(r"\[\d+\]")
_AGO = re.compile(r"\b\d+ \w+ ago\b")
_WORD = re.compile(r"[^\W\d_]+")
_MONTHS = frozenset(month.lower() for month in MONTHS)
_DATES = frozenset({"date", "year"})
_Figures = tuple[tuple[str, float, float], ...]
_FEWEST_WORDS = 4
"""Of a sentence whose numbers tell: “Read 12 comments” changes from one clip to the next."""


@dataclass(frozen=True, slots=True)
class Version:
    """What becomes of it, and why."""

    outcome: Literal["skipped", "updated", "added"]
    """Updated: it takes the place of the known one."""
    told: str
    is_older: bool = False


def version_of(new: ReadSource, like: Like, known: Source, passages: Sequence[Passage]) -> Version:
    """What becomes of a source that says nearly the same as a known one, whose passages these are.

    With the same figures it is a copy. With others, of the same title, the later date is in force; where dates do not
    tell, both have to stand, and the user decides.
    """
    is_dated = same_words(new.source.title, known.title) and _dates_tell(new.source.date, known.date)
    is_older = is_dated and new.source.date < known.date
    other_figures = _other_figures(new.passages, passages)
    if is_older and (like.is_fuller or other_figures):
        told = f"It is an older version of “{known.title}”, which is of {known.date}."
        return Version("skipped", told, is_older=True)
    if like.is_fuller:
        return Version("updated", f"It says more than what was known as “{known.id}” and takes its place.")
    if not other_figures:
        return Version("skipped", f"It says the same as “{known.title}” ({like.share:.0%} of it).")
    if is_dated:
        return Version("updated", f"It is a newer version of what was known as “{known.id}” and takes its place.")
    told = f"It repeats “{known.name}” with other figures; if one of them is out of date, remove it"
    return Version("added", f"{told}: aidx sources remove {known.id}, or {new.source.id}.")


def _dates_tell(one: str, other: str) -> bool:
    """Whether one is later: of 2026 and 2026-02 that cannot be said."""
    return bool(one and other) and not one.startswith(other) and not other.startswith(one)


def _other_figures(new: Iterable[Passage], known: Iterable[Passage]) -> bool:
    """Whether a sentence of one stands in the other with other figures. Dates are none: pages tell when they change."""
    held: dict[str, set[_Figures]] = {}
    for wording, figures in _sentences(known):
        held.setdefault(wording, set()).add(figures)
    return any(wording in held and figures not in held[wording] for wording, figures in _sentences(new))


def _sentences(passages: Iterable[Passage]) -> Iterable[tuple[str, _Figures]]:
    """The words of each sentence that tells something, and its figures."""
    for passage in passages:
        for sentence in passage.sentences:
            text = _AGO.sub("", _NOTE.sub("", sentence))
            words = [word for word in _WORD.findall(text.lower()) if word not in _MONTHS]
            if len(words) >= _FEWEST_WORDS:
                figures = figures_in(text)
                yield " ".join(words), tuple((one.kind, one.low, one.high) for one in figures if one.kind not in _DATES)
