"""Plain rules by which a sentence cannot be the answer to a question, however near it is in meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.counting import only_sampled, other_count, other_measure, other_thing_counted
from aidx_assistant.answering.expected import (
    figure_given,
    mostly_unheard,
    no_date,
    no_definition,
    no_duration,
    no_instance,
    no_name,
    no_share,
    no_way_of_doing,
    not_of_that_sort,
    of_a_segment_only,
    other_doing,
    other_way,
    others_counted,
    share_of_others,
    slides_left_out,
    total_of_parts,
)
from aidx_assistant.answering.groups import of_another_group, of_another_kind, of_other_people, of_other_population
from aidx_assistant.answering.predicates import other_means, other_predicate
from aidx_assistant.answering.preference import WHO
from aidx_assistant.answering.question import Question
from aidx_assistant.answering.sides import one_side, other_side
from aidx_assistant.answering.years import other_year
from aidx_assistant.evidence import Source
from aidx_assistant.segments import segments_named
from aidx_assistant.terms import Term, keys_of, speaks_of, thesaurus
from aidx_assistant.vocabulary.grammar import AUXILIARIES
from aidx_assistant.vocabulary.numbers import ROUGHLY

_RANKING = re.compile(
    r"\b(?:first|second|third|last|ahead|lead|leads|leading|most|least|worst|best|top"
    r"|more\b(?! than (?:half|\d)).*\bthan|\w+iest"
    r"|high(?:er|est)|low(?:er|est)|large(?:r|st)|big(?:ger|gest)|small(?:er|est)|heav(?:ier|iest)|strong(?:er|est)"
    r"|fast(?:er|est)|slow(?:er|est)|great(?:er|est)|rank\w*|behind)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    rf"\bby (?:(?:{ROUGHLY}|over|more|than|up|to|as|much|at|least|an?|average|median|of|another|only|just|between"
    r"|approximately) ){0,4}[$€£]?\d"
    r"|\b\d[\d.,]*(?: ?%| percent(?:age points)?| times| points?| days?| weeks?| months?| hours?| years?)"
    r" (?:more|less|fewer|higher|lower|faster|slower|sooner|earlier|later|longer|shorter|cheaper)\b"
    r"|\bfrom (?:\w+ )?[$€£]?\d[^.;]{0,60}? to [$€£]?\d|\b(?:up|down) from [$€£]?\d"
)
_METHOD = re.compile(r"\b(?:calculat|comput|measur|deriv|weigh|formula|determin)", re.IGNORECASE)
_SCORE = re.compile(r"\b(?:scores?|ratings?|grades?|points)\b", re.IGNORECASE)
_FEW_OR_MANY = re.compile(r"\b(?:few|handful|minority|many|most|bulk)\b.{0,20}\bor\b", re.IGNORECASE)
"""Asks for an amount in words."""
_YES_OR_NO = re.compile(rf"^\W*(?:{AUXILIARIES})\b", re.IGNORECASE)
_QUALITY = re.compile(r"\bhow (\w+)", re.IGNORECASE)
_ADVICE = re.compile(
    r"\b(?:should|must|ha(?:s|ve) to|needs? to|need|ought|recommend\w*|advi[cs]e\w*|principles?)\b", re.IGNORECASE
)
_ALIKE = 0.75
"""Cosine similarity from which a sentence of a report of the user's own is about the very thing."""
_SEGMENTS = 3
"""Provider, payer and pharma: who names all of them asks about healthcare at large."""


def unfit(candidate: Candidate, question: Question, sources: Mapping[str, Source], apart_from: str = "") -> str | None:
    """Why a sentence cannot answer, as the name of the first rule that it breaks; None where it may. The rule
    `apart_from` is left out.

    A sentence that the known questions tell to answer has to keep the firm rules alone: the others go by its words.
    """
    if question.source_ids and candidate.passage.source_id not in question.source_ids:
        return "source"
    if other_year(candidate, question, sources[candidate.passage.source_id]):
        return "year"
    surely = candidate.surely_answers and not _were_others_asked(candidate, question)
    rules = _FIRM_RULES if surely else _RULES
    return next((name for name, breaks in rules.items() if name != apart_from and breaks(candidate, question)), None)


def _were_others_asked(candidate: Candidate, question: Question) -> bool:
    """Whether a question asks how many of a group were surveyed that this sentence, with all around it, never names."""
    if "people_count" not in question.asks or not question.those - question.unheard:
        return False
    return question.those.isdisjoint(candidate.keys | candidate.context | candidate.asked_keys)


def _says_nothing(candidate: Candidate, question: Question) -> bool:
    if candidate.passage.read == "no" and candidate.passage.locator.kind == "section":
        return "section" not in question.asks
    return candidate.tells_nothing


def _other_section(candidate: Candidate, question: Question) -> bool:
    """Where a section is asked for, its heading has to have to do with the question, or to be all that is known."""
    if "section" not in question.asks or question.for_slide or candidate.passage.read == "no":
        return False
    heading = keys_of(candidate.passage.locator.heading or "")
    return all(term.keys.isdisjoint(heading) for term in question.terms)


def _unread(candidate: Candidate, question: Question) -> bool:
    """What is known of an unread slide answers only which slide is about what."""
    if question.slides:
        locator = candidate.passage.locator
        read = locator.kind != "section" and candidate.passage.read != "no"
        known = read or candidate.has_amount or "content" not in question.asks
        return not (known and candidate.slides.intersection(question.slides))
    if "slide" in question.asks:
        return not (candidate.points_to_slide or (question.figures and candidate.passage.shown_beside))
    return (candidate.is_pointer or candidate.passage.read == "no") and not (
        question.about_deck or "section" in question.asks
    )


def _narrower(candidate: Candidate, question: Question) -> bool:
    wanted = [term for term in question.terms if term.narrowing and not _of_other_segment(term, candidate, question)]
    held = candidate.keys | candidate.context | candidate.about
    if question.at_large and not held & thesaurus().narrowing:
        return False
    if question.unheard_group and candidate.known is None:
        return True
    return any(not speaks_of(held, term) for term in wanted)


def _of_other_segment(term: Term, candidate: Candidate, question: Question) -> bool:
    """Whether a term narrows one of several segments asked for, and the sentence is about another."""
    own = set(segments_named(term.text))
    return len(question.segments) > 1 and bool(own) and not own & candidate.named_segments


def _other_segment(candidate: Candidate, question: Question) -> bool:
    asked = set(question.segments)
    if not asked or question.for_slide:
        return bool(asked) and not asked & (set(candidate.passage.segments) | candidate.named_segments)
    if candidate.holds_for_each_segment:
        return False
    if len(asked) == _SEGMENTS:
        asked.add("all")
    valued = {finding.segment for finding in candidate.findings if finding.value}
    if "figure" in question.asks and valued:
        return not asked & valued
    if named := candidate.named_segments - {"all"}:
        return not asked & named
    # What is said of healthcare at large holds for each segment, a figure for all of them for none.
    return "all" not in asked and (bool({"figure", "comparison"} & question.asks) or bool(valued))


def _no_figure(candidate: Candidate, question: Question) -> bool:
    if "figure" not in question.asks or "slide" in question.asks:
        return False
    if _FEW_OR_MANY.search(question.text):
        return False
    return not (candidate.has_amount or (question.about_deck and candidate.slides_named > 1))


def _other_figure(candidate: Candidate, question: Question) -> bool:
    """The slide for a figure is where that figure stands."""
    return "slide" in question.asks and bool(question.figures) and not question.figures & candidate.numbers


def _other_part(candidate: Candidate, question: Question) -> bool:
    if not question.part or not question.about_deck or question.slides:
        return False
    return f"{question.part} part" not in candidate.text


def _no_breakdown(candidate: Candidate, question: Question) -> bool:
    """One figure, or none, is no breakdown by item."""
    return "breakdown" in question.asks and not {"slide", "by_segment"} & question.asks and len(candidate.numbers) < 2


def _no_score(candidate: Candidate, question: Question) -> bool:
    """A score is no share and no count."""
    return (
        "score" in question.asks
        and not question.for_slide
        and not (candidate.has_amount and _SCORE.search(candidate.text))
    )


def _no_change(candidate: Candidate, question: Question) -> bool:
    """A share of people who expect a change is not how large it is."""
    asked = "change" in question.asks and len(question.segments) < 2  # two of them: the difference of two figures
    return asked and not _CHANGE.search(candidate.text)


def _no_method(candidate: Candidate, question: Question) -> bool:
    return "method" in question.asks and not question.for_slide and not _METHOD.search(candidate.text)


def _no_frequency(candidate: Candidate, question: Question) -> bool:
    """How often something happens is told by a share only where the sentence is about that very thing."""
    if candidate.known is None and candidate.similarity >= _ALIKE:
        return False
    held = candidate.keys | candidate.context | candidate.asked_keys
    return "frequency" in question.asks and any(term.keys.isdisjoint(held) for term in question.terms)


def _other_quality(candidate: Candidate, question: Question) -> bool:
    """What is asked how it is in one respect is not answered by another."""
    asked = _QUALITY.search(question.text) if "quality" in question.asks else None
    held = candidate.keys | candidate.context | candidate.asked_keys
    return asked is not None and keys_of(asked.group(1)).isdisjoint(held)


def _no_money(candidate: Candidate, question: Question) -> bool:
    """Who is hit hardest by a price does not ask how high it is."""
    if WHO.search(question.text) or _YES_OR_NO.search(question.text):
        return False
    asked = "money" in question.asks and not {"share", "slide", "section", "change"} & question.asks
    return asked and not any(figure.kind == "money" for figure in candidate.figures)


def _no_advice(candidate: Candidate, question: Question) -> bool:
    return "advice" in question.asks and not question.for_slide and not _ADVICE.search(candidate.text)


def _no_ranking(candidate: Candidate, question: Question) -> bool:
    if "superlative" not in question.asks or question.for_slide:
        return False
    return not (_RANKING.search(candidate.text) or (candidate.tabled and "segment" in question.asks))


def _no_segment(candidate: Candidate, question: Question) -> bool:
    return "segment" in question.asks and not (candidate.tabled or candidate.named_segments - {"all"})


POINTING = frozenset({"unread", "section", "source"})
"""The rules that set aside what only says where something stands, or is another source's word."""
FOR_ALL = "for all"
"""The rule that sets aside a figure of one segment where none is named."""
DECISIVE = frozenset({FOR_ALL, "way", "others counted", "others", "kind"})
"""The rules that set aside what is about the very thing asked."""
_RULES: dict[str, Callable[[Candidate, Question], bool]] = {
    "population": _narrower,
    "segment": _other_segment,
    "unread": _says_nothing,
    "section": _other_section,
    "unread content": _unread,
    "figure": _no_figure,
    "named figure": _other_figure,
    "part": _other_part,
    "breakdown": _no_breakdown,
    "score": _no_score,
    "side": other_side,
    "money": _no_money,
    "change": _no_change,
    "method": _no_method,
    "definition": no_definition,
    "quality": _other_quality,
    "frequency": _no_frequency,
    "duration": no_duration,
    "date": no_date,
    "advice": _no_advice,
    "ranking": _no_ranking,
    "named segment": _no_segment,
    "counted": other_thing_counted,
    "count": other_count,
    "sampled": only_sampled,
    "one side": one_side,
    "measure": other_measure,
    "name": no_name,
    "sort": not_of_that_sort,
    "instance": no_instance,
    "way of doing": no_way_of_doing,
    "others": share_of_others,
    "figure given": figure_given,
    "total": total_of_parts,
    "share": no_share,
    "group": of_another_group,
    "kind": of_another_kind,
    "other people": of_other_people,
    "other population": of_other_population,
    "unheard": mostly_unheard,
    FOR_ALL: of_a_segment_only,
    "way": other_way,
    "predicate": other_predicate,
    "means": other_means,
    "slides left out": slides_left_out,
    "doing": other_doing,
    "others counted": others_counted,
}
_FIRM_RULES = {
    name: _RULES[name] for name in ("population", "segment", "unread content", "part", "change", "slides left out")
}
"""What is about others, known by its subject only, of another part of the deck, no amount of a change, or one of the
slides that are not asked for, is no answer however near it is."""
