"""The figures that the sources state, each with all that its sentence and its finding say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from aidx_assistant.checking.clauses import Clause, clauses_of
from aidx_assistant.checking.segments import affirmed, named
from aidx_assistant.checking.subgroups import NOBODY, Group, group_of
from aidx_assistant.checking.telling import telling_words
from aidx_assistant.checking.traits import base_after, base_named, completion_in, sizes_in, timing_in
from aidx_assistant.checking.words import concepts
from aidx_assistant.evidence import Finding, Passage, Segment
from aidx_assistant.figures import Figure, figures_in
from aidx_assistant.reading.rows import cells_of
from aidx_assistant.reading.share_rows import with_shares

_WEIGHT, _REPEATED_WEIGHT, _POINTED_WEIGHT, _ASIDE_WEIGHT = 1.0, 0.9, 0.8, 0.3
_CONTEXT = 3
"""Sentences before a figure's own that tell what it speaks of."""
_FEW = 3
"""Telling words of a clause that only says of another what was said before."""
_TAKES_UP = re.compile(
    r"\b[a-z]{2,}\s+(?:one|ones|it|them)\b(?=\s*(?:[,.;:)]|$|(?:and|or|but|by|in|within|as|at)\b))"
    r"|\btheir\s+\w+\s+(?:is|are|was|were)\b"
    r"|\b(?:do|does|did|doing)\s+so\b|\b(?:do|does|did)\b(?!\s+\w)|\bit\s+(?:is|was|takes|took|stands|stood)\b"
    r"|\b(?:that|this|these|those|the)\s+(?:budget|share|figure|number|rate|proportion|cost|sum|spending|percentage)s?\b",
    re.IGNORECASE,
)
"""Takes up what was said before: "31% run one", "a further 22% intend to launch one"."""
_RANKS = re.compile(
    r"\b(?:lead|trail|lag|follow|stand|come|fare|rank|score|manage)(?:s|ed)?\s+(?:\w+\s+){0,2}(?:at|with)(?=\s\s|\s*$|\s+\S?\d)",
    re.IGNORECASE,
)
"""Says the same of another, or another of the same: "payers trail at 8%", "validation follows with 27%"."""
_MANY = re.compile(r"\b[a-z]{3,}(?<![su])s\b", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[,;.]|$|and\b)")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|do|does|did|will|\w+ed|\w+ing)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:they|their|theirs|them|these|such)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"^\W*(?:an?\s+)?(?:another|further|additional|the\s+(?:other|rest|remain\w+|median|average|mean|same|difference|gap)s?|here|there"
    r"|both|meanwhile|elsewhere|of\s+those)\b|\b(?:however|by\s+contrast|in\s+turn)\b",
    re.IGNORECASE,
)
"""Begins what says more of what stands before it."""
_IT = re.compile(r"\bits?\b", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:besides?|in\s+addition\s+to|on\s+top\s+of|apart\s+from|next\s+to|other\s+than|unlike|in\s+contrast\s+to)\b[^,;:]*",
    re.IGNORECASE,
)
"""What a sentence only sets its figure apart from: "another 22% are implementing, beside those that have deployed"."""


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """One figure of a source and the claim around it."""

    figure: Figure
    sentence: str
    segments: frozenset[Segment]
    mentioned: frozenset[Segment]
    """Segments that the figure's clause names, or what the sentence says of all its figures."""
    years: frozenset[int]
    sizes: frozenset[str]
    completed: bool | None
    base: str | None
    timing: str | None
    words: Mapping[str, float]
    """Content words of all that is said with the figure and their weights."""
    tight: str
    own: str
    passage_id: str
    source_id: str
    finding: str | None = None
    """Id of the finding that the sentence states."""
    measure: str = ""
    """What that finding measures, in words."""
    population: str = ""
    """Whom or what that finding counts."""
    slides: frozenset[int] = frozenset()
    """Slides that carry it: the one it is read from and those that its sentence names."""
    group: Group = NOBODY
    """Of whom it is, where that is a part of a segment, or none."""
    about: str | None = None
    """What else tells whom it is of: the heading over its sentence, the title, who was asked; None if not known."""
    is_curated: bool = False
    """Whether its finding was written by hand, and so says all that it measures."""
    before: str = ""
    """The sentence before, where the figure's own words take up what that says."""
    context: str = ""
    """What is said before it in its passage, up to three sentences."""
    beside: bool = False
    """For a slide: whether it is only shown beside the passage."""

    @property
    def affirmed(self) -> str:
        """The clause and the measure, without what the figure is only set apart from."""
        return f"{without_asides(self.own)} ; {self.measure}"


def stated_in(passage: Passage, sentence: int, findings: Sequence[Finding]) -> tuple[StatedFigure, ...]:
    """The figures of one sentence of a passage; `findings` are those of the library for this sentence."""
    before = passage.sentences[sentence - 1] if sentence else ""
    context = _context(passage.sentences, sentence)
    place = (passage.id, passage.source_id)
    sentence_text = passage.sentences[sentence]
    stated = _stated(sentence_text, tuple(findings), passage.segments, place, before)
    figures = with_shares(sentence_text, passage.locator.heading, [one.figure for one in stated])
    found = tuple(replace(one, context=context, figure=figure) for one, figure in zip(stated, figures, strict=True))
    number = passage.locator.number if passage.locator.kind in ("slide", "page") else None
    return tuple(replace(one, slides=one.slides | {number}) for one in found) if number is not None else found


def _context(sentences: Sequence[str], position: int) -> str:
    """The sentences before one of prose; those with figures, which tell of something else, only where it speaks of what
    is named there.
    """
    if cells_of(sentences[position]):
        return ""
    before = sentences[max(0, position - _CONTEXT) : position]
    patterns = (_IT, _GOES_ON, _TAKES_UP, _RANKS)
    own = sentences[position]
    points_back = _speaks_of_them(own) or any(pattern.search(own) for pattern in patterns)
    return " ; ".join(one for one in before if points_back or not figures_in(one))


def stated_by(finding: Finding) -> tuple[StatedFigure, ...]:
    """The figure of a finding, out of its statement; empty where it has none."""
    if finding.value is None:
        return ()
    found = _stated(finding.statement, (finding,), (finding.segment,), (finding.passage_id, finding.source_id))
    return tuple(stated for stated in found if stated.finding == finding.id)


@lru_cache(maxsize=4096)
def _stated(
    sentence: str,
    findings: tuple[Finding, ...],
    segments: tuple[Segment, ...],
    place: tuple[str, str],
    before: str = "",
) -> tuple[StatedFigure, ...]:
    return tuple(
        _taking_up(_stated_figure(clause, sentence, _finding_of(clause.figure, findings), segments, place), before)
        for clause in clauses_of(sentence, figures_in(sentence))
    )


def _taking_up(stated: StatedFigure, before: str) -> StatedFigure:
    """With the words of what it takes up: what stands before it in its sentence, and the sentence before."""
    if stated.is_curated:
        return stated
    takes_up = _TAKES_UP.search(stated.own)
    if not takes_up and not _RANKS.search(stated.own):
        return _pointing(_repeating(stated), before)
    words = concepts(f"{before} ; {stated.sentence[: stated.figure.start]}")
    weight = _WEIGHT if takes_up else _POINTED_WEIGHT
    return replace(stated, before=before, words={**dict.fromkeys(words, weight), **stated.words})


def _pointing(stated: StatedFigure, before: str) -> StatedFigure:
    """With some of the words of the sentence before, where it speaks of those who are named there: "many of their
    plants are old: 55% still rely on paper".
    """
    if not before or not _speaks_of_them(stated.sentence[: stated.figure.end + len(stated.own)]):
        return stated
    return replace(stated, before=before, words={**dict.fromkeys(concepts(before), _POINTED_WEIGHT), **stated.words})


def _speaks_of_them(text: str) -> bool:
    """Whether a pronoun stands for somebody whom the text has not named before it."""
    pronoun = _PRONOUN.search(text)
    return pronoun is not None and not _MANY.search(text[: pronoun.start()])


def _repeating(stated: StatedFigure) -> StatedFigure:
    """With the words of what goes before in its sentence, where it says the same again of another: "hospitals spent 5
    million on claims; carriers spent 9 million".
    """
    own = telling_words(stated.tight)
    said = stated.sentence[: max(0, stated.figure.start - len(stated.tight))]
    is_item = _ITEM.match(stated.sentence, stated.figure.end) and not _VERB.search(stated.tight)
    if not (is_item or own & telling_words(said)) or len(own) > _FEW or not figures_in(said):
        return stated
    return replace(stated, words={**dict.fromkeys(concepts(said), _REPEATED_WEIGHT), **stated.words})


def _finding_of(figure: Figure, findings: Sequence[Finding]) -> Finding | None:
    """The finding whose value is this figure; its value is written as in its statement."""
    for finding in findings:
        if finding.value and (figure.text in finding.value or finding.value in figure.text):
            return finding
    return None


def _stated_figure(
    clause: Clause, sentence: str, finding: Finding | None, segments: tuple[Segment, ...], place: tuple[str, str]
) -> StatedFigure:
    figure = clause.figure
    limits = f"{clause.own} ; {clause.scope}"
    limiting = f"{clause.head} ; {clause.tight} ; {clause.tail}"
    population = finding.population if finding else ""
    read = frozenset({finding.segment}) if finding else named(limiting) or named(clause.scope)
    if not clause.divides and clause.span != clause.part and not finding:
        read = frozenset()  # said with several figures, it may belong to any of them
    elif not read and clause.span == (0, len(sentence)):
        read = frozenset(segments)
    elif not read and len(named(sentence)) == 1:
        first = figures_in(sentence)[0]
        read = named(sentence[first.start : figure.start])  # the one subject, taken up from an earlier figure
    described = f"{finding.measure} ; {finding.topic} ; {finding.time_frame or ''} ; {population}" if finding else ""
    return StatedFigure(
        figure=figure,
        sentence=sentence,
        segments=read,
        mentioned=frozenset(mention.segment for mention in affirmed(limits)),
        years=clause.years,
        sizes=sizes_in(limits) | sizes_in(population),
        completed=True if completion_in(population) else completion_in(limits),
        base=(base_after(sentence[figure.end :]) or base_named(population)) if figure.kind == "percent" else None,
        timing=timing_in(clause.own) or (timing_in(finding.time_frame or "") if finding else None),
        words=_words(clause, described),
        tight=clause.tight,
        own=clause.own if len(concepts(clause.own)) > 1 else f"{clause.own} ; {_shared(clause, sentence)}",
        passage_id=place[0],
        source_id=place[1],
        finding=finding.id if finding else None,
        measure=finding.measure if finding else "",
        is_curated=finding is not None and finding.origin != "imported",
        population=population,
        group=group_of(sentence, figure, clause.span),
        slides=frozenset(int(other.low) for other in figures_in(sentence) if other.kind == "slide"),
    )


def _shared(clause: Clause, sentence: str) -> str:
    """What the figures of a sentence have in common; of the row of a table its label, for headers are told apart."""
    cells = cells_of(sentence)
    return f"{cells[0][0]}: {cells[0][1]}" if cells else clause.shared


def without_other_items(stated: StatedFigure) -> str:
    """What is said with a figure, without the other items of a list that have figures: "and staff 45%"."""
    text = stated.sentence
    for other in figures_in(stated.sentence):
        if other != stated.figure:
            text = re.sub(rf"(?:,|\band|\bor)\s+(?:[\w-]+\s+){{1,3}}{re.escape(other.text)}", " ", text)
    return text


def without_asides(text: str) -> str:
    """A text without what it only sets its figure apart from."""
    return _ASIDE.sub(" ", text)


def _words(clause: Clause, described: str) -> dict[str, float]:
    """The words of the sentence that belong to the figure and those of its finding; an aside's count little."""
    around = f"{clause.own} ; {clause.scope} ; {clause.shared}"
    telling = f"{without_asides(around)} ; {described}"
    return {**dict.fromkeys(concepts(around), _ASIDE_WEIGHT), **dict.fromkeys(concepts(telling), _WEIGHT)}
