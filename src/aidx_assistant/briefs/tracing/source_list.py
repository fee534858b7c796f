"""A list of sources at the end of a document, or of each part of it, to whose numbers `[3]` in the text leads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aidx_assistant.briefs.written.document import NOTE_MARK, Note, label_and_place, note_mark
from aidx_assistant.briefs.written.piece import Piece

_HEADING = re.compile(
    r"\W*(?:\d+\.?\s+)?(?:sources?|references?|notes?|foot\s?notes?|end\s?notes?|bibliography|works\s+cited|literature)\W*",
    re.IGNORECASE,
)
_LEADING_MARK = re.compile(rf"\s*{NOTE_MARK.pattern}[\s.:]*")
_IN_BRACKETS = re.compile(r"\[(\d{1,3})\]")
_LEADING_NUMBER = re.compile(r"\s*\(?(\d{1,3})[.)]\s+")


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    text: str


def without_source_list(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Note, ...]]:
    """The pieces without the entries of lists of sources, and the entries as notes.

    Where there are several lists, a number means the entry of the next list that follows it.
    """
    lists = _entries(pieces)
    count = 1 + max(lists.values(), key=lambda found: found[0], default=(-1, None))[0] if lists else 0
    notes = [
        Note(_label(entry.number, number, count), entry.text, pieces[place].where)
        for place, (number, entry) in lists.items()
    ]
    last_of = {number: place for place, (number, _) in lists.items()}
    left = [
        _relabelled(piece, _list_for(place, last_of), count) for place, piece in enumerate(pieces) if place not in lists
    ]
    return tuple(left), tuple(notes)


def _entries(pieces: Sequence[Piece]) -> dict[int, tuple[int, _Entry]]:
    """For each piece that is an entry: which list it belongs to, from 0, and what it says."""
    found: dict[int, tuple[int, _Entry]] = {}
    number, inside = -1, False
    for place, piece in enumerate(pieces):
        if piece.kind == "heading" or _HEADING.fullmatch(piece.text):
            inside = _HEADING.fullmatch(piece.text) is not None
            number += inside
        elif inside and (entry := _entry(piece)):
            found[place] = (number, entry)
    return found or {place: (0, entry) for place, entry in _without_heading(pieces).items()}


def _without_heading(pieces: Sequence[Piece]) -> dict[int, _Entry]:
    """The entries at the end of a text, numbered from 1, that all its `[3]` lead to, though no heading stands above."""
    found: dict[int, _Entry] = {}
    for place in range(len(pieces) - 1, -1, -1):
        entry = _entry(pieces[place]) if pieces[place].kind in ("paragraph", "item") else None
        if entry is None or (found and entry.number != found[place + 1].number - 1):
            break
        found[place] = entry
    begins = min(found, default=0)
    if begins == 0 or pieces[begins - 1].kind == "heading":
        return {}
    marks = (mark for piece in pieces[:begins] for mark in NOTE_MARK.findall(piece.text))
    named = {int(number[1]) for mark in marks if (number := _IN_BRACKETS.fullmatch(label_and_place(mark)[0]))}
    numbers = {entry.number for entry in found.values()}
    return found if named and named <= numbers and min(numbers) == 1 else {}


def _entry(piece: Piece) -> _Entry | None:
    if mark := _LEADING_MARK.match(piece.text):
        digits = mark[1].strip("[]")
        return _Entry(int(digits), piece.text[mark.end() :]) if digits.isdigit() else None
    if piece.ordinal is not None:
        return _Entry(piece.ordinal, piece.text)
    if number := _LEADING_NUMBER.match(piece.text):
        return _Entry(int(number[1]), piece.text[number.end() :])
    return None


def _list_for(place: int, last_of: dict[int, int]) -> int:
    """The list whose entries a piece's numbers mean: the first that ends after it, else the last."""
    return next((number for number, last in sorted(last_of.items()) if last > place), max(last_of, default=0))


def _label(number: int, of_list: int, count: int) -> str:
    return f"[{number}]" if count < 2 else f"[{number}] of list {of_list + 1}"


def _relabelled(piece: Piece, of_list: int, count: int) -> Piece:
    if count < 2 or "[" not in piece.text:
        return piece

    def relabelled(match: re.Match[str]) -> str:
        digits = match[1].strip("[]")
        numbered = match[1].startswith("[") and digits.isdigit()
        return note_mark(_label(int(digits), of_list, count)) if numbered else match.group()

    return replace(piece, text=NOTE_MARK.sub(relabelled, piece.text), breaks=())
