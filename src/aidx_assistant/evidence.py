"""What the library holds, as plain data: sources, passages of sentences, findings."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten
from typing import Literal

Segment = Literal["provider", "payer", "pharma", "all"]
SEGMENTS: tuple[Segment, ...] = ("provider", "payer", "pharma", "all")

LocatorKind = Literal["section", "slide", "page", "picture"]

ReadState = Literal["yes", "no", "by OCR", "by Claude"]
"""Whether the content behind a locator has been read, and by whom where it is a picture's; "no" means only its heading
or alt text is known."""

_LONGEST_HEADING = 80
"""Characters of a slide's title in a label."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a source: a section by heading (None: the text before the first heading), a slide or page by number."""

    kind: LocatorKind
    number: int | None = None
    heading: str | None = None

    @property
    def label(self) -> str:
        """The locator in words: `slide 8`, `section “Top takeaways”`, `introduction (no heading)`."""
        if self.kind == "section":
            return f"section “{self.heading}”" if self.heading else "introduction (no heading)"
        return f"{self.kind} {self.number}" if self.number is not None else self.kind


@dataclass(frozen=True, slots=True)
class Source:
    """A report in the library."""

    id: str
    title: str
    publishers: tuple[str, ...]
    date: str
    """ISO date of publication, empty where unknown."""
    url: str | None
    attribution: str | None
    """A caveat that goes with every citation, e.g. "attributed to Bain, seen on a third-party page"."""
    in_briefs: bool
    unread: tuple[str, ...]
    """Headings of sections whose text has not been read."""
    slide_count: int
    note: str
    """What of the source is complete and what is not."""
    authors: tuple[str, ...] = ()
    """As the source names them: people as "Family, Given", a body of authors as "Its Name" without a comma."""
    told_apart: str = ""
    """What tells it from another source in the library that has its title: "your clip"; else empty."""
    respondents: str = ""
    """What a source of the user's own says of whom it asked; empty where it does not tell."""

    @property
    def name(self) -> str:
        """What it is called beside the others: `The Healthcare AI Adoption Index (your clip)`."""
        return f"{self.title} ({self.told_apart})" if self.told_apart else self.title


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of sentences under one locator: the unit of retrieval."""

    id: str
    source_id: str
    locator: Locator
    sentences: tuple[str, ...]
    segments: tuple[Segment, ...]
    """The segments the passage speaks about; ("all",) where it names none."""
    read: ReadState = "yes"
    shown_beside: str | None = None
    """The slide that the source shows beside this passage, e.g. "slide 8"."""
    picture: str | None = None
    """Address of the slide's picture."""
    asked: tuple[tuple[int, str], ...] = ()
    """Questions that a sentence is known to answer, each with the sentence's position; of the many that are read the
    library keeps one for each sentence."""
    part: str | None = None
    """The part of the deck that a slide belongs to, as the source divides it, e.g. "appendix"."""
    links: tuple[tuple[str, str], ...] = ()
    """Words and address of each link in it: the sentences have the words only."""

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of a source (or a finding without a figure: `value` is None) with all that qualifies it."""

    id: str
    source_id: str
    statement: str
    """A sentence of the passage, word for word."""
    value: str | None
    """The figure as the statement writes it, e.g. "46%", "more than 400"."""
    unit: str | None
    """percent, jobs, leaders, slides, years, year, date, rank, organisations …"""
    measure: str
    segment: Segment
    population: str
    """Whom or what the figure counts: large providers, completed proofs of concept, executives …"""
    time_frame: str | None
    topic: str
    locator: Locator
    passage_id: str
    sentence: int
    """0-based position of the statement in its passage."""
    differs_from: tuple[str, ...] = ()
    """Findings (`source-id/finding-id`) of which this one says something else."""
    difference: str | None = None
    """What differs, in one sentence."""
    origin: Literal["curated", "imported"] = "curated"


def passage_label(passage: Passage, source: Source) -> str:
    """Where a passage stands, in words, with every caveat a reader must know before quoting it.

    A slide, page or picture that has been read is told with its title, as what is quoted of it may be a bare label and
    its figure: `Radiology, slide 2 “What hospitals pay”`.
    """
    text = f"{source.name}, {passage.locator.label}"
    heading = passage.locator.heading or ""
    if passage.locator.kind != "section" and passage.read != "no" and heading not in ("", source.title):
        text += f" “{shorten(heading, _LONGEST_HEADING, placeholder=' …')}”"
    caveats = []
    if passage.shown_beside:
        caveats.append(f"shown beside {passage.shown_beside}")
    if passage.read == "no":
        caveats.append("known by its alt text only" if passage.locator.kind == "slide" else "known by its heading only")
    elif passage.read != "yes":
        pictured = "" if passage.locator.kind == "picture" else f"{passage.locator.kind} "
        caveats.append(f"{pictured}picture, read {passage.read}")
    if source.attribution:
        caveats.append(source.attribution)
    return f"{text} ({'; '.join(caveats)})" if caveats else text
