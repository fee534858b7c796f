"""Typing mistakes of one letter, mended before a question is read."""

from __future__ import annotations

import re
from collections.abc import Collection

from aidx_assistant.terms import keys_of, stem, thesaurus, words_of

_WORD = re.compile(r"(?<![\w'’-])[A-Za-z]{6,}(?![\w'’-])")
_SHORTEST = 5
"""Of a word that a shorter one is taken for."""


def mended(text: str, known: Collection[str], silent: Collection[str] = ()) -> str:
    """The text with words that one letter makes a known word written so.

    `known` are words of the sources and the thesaurus, `silent` stems that need no mending. Short words and acronyms
    are left alone.
    """
    if not known:
        return text

    def replaced(match: re.Match[str]) -> str:
        return _mended_word(match.group(), known, silent)

    return _WORD.sub(replaced, text)


def _mended_word(written: str, known: Collection[str], silent: Collection[str]) -> str:
    words = words_of(written)
    wrong = words[0] if len(words) == 1 else ""
    if not wrong.isalpha() or wrong in known or stem(wrong) in silent or written[1:].isupper():
        return written
    if stem(wrong) in thesaurus().silent or len(keys_of(wrong)) > 1:
        return written
    forms = {wrong, stem(wrong)}
    alike = (word for word in known if word[0] == wrong[0] and len(word) >= _SHORTEST)
    near = [word for word in alike if any(_is_slip(form, word) for form in forms)]
    if not near or any(keys_of(word) & keys_of(wrong) for word in near):  # another form of a known word
        return written
    return min(near)


def _is_slip(wrong: str, word: str) -> bool:
    """Whether one letter left out, added or replaced, or two neighbours exchanged, makes one word the other."""
    if abs(len(word) - len(wrong)) > 1:
        return False
    one, other = sorted((wrong, word), key=len)
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    rest, other_rest = one[start:], other[start:]
    if len(one) < len(other):
        return rest == other_rest[1:]
    return rest[1:] == other_rest[1:] or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
