"""How well passages fit by the words of the best of them."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Sequence

from aidx_assistant.retrieval.wording import Wording

_WORDS = 11
"""How many of the words that the best have most of are looked for."""
_SATURATION, _FOR_LENGTH = 1.2, 0.75
"""BM25's k1 and b, as FTS5 has them."""


def feedback(passages: Sequence[Wording], counts_for: Sequence[float]) -> list[float]:
    """The score of each passage by the words that the first of them have most of, one for each of `counts_for`: what
    the words of that passage count for.

    A text that fits a query tells how such texts are worded: pseudo-relevance feedback, after Lavrenko and Croft
    (2001), "Relevance-Based Language Models", with the words all alike. They are scored by BM25 among these passages
    alone, a word in the heading once more, and as rare as log(1 + passages / how many have it).
    """
    shares: dict[str, float] = defaultdict(float)
    for passage, each in zip(passages, counts_for, strict=False):
        share = each / (passage.length or 1)
        for word, count in passage.times.items():
            shares[word] += count * share
    words = heapq.nlargest(_WORDS, shares, key=shares.__getitem__)
    holders = [sum(word in passage.times for passage in passages) for word in words]
    rarity = {word: math.log(1 + len(passages) / count) for word, count in zip(words, holders, strict=True)}
    mean = sum(passage.length for passage in passages) / (len(passages) or 1)
    return [_bm25(passage, rarity, passage.length / (mean or 1)) for passage in passages]


def _bm25(passage: Wording, rarity: dict[str, float], length: float) -> float:
    """`length`: of the passage, as a multiple of the mean."""
    damping = _SATURATION * (1 - _FOR_LENGTH + _FOR_LENGTH * length)
    times = {word: passage.times[word] + (word in passage.heading) for word in rarity if word in passage.times}
    return sum(rarity[word] * count * (_SATURATION + 1) / (count + damping) for word, count in times.items())
