"""Reads a Word file (.docx) as pieces of text, each with the heading it stands under, and its foot- and endnotes.

python-docx knows neither notes nor tracked changes, so the parts are read as the XML that they are. Headers, footers,
comments and charts are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from aidx_assistant.briefs.written.document import NOTE_MARK, Note, WrittenDocument, readable, with_numbers_marked
from aidx_assistant.briefs.written.piece import Piece, row
from aidx_assistant.briefs.written.word_package import (
    Element,
    WordPackage,
    attribute,
    child,
    children,
    local_name,
    opened_package,
)
from aidx_assistant.briefs.written.word_styles import Styles
from aidx_assistant.briefs.written.word_text import ParagraphText, blocks_below, note_label

_MOST_PAGES = 10_000


def read_word(content: bytes) -> WrittenDocument:
    """Every piece and note of a Word file. Raises ReadingError for one that is damaged, encrypted or a bomb."""
    package = opened_package(content)
    reader = _Reader(package)
    pieces = tuple(reader.pieces())
    notes = tuple(_notes(package))
    return WrittenDocument("word", pieces, notes, _pages(package.properties))


class _Reader:
    """Goes through the body once, and remembers under which heading it is."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._styles = Styles(package)
        self._noted = dict(_notes_by_bookmark(package.document))
        self._heading = ""
        self._paragraphs = 0
        self._numbers: dict[tuple[str, int], int] = {}

    def pieces(self) -> Iterator[Piece]:
        body = child(self._package.document, "body")
        if body is not None:
            yield from self._blocks(body)

    def _blocks(self, element: Element) -> Iterator[Piece]:
        for block in blocks_below(element):
            if local_name(block) == "tbl":
                yield from self._table(block)
            else:
                yield from self._paragraph(block)

    def _paragraph(self, element: Element) -> Iterator[Piece]:
        gathered = self._gathered(element)
        lines = [line for line in map(_one_line, gathered.text.split("\n")) if line]
        if lines:
            yield self._piece(element, lines)
        for box in gathered.boxes:
            yield from self._blocks(box)

    def _gathered(self, paragraph: Element) -> ParagraphText:
        return _gathered(paragraph, self._package.links["document"], self._noted)

    def _piece(self, element: Element, lines: list[str]) -> Piece:
        lines = [with_numbers_marked(line) for line in lines]
        text = " ".join(lines)
        style = self._styles.of(element)
        if style.heading is not None:
            self._heading, self._paragraphs = text, 0
            return Piece("heading", text, f"heading “{text}”", level=style.heading)
        self._paragraphs += 1
        where = self._where(f"paragraph {self._paragraphs}")
        breaks = tuple((len(" ".join(lines[:count])) + 1, where) for count in range(1, len(lines)))
        if style.item is None:
            return Piece("paragraph", text, where, breaks=breaks)
        ordinal = None
        if style.numbered_by is not None:
            ordinal = self._numbers[style.numbered_by] = self._numbers.get(style.numbered_by, 0) + 1
        return Piece("item", text, where, level=style.item, breaks=breaks, ordinal=ordinal)

    def _where(self, place: str) -> str:
        return f"“{self._heading}”, {place}" if self._heading else place

    def _table(self, table: Element) -> Iterator[Piece]:
        """Its rows, and after each what tables inside its cells hold; a table of one column is a frame around text."""
        rows = list(_rows_below(table))
        if all(len(list(_cells_below(element))) < 2 for element in rows):
            for element in rows:
                yield from self._blocks(element)
            return
        for number, element in enumerate(rows, 1):
            cells, inner = [], []
            for cell in _cells_below(element):
                blocks = list(blocks_below(cell))
                texts = [self._gathered(block).text for block in blocks if local_name(block) == "p"]
                cells.append(with_numbers_marked(_one_line(" ".join(texts))))
                inner += [block for block in blocks if local_name(block) == "tbl"]
            if any(cells):
                header = number == 1 and len(rows) > 1 and len(cells) > 1
                yield row(cells, self._where(f"table row {number}"), header=header)
            for one in inner:
                yield from self._table(one)


def _rows_below(element: Element) -> Iterator[Element]:
    for one in element:
        if local_name(one) == "tr":
            if child(one, "trPr", "del") is None:
                yield one
        elif local_name(one) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows_below(one)


def _cells_below(element: Element) -> Iterator[Element]:
    for one in element:
        if local_name(one) == "tc":
            yield one
        elif local_name(one) in ("sdt", "sdtContent", "customXml"):
            yield from _cells_below(one)


def _gathered(paragraph: Element, links: Mapping[str, str], noted: Mapping[str, str]) -> ParagraphText:
    gathered = ParagraphText(links, noted)
    for one in paragraph:
        gathered.read(one)
    return gathered


def _notes_by_bookmark(document: Element) -> Iterator[tuple[str, str]]:
    """Labels of notes by the bookmarks that begin right before the reference to them."""
    opened: list[str] = []
    for one in document.iter():
        match local_name(one):
            case "bookmarkStart":
                opened.append(attribute(one, "name") or "")
            case "footnoteReference" | "endnoteReference":
                yield from ((name, note_label(one)) for name in opened)
                opened = []
            case "t" | "p":
                opened = []


def _notes(package: WordPackage) -> Iterator[Note]:
    """Foot- and endnotes, numbered in the order in which their part has them."""
    for kind, part in (("footnote", package.footnotes), ("endnote", package.endnotes)):
        links = package.links[f"{kind}s"]
        number = 0
        for note in children(part, kind):
            if attribute(note, "type") not in (None, "normal"):
                continue
            number += 1
            paragraphs = [block for block in blocks_below(note) if local_name(block) == "p"]
            text = " ".join(_gathered(paragraph, links, {}).text for paragraph in paragraphs)
            text = _one_line(NOTE_MARK.sub("", text))
            yield Note(f"{kind} {attribute(note, 'id')}", text, f"{kind} {number}")


def _pages(properties: Element | None) -> int | None:
    """Pages as Word counted them; None where it never did: programs that do not lay out copy a count with no words."""
    counted = {local_name(one): (one.text or "").strip() for one in properties} if properties is not None else {}
    pages, words = counted.get("Pages", ""), counted.get("Words", "")
    if not re.fullmatch(r"\d{1,5}", pages) or not re.fullmatch(r"[1-9]\d{0,8}", words):
        return None
    return int(pages) if 0 < int(pages) <= _MOST_PAGES else None


def _one_line(text: str) -> str:
    return readable(text).strip()
