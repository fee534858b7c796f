"""How much of a query stands in one sentence."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from aidx_assistant.retrieval.wording import Wording, words_of_query


def shares_in_one_sentence(query: str, passages: Sequence[Wording]) -> list[float]:
    """How much of a query's words the best sentence of each passage has together with its heading: 0 to 1, which the
    passage gets whose sentence has most.

    A word counts as much as it is rare among these sentences, by BM25's measure (Robertson and Zaragoza 2009, "The
    Probabilistic Relevance Framework").
    """
    wanted = frozenset(words_of_query(query))
    held = [list(filter(None, map(wanted.intersection, one.sentences))) for one in passages]
    holders = Counter(chain.from_iterable(chain.from_iterable(held)))
    count = sum(len(one.sentences) for one in passages)
    rarity = {word: math.log(1 + (count - holders[word] + 0.5) / (holders[word] + 0.5)) for word in wanted}

    def share(words: frozenset[str]) -> float:
        return math.fsum(map(rarity.__getitem__, words))  # exact, so that the order in a set does not matter

    best = [
        max(map(share, {wanted & one.heading | words for words in each or [frozenset()]}))
        for one, each in zip(passages, held, strict=True)
    ]
    highest = max(best, default=0.0)
    return [each / highest for each in best] if highest else best
