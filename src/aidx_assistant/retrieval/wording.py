"""The words of queries and passages."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from aidx_assistant.evidence import Passage
from aidx_assistant.vocabulary.grammar import COMMONEST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FUNCTION_WORDS = COMMONEST | frozenset(
    "any but could how i more must my no not other some such them there these those us use used using where which"
    " while whose why you your".split()
)
"""Words that stand in every text; a query of nothing else is asked with them."""
_SHORTEST = 3
"""Letters of a word that tells what a text is about."""
_KEPT = 2048
"""Passages whose words are kept, ten kilobytes each. What is asked next is mostly answered from the same ones."""


class _Blanks(dict[int, str]):
    """What `str.translate` makes of a character, by its code: a blank unless it is part of words."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = character if character.isalnum() or character == "_" else " "
        return self[code]


_BLANKS = _Blanks()


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a passage in small letters."""

    heading: frozenset[str]
    sentences: tuple[frozenset[str], ...]
    times: Mapping[str, int]
    """How often each word stands in the heading and the sentences; without function words, figures and what is very
    short."""
    numbers: NDArray[np.uint32]
    """The CRC-32 of each of these words: of four thousand million, so that two words seldom share one."""
    logs: NDArray[np.float64]
    """log(1 + how often) of each."""
    length: int
    """How many there are, each as often as it stands there."""


def words_of_query(query: str) -> tuple[str, ...]:
    """The words of a query in their order, in small letters; function words only where it has no others."""
    words = _words(query)
    return tuple(word for word in words if word not in FUNCTION_WORDS) or tuple(words)


@lru_cache(_KEPT)
def wording(passage: Passage) -> Wording:
    """The words of a passage, read once as long as it is among the last that were asked for."""
    import numpy as np

    heading, *sentences = (_words(text) for text in (passage.locator.heading or "", *passage.sentences))
    times = {
        word: count
        for word, count in Counter(chain(heading, *sentences)).items()
        if word not in FUNCTION_WORDS and len(word) >= _SHORTEST and word[0].isalpha()
    }
    numbers = np.fromiter(map(zlib.crc32, map(str.encode, times)), np.uint32, len(times))
    logs = np.log1p(np.fromiter(times.values(), np.float64, len(times)))
    return Wording(frozenset(heading), tuple(map(frozenset, sentences)), times, numbers, logs, sum(times.values()))


def _words(text: str) -> list[str]:
    # Several times as fast as a regular expression, and retrieval reads fifty passages for a question.
    return text.lower().translate(_BLANKS).split()
