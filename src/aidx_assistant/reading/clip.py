"""Reads Markdown web clips with YAML front matter, as clippers of browsers and note-takers write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urljoin

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.cleaning import clean, hidden_remarks, one_line
from aidx_assistant.reading.decoding import decoded
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.front_matter import FrontMatter, split_front_matter
from aidx_assistant.reading.links import is_address, with_whole_links
from aidx_assistant.reading.markdown_items import markdown_items
from aidx_assistant.reading.said_of_source import author_names, body_names, iso_date
from aidx_assistant.reading.sections import Heading, Item, Picture, Sections, sections_of
from aidx_assistant.reading.surroundings import Article, article_of, unread_of
from aidx_assistant.reading.truncation import Remains, without_cut_end

_TITLE = ("title", "headline", "ogtitle", "pagetitle")
_ADDRESS = (
    "url",
    "source",
    "sourceurl",
    "link",
    "canonical",
    "canonicalurl",
    "permalink",
    "pageurl",
    "ogurl",
    "baseurl",
)
_AUTHORS = ("authors", "author", "byline", "creator", "creators", "by", "contributors")
_DATE = ("published", "datepublished", "publisheddate", "publishdate", "publishedat", "publicationdate", "pubdate",
         "publishedtime", "date")  # fmt: skip
_PUBLISHERS = ("publishers", "publisher", "site", "sitename", "website", "ogsitename", "organization", "organisation")


def read_clip(content: bytes, name: str, options: ReadingOptions) -> Document:
    """A clip by section. Raises ReadingError where it is no text, or nothing of an article is in it.

    Remarks tell of a malformed head, of hidden text and of where the clipper stopped; sections that only the clip's
    table of contents names, or that nothing stands under, are `unread`.
    """
    raw = decoded(content)
    head = split_front_matter(clean(raw))
    remains = without_cut_end(head.body)
    try:
        items = markdown_items(remains.text)
    except RecursionError as error:
        raise ReadingError("The clip is nested too deeply.") from error
    title = one_line(head.text(*_TITLE)) or next(
        (one.text for one in items if isinstance(one, Heading) and one.level == 1), ""
    )
    article = article_of(items, title)
    address = _address(head, article, options)
    items = _with_absolute_pictures(with_whole_links(article.items, address or ""), address)
    sections = sections_of(items, title)
    if not sections.parts:
        raise ReadingError("The clip has no text.")
    headings = [part.locator.heading or "" for part in sections.parts]
    return Document(
        medium="clip",
        parts=sections.parts,
        title=title,
        publishers=body_names(head.texts(*_PUBLISHERS)),
        authors=author_names(head.texts(*_AUTHORS)) or tuple(dict.fromkeys(article.authors)),
        date=next(filter(None, map(iso_date, head.texts(*_DATE))), "") or article.date,
        url=address,
        unread=_without_repeats((*sections.empty, *unread_of(article.contents, [*headings, *sections.empty, title]))),
        remarks=(*head.remarks, *hidden_remarks(raw), *_remarks_on_end(remains, sections)),
    )


def _address(head: FrontMatter, article: Article, options: ReadingOptions) -> str | None:
    """The first address that the head gives: `source` may also name the tool that the clip came through."""
    written = (value.strip(" <>") for key in _ADDRESS for value in head.texts(key))
    found = next((value for value in written if is_address(value)), "")
    return found or options.fetched_from or (article.url if is_address(article.url) else None)


def _with_absolute_pictures(items: Iterable[Item], address: str | None) -> list[Item]:
    """Pictures of a clip without an address keep theirs: files beside it, as note-takers store them."""
    return [replace(one, address=_joined(address, one.address)) if isinstance(one, Picture) else one for one in items]


def _joined(address: str | None, picture: str) -> str:
    try:
        return urljoin(address, picture) if address and picture else picture
    except ValueError:
        return ""


def _without_repeats(headings: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(headings))


def _remarks_on_end(remains: Remains, sections: Sections) -> tuple[str, ...]:
    if not remains.cut:
        return ()
    where = f"section “{sections.last}”" if sections.last else "its introduction"
    broken = ("Its last sentence is broken off and was left out.",) if remains.lost_sentence else ()
    return (f"The clip stops inside {where}.", *broken)
