"""Marks in an answer's text that are known again wherever its layout puts them, in a table or broken over lines.

While a text is laid out, each letter of a mark is stood in for by a private-use character, which tells the mark and
the letter. It is as wide as the letter, and nobody else's text has one: there they are taken out before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region

from aidx_assistant.answers import Answer, Citation, UnsupportedFigure

Lines = tuple[tuple[Segment, ...], ...]

_FIRST = 0xF0000
_LONGEST = 16
"""Letters of a mark."""
_MOST = (0x10FFFF - _FIRST) // _LONGEST
_STAND_INS = re.compile("[\U000f0000-\U0010ffff]+")
_ESCAPED = re.compile("\\\\(?=\\[[\U000f0000-\U0010ffff])|(?<=[\U000f0000-\U0010ffff])\\\\(?=\\])")
_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Target:
    """What a mark leads to: a citation; or an unsupported figure, with what is cited for it where anything is."""

    citation: Citation | None = None
    figure: UnsupportedFigure | None = None
    cited: bool = True
    """Whether the answer rests on the citation; else it points to what stands nearest."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place in the lines that leads somewhere: a citation's marker, or the mark of an unsupported figure."""

    regions: tuple[Region, ...]
    """The cells it takes up: more than one region where it is broken over lines."""
    target: Target


class Marks:
    """The marks of one text, in the order of the text."""

    def __init__(self) -> None:
        self._targets: list[Target] = []
        self._letters: dict[int, str] = {}

    def stand_in(self, word: str, target: Target) -> str:
        """What is laid out, in brackets, for a word that is a mark; the word itself where no mark can be made of it."""
        if len(word) > _LONGEST or len(self._targets) == _MOST:
            return word
        first = _FIRST + len(self._targets) * _LONGEST
        self._targets.append(target)
        self._letters |= dict(enumerate(word, first))
        return "".join(map(chr, range(first, first + len(word))))

    def restored(self, lines: Lines, first_line: int = 0) -> tuple[Lines, tuple[Stop, ...]]:
        """Laid out lines with the words in place of what stood in for them, and where those are that lead somewhere."""
        regions: dict[int, list[Region]] = {}
        for y, line in enumerate(lines, first_line):
            text = "".join(segment.text for segment in line)
            for found in _STAND_INS.finditer(text):
                start = found.start() - text.endswith("[", 0, found.start())
                end = found.end() + text.startswith("]", found.end())
                region = Region(cell_len(text[:start]), y, cell_len(text[start:end]), 1)
                regions.setdefault((ord(found[0][0]) - _FIRST) // _LONGEST, []).append(region)
        stops = (Stop(tuple(regions[number]), self._targets[number]) for number in sorted(regions))
        return tuple(map(self._in_words, lines)), tuple(stop for stop in stops if stop.target != Target())

    def _in_words(self, line: tuple[Segment, ...]) -> tuple[Segment, ...]:
        return tuple(Segment(segment.text.translate(self._letters), segment.style) for segment in line)


def marked_text(answer: Answer, marks: Marks) -> str:
    """The answer's Markdown, with marks for its markers and its unsupported figures."""
    text = without_stand_ins(answer.text)
    citations = {str(citation.number): citation for citation in (*answer.nearest, *answer.citations)}
    cited = [(found.start(), citations[found[1]]) for found in _MARKER.finditer(text) if found[1] in citations]
    faults = []
    for figure in answer.checks.figures_unsupported:
        behind = (citation for start, citation in cited if start >= figure.end)
        citation = next(behind, cited[0][1] if cited else None) if figure.is_cited else None
        faults.append((figure.end, Target(citation, figure)))
    return _with_marks(text, citations, faults, marks)


def marked_markers(text: str, marks: Marks) -> str:
    """Markdown that is not an answer yet, with marks for its markers, which lead nowhere."""
    return _with_marks(without_stand_ins(text), {}, [], marks)


def marked_citations(text: str, citations: Iterable[Citation], marks: Marks) -> str:
    """Markdown that never became an answer, with marks for its markers."""
    return _with_marks(without_stand_ins(text), {str(citation.number): citation for citation in citations}, [], marks)


def without_stand_ins(text: str) -> str:
    """The text of others, as long as before, with none of the characters that marks are made of."""
    return _STAND_INS.sub(lambda found: "\N{REPLACEMENT CHARACTER}" * len(found[0]), text)


def without_escapes(text: str) -> str:
    """Laid out text in which Markdown's escapes do not count, code, without those of the marks' brackets."""
    return _ESCAPED.sub("", text)


def _with_marks(text: str, citations: dict[str, Citation], faults: Iterable[tuple[int, Target]], marks: Marks) -> str:
    spots = [(end, end, "unsupported", target) for end, target in faults]
    spots += [(*found.span(), found[1], Target(citations.get(found[1]))) for found in _MARKER.finditer(text)]
    pieces, place = [], 0
    for start, end, word, target in sorted(spots, key=lambda spot: spot[:2]):
        gap = " " if target.figure else ""
        pieces += [text[place:start], gap, "\\[", marks.stand_in(word, target), "\\]"]
        place = max(place, end)
    return "".join([*pieces, text[place:]])
