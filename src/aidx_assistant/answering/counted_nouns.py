"""What a question wants counted: the noun after "how many" or "what share of"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aidx_assistant.terms import keys_of, terms_of
from aidx_assistant.vocabulary.bodies import PEOPLE
from aidx_assistant.vocabulary.grammar import AUXILIARIES
from aidx_assistant.vocabulary.numbers import SHARE
from aidx_assistant.vocabulary.times import TIME_UNITS

_COUNTED = re.compile(
    r"(?:how (?:many|much)|how (?:large|big|high) (?:is|are|was|were)"
    rf"|(?:{SHARE}|number(?! one\b)|rate|%)(?: of)?)"
    r"\s+(?:(?:in|out\s+of)\s+(?:a|one|every)\s+hundred\s+)?(?:of\s+)?(?P<noun>(?:[\w'’-]+\s*){1,4})",
    re.IGNORECASE,
)
_END_OF_NOUN = re.compile(
    rf"\b(?:{AUXILIARIES}|had|that|who|which|for|in|to|with|at|by|on|than|across"
    r"|already|ever|actually|still|now|gets?|got|gone|sees?|says?|said|thinks?|believes?|expects?|reckons?|reports?"
    r"|earns?|wants?|prefers?|feels?|considers?|anticipates?|foresees?|predicts?|makes?|made|reach(?:es)?|goes|go"
    r"|calls?|names?|rates?|regards?|filled|ends?|ended|winds?|turns?|turned|lands?|becomes?|became|stays?|remains?|survives?|agrees?|rel(?:y|ies)|and|or|took|takes?|answered)\b",
    re.IGNORECASE,
)
_TIME_UNIT = re.compile(rf"(?:{TIME_UNITS}|second)s?\b", re.IGNORECASE)
_PEOPLE = re.compile(r"\b(?:people|persons|folks?|ones)\b", re.IGNORECASE)
_PLURAL = re.compile(rf"[\w-]*[^siu\W\d]s|{PEOPLE}", re.IGNORECASE)


def counted(text: str) -> frozenset[str]:
    """Keys of what figures are asked of, and of what may follow it."""
    return _keys(_nouns(text))


def those_counted(text: str) -> frozenset[str]:
    """Keys of what is counted up to its noun, which is a plural: what follows that is what they do."""
    return _keys(map(_up_to_plural, _nouns(text)))


def _nouns(text: str) -> Iterator[str]:
    for match in _COUNTED.finditer(text):
        if not _TIME_UNIT.match(match["noun"]):
            yield _END_OF_NOUN.split(match["noun"])[0]


def _up_to_plural(noun: str) -> str:
    """The words up to the last of the first plurals: claims managers, but agencies that use."""
    words = noun.split()
    plural = [bool(_PLURAL.fullmatch(word)) for word in words]
    first = plural.index(True) if True in plural else len(words)
    return " ".join(words[: next((place for place in range(first, len(words)) if not plural[place]), len(words))])


def _keys(nouns: Iterable[str]) -> frozenset[str]:
    keys: set[str] = set()
    for noun in nouns:
        for term in terms_of(noun):
            keys |= term.keys
        if keys and _PEOPLE.search(noun):
            keys |= keys_of("respondent")
    return frozenset(keys)
