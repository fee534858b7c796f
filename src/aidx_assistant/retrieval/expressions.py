"""What FTS5 is asked: for the words of a query and for how near they stand, and for the words of what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from aidx_assistant.evidence import Passage
from aidx_assistant.library.word_rows import OR
from aidx_assistant.retrieval.wording import wording, words_of_query

_NEAR = 10
"""How many words may stand between two that follow each other in a query, so that they count once more."""
_FEEDBACK_WORDS = 12


def match_expression(query: str) -> str:
    """An FTS5 expression that finds any of the query's words, and scores neighbours in the query that stand together
    in the text; every word is quoted, so nothing is an operator.

    Pairs of neighbours beside single words follow Metzler and Croft (2005), "A Markov Random Field Model for Term
    Dependencies".
    """
    telling = words_of_query(query)
    pairs = dict.fromkeys(pair for pair in zip(telling, telling[1:], strict=False) if pair[0] != pair[1])
    near = [f'NEAR("{first}" "{second}", {_NEAR})' for first, second in pairs]
    return OR.join([*(f'"{word}"' for word in dict.fromkeys(telling)), *near]) or '""'


def feedback_expression(found: Iterable[tuple[Passage, float]]) -> str:
    """An FTS5 expression for the words that passages have most of, each passage with what it counts.

    A text that fits a query tells how such texts are worded: pseudo-relevance feedback, after Lavrenko and Croft
    (2001), "Relevance-Based Language Models", with the words all alike; how rare each is BM25 sees to.
    """
    shares: Counter[str] = Counter()
    for passage, counts_for in found:
        times = wording(passage).times
        each = counts_for / (sum(times.values()) or 1)
        for word, count in times.items():
            shares[word] += count * each  # type: ignore[assignment]
    return OR.join(f'"{word}"' for word, _ in shares.most_common(_FEEDBACK_WORDS)) or '""'
