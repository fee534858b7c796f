"""Words brought to a common form: light stems, British spelling, one name for each class of synonyms."""

from __future__ import annotations

import re
from functools import lru_cache

from aidx_assistant.checking.synonyms import PHRASES, SYNONYMS, WEIGHTLESS

_TOKEN = re.compile(r"[A-Za-z][A-Za-z’']*")
_PHRASES = tuple((re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), f" {name} ") for pattern, name in PHRASES)
_INFORMATION_TECHNOLOGY = re.compile(r"\bIT\b")
_VOWEL = re.compile(r"[aeiouy]")
_ENDINGS = (
    ("isations", "is"), ("isation", "is"), ("ations", "at"), ("ation", "at"), ("ements", ""), ("ement", ""),
    ("ments", ""), ("ment", ""), ("nesses", ""), ("ness", ""), ("ingly", ""), ("edly", ""), ("ies", "y"),
    ("ied", "y"), ("ying", "y"), ("ively", "iv"), ("ally", "al"), ("ings", ""), ("ing", ""), ("ed", ""),
    ("ers", "er"), ("es", ""), ("ly", ""), ("s", ""),
)  # fmt: skip
_SPELLINGS = (
    (re.compile(r"iz(?=(?:e|ed|es|ing|ation|ations)$)"), "is"),
    (re.compile(r"(?<=[a-z]{2})our(?=s?$|ed$|ing$|ably$|able$)"), "or"),
    (re.compile(r"(?<=[a-z][tb])re(?=s?$)"), "er"),
    (re.compile(r"ae(?=d|sth|mo|c)"), "e"),
    (re.compile(r"(?<=licen)ce(?=s?$|d$)"), "se"),
)
"""Two spellings of one word: organize, favour, centre, paediatric, licence. `terms.py` has rules of its own, with whose
stems the thesaurus and the fitted weights were made; with these the synonyms of checks were.
"""
_NO_ENDINGS = {"s": ("ss", "us", "is"), "ly": ("ply",)}
"""What only looks like an ending: "focus", "apply"."""
_SHORTEST_STEM = 3


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A light stem: endings off, British and American spellings alike, doubled consonants single."""
    word = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and not word.endswith(_NO_ENDINGS.get(ending, ())):
            left = word[: -len(ending)] + replacement
            if len(left) >= _SHORTEST_STEM and _VOWEL.search(left):
                word = left
                break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM else word


_CLASSES: dict[str, tuple[str, ...]] = {}
for _name, _words in SYNONYMS:
    for _word in _words.split():
        _CLASSES[stem(_word)] = (*_CLASSES.get(stem(_word), ()), _name)
_WITHOUT_WEIGHT = frozenset(stem(word) for word in WEIGHTLESS.split())


@lru_cache(maxsize=4096)
def _concepts_of_word(word: str) -> tuple[str, ...]:
    if word.isupper() and word.lower() in _PHRASE_NAMES:
        return (word.lower(),)
    root = stem(word)
    if root in _WITHOUT_WEIGHT or len(root) == 1:
        return ()
    return _CLASSES.get(root, (root,))


_PHRASE_NAMES = frozenset(name.lower() for _, names in PHRASES for name in names.split()) | {"infotech"}


@lru_cache(maxsize=2048)
def concepts(text: str) -> frozenset[str]:
    """The content words of a text as stems, synonyms under one name, function words left out."""
    text = _INFORMATION_TECHNOLOGY.sub(" INFOTECH ", text)
    for pattern, name in _PHRASES:
        text = pattern.sub(name, text)
    return frozenset(concept for word in _TOKEN.findall(text) for concept in _concepts_of_word(word))
