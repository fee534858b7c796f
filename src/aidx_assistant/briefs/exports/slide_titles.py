"""The title of a slide: the sentence of the brief that says its message, else the names of its sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aidx_assistant.briefs.brief import Brief, BriefKind, Paragraph, Points, Section, texts_of
from aidx_assistant.briefs.exports.marked import Run, Words, one_line, runs_of
from aidx_assistant.briefs.exports.powerpoint_template import MARGIN, WIDTH
from aidx_assistant.briefs.exports.reading_order import numbers_of
from aidx_assistant.briefs.exports.slide_text import rows_needed
from aidx_assistant.reading.sentences import sentences_of

_NAMES: Mapping[BriefKind, tuple[str, str, str]] = {
    "buyer": ("Decision and recommendation", "Evidence and risks", "Options and healthcare points"),
    "founder": ("Segment, pains and budget", "Stage of adoption", "Objections, proof and entry point"),
}
_RECOMMENDATION, _NEXT, _HEALTHCARE = "recommendation", "next-step", "healthcare points"
_SECTIONS: Mapping[BriefKind, tuple[tuple[str, ...], ...]] = {
    "buyer": ((_RECOMMENDATION,), ("evidence", "why-now"), (_NEXT,)),
    "founder": (("pains", "segment", "budget"), ("stage",), ("entry", "proof", "objections")),
}
"""Whose sentences may be the title of each slide, by their keys, the best first."""
_ASIDE = re.compile(r"Background\b|See |On AI in general see |The sources are silent")
"""How a text begins that is no message: it is on something else, stands elsewhere, or says nothing."""
_QUOTED = "“"
_SIZES = ((26.0, 1), (20.0, 2))
"""Points of the letters, and rows for which the title then has room."""
_FEWEST_WORDS = 4
"""Of what is left of a sentence that is cut at a clause."""
_VERDICT = re.compile(r"^(\*\*[^*]+\*\*) (?=Confidence\b)")
"""A verdict and its confidence, which Claude writes side by side."""
_CLAUSE = re.compile(r"[,;:](?= )| \((?!own calculation)")


@dataclass(frozen=True, slots=True)
class SlideTitle:
    """Its runs and the size of its letters, in points."""

    runs: tuple[Run, ...]
    size: float


def title_of(brief: Brief, sections: Mapping[str, Section], place: int) -> SlideTitle:
    """The title of the slide in this place, from 0; `sections`: those of the brief as slides show them, by key.

    A quotation stands whole or not at all; other sentences may end at a clause, with an ellipsis. A section that has a
    fault gives none.
    """
    faulty = {fault.where for fault in brief.faults}
    for key in _SECTIONS[brief.kind][place]:
        section = sections.get(key)
        for text in _messages(section) if section and section.drafted and section.heading not in faulty else ():
            before = f"{brief.topic[:1].upper()}{brief.topic[1:]}: " if key == _RECOMMENDATION else ""
            for shown in (text, *_ended_at_clause(text)):
                if found := _fitting(runs_of(f"{before}{_without_stop(shown)}", numbers_of(brief))):
                    return found
    return SlideTitle((Words(_NAMES[brief.kind][place]),), _SIZES[0][0])


def _fitting(runs: Sequence[Run]) -> SlideTitle | None:
    width = WIDTH - 2 * MARGIN
    sizes = (size for size, rows in _SIZES if rows_needed(runs, width, size, bold=True) <= rows)
    size = next(sizes, None)
    return SlideTitle(tuple(runs), size) if size else None


def _messages(section: Section) -> Iterator[str]:
    """The sentences that may stand for a section: each of its points, or the first of its text."""
    first = next(iter(section.blocks), None)
    if isinstance(first, Points):
        yield from (text for text in map(one_line, texts_of(first)) if not _ASIDE.match(text))
    elif isinstance(first, Paragraph) and (sentences := sentences_of(one_line(first.text))):
        if section.key != _NEXT or _HEALTHCARE in sentences[0]:
            yield _VERDICT.sub(r"\1 · ", sentences[0])


def _ended_at_clause(text: str) -> Iterator[str]:
    """The sentence up to each of its clauses, the longest first; a quotation has none."""
    if _QUOTED in text:
        return
    for clause in reversed([*_CLAUSE.finditer(text)]):
        kept = text[: clause.start()]
        if len(kept.split()) >= _FEWEST_WORDS and kept.count("**") % 2 == 0:
            yield f"{kept} …"


def _without_stop(text: str) -> str:
    return text[:-1] if text.endswith(".") else text
