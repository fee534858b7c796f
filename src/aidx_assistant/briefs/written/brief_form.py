"""The form of a brief in a written document: by it one is recognised, and what is no claim is told from its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aidx_assistant.briefs.brief import BriefKind
from aidx_assistant.briefs.request import IN_PLURAL
from aidx_assistant.briefs.written.piece import BETWEEN_CELLS, Piece
from aidx_assistant.evidence import SEGMENTS, Segment

_TITLE = re.compile(r"\W*(?P<kind>buyer|founder)\s+brief\s*:\s*(?P<topic>.*\S)", re.IGNORECASE)
_NO_MODEL = "No model: quoted from the sources"
_ABOUT = re.compile(rf"\b{_NO_MODEL}\b|\bDrafted by \S|.+ · .+")
_FAULTS = re.compile(r"\W*This draft has \d+ faults?(?P<elsewhere>, listed on its last page)?\W*")
_BASE = re.compile(r"\W*Base:\s*(?P<base>.*)")
_SOURCE_LINE = re.compile(r"[*_(]*Sources?:[*_]*\s+")


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of a text's claims with its `Source:` line, if it has one."""

    piece: Piece
    source: Piece | None = None
    """Without the word `Source:`."""


@dataclass(frozen=True, slots=True)
class BriefHead:
    """What the title of a brief and the line below it say."""

    topic: str
    segment: Segment | None
    """None where the line names none by itself."""
    is_evidence: bool
    """Whether it says that no model wrote the brief."""
    where: str
    """Of the line."""


def kind_of_brief(pieces: Sequence[Piece]) -> BriefKind | None:
    """The kind of brief that a document is, by its title; None for any other document."""
    for piece in pieces[:3]:
        if match := _TITLE.fullmatch(piece.text):
            return "buyer" if match["kind"].lower() == "buyer" else "founder"
    return None


def topic_of_brief(pieces: Sequence[Piece]) -> str | None:
    """What a brief is about, by its title; None for any other document."""
    found = (match["topic"] for piece in pieces[:3] if (match := _TITLE.fullmatch(piece.text)))
    return next(found, None)


def head_of_brief(pieces: Sequence[Piece]) -> BriefHead | None:
    """The title of a brief and the line below it; None for any other document."""
    for number, piece in enumerate(pieces[:3]):
        if match := _TITLE.fullmatch(piece.text):
            about = next(iter(pieces[number + 1 : number + 2]), piece)
            parts = [part.strip(" *_").casefold() for part in about.text.split("·")]
            segment = next((one for one in SEGMENTS if IN_PLURAL[one] in parts), None)
            return BriefHead(match["topic"], segment, _NO_MODEL in about.text, about.where)
    return None


def body_of_brief(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The text of a brief without title, the line below it and the faults listed there, or where that says."""
    first = next((number for number, piece in enumerate(pieces) if _TITLE.fullmatch(piece.text)), -1)
    left: list[Piece] = []
    in_faults = listed_last = False
    for number, piece in enumerate(pieces):
        if number == first or (number == first + 1 and piece.kind == "paragraph" and _ABOUT.search(piece.text)):
            continue
        faults = _FAULTS.fullmatch(piece.text)
        if faults and (listed_last or not any(one.kind == "heading" for one in left)):
            in_faults, listed_last = True, listed_last or bool(faults["elsewhere"])
        elif not (in_faults and piece.kind == "item"):
            in_faults = False
            left.append(piece)
    return tuple(_with_bases(left))


def _with_bases(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Charts' tables with the base, which stands below them, in the title above, where it says whom they count."""
    pieces = list(pieces)
    for number, piece in enumerate(pieces):
        base = _BASE.match(piece.text) if piece.kind == "paragraph" else None
        title = _title_of_table(pieces, number) if base else None
        if base and title is not None:
            words = re.split(r"[*_]*Sources?:", base["base"])[0].strip(" *_")
            text = pieces[title].text.strip("* ")
            pieces[title] = replace(pieces[title], kind="heading", text=f"{text} ({words})", level=3, breaks=())
            pieces[number] = piece.part(base.end("base") - len(base["base"]) + len(words), len(piece.text))
    yield from (piece for piece in pieces if piece.text)


def _title_of_table(pieces: Sequence[Piece], below: int) -> int | None:
    """Which piece stands over the table that ends before a piece."""
    place = below - 1
    while place >= 0 and pieces[place].kind in ("row", "header"):
        place -= 1
    return place if 0 <= place < below - 1 and pieces[place].kind in ("paragraph", "heading") else None


def told_with_sources(pieces: Sequence[Piece]) -> tuple[Told, ...]:
    """Every piece with its `Source:` line: its own last line, or the paragraph after it, that begins with that word.

    The line below a table is that of each of its rows. A row whose last cell is such a line is an item with it.
    """
    found: list[Told] = []
    for piece in pieces:
        line = _source_line(piece)
        if line is None:
            found.append(Told(piece))
            continue
        source = piece.part(line.end(), len(piece.text))
        before = piece.part(0, line.start())
        if piece.kind == "row":
            before = replace(before, kind="item", text=before.text.removesuffix(BETWEEN_CELLS.rstrip()))
        if re.search(r"\w", before.text):
            found.append(Told(before, source))
            continue
        place = len(found) - 1
        while place >= 0 and found[place].source is None and found[place].piece.kind != "heading":
            found[place] = replace(found[place], source=source)
            if found[place].piece.kind not in ("row", "header"):
                break
            place -= 1
    return tuple(found)


def _source_line(piece: Piece) -> re.Match[str] | None:
    offsets = [0, *(offset for offset, _ in piece.breaks)] if piece.kind in ("paragraph", "item") else []
    if piece.kind == "row" and BETWEEN_CELLS in piece.text:
        offsets = [piece.text.rindex(BETWEEN_CELLS) + len(BETWEEN_CELLS)]
    lines = (_SOURCE_LINE.match(piece.text, offset) for offset in offsets)
    return next((match for match in lines if match), None)
