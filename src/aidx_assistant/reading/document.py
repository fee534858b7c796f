"""What a reader makes of a file, before it is cut into passages: parts under exact locators, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aidx_assistant.evidence import Locator, ReadState

BlockKind = Literal["text", "row", "caption", "value"]
"""text: a paragraph, still to be cut into sentences; row: one row of a table with its headers; caption: of a figure,
kept whole; value: one value of a chart with its category and series. All but `text` are one sentence each, so that a
figure never stands without what it measures."""

Link = tuple[str, str]
"""Words and address of a link."""

Medium = Literal["clip", "page", "pdf", "deck", "picture", "table", "text"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a row of a table, a caption or a value of a chart."""

    text: str
    kind: BlockKind = "text"
    links: tuple[Link, ...] = ()
    """Of clips and pages; the text has their words, not their addresses."""


@dataclass(frozen=True, slots=True)
class Part:
    """All that stands under one locator; `picture` is the address of what it shows, or a file inside the source."""

    locator: Locator
    blocks: tuple[Block, ...]
    read: ReadState = "yes"
    picture: str | None = None
    pixels: str = ""
    """The picture itself as a data URL, where somebody else than the reader is to read it; never kept."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read. What its file does not say of it (title, date …) is empty."""

    medium: Medium
    parts: tuple[Part, ...]
    title: str = ""
    publishers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    """As in `Source.authors`."""
    date: str = ""
    """ISO date of publication."""
    url: str | None = None
    unread: tuple[str, ...] = ()
    """Headings of sections of which nothing more is there."""
    remarks: tuple[str, ...] = ()
    """What the user must know of the reading, each in one sentence: `The clip stops inside section “…”.`"""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user says of how to read a file."""

    password: str | None = None
    """Of an encrypted file."""
    fetched_from: str | None = None
    """The address that the content came from, where it was fetched."""
    pictures_apart: bool = False
    """Pictures are not read but handed on, see `Part.pixels`."""
