"""Which sentences are about a brief's topic: those with enough of its telling words, or measuring what has them.

A word that a topic shares with a sentence by chance is not enough: of “revenue cycle management” “management” alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aidx_assistant.answering.candidates import Candidate, Evidence
from aidx_assistant.answering.judging import Judged
from aidx_assistant.answering.question import Question
from aidx_assistant.answering.relevance import read_question
from aidx_assistant.briefs.passing_mention import only_asks, tells_history, without_comparison
from aidx_assistant.evidence import Finding
from aidx_assistant.terms import Term, keys_of, stem, words_of

ABOUT_REPORTS = frozenset({"deck", "publication", "method", ""})
"""Topics of findings about a report itself."""
_OF_THE_SURVEY = ABOUT_REPORTS - {""} | {"jobs-to-be-done"}
"""Topics of figures that count what was asked: where a survey lists a topic, it has said nothing of it yet."""
_ENOUGH = 0.6
"""The share of a topic's words that a sentence about it has."""
_LISTED = 0.5
"""The share of them from which what a survey lists names the topic."""
_AI = re.compile(
    r"\b(?:gen(?:erative)?[- ]?)?(?:ai|artificial\s+intelligence)\b(?:-(?:powered|based|driven))?", re.IGNORECASE
)
_PAST_PILOTS = re.compile(
    r"\b(?:past|beyond|out of|after)\s+(?:the\s+)?(?P<stage>pilot\w*|proofs? of concept|pocs?|experiment\w*)",
    re.IGNORECASE,
)
"""What comes past a pilot is production; the sources say it by that word."""
_MANNER = re.compile(r"\b(?:getting|get|moving|move|going|go|bringing|bring|using|how to)\b", re.IGNORECASE)
"""Words by which a topic says what is done with its thing, and which tell no sentences apart."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic read as a question."""

    question: Question

    def is_met_by(self, item: Judged, published: int | None) -> bool:
        """Whether a sentence is about the topic; one that only lists it among what a survey asks for is not.

        Words of like meaning are wide, “finds” for “discovery”: by them alone only what surely answers is about it.
        `published`: the year of the sentence's report, by which history is told from what is so now.
        """
        candidate = item.candidate
        text = without_comparison(candidate.text)
        own = keys_of(text).union(*map(_keys_of_finding, candidate.findings))
        if item.breaks or self._share(own) < _ENOUGH or self._is_of_survey(candidate):
            return False
        if only_asks(text) or tells_history(text, published):
            return False
        answers = item.answers and (candidate.known is None or candidate.surely_answers)
        return answers or self._share_word_for_word(own) >= _LISTED

    def is_measured_by(self, finding: Finding) -> bool:
        """Whether what a finding measures is the topic."""
        return self._share(_keys_of_finding(finding)) >= _ENOUGH

    def is_listed_by(self, candidate: Candidate) -> bool:
        """Whether a sentence only lists the topic, or half of it, among what a survey asks for."""
        return self._is_of_survey(candidate) and self._share_word_for_word(candidate.keys) >= _LISTED

    def _is_of_survey(self, candidate: Candidate) -> bool:
        values = candidate.values
        return bool(values) and all(
            finding.topic in _OF_THE_SURVEY and not self.is_measured_by(finding) for finding in values
        )

    def _share(self, keys: frozenset[str]) -> float:
        terms = self.question.terms
        met = sum(len(words_of(term.text)) for term in terms if not _own_keys(term).isdisjoint(keys))
        return met / (sum(len(words_of(term.text)) for term in terms) or 1)

    def _share_word_for_word(self, keys: frozenset[str]) -> float:
        stems = [stem(word) for term in self.question.terms for word in words_of(term.text)]
        return sum(one in keys for one in stems) / (len(stems) or 1)


def read_topic(text: str, evidence: Evidence) -> Topic:
    """The topic, its typing mistakes mended by the words of the evidence."""
    return Topic(read_question(telling(text), evidence))


def telling(topic: str) -> str:
    """The topic without words that would part other sentences: “AI”, and those of manner, as long as any is left."""
    without_ai = " ".join(_AI.sub(" ", topic).split()) or topic
    thing = " ".join(_MANNER.sub(" ", _PAST_PILOTS.sub(r"\g<stage> to production", without_ai)).split())
    return thing or without_ai


def _own_keys(term: Term) -> frozenset[str]:
    """What a phrase stands for as a whole: of “clinical decision” not what “decision” stands for alone."""
    words = words_of(term.text)
    whole = term.keys.difference(*map(keys_of, words)) if len(words) > 1 else term.keys
    return whole or term.keys


def _keys_of_finding(finding: Finding) -> frozenset[str]:
    return keys_of(f"{finding.measure} {finding.population}")
