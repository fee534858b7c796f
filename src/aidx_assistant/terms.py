"""Words to keys: stems, and the concepts of the thesaurus that words and phrases stand for."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from aidx_assistant.vocabulary.numbers import UNITS

_WORD = re.compile(r"[a-z0-9]+(?:\.\d+)?")
_NUMBERS = {word: str(value) for value, word in enumerate((*UNITS[2:], "twenty"), start=2)} | {"decade": "10"}
_IRREGULAR = (
    {"publication": "publish", "publications": "publish", "willing": "willing"}
    | {work: work for work in ("reporting", "sourcing", "sharing", "staging", "rating", "mining", "timing")}
    | {"satisfied": "satisfact", "satisfies": "satisfact", "satisfy": "satisfact"}
    | {"note": "note", "notes": "note", "station": "station", "stations": "station"}
)
"""Stems that the rules below would confuse with those of other words: of silent ones too, as in “AI for reporting” and
“care notes”, which are not “not”."""
_SPELLINGS = (
    ("is", re.compile(r"is(?=(?:ation|ations|e|es|ed|ing|er|ers)$)"), "iz"),
    ("our", re.compile(r"(?<=[a-z]{3})our(?=$|s$|ed$|ing$|able$)"), "or"),
    ("tre", re.compile(r"tre(?=s?$)"), "ter"),
    ("mme", re.compile(r"mme(?=s?$)"), "m"),
    ("ence", re.compile(r"ence(?=s?$)"), "ense"),
    ("sc", re.compile(r"^sc(?=eptic)"), "sk"),
)
"""What a word must contain comes first: most words are so left alone at once. The checks have rules of their own, for
stems in British spelling (`checking/words.py`).
"""
_ENDINGS = (
    (re.compile(r"ies$"), "y", 3),
    (re.compile(r"(?<=ss)es$"), "", 3),
    (re.compile(r"(?<![su])s$"), "", 3),
)
_SUFFIXES = (
    (re.compile(r"(?:ization|izing|ized|izer|ize)$"), "iz", 3),
    (re.compile(r"(?:ational|ations?|ative|ating|ated|ator|ate)$"), "", 4),
    (re.compile(r"(?:ment|ness)$"), "", 4),
    (re.compile(r"(?<=[ts])ions?$"), "", 4),
    (re.compile(r"ally$"), "al", 3),
    (re.compile(r"ly$"), "", 4),
    (re.compile(r"(?:ing|ed)$"), "", 3),
    (re.compile(r"e$"), "", 3),
)
_ACRONYMS = re.compile(r"\bIT\b|\bC(?:[EFIMNOT]|IS|MI)O(?=s?\b)|\bU\.?S\.?(?:A\.?)?(?![\w.])")
_MEANINGS = {
    "IT": "information technology",
    "US": "united states",
    "USA": "united states",
    "CEO": "chief executive officer",
    "CFO": "chief financial officer",
    "CIO": "chief information officer",
    "CISO": "chief information security officer",
    "CMIO": "chief medical information officer",
    "CMO": "chief medical officer",
    "CNO": "chief nursing officer",
    "COO": "chief operating officer",
    "CTO": "chief technology officer",
}
"""Of those that are words as well, or are as often written out."""
_SHARED = 5
"""Letters that two words must share from their beginning on to be forms of one: biotech, biotechnology."""
CONCEPT = "="
"""The first character of a concept's key; a stem has none."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of a text with the keys by which it is recognised elsewhere."""

    text: str
    keys: frozenset[str]
    narrowing: bool = False
    """Whether only what has it too can answer."""


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """The thesaurus, its words as stems. Phrases are listed under their first stem, longest first."""

    words: dict[str, frozenset[str]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]
    narrowing: frozenset[str]
    apart: frozenset[str]
    """Those of which each word means another group."""
    counted: dict[str, frozenset[str]]
    silent: frozenset[str]
    written: frozenset[str]
    """All its words as they are written."""


def words_of(text: str) -> list[str]:
    """Lower-case words without accents; number words up to twenty as digits, hyphens and apostrophes as gaps."""
    spelled_out = _ACRONYMS.sub(lambda match: _MEANINGS[match.group().replace(".", "")], text)
    plain = spelled_out.lower()
    if not plain.isascii():
        plain = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", plain)).replace("’", "'")
    plain = re.sub(r"'s\b", "", plain).replace("'", "")
    return [_NUMBERS.get(word, word) for word in _WORD.findall(plain)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A light stem: American spelling, singular, without the commonest endings."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for contained, pattern, replacement in _SPELLINGS:
        if contained in word:
            word = pattern.sub(replacement, word)
    for pattern, replacement, shortest in _ENDINGS:
        shorter = pattern.sub(replacement, word)
        if shorter != word and len(shorter) >= shortest:
            word = shorter
            break
    for pattern, replacement, shortest in _SUFFIXES:
        shorter = pattern.sub(replacement, word)
        if shorter != word and len(shorter) - len(replacement) >= shortest:
            word = shorter
            break
    word = re.sub(r"([bdfgmnprt])\1$", r"\1", word)
    return re.sub(r"y$", "i", word.removesuffix("e") if len(word) > 4 else word)


@cache
def thesaurus() -> Thesaurus:
    """The thesaurus beside this module, read once."""
    tables = tomllib.loads((Path(__file__).parent / "thesaurus.toml").read_text(encoding="utf-8"))
    silent_words = words_of(tables["silent"]["words"])
    silent = frozenset(stem(word) for word in silent_words)
    words: dict[str, set[str]] = {}
    phrases: dict[tuple[str, ...], set[str]] = {}
    entries_of = (*tables["concepts"].items(), *tables["narrowing"].items())
    for name, entries in entries_of:
        for entry in entries:
            stems = tuple(stem(word) for word in words_of(entry))
            if len(stems) == 1 and (stems[0] not in silent or entry in silent_words):
                words.setdefault(stems[0], set()).add(CONCEPT + name)
            elif len(stems) > 1:
                phrases.setdefault(stems, set()).add(CONCEPT + name)
    by_first: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for stems, names in sorted(phrases.items(), key=lambda item: -len(item[0])):
        by_first.setdefault(stems[0], []).append((stems, frozenset(names)))
    return Thesaurus(
        words={word: frozenset(names) for word, names in words.items()},
        phrases={first: tuple(entries) for first, entries in by_first.items()},
        narrowing=frozenset(CONCEPT + name for name in tables["narrowing"]),
        apart=frozenset(CONCEPT + name for name in tables["apart"]["groups"]),
        counted={
            kind: frozenset(CONCEPT + n if n in tables["concepts"] else stem(n) for n in names)
            for kind, names in tables["counted"].items()
        },
        silent=silent,
        written=frozenset(words_of(" ".join([*silent_words, *(e for _, es in entries_of for e in es)]))),
    )


def terms_of(text: str) -> tuple[Term, ...]:
    """The telling words and phrases of a text, in order, longest phrases first; silent words are left out."""
    words = words_of(text)
    stems = [stem(word) for word in words]
    terms = []
    position = 0
    while position < len(stems):
        length, keys = _longest_phrase(stems, position)
        narrowing = frozenset(keys & thesaurus().narrowing)
        if length > 1 or stems[position] not in thesaurus().silent:
            terms.append(Term(" ".join(words[position : position + length]), keys, bool(narrowing)))
        position += length
    return tuple(terms)


@lru_cache(maxsize=20_000)
def keys_of(text: str) -> frozenset[str]:
    """Every stem of a text, and every concept that its words and phrases stand for.

    A word inside a phrase stands for nothing by itself: "big tech" is not big.
    """
    known = thesaurus()
    stems = [stem(word) for word in words_of(text)]
    keys = set(stems)
    inside: set[int] = set()
    for position, first in enumerate(stems):
        for phrase, names in known.phrases.get(first, ()):
            if tuple(stems[position : position + len(phrase)]) == phrase:
                keys |= names
                if not names <= known.narrowing:
                    inside.update(range(position, position + len(phrase)))
    for position, word in enumerate(stems):
        if position not in inside and word in known.words:
            keys |= known.words[word]
    return frozenset(keys)


def _longest_phrase(stems: list[str], position: int) -> tuple[int, frozenset[str]]:
    """How many words the longest known phrase at a position has, and its keys; one word where none is known."""
    first = stems[position]
    for phrase, names in thesaurus().phrases.get(first, ()):
        if tuple(stems[position : position + len(phrase)]) == phrase:
            return len(phrase), names
    return 1, frozenset({first}) | thesaurus().words.get(first, frozenset())


def speaks_of(held: Collection[str], term: Term) -> bool:
    """Whether a text with these keys speaks of the group that a term names.

    By another word for it, unless such words mean other groups: a nursing home is no hospice.
    """
    known = thesaurus()
    concepts = term.keys & known.narrowing
    if concepts.isdisjoint(held):
        return False
    if not concepts <= known.apart:
        return True
    return all(_is_held(stem(word), held) for word in words_of(term.text))


def _is_held(word: str, held: Collection[str]) -> bool:
    if word in held:
        return True
    return len(word) >= _SHARED and any(
        key.startswith(word) or (word.startswith(key) and len(key) >= _SHARED) for key in held
    )
