"""Sentences that a brief may quote: word for word, each with what has to be said of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.draft import citation
from aidx_assistant.answers import Citation
from aidx_assistant.briefs.request import IN_PLURAL
from aidx_assistant.briefs.use_or_view import is_view
from aidx_assistant.evidence import Finding, Passage, Segment, Source
from aidx_assistant.segments import segments_named

Scope = Literal["own", "all", "other"]
"""Whom a sentence speaks of: the brief's segment, all segments or none in particular, or another one."""

BACKGROUND = "background"
"""Said before a sentence that is not about the brief's topic."""
ALL_SEGMENTS = "all segments"

_NOTE_MARKS = re.compile(r"\s?\[\d+(?:\s?[,;–-]\s?\d+)*\]|\*\*")
"""Numbers of a source's own notes, which a text of a brief would take for citations of ours."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the library."""

    passage: Passage
    position: int
    findings: tuple[Finding, ...]
    """Those stated in it."""
    source: Source
    on_topic: bool
    scope: Scope

    @property
    def place(self) -> tuple[str, int]:
        return self.passage.id, self.position

    @property
    def text(self) -> str:
        return self.passage.sentences[self.position]

    @property
    def values(self) -> tuple[Finding, ...]:
        """Its findings that are a figure."""
        return tuple(finding for finding in self.findings if finding.value)

    @property
    def tells_use(self) -> bool:
        """Whether a figure in it says what is done or achieved, and not only what people expect, want or think."""
        return any(not is_view(finding) for finding in self.values)

    @property
    def names_all(self) -> bool:
        """Whether its figures are known to count all segments: by who read the source, or by its own words."""
        return all(finding.origin == "curated" for finding in self.values) or "all" in segments_named(self.text)

    @property
    def quoted(self) -> str:
        """The sentence in quotation marks, without the numbers of its source's own notes."""
        return f"“{without_note_marks(self.text)}”"

    def about(self, segment: Segment) -> tuple[str, ...]:
        """What a brief on a segment says before it: what and whom it is about, where that is not the brief's."""
        said = [] if self.on_topic else [BACKGROUND]
        if self.scope == "all" and self.values:
            said.append(ALL_SEGMENTS if self.names_all else "no segment named")
        elif self.scope == "other":
            said.append(f"not {IN_PLURAL[segment]}")
        return tuple(said)

    def citation(self, number: int) -> Citation:
        """A citation of it; not verified yet."""
        return citation(number, self.passage, self.position, self.position + 1, self.source)

    def says_the_same_as(self, other: Quote) -> bool:
        """Whether the two are one sentence, or give the same figure of the same."""
        if self.text == other.text:
            return True
        told = {(finding.value, finding.measure, finding.segment) for finding in self.values}
        return bool(told) and told == {(finding.value, finding.measure, finding.segment) for finding in other.values}


def without_note_marks(sentence: str) -> str:
    """A sentence of a source without the numbers of the source's own notes."""
    return _NOTE_MARKS.sub("", sentence)


def scope_of(candidate: Candidate, segment: Segment) -> Scope:
    """Whom a sentence speaks of, seen from a segment."""
    return scope_of_sentence(candidate.passage, candidate.position, candidate.findings, segment)


def scope_of_sentence(passage: Passage, position: int, findings: Iterable[Finding], segment: Segment) -> Scope:
    """Whom a sentence speaks of, seen from a segment; `findings` are those stated in it.

    A figure's segment is that of its finding. A sentence that names a segment speaks of it, and so does one below a
    heading that names it; one that names none stands for all, unless its passage speaks only of others.
    """
    stated = tuple(findings)
    valued = {finding.segment for finding in stated if finding.value}
    if valued:
        return "own" if segment in valued else "all" if "all" in valued else "other"
    named = {*segments_named(passage.sentences[position]), *(finding.segment for finding in stated)} - {"all"}
    if named:
        return "own" if segment in named else "other"
    if headed := set(segments_named(passage.locator.heading or "")) - {"all"}:
        return "own" if segment in headed else "other"
    around = passage.segments
    return "all" if not around or "all" in around or segment in around else "other"
