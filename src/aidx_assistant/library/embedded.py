"""What of a passage is embedded, and what of it a question does not have to wait for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, compress
from typing import TYPE_CHECKING

from aidx_assistant.evidence import Passage
from aidx_assistant.library.embedding import Embedder
from aidx_assistant.library.known_vectors import KnownVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FEW = 32
"""So many passages, of six sentences each, are embedded in four seconds on two cores."""


_HEADING = 0.3
"""What a heading counts beside the whole text, which begins with it: what a passage is about stands there."""


def vectors(passages: Sequence[Passage], embedder: Embedder) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What the index holds of passages: a vector of each, and those of their sentences, in the same order."""
    import numpy as np

    whole = embedder.embed([embedded_text(passage) for passage in passages])
    for heading, vector in _of_headings(passages, embedder):
        headed = [position for position, passage in enumerate(passages) if passage.locator.heading == heading]
        mixed = whole[headed] + _HEADING * vector
        whole[headed] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    sentences = embedder.embed([text for passage in passages for text in passage.sentences])
    return whole, sentences


def _of_headings(passages: Sequence[Passage], embedder: Embedder) -> Iterable[tuple[str, NDArray[np.float32]]]:
    headings = list(dict.fromkeys(passage.locator.heading for passage in passages if passage.locator.heading))
    return zip(headings, embedder.embed(headings), strict=True) if headings else ()


def embedded_texts(passage: Passage) -> list[str]:
    """All that is embedded of a passage."""
    headings = [passage.locator.heading] if passage.locator.heading else []
    return [embedded_text(passage), *headings, *passage.sentences]


def embedded_text(passage: Passage) -> str:
    """What stands for a passage in the index: its heading and its sentences."""
    return f"{passage.locator.heading}\n{passage.text}" if passage.locator.heading else passage.text


def embedded_soon(passages: Sequence[Passage], known: KnownVectors) -> tuple[Passage, ...]:
    """Of passages without vectors those that a question waits for: all, where few vectors are to be made; else those
    alone whose vectors come with the corpus.
    """
    need_none = _need_none(passages, known)
    return tuple(passages) if need_none.count(False) <= _FEW else tuple(compress(passages, need_none))


def first_embedded(passages: Sequence[Passage], known: KnownVectors, few: int) -> tuple[Passage, ...]:
    """Those whose vectors come with the corpus, and so many others, the first; in their order."""
    need_none = _need_none(passages, known)
    made = accumulate(not needs_none for needs_none in need_none)
    wanted = (needs_none or count <= few for needs_none, count in zip(need_none, made, strict=True))
    return tuple(compress(passages, wanted))


def _need_none(passages: Sequence[Passage], known: KnownVectors) -> list[bool]:
    """Of each passage whether all its vectors are known."""
    return [known.knows(embedded_texts(passage)) for passage in passages]
