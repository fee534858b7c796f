"""The noun that a count counts, read from the words that follow it."""

from __future__ import annotations

import re

from aidx_assistant.vocabulary.bodies import PLURALS_WITHOUT_S
from aidx_assistant.vocabulary.grammar import COMMONEST
from aidx_assistant.vocabulary.numbers import TWO_TO_TEN

_WORD = re.compile(r"[\s*_]*([A-Za-z][A-Za-z’'-]*)")
_STOPS = COMMONEST | frozenset(
    "across against also among because but comes each gives goes he her him his lets makes more other over per"
    " percent points s say says sees so takes them there those thus under us uses versus vs which while whose within"
    " yes".split()
)
_IRREGULAR = frozenset((*PLURALS_WITHOUT_S, "personnel", "criteria", "companies", "series"))
_NOT_PLURAL = re.compile(r"(?:ss|us|is|’s|'s)$|^(?:various|perhaps|across|always|sometimes|plus|less|versus)$")
_OF_THESE = re.compile(
    r"\s+of\s+(?:the|these|those|all|its|their)\s+"
    rf"(?:(?:\d+|{TWO_TO_TEN})\s+)?(?=[a-z])",
    re.IGNORECASE,
)
_REACH = 5


def counted_noun(text: str, end: int, singular: bool = False) -> str:
    """The plural noun (after 1: any noun) counted by a number that ends at `end`, lower case, or empty.

    "59 separate jobs-to-be-done" and "two of the three jobs" give "jobs"; reading stops at a function
    word or any punctuation.
    """
    last = ""
    if of_these := _OF_THESE.match(text, end):
        end = of_these.end()
    for _ in range(_REACH):
        match = _WORD.match(text, end)
        if match is None:
            break
        word = match[1].lower()
        head = word.split("-")[0] if "-to-" in word else word
        if word in _STOPS:
            break
        if head in _IRREGULAR or (head.endswith("s") and len(head) > 2 and not _NOT_PLURAL.search(head)):
            return head
        last = head
        end = match.end()
    return last if singular else ""
