"""What styles and numbering make of a Word paragraph: a heading, an item of a list, plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aidx_assistant.briefs.written.word_package import Element, WordPackage, attribute, child, children

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_BODY_LEVEL = 9
"""Of outlines: text that is no heading."""
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph is."""

    heading: int | None = None
    """Its level, from 1."""
    item: int | None = None
    """Of a list's item: its level, from 1."""
    numbered_by: tuple[str, int] | None = None
    """Of an item of a numbered list: the list, and the level in it from 0."""


class Styles:
    """The styles and lists of a document."""

    def __init__(self, package: WordPackage) -> None:
        self._styles = {attribute(style, "styleId"): style for style in children(package.styles, "style")}
        self._formats = _number_formats(package.numbering)

    def of(self, paragraph: Element) -> ParagraphStyle:
        properties = child(paragraph, "pPr")
        chain = self._chain(attribute(child(properties, "pStyle"), "val"))
        level = self._heading(properties, chain)
        if level is not None:
            return ParagraphStyle(heading=level)
        numbering = next(
            (
                found
                for one in (properties, *(child(s, "pPr") for s in chain))
                if (found := child(one, "numPr")) is not None
            ),
            None,
        )
        list_id = attribute(child(numbering, "numId"), "val")
        if list_id in (None, "0"):
            bullets = any("list bullet" in _name(style) or "list number" in _name(style) for style in chain)
            return ParagraphStyle(item=1) if bullets else ParagraphStyle()
        depth = _whole(attribute(child(numbering, "ilvl"), "val"), 0)
        numbered = self._formats.get((list_id or "", depth), "bullet") not in ("bullet", "none")
        return ParagraphStyle(item=depth + 1, numbered_by=(list_id or "", depth) if numbered else None)

    def _chain(self, style_id: str | None) -> list[Element]:
        """A style and those it is based on."""
        found: list[Element] = []
        while style_id in self._styles and len(found) < _LONGEST_CHAIN:
            found.append(self._styles[style_id])
            style_id = attribute(child(found[-1], "basedOn"), "val")
        return found

    def _heading(self, properties: Element | None, chain: list[Element]) -> int | None:
        for style in chain:
            if match := _HEADING.fullmatch(_name(style)):
                return int(match[1])
            if _name(style) == "title":
                return 1
        for one in (properties, *(child(style, "pPr") for style in chain)):
            outline = attribute(child(one, "outlineLvl"), "val")
            if outline is not None:
                level = _whole(outline, _BODY_LEVEL)
                return level + 1 if level < _BODY_LEVEL else None
        return None


def _name(style: Element) -> str:
    return (attribute(child(style, "name"), "val") or "").lower()


def _number_formats(numbering: Element | None) -> dict[tuple[str, int], str]:
    """How the items of each list are numbered at each level: "decimal", "bullet" …"""
    levels = {
        attribute(abstract, "abstractNumId"): {
            _whole(attribute(level, "ilvl"), 0): attribute(child(level, "numFmt"), "val") or "decimal"
            for level in children(abstract, "lvl")
        }
        for abstract in children(numbering, "abstractNum")
    }
    found: dict[tuple[str, int], str] = {}
    for number in children(numbering, "num"):
        list_id = attribute(number, "numId") or ""
        for level, written in levels.get(attribute(child(number, "abstractNumId"), "val"), {}).items():
            found[list_id, level] = written
    return found


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written is not None and re.fullmatch(r"\d{1,4}", written) else otherwise
