"""What FTS5 is asked: for the words of a query, and for how near they stand."""

from __future__ import annotations

from aidx_assistant.library.word_rows import OR
from aidx_assistant.retrieval.wording import words_of_query

_NEAR = 10
"""How many words may stand between two that follow each other in a query, so that they count once more."""


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
