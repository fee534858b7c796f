"""What a reference says of a place in a source, before any style gives it a form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from aidx_assistant.answers import Citation
from aidx_assistant.evidence import Locator, Source
from aidx_assistant.references.dates import PartialDate

_NOT_OF_A_LINE = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode categories of control characters, lone surrogates and line ends."""
_REMARK = re.compile(r"\s*\(the alt text is [^()]*\)$")
"""What a note adds to the alt text that stands for a slide's title."""
_ILLEGAL_IN_ADDRESS = re.compile(r'[\x00-\x20\x7f-\x9f\ud800-\udfff"<>\\^`{|}]|\s')


@dataclass(frozen=True, slots=True)
class Name:
    """An author: a person with a family and a given name, or a body of authors (`given` is empty)."""

    family: str
    given: str

    @property
    def in_reading_order(self) -> str:
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A place in a source, every text of it in one line; what is not known is empty or None."""

    source_id: str
    authors: tuple[Name, ...]
    title: str
    publishers: tuple[str, ...]
    published: PartialDate | str | None
    """Text where the source's date is not an ISO date."""
    locator: Locator
    shown_beside: str | None
    address: str | None
    """With what no address may hold percent-encoded."""
    picture: str | None
    accessed: date
    caveat: str | None

    @property
    def place(self) -> str:
        """The locator in words, with the slide beside it: `section “Top takeaways” (shown beside slide 8)`."""
        unnamed = self.locator.kind == "section" and not self.locator.heading
        words = "introduction" if unnamed else self.locator.label
        return f"{words} (shown beside {self.shown_beside})" if self.shown_beside else words

    @property
    def position(self) -> str | None:
        """Where it stands, `slide 8`, `page 12` or `introduction`; None for a section, which its heading names."""
        if self.locator.kind == "section":
            return None if self.locator.heading else "introduction"
        return self.locator.label

    @property
    def page(self) -> int | None:
        """The number of a place that is a page."""
        return self.locator.number if self.locator.kind == "page" else None

    @property
    def part_title(self) -> str | None:
        """The title of the place as a part of the source, a slide's, or a section's heading; not the source's own."""
        heading = self.locator.heading
        return heading if heading and heading.casefold() != self.title.casefold() else None

    @property
    def place_title(self) -> str | None:
        """The title of a numbered place, such as a slide; a section's heading is in `place` already."""
        return None if self.locator.kind == "section" else self.locator.heading


def cited_place(citation: Citation, source: Source, accessed: date) -> CitedPlace:
    """All that a reference may say of a citation's place."""
    locator = citation.locator
    heading = _REMARK.sub("", one_line(locator.heading or "")) or None
    return CitedPlace(
        source_id=source.id,
        authors=tuple(_name(author) for author in _lines(source.authors)),
        title=one_line(source.title) or "Untitled",
        publishers=tuple(_lines(source.publishers)),
        published=PartialDate.from_iso(source.date) or one_line(source.date) or None,
        locator=Locator(locator.kind, locator.number, heading),
        shown_beside=one_line(citation.shown_beside or "") or None,
        address=_address(source.url),
        picture=_address(citation.picture),
        accessed=accessed,
        caveat=one_line(source.attribution or "") or None,
    )


def one_line(text: str) -> str:
    """A text without control characters and line ends, its white space single."""
    return " ".join("".join(" " if unicodedata.category(c) in _NOT_OF_A_LINE else c for c in text).split())


def in_series(items: Iterable[str], *, serial_comma: bool = False) -> str:
    """`A`, `A and B`, `A, B and C`, with a serial comma `A, B, and C`."""
    *first, last = [*items] or [""]
    comma = "," if serial_comma and len(first) > 1 else ""
    return f"{', '.join(first)}{comma} and {last}" if first else last


def _lines(texts: Iterable[str]) -> list[str]:
    return [line for line in map(one_line, texts) if line]


def _name(author: str) -> Name:
    family, _, given = author.partition(",")
    named = Name(family.strip(), given.strip())
    return named if named.in_reading_order else Name(author, "")


def _address(url: str | None) -> str | None:
    return _ILLEGAL_IN_ADDRESS.sub(lambda match: quote(match.group(), errors="replace"), url.strip()) if url else None
