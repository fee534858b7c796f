"""Reads Markdown (CommonMark with tables, footnotes and strike-through) as pieces of text, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from aidx_assistant.briefs.written.document import (
    NOTE_MARK,
    Note,
    WrittenDocument,
    link_mark,
    note_mark,
    readable,
    with_numbers_marked,
    without_reserved,
)
from aidx_assistant.briefs.written.footnotes import with_inline_notes_marked, without_definitions
from aidx_assistant.briefs.written.piece import Piece, row
from aidx_assistant.reading.decoding import decoded

_REFERENCE = re.compile(r"\[\^([^\]]{1,80})\]")
_TAG = re.compile(r"<!--.*?-->|<(?:br|/p|/div|/li|/td|/tr)\b[^>]*>|<[^<>]*>", re.DOTALL)
_NUMBER_ALONE = re.compile(r"\s*\[?\^?\d{1,3}\]?\s*")
_TASK = re.compile(r"^\[[ xX]\]\s+")
_DEEPEST = 40
"""Lists and quotations within each other that are read."""


def read_markdown(content: bytes) -> WrittenDocument:
    """Every piece of a Markdown text. Raises ReadingError for what is no text."""
    lines = re.split(r"\r\n|\r|\n", without_reserved(decoded(content)))
    lines, notes = without_definitions(_without_front_matter(lines))
    lines, inline = with_inline_notes_marked(lines)
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    pieces = _Reader(parser.parse("\n".join(lines))).pieces()
    return WrittenDocument("markdown", tuple(pieces), tuple(map(_shown, (*notes, *inline))))


def _without_front_matter(lines: list[str]) -> list[str]:
    """Lines of metadata before the text are made empty, so that the others keep their numbers."""
    if lines and lines[0].strip() == "---":
        for number, line in enumerate(lines[1:200], 1):
            if line.strip() in ("---", "..."):
                return [""] * (number + 1) + lines[number + 1 :]
    return lines


def _shown(note: Note) -> Note:
    """A note with its text as it would be shown; numbers in brackets are what it quotes, and lead nowhere."""
    (parsed,) = MarkdownIt("commonmark").parseInline(note.text)
    text = NOTE_MARK.sub(lambda match: match[1] if match[1][:1] == "[" else "", _inline(parsed, 1)[0])
    return Note(note.label, text, note.where)


class _Reader:
    """Goes through the tokens of a text once."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._lists: list[int | None] = []
        """For each open list the number of its next item; None for bullets."""
        self._ordinal: int | None = None
        self._opens_item = False

    def pieces(self) -> Iterator[Piece]:
        position = 0
        while position < len(self._tokens):
            token = self._tokens[position]
            line = token.map[0] + 1 if token.map else 1
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    numbered = token.type == "ordered_list_open"
                    self._lists.append(int(token.attrs.get("start", 1)) if numbered else None)
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    self._open_item()
                case "heading_open":
                    text, breaks = _inline(self._tokens[position + 1], line)
                    yield Piece("heading", text, str(line), level=int(token.tag[1:]), breaks=breaks)
                    position += 2
                case "inline":
                    yield self._paragraph(token, line)
                case "tr_open":
                    position, cells = self._row(position)
                    yield row(cells, str(line), header=self._tokens[position - 1].type == "th_close")
                case "fence" | "code_block":
                    yield from _lines_of_code(token, line)
                case "html_block":
                    yield from _html(token, line)
            position += 1

    def _open_item(self) -> None:
        self._opens_item = True
        self._ordinal = number = self._lists[-1]
        if number is not None:
            self._lists[-1] = number + 1

    def _paragraph(self, token: Token, line: int) -> Piece:
        text, breaks = _inline(token, line)
        if not self._opens_item:
            return Piece("paragraph", text, str(line), breaks=breaks)
        self._opens_item = False
        text = _TASK.sub("", text) if not breaks else text
        return Piece("item", text, str(line), level=len(self._lists), breaks=breaks, ordinal=self._ordinal)

    def _row(self, position: int) -> tuple[int, list[str]]:
        """Where a row of a table ends, and its cells."""
        cells: list[str] = []
        while self._tokens[position].type != "tr_close":
            if self._tokens[position].type == "inline":
                cells.append(_inline(self._tokens[position], 1)[0])
            position += 1
        return position, cells


def _inline(token: Token, line: int) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The words of a paragraph with marks for its notes and links, and where in them another line begins.

    Struck-out words and pictures are left out; strong ones keep their `**`.
    """
    text, address, linked, struck = "", "", 0, 0
    breaks: list[tuple[int, str]] = []
    for child in token.children or ():
        match child.type:
            case "s_open" | "s_close":
                struck += 1 if child.type == "s_open" else -1
            case "softbreak" | "hardbreak":
                line += 1
                text += " "
                breaks.append((len(text), str(line)))
            case _ if struck:
                continue
            case "text" | "code_inline":
                text += _marked(child.content)
            case "strong_open" | "strong_close":
                text += "**"
            case "link_open":
                address, linked = str(child.attrs.get("href", "")), len(text)
            case "link_close":
                text = _linked(text, linked, address)
            case "html_inline":
                text += _TAG.sub(" ", child.content)
    return text, tuple(breaks)


def _linked(text: str, start: int, address: str) -> str:
    """A text with the address of the link that begins at `start`; a link of a mere number is a note's mark."""
    words = text[start:]
    if _NUMBER_ALONE.fullmatch(words):
        text = text[:start]
    return text if not address or words == address else text + link_mark(address)


def _marked(text: str) -> str:
    """Marks for `[^1]`, and for `[1]`, which names an entry of a list of sources by number."""
    text = readable(text)
    return with_numbers_marked(_REFERENCE.sub(lambda match: note_mark(match[1]), text))


def _lines_of_code(token: Token, line: int) -> Iterator[Piece]:
    """Fenced text is read like any other, line by line."""
    first = line + (token.type == "fence")
    for number, text in enumerate(token.content.split("\n"), first):
        if text.strip():
            yield Piece("paragraph", _marked(text.strip()), str(number))


def _html(token: Token, line: int) -> Iterator[Piece]:
    text = " ".join(_TAG.sub(" ", token.content).split())
    if text:
        yield Piece("paragraph", _marked(text), str(line))
