"""Reads Markdown into headings, blocks and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from aidx_assistant.reading.cleaning import one_line
from aidx_assistant.reading.document import Block, Link
from aidx_assistant.reading.rows import row_text
from aidx_assistant.reading.sections import Heading, Item, Picture, Written

_TAG_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(?P<name>src|alt)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')", re.IGNORECASE)
_EMBEDDED = re.compile(r"!\[\[[^\[\]]{0,300}\]\]")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]|]{1,300})\]\]")
_LABEL_WORDS = 8


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True, "linkify": False, "typographer": False}).enable("table")


def markdown_items(markdown: str) -> list[Item]:
    """Headings, blocks and pictures of a Markdown text, in reading order.

    A table's row is one block with its headers, a list's item one block (under a short label, with the label), code
    is text; of HTML only text and pictures stay.
    """
    return list(_Reader(_parser().parse(markdown)).items())


@dataclass(slots=True)
class _Inline:
    """What a run of inline tokens says: its text, its pictures, its links, and whether it is nothing but links."""

    text: str
    pictures: tuple[Picture, ...]
    links: tuple[Link, ...]
    only_links: bool


@dataclass(slots=True)
class _ListItem:
    """A list item that is being read: what its first block begins with, and the label over the items inside it."""

    prefix: str
    label: str = ""


@dataclass(slots=True)
class _Reader:
    tokens: Sequence[Token]
    lists: list[int | None] = field(default_factory=list)
    """For each open list the number of its next item, None for bullets."""
    inside: list[_ListItem] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    links: tuple[Link, ...] = ()
    """Those of the row of a table that is being read."""
    in_head: bool = False

    def items(self) -> Iterator[Item]:
        level = 0
        for token in self.tokens:
            if token.type == "heading_open":
                level = int(token.tag[1])
            elif token.type == "heading_close":
                level = 0
            elif token.type == "inline":
                yield from self._inline_items(token, level)
            elif token.type in ("fence", "code_block"):
                if text := one_line(token.content):
                    yield Written(Block(text), in_list=bool(self.lists))
            elif token.type == "html_block":
                yield from _html_items(token.content)
            elif token.type in ("tr_open", "tr_close", "thead_open", "thead_close", "table_open"):
                yield from self._table_step(token.type)
            else:
                self._list_step(token)

    def _inline_items(self, token: Token, level: int) -> Iterator[Item]:
        read = _inline(token.children or [])
        if level:
            yield Heading(level, read.text, read.links)
            yield from read.pictures
        elif self.cells:
            self.cells[-1] = read.text
            self.links += read.links
            yield from read.pictures
        else:
            if read.text:
                block = Block(self._with_lead(read.text), links=read.links)
                yield Written(block, bool(self.lists), read.links if read.only_links else ())
            yield from read.pictures

    def _with_lead(self, text: str) -> str:
        """A list item's first block with its number and the short label of the item that it stands under."""
        if not self.inside:
            return text
        item = self.inside[-1]
        label = self.inside[-2].label if len(self.inside) > 1 else ""
        lead, item.prefix = item.prefix, ""
        short = len(text.split()) <= _LABEL_WORDS and not text.rstrip().endswith((".", "!", "?"))
        item.label = item.label or (text.rstrip(" :") if short else "")
        return f"{label}: {lead}{text}" if label else f"{lead}{text}"

    def _list_step(self, token: Token) -> None:
        if token.type == "ordered_list_open":
            self.lists.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            self.lists.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            self.lists.pop()
        elif token.type == "list_item_open":
            number = self.lists[-1]
            self.inside.append(_ListItem("" if number is None else f"{number}. "))
            if number is not None:
                self.lists[-1] = number + 1
        elif token.type == "list_item_close":
            self.inside.pop()
        elif token.type in ("th_open", "td_open"):
            self.cells.append("")

    def _table_step(self, step: str) -> Iterator[Item]:
        if step == "table_open":
            self.headers, self.cells = [], []
        elif step == "thead_open":
            self.in_head = True
        elif step == "thead_close":
            self.in_head = False
        elif step == "tr_open":
            self.cells, self.links = [], ()
        elif step == "tr_close":
            if self.in_head:
                self.headers = self.cells
            elif text := row_text(self.headers, self.cells):
                yield Written(Block(text, "row", self.links))
            self.cells = []


def _inline(children: Sequence[Token]) -> _Inline:
    text: list[str] = []
    outside: list[str] = []
    pictures: list[Picture] = []
    links: list[Link] = []
    address: str | None = None
    started = 0
    for token in children:
        if token.type == "link_open":
            address, started = str(token.attrGet("href") or ""), len(text)
        elif token.type == "link_close":
            links.append((one_line("".join(text[started:])), address or ""))
            address = None
        elif token.type == "image":
            pictures.append(_picture(str(token.attrGet("src") or ""), _alt(token)))
        elif token.type == "html_inline":
            pictures.extend(_tag_pictures(token.content))
            text.append(" " if token.content.lower().startswith("<br") else "")
        else:
            said = " " if token.type in ("softbreak", "hardbreak") else token.content
            text.append(said)
            if address is None:
                outside.append(said)
    whole = one_line(_WIKI_LINK.sub(r"\1", _EMBEDDED.sub("", "".join(text))))
    only_links = not re.search(r"\w", "".join(outside))
    return _Inline(whole, tuple(pictures), tuple(links), only_links)


def _alt(image: Token) -> str:
    return (
        "".join(child.content if child.type != "softbreak" else " " for child in image.children or []) or image.content
    )


def _picture(address: str, caption: str) -> Picture:
    return Picture(address.strip(), one_line(caption))


def _tag_pictures(html: str) -> Iterator[Picture]:
    for tag in _TAG_IMAGE.findall(html):
        said = {match["name"].lower(): match["double"] or match["single"] or "" for match in _ATTRIBUTE.finditer(tag)}
        yield _picture(said.get("src", ""), said.get("alt", ""))


def _html_items(html: str) -> Iterator[Item]:
    """What a block of HTML in a clip says: the reader of pages reads it, where it says anything at all."""
    says = "<img" in html.lower() or any(map(str.isalnum, "".join(one.partition(">")[2] for one in html.split("<"))))
    if not says or html.lstrip().startswith("<!--"):
        return
    from aidx_assistant.reading.page_items import items_of_html

    yield from items_of_html(html)
