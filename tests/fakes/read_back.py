"""Exported briefs, read back by other means than they were written with: which citations, in what order, what notes.

Every reader gives what a reader of the file meets: the marks in the text, and the notes as numbered.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pptx
import pypdfium2
from lxml import etree, html
from markdown_it import MarkdownIt
from pypdf import PdfReader

_NS = {"namespaces": {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBER = r"[\[\]](\d+)[\[\]]"
"""In a PDF that has text from right to left too, either bracket may come back as the other."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a file says of its citations."""

    marks: tuple[int, ...]
    """In the order of the text, the list of sources left out."""
    notes: tuple[tuple[int, str], ...]
    """Number and text, in the order of the file; white space as single spaces."""
    text: str
    """All words before the notes, in one line."""


def squeezed(text: str) -> str:
    """A text by its characters alone: what a line break does to white space is no difference."""
    return "".join(text.split())


def read_markdown(content: bytes) -> ReadBack:
    body, notes = [], []
    for line in content.decode().split("\n"):
        definition = re.match(r"\[\^(\d+)\]: (.*)", line)
        if definition:
            notes.append((int(definition[1]), _rendered(definition[2])))
        else:
            body.append(line)
    shown = _rendered("\n".join(body))
    marks = tuple(int(number) for number in re.findall(r"\[\^(\d+)\]", shown))
    return ReadBack(marks, tuple(notes), re.sub(r"\[\^(\d+)\]", "", shown))


def read_pdf(content: bytes) -> ReadBack:
    """Marks are what stands on links within the document; a note begins its line with its number."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    lines = [line for page in pages for line in page.split("\n") if not re.search(r"Page \d+ of \d+$", line)]
    last = max((number for number, line in enumerate(lines) if line == "Sources"), default=len(lines))
    body, listed = "\n".join(lines[:last]), "\n".join(lines[last + 1 :])
    _, *notes = re.split(rf"^{_NUMBER} ", listed, flags=re.MULTILINE)
    texts = (" ".join(note.replace("\u200b", "").split()) for note in notes[1::2])
    numbers = _numbers_on_links(content)
    back = len(set(numbers))  # one from each note, after all others
    shown = re.sub(rf"(?<=\S){_NUMBER}", "", body)
    return ReadBack(numbers[: len(numbers) - back], tuple(zip(map(int, notes[::2]), texts, strict=True)), shown)


def _numbers_on_links(content: bytes) -> tuple[int, ...]:
    """Of every link to a place in a PDF, in its order, the number that is written on it."""
    numbers = []
    with pypdfium2.PdfDocument(content) as drawn:
        for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
            words = drawn[number].get_textpage()
            links = [link.get_object() for link in page.get("/Annots", [])]
            boxes = [[float(edge) for edge in link["/Rect"]] for link in links if "/Dest" in link]
            numbers += [re.search(r"\d+", words.get_text_bounded(*box)) for box in boxes]
    assert all(numbers)
    return tuple(int(number[0]) for number in numbers if number)


def read_word(content: bytes) -> ReadBack:
    """Footnotes by the numbers that Word shows: counted as they come, or a mark of their own."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        has_notes = "word/footnotes.xml" in package.namelist()
        listed = etree.fromstring(package.read("word/footnotes.xml")) if has_notes else body
    shown: dict[str, int] = {}
    marks, words = [], []
    for one in body.iter(_W + "footnoteReference", _W + "instrText", _W + "p", _W + "t"):
        if one.tag == _W + "p":
            words.append("\n")
        elif one.tag == _W + "t":
            words.append(one.text or "")
        elif one.tag == _W + "instrText":
            if referred := re.match(r" NOTEREF (\S+) ", one.text or ""):
                marked = body.xpath(f'//w:bookmarkStart[@w:name="{referred[1]}"]/following::w:footnoteReference', **_NS)
                marks.append(shown[marked[0].get(_W + "id")])
        else:
            own = one.getnext() if one.get(_W + "customMarkFollows") else None
            shown[one.get(_W + "id")] = len(shown) + 1 if own is None else int(own.text)
            marks.append(shown[one.get(_W + "id")])
    texts = {
        note.get(_W + "id"): " ".join("".join(note.itertext(_W + "t", with_tail=False)).split())
        for note in listed.iter(_W + "footnote")
        if note.get(_W + "type") is None
    }
    assert set(texts) == set(shown)
    notes = sorted((number, _without_own_mark(texts[key], number)) for key, number in shown.items())
    return ReadBack(tuple(marks), tuple(notes), "".join(words))


def read_html(content: bytes) -> ReadBack:
    """Links to notes in the text, each of which leads to one; the notes with their numbers."""
    page = html.document_fromstring(content.decode())
    (main,) = page.xpath("//main")
    targets = {note.get("id"): note for note in main.xpath(".//li[starts-with(@id, 'note-')]")}
    marks = []
    for link in main.xpath(".//sup/a"):
        number = int(re.fullmatch(r"\[(\d+)\]", link.text_content())[1])
        assert targets[link.get("href").removeprefix("#")].get("id") == f"note-{number}"
        marks.append(number)
    notes = [" ".join(note.text_content().split()) for note in targets.values()]
    split = [re.fullmatch(r"\[(\d+)\] (.*)", note) for note in notes]
    for gone in [*main.xpath(".//sup"), *main.xpath(".//ol[@class='notes']"), *main.xpath(".//*[name()='svg']")]:
        gone.drop_tree()
    return ReadBack(tuple(marks), tuple((int(note[1]), note[2]) for note in split), main.text_content())


def read_powerpoint(content: bytes) -> ReadBack:
    """The notes of the slides: their text in full, and the citations by their numbers, each once.

    What is raised on a slide is a citation that its own notes have.
    """
    marks: list[int] = []
    notes: dict[int, str] = {}
    told = []
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        text, _, listed = f"{slide.notes_slide.notes_text_frame.text}\n".rpartition("\nSources\n")
        text, listed = (text, listed) if text else (listed, "")
        own = {int(number): note for number, note in re.findall(r"^\[(\d+)\] (.*)$", listed, re.MULTILINE)}
        assert list(own) == sorted(own)
        marks += [number for number in map(int, re.findall(r"\[(\d+)\]", _without_faults(text))) if number in own]
        assert {int(run.text[1:-1]) for run in _runs(slide) if run.font._rPr.get("baseline")} <= set(own)
        notes |= own
        told += [text, *(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)]
    return ReadBack(tuple(marks), tuple(sorted(notes.items())), "\n".join(told))


def _without_faults(text: str) -> str:
    return re.sub(r"^This draft has \d+ faults?:\n(?:– .*\n)*", "", text)


def _runs(slide: Any) -> Iterator[Any]:
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    frames += [cell.text_frame for shape in slide.shapes if shape.has_table for cell in shape.table.iter_cells()]
    return (run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs)


def _without_own_mark(note: str, number: int) -> str:
    return note.removeprefix(str(number)) if note.startswith(f"{number}") else note


def _rendered(markdown: str) -> str:
    """The words of a Markdown text as they are shown."""
    parts = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        assert token.type not in ("html_block", "code_block", "fence", "hr"), token
        for child in token.children or []:
            assert child.type not in ("html_inline", "code_inline", "image"), child
            parts.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
        parts.append(" " if token.type == "inline" else "")
    return " ".join("".join(parts).split())


READERS: dict[str, Callable[[bytes], ReadBack]] = {
    "md": read_markdown,
    "docx": read_word,
    "pdf": read_pdf,
    "html": read_html,
    "pptx": read_powerpoint,
}
