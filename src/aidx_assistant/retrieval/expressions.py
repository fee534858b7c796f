"""What FTS5 is asked: for the words of a query and for how near they stand, and for the words of what was found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from aidx_assistant.evidence import Passage
from aidx_assistant.library.word_rows import OR

FUNCTION_WORDS = frozenset(
    "a an and any are as at be been but by can could did do does for from had has have how i if in into is it its may"
    " more must my no not of on or other our some such than that the their them then there these they this those to"
    " us use used using was we were what when where which while who whom whose why will with would you your".split()
)
"""Words that stand in every text; a query of nothing else is asked with them."""
_NEAR = 10
"""How many words may stand between two that follow each other in a query, so that they count once more."""
_FEEDBACK_WORDS = 10
_WORD = re.compile(r"\w+")
_TELLING = re.compile(r"[^\W\d_]\w{2,}")


def match_expression(query: str) -> str:
    """An FTS5 expression that finds any of the query's words, and scores neighbours in the query that stand together
    in the text; every word is quoted, so nothing is an operator.

    Pairs of neighbours beside single words follow Metzler and Croft (2005), "A Markov Random Field Model for Term
    Dependencies".
    """
    words = _WORD.findall(query.lower())
    telling = [word for word in words if word not in FUNCTION_WORDS] or words
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
        text = f"{passage.locator.heading or ''} {passage.text}".lower()
        words = [word for word in _TELLING.findall(text) if word not in FUNCTION_WORDS]
        for word, times in Counter(words).items():
            shares[word] += counts_for * times / len(words)  # type: ignore[assignment]
    return OR.join(f'"{word}"' for word, _ in shares.most_common(_FEEDBACK_WORDS)) or '""'
