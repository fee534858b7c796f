"""How much of a query stands in one sentence."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from aidx_assistant.evidence import Passage
from aidx_assistant.retrieval.wording import wording, words_of_query


def shares_in_one_sentence(query: str, passages: Sequence[Passage]) -> list[float]:
    """How much of a query's words the best sentence of each passage has together with its heading: 0 to 1, which the
    passage gets whose sentence has most.

    A word counts as much as it is rare among these sentences, by BM25's measure (Robertson and Zaragoza 2009, "The
    Probabilistic Relevance Framework").
    """
    wanted = tuple(dict.fromkeys(words_of_query(query)))
    wordings = [wording(passage) for passage in passages]
    holders = Counter(word for one in wordings for words in one.sentences for word in wanted if word in words)
    count = sum(len(one.sentences) for one in wordings)
    rarity = {word: math.log(1 + (count - holders[word] + 0.5) / (holders[word] + 0.5)) for word in wanted}

    def share(heading: frozenset[str], words: frozenset[str]) -> float:
        return sum(rarity[word] for word in wanted if word in words or word in heading)

    best = [max((share(one.heading, words) for words in one.sentences), default=0.0) for one in wordings]
    highest = max(best, default=0.0)
    return [each / highest for each in best] if highest else best
