"""The words of a Word paragraph as they are shown: insertions counted, deletions, hidden and struck-out text not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from aidx_assistant.briefs.written.document import link_mark, note_mark, without_reserved
from aidx_assistant.briefs.written.word_package import Element, attribute, child, local_name

_GONE = frozenset({"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "Fallback"})
"""What is deleted, moved away, no text, or said once more for older programs."""
_AS_TEXT = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off", "none"})
_LINK = re.compile(r'\bHYPERLINK\s+"([^"]+)"')
_NUMERAL = re.compile(r"\s*\[?\d{1,3}\]?\s*")


@dataclass(slots=True)
class _Field:
    """A field that is open: its code so far, where in the text its result begins."""

    code: str = ""
    start: int = 0
    in_result: bool = False


@dataclass(slots=True)
class ParagraphText:
    """Gathers the text of one paragraph."""

    links: Mapping[str, str]
    """Addresses by their relationship."""
    noted: Mapping[str, str]
    """Labels of notes by the bookmark around the reference to them: a cross-reference names the note by it."""
    text: str = ""
    boxes: list[Element] = field(default_factory=list)
    """Text boxes anchored in it."""
    _fields: list[_Field] = field(default_factory=list)

    def read(self, element: Element) -> None:
        """Adds the words of an element and all below it."""
        name = local_name(element)
        if name in _GONE or name == "p" or (name == "r" and _is_hidden(element)):
            return
        match name:
            case "t":
                self._add(without_reserved(element.text or ""))
            case "footnoteReference" | "endnoteReference":
                self._add(note_mark(note_label(element)))
            case "fldChar":
                self._field(attribute(element, "fldCharType"))
            case "fldSimple":
                self._simple_field(element)
            case "hyperlink":
                self._below(element)
                self._add_link(self.links.get(attribute(element, "id") or ""))
            case "txbxContent":
                self.boxes.append(element)
            case "r" if _is_raised(element) and _NUMERAL.fullmatch(_words(element)):
                self._add(note_mark(f"[{_words(element).strip(' []')}]"))
            case _ if name in _AS_TEXT:
                self._add(_AS_TEXT[name])
            case "r":
                self._codes(element)
                self._below(one for one in element if local_name(one) != "t" or not _is_own_mark(one))
            case _:
                self._below(element)

    def _below(self, elements: Iterable[Element]) -> None:
        for one in elements:
            self.read(one)

    def _add(self, text: str) -> None:
        if not self._fields or self._fields[-1].in_result:
            self.text += text

    def _add_link(self, address: str | None) -> None:
        if address and not self.text.endswith(address):
            self._add(link_mark(without_reserved(address)))

    def _codes(self, run: Element) -> None:
        for one in run:
            if local_name(one) == "instrText" and self._fields and not self._fields[-1].in_result:
                self._fields[-1].code += one.text or ""

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
            self._fields[-1].start = len(self.text)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            self._end_field(ended.code, ended.start if ended.in_result else len(self.text))

    def _simple_field(self, element: Element) -> None:
        start = len(self.text)
        self._below(element)
        self._end_field(attribute(element, "instr") or "", start)

    def _end_field(self, code: str, start: int) -> None:
        """A link keeps its address, a cross-reference to a note is its mark; the number of a page is no text."""
        if match := _LINK.search(code):
            self._add_link(match[1])
        elif code.split()[:1] in (["NOTEREF"], ["PAGEREF"], ["PAGE"], ["NUMPAGES"]):
            self.text = self.text[:start]
            label = self.noted.get(code.split()[1]) if code.split()[:1] == ["NOTEREF"] and code.split()[1:] else None
            self.text += note_mark(label) if label else ""


def note_label(reference: Element) -> str:
    """The label of the note that a foot- or endnote's reference leads to."""
    return f"{local_name(reference)[:-9]} {attribute(reference, 'id')}"


def _is_own_mark(text: Element) -> bool:
    """Whether it is how a note is marked instead of its number."""
    before = text.getprevious()
    return before is not None and attribute(before, "customMarkFollows") in ("1", "true", "on")


def _words(run: Element) -> str:
    return "".join(one.text or "" for one in run if local_name(one) == "t")


def _is_hidden(run: Element) -> bool:
    properties = child(run, "rPr")
    return any(_is_on(child(properties, name)) for name in ("vanish", "strike", "dstrike"))


def _is_raised(run: Element) -> bool:
    return attribute(child(run, "rPr", "vertAlign"), "val") == "superscript"


def _is_on(setting: Element | None) -> bool:
    return setting is not None and (attribute(setting, "val") or "1") not in _OFF


def blocks_below(element: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, through all that only wraps them; what is deleted is left out."""
    for one in element:
        name = local_name(one)
        if name in ("p", "tbl"):
            yield one
        elif name not in _GONE and name != "sectPr":
            yield from blocks_below(one)
