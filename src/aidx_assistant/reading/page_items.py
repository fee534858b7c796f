"""Reads a tree of HTML into headings, blocks and pictures; scripts, forms and what is hidden leave nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from aidx_assistant.reading.cleaning import one_line
from aidx_assistant.reading.document import Block, Link
from aidx_assistant.reading.page_tables import table_blocks
from aidx_assistant.reading.sections import Heading, Item, Picture, Written

_DEEPEST = 150
_DROPPED = frozenset(
    "script style noscript template svg math nav form button select option input textarea iframe object embed canvas "
    "audio video map dialog head title link meta".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var wbr".split()
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
    r"|(?:text-indent|left|top)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_FOR_SCREEN_READERS = re.compile(r"(?:^|\s)(?:sr-only|visually-hidden|screen-reader-text|screenreader)(?:\s|$)")
_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-original")


def parsed_page(text: str) -> Any | None:
    """The root element of a page, or None where there is none. Nothing is fetched, no entity is resolved."""
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text, count=1)
    try:
        root = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(no_network=True, remove_pis=True))
    except (etree.LxmlError, ValueError):
        return None
    if next(root.iterchildren("body"), None) is None:  # the parser puts a page that begins none into its head
        for head in root.iterchildren("head"):
            head.tag = "body"
    return root


def items_of_html(text: str, base: str = "") -> list[Item]:
    """What a piece of HTML says, as `items_of` reads it."""
    root = parsed_page(text)
    return items_of(root, base)[0] if root is not None else []


def items_of(root: Any, base: str) -> tuple[list[Item], int]:
    """Headings, blocks and pictures under an element, and how many words of it no reader of the page sees.

    Addresses of pictures are made absolute by `base`.
    """
    reader = _Reader(base)
    reader.read(root)
    reader.flush()
    return reader.found, reader.hidden_words


@dataclass(slots=True)
class _Reader:
    base: str
    found: list[Item] = field(default_factory=list)
    hidden_words: int = 0
    text: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    """For each open list the number of its next item, None for bullets."""
    prefix: str = ""

    def read(self, element: Any, depth: int = 0) -> None:
        """Adds what an element and all in it say, but not its tail."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED or self._is_hidden(element):
            return
        if depth > _DEEPEST:
            self.text.append(" ".join(element.itertext()))
        elif re.fullmatch(r"h[1-6]", tag):
            self.flush()
            self.found.append(Heading(int(tag[1]), one_line("".join(_visible(element))), _links_in(element)))
            self.pictures.extend(self._picture(one) for one in element.iter("img"))
        elif tag == "img":
            self.pictures.append(self._picture(element))
        elif tag == "br":
            self.text.append(" ")
        elif tag == "figure" and next(element.iter("table"), None) is None:
            self.flush()
            self.found.extend(self._figure(element))
        elif tag == "table" and (blocks := table_blocks(element)) is not None:
            self.flush()
            self.found.extend(Written(block) for block in blocks)
            self.pictures.extend(self._picture(one) for one in element.iter("img"))
            self.flush()
        elif tag in _INLINE:
            self.links.extend(_link(element))
            self._read_inside(element, depth)
        else:
            self._read_block(element, depth)

    def flush(self) -> None:
        """Ends the block that is being read."""
        text = one_line("".join(self.text))
        if text:
            block = Block(self.prefix + text, links=tuple(self.links))
            self.found.append(Written(block, in_list=bool(self.numbers)))
            self.prefix, self.links = "", []
        self.found.extend(self.pictures)
        self.text, self.pictures = [], []

    def _read_inside(self, element: Any, depth: int) -> None:
        self.text.append(element.text or "")
        for child in element.iterchildren():
            self.read(child, depth + 1)
            self.text.append(child.tail or "")

    def _read_block(self, element: Any, depth: int) -> None:
        self.flush()
        if element.tag in ("ul", "ol"):
            start = element.get("start", "1")
            first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
            self.numbers.append(first if element.tag == "ol" else None)
        elif element.tag == "li" and self.numbers and self.numbers[-1] is not None:
            self.prefix = f"{self.numbers[-1]}. "
            self.numbers[-1] += 1
        if element.tag in ("figcaption", "caption"):
            if caption := one_line("".join(_visible(element))):
                self.found.append(Written(Block(caption, "caption", _links_in(element))))
        else:
            self._read_inside(element, depth)
        self.flush()
        if element.tag in ("ul", "ol"):
            self.numbers.pop()
        if element.tag == "li":
            self.prefix = ""

    def _figure(self, figure: Any) -> Iterator[Item]:
        captions = list(figure.iter("figcaption"))
        caption = " ".join(one_line("".join(_visible(one))) for one in captions).strip()
        pictures = [self._picture(one) for one in figure.iter("img")]
        if not pictures:
            words = one_line("".join(_visible(figure)))
            if words:
                yield Written(Block(words, "caption" if caption else "text", _links_in(figure)))
            return
        first, *others = pictures
        links = tuple(link for one in captions for link in _links_in(one))
        yield Picture(first.address, _joined(caption, first.caption), links)
        yield from others

    def _picture(self, image: Any) -> Picture:
        written = [(image.get(name) or "").strip() for name in _ADDRESSES]
        address = next((one for one in written if one and not one.startswith("data:")), "")
        try:
            address = urljoin(self.base, address) if address else ""
        except ValueError:
            address = ""
        return Picture(address, one_line(image.get("alt") or ""))

    def _is_hidden(self, element: Any) -> bool:
        if _FOR_SCREEN_READERS.search(element.get("class") or ""):
            return True
        if element.get("hidden") is None and not _HIDING.search(element.get("style") or ""):
            return False
        self.hidden_words += len(" ".join(element.itertext()).split())
        return True


def _links_in(element: Any) -> tuple[Link, ...]:
    """Words and address of every link inside an element."""
    return tuple(link for anchor in element.iter("a") for link in _link(anchor))


def _link(anchor: Any) -> Iterator[Link]:
    if anchor.tag == "a" and anchor.get("href"):
        yield one_line("".join(_visible(anchor))), anchor.get("href")


def _visible(element: Any) -> Iterator[str]:
    """The texts inside an element, without those of what is never shown."""
    hidden = [one for one in element.iter() if one.tag in _DROPPED or not isinstance(one.tag, str)]
    inside = {text for one in hidden for text in one.iter()}
    for one in element.iter():
        if one in inside:
            if one is not element and one.getparent() not in inside:
                yield one.tail or ""
            continue
        yield one.text or ""
        if one is not element:
            yield one.tail or ""


def _joined(caption: str, alt: str) -> str:
    """Caption and alt text as one text, either alone where it says the other."""
    if not caption or caption.casefold() in alt.casefold():
        return alt
    return caption if alt.casefold() in caption.casefold() else f"{caption} — {alt}"
