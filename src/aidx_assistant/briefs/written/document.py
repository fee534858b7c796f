"""A written document as it was read: pieces of text, and the notes that their marks lead to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from aidx_assistant.briefs.written.piece import Piece

WrittenMedium = Literal["markdown", "word"]

_OPEN, _CLOSE = "\ue000", "\ue001"
_LINK_OPEN, _LINK_CLOSE = "\ue002", "\ue003"
_RESERVED = re.compile(f"[{_OPEN}-{_LINK_CLOSE}]")

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
