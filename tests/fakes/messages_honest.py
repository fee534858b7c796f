"""A stand-in for the model that says only what the evidence says: it repeats and cites matching sentences."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.fakes.messages_requests import question_of, search_results
from tests.fakes.messages_script import AS_THE_API_DOES, DECLINE, Cite, Delivery, Received, Reply, Text

_MOST_SENTENCES = 3
_LEAST_SHARED = 2
_WITHOUT_MEANING = frozenset(
    "a an and are as at be by do does for from had has have how in into is it its many much of on or our should so "
    "than that the their them there they this to was we were what when where which who whom why will with you".split()
)


def honest(*, delivery: Delivery = AS_THE_API_DOES, ignores_citations: bool = False) -> Callable[[Received], Reply]:
    """An answerer for any request: up to three sentences that share most words with the question, cited.

    It declines where no sentence shares two words with the question (or all, if it has fewer than two).
    """

    def answer(request: Received) -> Reply:
        pieces = _matching_sentences(request)
        content = tuple(piece for sentence in pieces for piece in (Text(" "), sentence))[1:]
        return Reply(content or (Text(DECLINE),), delivery=delivery, ignores_citations=ignores_citations)

    return answer


def _matching_sentences(request: Received) -> list[Text]:
    asked = _words(question_of(request.body))
    least = max(1, min(_LEAST_SHARED, len(asked)))
    scored: dict[str, tuple[int, Cite]] = {}
    for at, result in enumerate(search_results(request.body)):
        for number, block in enumerate(result["content"]):
            shared = len(asked & _words(block["text"]))
            if shared >= least:
                scored.setdefault(block["text"], (shared, Cite(at, number, number + 1)))
    best = sorted(scored.items(), key=lambda item: -item[1][0])[:_MOST_SENTENCES]
    return [Text(text, (cite,)) for text, (_, cite) in best]


def _words(text: str) -> set[str]:
    """Words that carry meaning, without a plural's ending."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {word.removesuffix("s") for word in words} - _WITHOUT_MEANING
