"""Makes parts of a text that runs on under headings: what clips, pages and plain texts have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from aidx_assistant.evidence import Locator
from aidx_assistant.reading.document import Block, Link, Part

_LONGEST_HEADING = 200
_CAPTION = re.compile(r"(?:fig(?:ure)?|chart|exhibit|graph|slide|source|image|photo)\b\s*(?:\d|:|\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture among the text: its address, and its alt text and caption as one text."""

    address: str
    caption: str
    links: tuple[Link, ...] = ()
    """Those of its caption."""


@dataclass(frozen=True, slots=True)
class Written:
    """A block of text as it stands among the others."""

    block: Block
    in_list: bool = False
    anchors: tuple[Link, ...] = ()
    """Text and address of each link, where the block is nothing but links."""


Item = Heading | Picture | Written


@dataclass(slots=True)
class _Section:
    heading: str | None
    level: int
    links: tuple[Link, ...] = ()
    """Those of its heading."""
    items: list[Written | Picture] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sections:
    """The parts of a text, the headings with nothing under them, and the last section that there is text of."""

    parts: tuple[Part, ...]
    empty: tuple[str, ...]
    last: str | None


def sections_of(items: Iterable[Item], title: str = "") -> Sections:
    """Parts by section, in reading order; a heading used again is told apart by its number: `Heading (2)`.

    A heading that repeats the title before any other is none, and one that is a long sentence is text. A picture
    makes a part of its own with the block or list before it.
    """
    sections = _divided(items, title)
    parts = tuple(part for section in sections for part in _with_links_of_heading(_parts(section), section.links))
    empty = tuple(
        section.heading
        for section, following in zip(sections, [*sections[1:], None], strict=True)
        if section.heading and not section.items and not (following and following.level > section.level)
    )
    return Sections(parts, empty, parts[-1].locator.heading if parts else None)


def _divided(items: Iterable[Item], title: str) -> list[_Section]:
    sections = [_Section(None, 0)]
    names: set[str] = set()
    for item in items:
        if not isinstance(item, Heading):
            sections[-1].items.append(item)
        elif not item.text or (len(sections) == 1 and same_words(item.text, title)):
            continue
        elif _is_sentence(item.text):
            sections[-1].items.append(Written(Block(item.text, links=item.links)))
        else:
            name = _told_apart(item.text[:_LONGEST_HEADING].strip(), names)
            sections.append(_Section(name, item.level, item.links))
    return sections


def _told_apart(heading: str, names: set[str]) -> str:
    name, number = heading, 1
    while name in names:
        number += 1
        name = f"{heading} ({number})"
    names.add(name)
    return name


def _is_sentence(heading: str) -> bool:
    words = len(heading.split())
    return words > 30 or (words > 12 and heading.rstrip('”"’)').endswith((".", "!")))


def same_words(one: str, other: str) -> bool:
    """Whether two headings say the same but for case, punctuation and white space."""
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


def _parts(section: _Section) -> list[Part]:
    locator = Locator("section", heading=section.heading)
    parts: list[Part] = []
    run: list[Written] = []
    for position, item in enumerate(section.items):
        if isinstance(item, Written):
            if not (position and isinstance(section.items[position - 1], Picture) and _is_caption(item)):
                run.append(item)
            continue
        beside = _beside(run)
        before, run = run[: len(run) - beside], run[len(run) - beside :]
        if before:
            parts.append(Part(locator, tuple(one.block for one in before)))
        captions = [Block(item.caption, "caption", item.links)] if item.caption else []
        following = section.items[position + 1] if position + 1 < len(section.items) else None
        if isinstance(following, Written) and _is_caption(following):
            captions.append(replace(following.block, kind="caption"))
        blocks = (*(one.block for one in run), *captions)
        if blocks:
            parts.append(Part(locator, blocks, picture=item.address or None))
        run = []
    if run:
        parts.append(Part(locator, tuple(one.block for one in run)))
    return parts


def _with_links_of_heading(parts: list[Part], links: tuple[Link, ...]) -> list[Part]:
    """The first block has them: no other place of a section does."""
    if not (parts and links):
        return parts
    first, *blocks = parts[0].blocks
    own = replace(first, links=tuple(dict.fromkeys((*links, *first.links))))
    return [replace(parts[0], blocks=(own, *blocks)), *parts[1:]]


def _is_caption(item: Written) -> bool:
    return item.block.kind == "text" and len(item.block.text.split()) <= 40 and bool(_CAPTION.match(item.block.text))


def _beside(run: Sequence[Written]) -> int:
    """How many blocks at the end of a run a picture after them stands beside: a paragraph, or a list with its lead."""
    if not run:
        return 0
    first = len(run) - 1
    while first > 0 and run[first].in_list and run[first - 1].in_list:
        first -= 1
    if run[first].in_list and first > 0 and run[first - 1].block.text.rstrip().endswith(":"):
        first -= 1
    return len(run) - first
