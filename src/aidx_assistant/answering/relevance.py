"""How well a sentence answers a question: its features, their calibrated weights, and the loose threshold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from aidx_assistant.answering.candidates import Candidate, Evidence, evidence_of
from aidx_assistant.answering.draft import Retrieved
from aidx_assistant.answering.named_source import source_named
from aidx_assistant.answering.plain_words import in_plain_words
from aidx_assistant.answering.question import Question, understood
from aidx_assistant.answering.suitability import DECISIVE, POINTING
from aidx_assistant.evidence import SEGMENTS
from aidx_assistant.segments import segments_named
from aidx_assistant.terms import CONCEPT, Term, terms_of, thesaurus

THRESHOLD = 0.0
"""Log odds from which a sentence is quoted as an answer."""
_DOUBT = 0.5
"""Added to the weight of a question's words: where they weigh little, a sentence that has them all tells little."""
_SLIDE_NUMBER = 5.0
"""The weight of a slide's number; a rule sees to it that the sentence speaks of that slide."""
_TELLING = 1.5
"""What the words of a question must weigh for anything to answer it: "AI?" alone asks nothing."""
_HEAD = 1.5
"""How much more the word weighs that names what is asked for."""
_NEARBY, _IN_TITLE = 0.7, 0.4
_MOST_UNKNOWN = 3
_DECISIVE = 3.0
"""How much more it counts to be behind a near miss that says the very thing asked about."""
_RAREST = 3
"""A word that fewer texts have weighs no more: what a question alone says may be no more than its manner."""
_FEWEST = 200
"""Of fewer texts than these, none can tell a rare word from a common one."""
_SURE = 8.0
"""Log odds beyond which more say no more."""
_PLAINLY_IRRELEVANT = 0.4
"""Nearness in meaning and coverage together; the least of any answerable development question has 0.81."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a logistic regression: does the best sentence that breaks no rule answer?"""

    similarity: float
    known: float
    coverage: float
    unknown: float
    behind: float
    bias: float


WITH_QUESTIONS = Weights(similarity=0.0, known=0.57, coverage=2.9, unknown=0.0, behind=0.0, bias=-0.47)
"""For sentences of which it is known what they answer: beside that and the words nothing tells more. Fitted on the
development questions, those of the evaluation's development half and others, and printed by
tests/abstention/calibrate.py, as are the next."""
WITHOUT_QUESTIONS = Weights(similarity=4.84, known=0.0, coverage=5.49, unknown=-0.47, behind=4.25, bias=-3.18)
"""For all other sentences."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A term of the question with its weight in this evidence."""

    term: Term
    weight: float
    unknown: bool
    """Whether no text of the evidence has it."""


@dataclass(frozen=True, slots=True)
class Features:
    """What the decision rests on."""

    similarity: float
    """Cosine similarity of question and sentence; below 0 where they have nothing in common."""
    known: float | None
    """The log odds that it answers by the questions that are known, up to `_SURE` either way; None without any."""
    coverage: float
    """The share of the question's words, by weight, that the sentence has or that stand around it, 0 to 1."""
    unknown: float = 0.0
    """How many of the question's words are in no text of the evidence, up to `_MOST_UNKNOWN`."""
    behind: float = 0.0
    """How far its nearness lies below that of the nearest sentence that near misses set aside; 0 or less."""

    @property
    def nearness(self) -> float:
        """Nearness in meaning and coverage together, up to 2."""
        known = 0.0 if self.known is None else 1 / (1 + math.exp(-self.known))
        return max(self.similarity, known) + self.coverage

    @property
    def log_odds(self) -> float:
        """The log odds that the sentence answers."""
        weights = WITHOUT_QUESTIONS if self.known is None else WITH_QUESTIONS
        return (
            weights.bias
            + weights.similarity * self.similarity
            + weights.known * (self.known or 0.0)
            + weights.coverage * self.coverage
            + weights.unknown * self.unknown
            + weights.behind * self.behind
        )


def read_question(text: str, evidence: Evidence) -> Question:
    """The question in plain words, its typing mistakes mended by the words of the evidence and the thesaurus."""
    plain = in_plain_words(text)
    named = source_named(plain, evidence.sources)
    question = understood(
        plain, evidence.words | thesaurus().written, evidence.publishers | named.words, evidence.titles
    )
    narrow = [term.keys for term in question.terms if term.narrowing]
    held = bool(narrow) and all(any(key in evidence.frequency for key in keys) for keys in narrow)
    return replace(
        question,
        at_large=question.at_large and held,
        source_ids=named.ids,
        unheard=_unheard(question, evidence),
        unheard_group=_unheard_group(question, evidence),
    )


def _unheard(question: Question, evidence: Evidence) -> frozenset[str]:
    unheard = (term.keys for term in question.terms if all(term.keys.isdisjoint(keys) for keys in evidence.texts))
    return frozenset().union(*unheard)


def _unheard_group(question: Question, evidence: Evidence) -> str:
    for narrowing, group in pairwise(question.terms):
        counted = narrowing.keys & question.counted and segments_named(group.text)
        is_doing = narrowing.text.endswith(("ing", "ed"))  # responding hospitals are hospitals
        if counted and not is_doing and all(narrowing.keys.isdisjoint(keys) for keys in evidence.texts):
            return narrowing.text
    return ""


def weighted_terms(question: Question, evidence: Evidence) -> tuple[Weighted, ...]:
    """Inverse document frequencies over the sentences of the evidence and the questions that they answer."""
    texts = evidence.texts
    count = max(len(texts), _FEWEST)
    weighted = []
    for term in question.terms:
        frequency = sum(not term.keys.isdisjoint(keys) for keys in texts)
        weight = math.log((count + 1) / (max(frequency, _RAREST) + 0.5))
        weight *= _HEAD if question.head in term.keys else 1.0
        weighted.append(Weighted(term, weight, not frequency))
    return tuple(weighted)


def features(candidate: Candidate, weighted: tuple[Weighted, ...], question: Question) -> Features:
    """What speaks for a sentence and against it. Of several segments asked for, it need only name its own."""
    if len(question.segments) > 1:
        weighted = tuple(item for item in weighted if not _names_segment(item.term) or _credit(item.term, candidate))
    known = None if candidate.known is None else min(max(candidate.known.log_odds, -_SURE), _SURE)
    named = _SLIDE_NUMBER if question.slides else 0.0
    asks_of_something = bool(question.slides) or not all(item.unknown for item in weighted)
    if not asks_of_something or sum(item.weight for item in weighted) + named < _TELLING:
        return Features(candidate.similarity, None if known is None else -_SURE, 0.0)
    total = sum(item.weight for item in weighted) + named + _DOUBT
    of_slide = named if candidate.slides.intersection(question.slides) else 0.0
    covered = sum(item.weight * _credit(item.term, candidate) for item in weighted)
    at_once = _covered_at_once(weighted, candidate)
    coverage = (of_slide + (covered + at_once) / 2) / total
    unknown = float(min(sum(item.unknown for item in weighted), _MOST_UNKNOWN))
    return Features(candidate.similarity, known, coverage, unknown)


def _covered_at_once(weighted: Sequence[Weighted], candidate: Candidate) -> float:
    """The weight of the words that the sentence has together with one of the questions that it is known to answer."""
    own = 0.0
    lent: list[tuple[Weighted, float]] = []
    """What only the questions have, with what its surroundings give it all the same."""
    for item in weighted:
        around = _around(item.term, candidate) * item.weight
        if not item.term.keys.isdisjoint(candidate.keys):
            own += item.weight
        else:
            own += around
            if not item.term.keys.isdisjoint(candidate.asked_keys):
                lent.append((item, around))
    gains = (
        sum(item.weight - around for item, around in lent if not item.term.keys.isdisjoint(asked))
        for asked in (candidate.asked if lent else ())
    )
    return own + max(gains, default=0.0)


def behind(found: Sequence[Features], broken: Sequence[str | None]) -> tuple[Features, ...]:
    """The features with how far each is behind the nearest near miss: what that is about, the question is about.

    `broken` names the rule that each sentence breaks. A sentence that only points somewhere is no near miss. What says
    the very thing asked about, but the opposite, of others or without the name, leaves little for the sentences
    behind it.
    """
    misses = [(f.nearness, rule) for f, rule in zip(found, broken, strict=True) if rule and rule not in POINTING]
    nearest = max((nearness for nearness, _ in misses), default=0)
    decisive = max((nearness for nearness, rule in misses if rule in DECISIVE), default=0)
    return tuple(replace(f, behind=min(0.0, f.nearness - nearest, _DECISIVE * (f.nearness - decisive))) for f in found)


def plainly_irrelevant(question: str, retrieved: Retrieved) -> bool:
    """Whether nothing that was found has to do with the question at all, so that no model need be asked.

    Loose on purpose: it looks at words and meaning only, not at whether a segment, a year or a measure fits.
    """
    evidence = evidence_of(retrieved)
    if not evidence.candidates:
        return True
    understood_question = read_question(question, evidence)
    weighted = weighted_terms(understood_question, evidence)
    found = [features(candidate, weighted, understood_question) for candidate in evidence.candidates]
    return max(one.nearness for one in found) < _PLAINLY_IRRELEVANT


def _names_segment(term: Term) -> bool:
    return any(CONCEPT + segment in term.keys for segment in SEGMENTS) or bool(segments_named(term.text))


def _credit(term: Term, candidate: Candidate) -> float:
    if not (term.keys.isdisjoint(candidate.keys) and term.keys.isdisjoint(candidate.asked_keys)):
        return 1.0
    return _around(term, candidate)


def _around(term: Term, candidate: Candidate) -> float:
    """What counts of a word that stands around a sentence, or in the title over it, and not in it."""
    if not term.keys.isdisjoint(candidate.context):
        return _NEARBY
    return _IN_TITLE if not term.keys.isdisjoint(candidate.about) else 0.0


def precision(candidate: Candidate, question: Question) -> float:
    """The share of the sentence's telling words that the question has: low where it speaks of more than was asked."""
    terms = [term for term in terms_of(candidate.text) if not term.text.isdigit()]
    return sum(not term.keys.isdisjoint(question.keys) for term in terms) / len(terms) if terms else 0.0
