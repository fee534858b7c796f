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
_LEAST_WEIGHT = 2.0
"""Two telling words, or a figure: less in common names no source, however short the sentence."""
_FIGURE_WEIGHT = 3.0
_STOP_WORDS = frozenset(
    """about above across according after again against almost along already also although always among another
    because been before being below between both cannot could does done during each either else even every
    from further have having hence here however into itself just less like many merely might more moreover most much
    must need never next none only other others over overall same says several shall should shown since some still
    such than that their them then there therefore these they this those though through thus together toward under
    until upon very well were what when where whereas whether which while whom whose will with within without would
    your yours answer report reports reported source sources study survey index brief""".split()
)


def attributed(draft: Draft, retrieved: Retrieved) -> Draft:
    """The draft with markers behind each sentence that one of the passages holds most of, in words and figures.

    The answer is then checked like any other, and says that the model did not cite; where no sentence is matched, it
    is as it was, without citations.
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
    if not citations:
        return draft
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
    if best is None or best[0] < max(_LEAST_WEIGHT, _LEAST_SHARED * sum(words.values())):
        return None
    return best[1], best[2]


def _sentences(retrieved: Retrieved) -> Iterator[tuple[Passage, int, str]]:
    for item in retrieved.passages:
        for position, text in enumerate(item.passage.sentences):
            yield item.passage, position, text


def _words(text: str) -> dict[str, float]:
    """The telling words of a sentence, without stop words; a figure weighs as much as three words."""
    words = {word.lower() for word in _WORD.findall(text)}
    figures = {word for word in words if word[0].isdigit() and len(word) > 1}
    telling = {word for word in words - _STOP_WORDS if not word[0].isdigit() and len(word) >= _SHORTEST_WORD}
    return {**dict.fromkeys(telling, 1.0), **dict.fromkeys(figures, _FIGURE_WEIGHT)}


def _with_marker(sentence: str, number: int) -> str:
    text = sentence.rstrip()
    body, bar = (text[:-1].rstrip(), " |") if text.endswith("|") else (text, "")
    return f"{body} [{number}]{bar}{sentence[len(text) :]}"
