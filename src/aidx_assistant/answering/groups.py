"""Narrower groups than the segments: which of them a text speaks of."""

from __future__ import annotations

from collections.abc import Collection

from aidx_assistant.terms import Term, stem, thesaurus, words_of

_SHORTEST = 5
"""Letters that two words must share from their beginning on to be forms of one: biotech, biotechnology."""


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
    return len(word) >= _SHORTEST and any(
        key.startswith(word) or (word.startswith(key) and len(key) >= _SHORTEST) for key in held
    )
