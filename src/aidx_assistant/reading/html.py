"""Reads a web page, saved or fetched: trafilatura tells its main text, the page's own tree gives the structure."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.boilerplate import is_boilerplate, is_decoration, leads_elsewhere
from aidx_assistant.reading.cleaning import clean, hidden_remarks, one_line
from aidx_assistant.reading.decoding import decoded
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.links import is_address, with_whole_links
from aidx_assistant.reading.page_items import items_of, parsed_page
from aidx_assistant.reading.said_of_source import author_names, body_names, iso_date
from aidx_assistant.reading.sections import Heading, Item, Picture, Written, sections_of
from aidx_assistant.reading.web_archive import ArchivedPage, is_web_archive, page_in

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_HEAD = 4096
_WINDOW = 200_000
_WORDS_WORTH_TELLING = 8

for _name in ("trafilatura", "htmldate", "courlan", "justext", "dateparser"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class _Main:
    """What trafilatura says of a page: its main text and what its head tells."""

    text: str = ""
    title: str = ""
    author: str = ""
    date: str = ""
    site: str = ""


def read_page(content: bytes, name: str, options: ReadingOptions) -> Document:
    """The main text of a page by section, tables as rows with their headers, figures with their captions.

    Addresses are made absolute by that which the page was fetched from, or which it names as its own. Raises
    ReadingError where it is no page, has no text or is too large.
    """
    page = page_in(content) if is_web_archive(content[:_HEAD]) else ArchivedPage(content)
    declared = _DECLARED.search(page.content[:_HEAD])
    raw = decoded(page.content, declared[1].decode("ascii") if declared else page.charset)
    root = parsed_page(clean(raw))
    if root is None:
        raise ReadingError("The page is empty.")
    address = options.fetched_from or page.address or _own_address(root)
    base = urljoin(address, next((one.get("href", "") for one in root.iter("base")), "")) if address else ""
    main = _main(clean(raw), address)
    try:
        body = next(root.iterchildren("body"), root)
        items, hidden_words = items_of(body, base)
    except RecursionError as error:
        raise ReadingError("The page is nested too deeply.") from error
    sections = sections_of(with_whole_links(_of_article(items, main.text), base), main.title)
    if not sections.parts:
        raise ReadingError("The page has no text.", "It may be made by a script: save it from the browser as Markdown.")
    hidden = (f"{hidden_words:,} words that the page does not show were left out.",)
    return Document(
        medium="page",
        parts=sections.parts,
        title=main.title,
        publishers=body_names([main.site] if main.site else []),
        authors=author_names([main.author] if main.author else []),
        date=main.date,
        url=address,
        remarks=(*hidden_remarks(raw), *(hidden if hidden_words >= _WORDS_WORTH_TELLING else ())),
    )


def _own_address(root: Any) -> str | None:
    named = [one.get("href") for one in root.iter("link") if (one.get("rel") or "").lower() == "canonical"]
    named += [one.get("content") for one in root.iter("meta") if (one.get("property") or "").lower() == "og:url"]
    return next((one.strip() for one in named if one and is_address(one.strip())), None)


def _main(text: str, address: str | None) -> _Main:
    """Empty where trafilatura finds nothing, or fails as it does on some damaged pages."""
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            text,
            url=address,
            with_metadata=True,
            favor_recall=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # noqa: BLE001 - whatever a library makes of a damaged page, the page's tree is read
        logging.getLogger(__name__).info("trafilatura failed: %r", error)
        return _Main()
    said = found.as_dict() if found is not None and not isinstance(found, dict) else found or {}
    return _Main(
        text=str(said.get("text") or ""),
        title=one_line(str(said.get("title") or "")),
        author=one_line(str(said.get("author") or "")),
        date=iso_date(str(said.get("date") or "")),
        site=one_line(str(said.get("sitename") or "")),
    )


def _of_article(items: Sequence[Item], main_text: str) -> list[Item]:
    """The items of the article: its blocks are in the main text; headings, rows and pictures stand between them."""
    kept = _in_main_text(items, main_text)
    if not any(kept):
        kept = [isinstance(item, Written) and not is_boilerplate(item.block.text) for item in items]
    if not any(kept):
        return [item for item in items if isinstance(item, Written)]
    first = kept.index(True)
    while first and not isinstance(items[first - 1], Written):
        first -= 1
    last = len(kept) - 1 - kept[::-1].index(True)
    while (more := _going_with(items[last + 1 : last + 3])) > 0:
        last += more
    article: list[Item] = []
    elsewhere = False
    for item, is_kept in zip(items[first : last + 1], kept[first : last + 1], strict=True):
        if isinstance(item, Heading):
            elsewhere = leads_elsewhere(item.text)
            if not elsewhere and not is_boilerplate(item.text):
                article.append(item)
        elif isinstance(item, Picture):
            if not elsewhere and item.address and item.caption and not is_decoration(item.caption, item.address):
                article.append(item)
        elif is_kept or (item.block.kind != "text" and not elsewhere):
            article.append(item)
    return article


def _going_with(following: Sequence[Item]) -> int:
    """How many of the next two items go on with the article: a picture, a row, a heading with a row under it."""
    rows = [isinstance(item, Written) and item.block.kind != "text" for item in following]
    if following and (rows[0] or isinstance(following[0], Picture)):
        return 1
    return 2 if rows[1:] == [True] and isinstance(following[0], Heading) else 0


def _in_main_text(items: Sequence[Item], main_text: str) -> list[bool]:
    """For each item whether it is a block of text that trafilatura took for main text, in about its place there."""
    whole = _key(main_text)
    position = 0
    kept = []
    for item in items:
        key = _key(item.block.text).lstrip("0123456789") if isinstance(item, Written) else ""
        at = whole.find(key, max(0, position - _WINDOW), position + _WINDOW + len(key)) if key else -1
        is_text = isinstance(item, Written) and item.block.kind == "text"
        kept.append(at >= 0 and is_text and not is_boilerplate(item.block.text if isinstance(item, Written) else ""))
        position = at + len(key) if at >= 0 and len(key) > 20 else position
    return kept


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
