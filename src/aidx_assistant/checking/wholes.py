"""Whom or what a share is a share of, by the noun beside it: a claim may give it of nothing that is not counted."""

from __future__ import annotations

import re
from functools import lru_cache

from aidx_assistant.checking.shares import is_of_others
from aidx_assistant.checking.stages import PILOTS
from aidx_assistant.checking.words import concepts
from aidx_assistant.vocabulary.bodies import LEADERS, ORGANISATIONS, PLURAL, SEGMENT_BODIES

_OF = re.compile(r"^\s*(?:of|among)\s+(?P<words>[^,;:.()\[\]—–]*)", re.IGNORECASE)
_OF_BEFORE = re.compile(r"(?:^|[.;:]\s*)\W*(?:of|among)\s+(?P<words>[^,;:.()]+),?\s+(?:[a-z]+\s+){0,2}$", re.IGNORECASE)
_ENDS = frozenset(
    "in at by from for on with within into to that who which whose have has had are is was were will would can could"
    " may do does did say said see saw think expect believe and or but as than over across through after before"
    " them whom which it us these first second former latter other others ones".split()
)
"""Words that no name of a whole goes on beyond, and those that stand for one named elsewhere."""
_PLURAL = re.compile(rf"{PLURAL}|people|spending", re.IGNORECASE)
_NO_NOUNS = frozenset("its this various across always perhaps previous numerous famous serious".split())
_PEOPLE = re.compile(rf"\b(?:{LEADERS}|managers?|directors?|decision[-\s]makers?)\b", re.IGNORECASE)
_BODIES = re.compile(rf"\b(?:{ORGANISATIONS}|{SEGMENT_BODIES}|systems?)\b", re.IGNORECASE)
_ORGANISATIONS = re.compile(ORGANISATIONS, re.IGNORECASE)
_SAYING = re.compile(r"\b(?:say|says|said|report(?:s|ed)?|tell|told|stated?|works?|working)\b", re.IGNORECASE)
_TRIED = re.compile(
    rf"\b(?:{PILOTS}|pilot\w*|projects?|trials?|experiment\w*|conver\w+|graduat\w*|scal\w+)\b",
    re.IGNORECASE,
)
_THEIR_OWN = re.compile(
    r"\b(?:their|our|its)\s+(?:own\s+)?(?:organi[sz]ation|compan|hospital|health\s+system|health\s+plan|firm|employer)\w*",
    re.IGNORECASE,
)
"""Whom those speak for who say something of their own."""
_LONGEST = 6
"""Words of a whole's name that are looked at."""


@lru_cache(maxsize=4096)
def whole_of(text: str, start: int, end: int) -> str | None:
    """The noun that the share from `start` to `end` of a text is of, where one is told beside it.

    "of clinical decisions" after it has "decisions"; "Among large providers," before it has "providers".
    """
    name = whole_named(text, start, end)
    return name.split()[-1] if name else None


@lru_cache(maxsize=4096)
def whole_named(text: str, start: int, end: int) -> str | None:
    """The same with the words before the noun: "clinical decisions"."""
    told = _OF.match(text[end:]) or _OF_BEFORE.search(text[:start])
    return _name(told["words"]) if told else None


def _name(words: str) -> str | None:
    found = words.split()[:_LONGEST]
    for place, word in enumerate(found):
        if word.lower() in _ENDS:
            return None
        if _PLURAL.fullmatch(word) and word.lower() not in _NO_NOUNS:
            return " ".join(found[: place + 1])
    return None


def is_of_what_is_said(noun: str, population: str, said: str) -> bool:
    """Whether a claim takes a share of what the source only has in what it says of those that it counts.

    So with "85% of clinical decisions will change", where 85% of leaders (`population`) expect that of them, and with
    startups that others prefer. `said`: the source's sentence.
    """
    own = concepts(noun)
    if not population or own & concepts(population) or _PEOPLE.fullmatch(noun) or _BODIES.fullmatch(noun):
        return False
    return is_of_others(noun) or (bool(own) and own <= concepts(said))


def makes_people_of_bodies(noun: str, around: str, population: str) -> bool:
    """Whether a claim says of executives what the source says of organisations: "57% of executives have a committee".

    Not where the claim names organisations too, or says that the executives only tell it.
    """
    if not _PEOPLE.fullmatch(noun) or not _BODIES.search(population) or _PEOPLE.search(population):
        return False
    return not (_BODIES.search(around) or _SAYING.search(around))


def makes_bodies_of_people(noun: str, around: str, population: str, sentence: str) -> bool:
    """Whether a claim says of organisations what in the source's sentence people say: "at 60% of organisations".

    Not where the claim names people too, or says that the organisations only tell it, nor where people tell it of their
    own. A segment's name stands for its leaders as well.
    """
    if not _ORGANISATIONS.fullmatch(noun) or not _PEOPLE.search(population) or _BODIES.search(population):
        return False
    if _THEIR_OWN.search(sentence):
        return False
    return bool(_SAYING.search(sentence)) and not (_PEOPLE.search(around) or _SAYING.search(around))


def makes_bodies_of_pilots(noun: str, around: str, stated_base: str | None) -> bool:
    """Whether a claim says of organisations or people what the source says of proofs of concept, and names none.

    "46% of large providers get proofs of concept into production" is usual shorthand; "46% of large providers are in
    production" says something else.
    """
    is_of_bodies = bool(_BODIES.fullmatch(noun) or _PEOPLE.fullmatch(noun))
    return stated_base == "pilots" and is_of_bodies and not _TRIED.search(around)
