"""Takes from a clip what stands around its article: contents, byline, date, portraits, sharing, other articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aidx_assistant.reading.boilerplate import is_boilerplate, is_contents_label, is_decoration, leads_elsewhere
from aidx_assistant.reading.said_of_source import author_names, byline_names, is_person, iso_date
from aidx_assistant.reading.sections import Heading, Item, Picture, Written, same_words

_PROSE_WORDS = 12
_AUTHORS_LABEL = re.compile(r"(?:contributors?|authors?|written\s+by|by|contributing\s+authors?)\s*:?", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"(?:source|original|clipped\s+from|url|link):?\s+(?P<url>https?://\S+)", re.IGNORECASE)
_TOP = re.compile(r"(?:page[_-]?)?top|start|home|", re.IGNORECASE)


@dataclass(slots=True)
class Article:
    """An article without its surroundings, and what these say of it."""

    items: list[Item] = field(default_factory=list)
    contents: list[tuple[str, str]] = field(default_factory=list)
    """Entries of its table of contents, each with the name of the place that it leads to."""
    authors: list[str] = field(default_factory=list)
    date: str = ""
    url: str = ""


def article_of(items: Sequence[Item], title: str) -> Article:
    """The article among the items of a clip. What is not plainly of its surroundings stays.

    Before the first paragraph of prose, blocks of nothing but links, bylines and lone dates go; everywhere,
    boilerplate, links within the page, portraits and logos, and the links under headings such as "Related articles".
    """
    article = Article()
    prose = _first_prose(items)
    taking_authors = taking_contents = elsewhere = False
    for position, item in enumerate(items):
        if isinstance(item, Heading):
            taking_authors = False
            taking_contents = is_contents_label(item.text)
            elsewhere = leads_elsewhere(item.text)
            if not (taking_contents or elsewhere or is_boilerplate(item.text)):
                article.items.append(item)
        elif isinstance(item, Picture):
            if (item.caption or item.address) and not is_decoration(item.caption, item.address):
                article.items.append(item)
        elif item.block.kind != "text":
            article.items.append(item)
        elif _AUTHORS_LABEL.fullmatch(item.block.text) and position < prose:
            taking_authors = True
        elif taking_contents and item.in_list and not item.anchors:
            article.contents.append((re.sub(r"^\d{1,2}\. (?=\d)", "", item.block.text), ""))
        elif not _taken(item, article, position < prose, taking_authors) and not (elsewhere and item.anchors):
            article.items.append(item)
    article.contents = [entry for entry in article.contents if not same_words(entry[0], title)]
    return article


def unread_of(contents: Sequence[tuple[str, str]], headings: Sequence[str]) -> tuple[str, ...]:
    """Entries of a table of contents for which there is no heading, each once."""
    there = {_key(heading) for heading in headings}
    unread = [
        text
        for text, place in contents
        if not ({_key(text), _key(place)} & there) and not _TOP.fullmatch(place.replace("#", "") or "-")
    ]
    return tuple(dict.fromkeys(text for text in unread if text and not is_boilerplate(text)))


def _first_prose(items: Sequence[Item]) -> int:
    for position, item in enumerate(items):
        if isinstance(item, Written) and item.block.kind == "text" and not item.anchors:
            if len(item.block.text.split()) >= _PROSE_WORDS and not is_boilerplate(item.block.text):
                return position
    return 0


def _taken(item: Written, article: Article, before_prose: bool, taking_authors: bool) -> bool:
    """Whether a block is one of the surroundings; what it says of the source is noted in `article`."""
    text = item.block.text
    if item.anchors and all(address.startswith("#") for _, address in item.anchors):
        article.contents.extend((said, address[1:]) for said, address in item.anchors if not is_boilerplate(said))
        return True
    if source := _SOURCE_LINE.fullmatch(text):
        article.url = article.url or source["url"]
        return True
    return is_boilerplate(text) or (before_prose and _taken_before_prose(item, article, taking_authors))


def _taken_before_prose(item: Written, article: Article, taking_authors: bool) -> bool:
    text = item.block.text
    date, names = iso_date(text), byline_names(text)
    article.date = article.date or date
    article.authors.extend(names)
    if taking_authors and not date and len(text.split()) <= 12:
        said = [said for said, _ in item.anchors] or [text]
        article.authors.extend(name for one in said if is_person(one) for name in author_names([one]))
        return True
    return bool(date or names or item.anchors)


def _key(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text.casefold()))
