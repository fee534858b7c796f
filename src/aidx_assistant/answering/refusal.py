"""Why a question is not answered, in one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidx_assistant.answering.candidates import Evidence
from aidx_assistant.answering.draft import Retrieved
from aidx_assistant.answering.judging import Judged
from aidx_assistant.answering.question import Question
from aidx_assistant.answering.relevance import THRESHOLD
from aidx_assistant.terms import keys_of, stem, thesaurus, words_of

_SEGMENTS = {"provider": "providers", "payer": "payers", "pharma": "pharma", "all": "all segments together"}
_HEARD = 2
"""In so many known questions a word that no sentence has is no chance."""
_RULES = {
    "slides left out": "No sentence says which slides are not.",
    "source": "The source that is named does not say this.",
    "group": "The nearest figures are of a narrower group.",
    "total": "The nearest figures are of more than is asked about, together.",
    "unread": "What might answer is known by its heading only; its text has not been read.",
    "section": "No heading says that a section is about this.",
    "unread content": "Of the slide that might answer only number and subject are known; its content is not read.",
    "figure": "The nearest sentences give no figure for this.",
    "named figure": "No slide is known to show this figure.",
    "part": "No sentence says this of that part of the deck.",
    "breakdown": "No sentence breaks this down.",
    "score": "No sentence gives a score.",
    "side": "The nearest sentences say this of the other side.",
    "money": "No sentence gives an amount of money for this.",
    "change": "No sentence says by how much.",
    "method": "No sentence says how it is worked out.",
    "definition": "No sentence says what is meant by it.",
    "quality": "No sentence says how it is in this respect.",
    "frequency": "No sentence says how often this happens.",
    "duration": "No sentence gives a time for this.",
    "date": "No sentence gives a date for this.",
    "advice": "No sentence gives advice on this.",
    "ranking": "No sentence ranks what is asked about.",
    "named segment": "No sentence says this of a segment.",
    "counted": "The nearest figures count something else.",
    "one side": "No sentence holds the two against each other.",
    "measure": "The nearest figures say something else of them.",
    "count": "The nearest figures count something else.",
    "sampled": "The nearest figures count those who were asked.",
    "other population": "The nearest figures are shares of others.",
    "other people": "The nearest figures are of other people.",
    "means": "The nearest figures are of what is done by other means.",
    "kind": "The nearest figures are of another kind of what is asked about.",
    "unheard": "Most of what is asked about is in no text.",
    "sort": "No sentence says which.",
    "instance": "No sentence says which.",
    "way of doing": "No sentence says how.",
    "figure given": "The nearest sentences give no other figure for this.",
    "others": "The nearest figures are of the others.",
    "name": "No sentence names one.",
    "share": "No sentence gives a share.",
    "for all": "The nearest figures are of one segment only.",
    "way": "The nearest figures count those who say the opposite.",
    "predicate": "The nearest figures tell who fears, plans or tries out something, not who does what is asked.",
    "doing": "No sentence says who does this.",
    "others counted": "The nearest figures count others.",
}
_TOLD_FIRST = ("year", "slides left out", "population", "segment")
"""Rules that a user learns most from, even where a nearer sentence breaks another one."""
_SECTION = re.compile(r"\b(?:section|chapter)\b", re.IGNORECASE)
_BEFORE_A_NAME = r"\b(?:the|an?|this|that|of|its|their)\s+"
"""What stands before a word for a thing, which may be another name for what the texts speak of."""
_BEFORE = re.compile(
    r"\b(?:(?:up|down)\s+from|ago|earlier|previously|(?:past|last|next|coming|within)\s+(?:\w+\s+)?(?:years?|months?)|in\s+\w+\s+years)\b",
    re.IGNORECASE,
)
_OUT_OF_REACH = 2.5
"""How far below the threshold a sentence is not held against the rules any more: it answers nothing."""
_NEAR = 0.9
"""Nearness in meaning and coverage together from which a sentence is near enough to say what it lacks."""


def question_refused(
    question: Question, evidence: Evidence, retrieved: Retrieved, ranked: Sequence[Judged]
) -> str | None:
    """Why a question cannot be answered whatever the sentences say; None where it may. `ranked`: the best first."""
    if not evidence.candidates:
        return "The library has no sentence on this: nothing was found."
    if "instruction" in question.asks:
        return "This asks something of the assistant; it only quotes what the sources say."
    if "other_time" in question.asks and not _tells_of_times(ranked):
        return "The sources describe one point in time, not another edition, another year or a change since."
    if unknown := [name for name in question.names if not _is_known(name, evidence)]:
        return f"The sources do not mention {_listed(unknown)}."
    if heading := _unread_section(question, retrieved):
        return f"The section “{heading}” is known by its heading only: its text has not been read."
    return _assumed(question, evidence) or _slides_outside(question, evidence, retrieved)


def _tells_of_times(ranked: Sequence[Judged]) -> bool:
    """Whether what answers best is of a report of the user's own, which may well tell what was so before."""
    best = next((item.candidate for item in ranked if item.answers), None)
    return best is not None and best.known is None and bool(best.years or _BEFORE.search(best.text))


def _assumed(question: Question, evidence: Evidence) -> str | None:
    """What a question takes for granted, "why was it withdrawn", and neither a sentence mentions nor more than one
    known question: in one alone it may be no more than its manner.
    """
    if "premise" not in question.asks:
        return None
    unheard = [
        term.text
        for term in question.terms
        if term.keys.isdisjoint(evidence.frequency)
        and sum(not term.keys.isdisjoint(keys) for keys in evidence.texts) < _HEARD
    ]
    assumed = [
        text for text in unheard if not re.search(rf"{_BEFORE_A_NAME}{re.escape(text)}", question.text, re.IGNORECASE)
    ]
    return f"No text mentions {_listed(assumed)}, which the question takes for granted." if assumed else None


def _slides_outside(question: Question, evidence: Evidence, retrieved: Retrieved) -> str | None:
    """A fault of the question only where none of its slides exists."""
    last = max(retrieved.sources[c.passage.source_id].slide_count for c in evidence.candidates)
    outside = [str(number) for number in question.slides if not 1 <= number <= last]
    if not outside or len(outside) < len(question.slides):
        return None
    return f"There is no slide {_listed(outside)}: the deck has {last} slides."


def why_nothing_answers(question: Question, evidence: Evidence, ranked: Sequence[Judged]) -> str:
    """What was searched, and what the nearest sentences lack."""
    near = [item for item in ranked if item.features.nearness >= _NEAR]
    near = [item for item in near if item.features.log_odds >= THRESHOLD - _OUT_OF_REACH]
    near.sort(key=lambda item: -item.features.log_odds)
    of_source = [item for item in near if item.breaks != "source"]
    near = of_source if any(item.features.log_odds >= THRESHOLD for item in of_source) else near
    broken = [item.breaks for item in near]
    rule = next((one for one in _TOLD_FIRST if one in broken), broken[0] if broken else None)
    if broken and broken[0] in {"group", "predicate"}:
        rule = broken[0]
    if rule == "population" and not {*broken} <= {"year", "population"}:
        rule = next(one for one in broken if one != "population")  # a nearer sentence speaks of the group
    if rule == "year":
        return f"No sentence gives this for {_listed([str(year) for year in question.years])}."
    if rule == "population" or (question.unheard_group and "population" in broken):
        narrowing = [f"“{_as_written(term.text, question.text)}”" for term in question.terms if term.narrowing]
        narrowing += [f"“{_as_written(question.unheard_group, question.text)}”"] if question.unheard_group else []
        return f"No sentence speaks of {_listed(narrowing)} in this respect."
    if rule == "segment":
        return _other_segments(question, near)
    if rule:
        return _RULES[rule]
    if near and "reason" in question.asks:
        return "No sentence gives a reason for this."
    unknown = [term for term in question.terms if not any(key in evidence.frequency for key in term.keys)]
    searched = f"None of the {len(evidence.candidates)} sentences searched answers this"
    missing = [_as_written(term.text, question.text) for term in unknown[:4]]
    return f"{searched}; none mentions {_listed(missing, 'or')}." if missing else f"{searched}."


def _as_written(words: str, text: str) -> str:
    """Words of a text, which are plain, as they stand in it."""
    found = re.search(rf"\b{re.escape(words)}\b", text, re.IGNORECASE)
    return found.group() if found else words


def _other_segments(question: Question, near: Sequence[Judged]) -> str:
    found: dict[str, None] = {}
    for item in near:
        if item.breaks == "segment":
            for finding in item.candidate.findings:
                found[finding.population if finding.segment != "all" else "all segments together"] = None
    found.pop("", None)  # a finding of an imported source may name nobody
    asked = _listed([_SEGMENTS[segment] for segment in question.segments])
    given = f"; the nearest give it for {_listed(list(found)[:3])}" if found else ""
    return f"No sentence gives this for {asked}{given}."


def _unread_section(question: Question, retrieved: Retrieved) -> str | None:
    """The heading of the unread section whose content is asked for."""
    if not _SECTION.search(question.text) or question.for_slide:
        return None
    asked = keys_of(question.text)
    for source in retrieved.sources.values():
        for heading in source.unread:
            words = {stem(word) for word in words_of(heading)} - thesaurus().silent
            if words and all(word.isdigit() or word in asked for word in words):
                return heading
    return None


def _is_known(name: str, evidence: Evidence) -> bool:
    keys = keys_of(name)
    stems = {key for key in keys if not key.startswith("=")}
    known = thesaurus()
    if any(stems & keys_of(title) for title in evidence.titles):
        return True
    return any(key in evidence.frequency or key in known.silent or key in evidence.publishers for key in stems) or bool(
        keys - stems
    )


def _listed(items: Sequence[str], last: str = "and") -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""
