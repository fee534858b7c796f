"""Quoted words and where a source has them, sentence by sentence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aidx_assistant.briefs.tracing.shelf import Shelf
from aidx_assistant.evidence import Passage

_ELISION = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.)\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2060\ufeff*_]")
_SIGNS = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "\u00a0": " "})
_FEWEST_WORDS = 3
_ALIKE = 0.55
"""Likeness from which a sentence is what a quotation was meant to be."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words within quotation marks; offsets are the text's, end exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A run of sentences of a passage that holds a quotation; end exclusive."""

    passage: Passage
    first: int
    end: int

    @property
    def text(self) -> str:
        return " ".join(self.passage.sentences[self.first : self.end])


class Quotations:
    """Finds quotations in the sources of a library."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def find(self, quotation: str, source_ids: Iterable[str]) -> tuple[Quoted, ...]:
        """Every passage of these sources that has the words, in order where “…” parts them; case does not count."""
        parts = [part for piece in _ELISION.split(quotation) if (part := normalised(piece).strip(" .,;:"))]
        found = (_in_passage(parts, passage) for passage in self._passages(source_ids)) if parts else ()
        return tuple(one for one in found if one is not None)

    def nearest(self, quotation: str, passages: Iterable[Passage]) -> Quoted | None:
        """The sentence of these passages that is most like a quotation; None where none is much like it."""
        wanted = normalised(quotation)
        words = set(wanted.split())
        best, likeness = None, _ALIKE
        for passage in passages:
            for position, sentence in enumerate(passage.sentences):
                text = normalised(sentence)
                if 2 * len(words & set(text.split())) < len(words):
                    continue
                alike = difflib.SequenceMatcher(None, wanted, text, autojunk=False).ratio()
                if alike > likeness:
                    best, likeness = Quoted(passage, position, position + 1), alike
        return best

    def _passages(self, source_ids: Iterable[str]) -> Iterator[Passage]:
        for source_id in source_ids:
            yield from self._shelf.passages_of(source_id)


def quotations_in(text: str) -> tuple[Quotation, ...]:
    """The stretches of three words or more within quotation marks, of nested ones the outermost."""
    return tuple(one for one in _within_marks(text) if len(one.text.split()) >= _FEWEST_WORDS)


def normalised(text: str) -> str:
    """Lower case, plain quotation marks and dashes, single spaces, no control characters or emphasis."""
    return " ".join(_CONTROL.sub(" ", text).translate(_SIGNS).casefold().split())


def _within_marks(text: str) -> Iterator[Quotation]:
    """What stands within the outermost curly marks, and within pairs of straight ones outside of these."""
    depth = start = outside = 0
    for position, sign in enumerate(text):
        if sign == "“":
            if depth == 0:
                yield from _within_straight(text, outside, position)
                start = position + 1
            depth += 1
        elif sign == "”" and depth:
            depth -= 1
            if depth == 0:
                yield Quotation(text[start:position].strip(), start, position)
                outside = position + 1
    if depth == 0:
        yield from _within_straight(text, outside, len(text))


def _within_straight(text: str, start: int, end: int) -> Iterator[Quotation]:
    for match in re.compile(r'"([^"]+)"').finditer(text, start, end):
        yield Quotation(match[1].strip(), match.start(1), match.end(1))


def _in_passage(parts: Sequence[str], passage: Passage) -> Quoted | None:
    starts: list[int] = []
    joined = ""
    for sentence in passage.sentences:
        starts.append(len(joined))
        joined += normalised(sentence) + " "
    position, first = 0, None
    for part in parts:
        found = re.compile(rf"(?<![\w.,]){re.escape(part)}(?!\w)").search(joined, position)
        if found is None:
            return None
        first = found.start() if first is None else first
        position = found.end()
    sentences = [number for number, start in enumerate(starts) if start < position]
    begins = [number for number, start in enumerate(starts) if start <= (first or 0)]
    return Quoted(passage, begins[-1], sentences[-1] + 1)
