"""A written document as it was read: pieces of text, and the notes that their marks lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from aidx_assistant.briefs.written.piece import Piece

WrittenMedium = Literal["markdown", "word"]

_OPEN, _CLOSE = "\ue000", "\ue001"
_LINK_OPEN, _LINK_CLOSE = "\ue002", "\ue003"
_RESERVED = re.compile(f"[{_OPEN}-{_LINK_CLOSE}]")

_PLACE = r"(?:(?:slides?|pages?|sections?|chapters?)\b|pp?\.|sec\.|ch\.)[^\[\]]{1,90}"
_BEGINS = rf"(?<![\w\]{_OPEN}])\["
_NUMBERED = re.compile(rf"{_BEGINS}(\d{{1,3}}(?:\s*[,;–-]\s*\d{{1,3}})*)\]")
_NUMBERED_AND_PLACED = re.compile(rf"{_BEGINS}\d{{1,3}}\s*[,:;]?\s+{_PLACE}\]", re.IGNORECASE)
_PLACED_LABEL = re.compile(
    rf"(?P<opened>\[?)(?P<note>[^\s,:;\[\]]{{1,40}})\s*[,:;]?\s+(?P<place>{_PLACE})\]?", re.IGNORECASE
)
_MOST_NUMBERS = 50
"""Notes that a range such as `[1-9]` may name."""
_SPACES = re.compile(r"\s+")
_LONGEST_WORD = 400
_LONG_WORD = re.compile(rf"[^\s{_OPEN}-{_LINK_CLOSE}]{{{_LONGEST_WORD},}}")

NOTE_MARK = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
"""In a piece's text: where a note is referred to, by its label."""
LINK_MARK = re.compile(f"{_LINK_OPEN}([^{_LINK_OPEN}{_LINK_CLOSE}]*){_LINK_CLOSE}")
"""In a piece's text: the address that the words before it are linked to."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, an endnote or an entry of a list of sources."""

    label: str
    """By which marks name it; unique in its document."""
    text: str
    where: str
    """For a reader: a line's number, "footnote 3"."""


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """What was read of a file."""

    medium: WrittenMedium
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    pages: int | None = None
    """As the program that last saved it counted; None where the file does not say."""


def readable(text: str) -> str:
    """Text of a file in one line: white space single, words of absurd length cut, which take long to look through."""
    return _SPACES.sub(" ", _LONG_WORD.sub(lambda word: word.group()[:_LONGEST_WORD], text))


def note_mark(label: str) -> str:
    return f"{_OPEN}{label}{_CLOSE}"


def with_numbers_marked(text: str) -> str:
    """A text with a note's mark for every `[1]`, `[1, 2]` or `[1, slide 8]`, which name entries of a list by number."""
    text = _NUMBERED_AND_PLACED.sub(lambda match: note_mark(match.group()), text)
    return _NUMBERED.sub(lambda match: "".join(note_mark(f"[{one}]") for one in _numbers(match[1])), text)


def label_and_place(label: str) -> tuple[str, str]:
    """The label of a note that a mark names, and the place that the mark adds to it: `[1, slide 8]`; empty for none."""
    placed = _PLACED_LABEL.fullmatch(label)
    if placed is None:
        return label, ""
    return (f"[{placed['note']}]" if placed["opened"] else placed["note"]), placed["place"]


def _numbers(written: str) -> Iterator[int]:
    for part in re.split(r"\s*[,;]\s*", written):
        first, *rest = (int(number) for number in re.split(r"\s*[–-]\s*", part))
        last = rest[0] if rest and first < rest[0] <= first + _MOST_NUMBERS else first
        yield from range(first, last + 1)


def link_mark(address: str) -> str:
    return f"{_LINK_OPEN}{address}{_LINK_CLOSE}"


def without_reserved(text: str) -> str:
    """A text of a file without the characters that marks are made of."""
    return _RESERVED.sub(" ", text)


def document_as_json(document: WrittenDocument) -> dict[str, Any]:
    return asdict(document)


def document_from_json(content: Mapping[str, Any]) -> WrittenDocument:
    """The document of which `document_as_json` made this object. Raises KeyError or TypeError for any other."""
    pieces = (
        Piece(**{**piece, "breaks": tuple((offset, where) for offset, where in piece["breaks"])})
        for piece in content["pieces"]
    )
    notes = (Note(**note) for note in content["notes"])
    return WrittenDocument(content["medium"], tuple(pieces), tuple(notes), content["pages"])
