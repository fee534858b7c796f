"""Finds the sentences an answer rests on where the model did not cite any, as many compatible servers do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from aidx_assistant.answering.draft import Draft, Retrieved, citation
from aidx_assistant.answers import Citation
from aidx_assistant.evidence import Passage

_END_OF_SENTENCE = re.compile(r"(?<=[.!?])(?=\s+[A-Z“\"*(\d])|(?=\n)")
_WORD = re.compile(r"\w+%?")
_SHORTEST_WORD = 4
_LEAST_SHARED = 0.3
"""Share of an answer sentence's words and figures that a sentence must hold to be named as what it rests on."""


def attributed(draft: Draft, retrieved: Retrieved) -> Draft:
    """The draft with markers behind each sentence that one of the passages holds most of, in words and figures.

    The answer is then checked like any other, and says that the model did not cite.
    """
    citations: dict[tuple[str, int], Citation] = {}
    marked = []
    for sentence in _END_OF_SENTENCE.split(draft.text):
        place = _most_alike(sentence, retrieved)
        if place is None:
            marked.append(sentence)
            continue
        passage, position = place
        known = citations.setdefault(
            (passage.id, position),
            citation(len(citations) + 1, passage, position, position + 1, retrieved.sources[passage.source_id]),
        )
        marked.append(_with_marker(sentence, known.number))
    return replace(draft, text="".join(marked), citations=tuple(citations.values()), cited_by_model=False)


def _most_alike(sentence: str, retrieved: Retrieved) -> tuple[Passage, int] | None:
    words = _words(sentence)
    if not words:
        return None
    best: tuple[float, Passage, int] | None = None
    for passage, position, text in _sentences(retrieved):
        shared = sum(weight for word, weight in words.items() if word in _words(text))
        if best is None or shared > best[0]:
            best = (shared, passage, position)
    if best is None or best[0] < _LEAST_SHARED * sum(words.values()):
        return None
    return best[1], best[2]


def _sentences(retrieved: Retrieved) -> Iterator[tuple[Passage, int, str]]:
    for item in retrieved.passages:
        for position, text in enumerate(item.passage.sentences):
            yield item.passage, position, text


def _words(text: str) -> dict[str, float]:
    """The telling words of a sentence; a figure weighs as much as three words."""
    words = (word.lower() for word in _WORD.findall(text))
    return {
        word: 3.0 if word[0].isdigit() else 1.0 for word in words if word[0].isdigit() or len(word) >= _SHORTEST_WORD
    }


def _with_marker(sentence: str, number: int) -> str:
    text = sentence.rstrip()
    body, bar = (text[:-1].rstrip(), " |") if text.endswith("|") else (text, "")
    return f"{body} [{number}]{bar}{sentence[len(text) :]}"
