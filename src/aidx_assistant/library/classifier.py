"""Which sentence of the corpus answers a question, or none: softmax regression on its vector and on its words."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aidx_assistant.library.arrays import read_arrays
from aidx_assistant.library.known_questions import ARRAYS, KnownQuestions, packed, unpacked
from aidx_assistant.terms import keys_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLASSIFIER = "classifier.npz"
"""Inside the corpus."""
_HEAVIEST = 1_000.0
"""The weights that ship are below 30; what is much heavier, or no number, is damaged."""
_SUREST = 100.0
"""Log odds beyond which nothing is surer."""

Place = tuple[str, str]
"""A passage's id and a sentence of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a sentence."""

    log_odds: float
    """That it answers a question, against that nothing in its corpus does."""
    questions: KnownQuestions


KnownSentences = Mapping[str, Mapping[str, Known]]
"""By passage id and sentence."""


@dataclass(frozen=True, slots=True)
class Regression:
    """Weights for each of the places that may answer and, last, for none."""

    places: Sequence[Place]
    terms: Mapping[str, int]
    """The row of each stem and concept that it knows, as `keys_of` gives them."""
    of_vector: NDArray[np.floating]
    """Of shape (places + 1, dimensions + 1), the bias last."""
    of_terms: NDArray[np.floating]
    """Of shape (terms, places + 1)."""

    def scores(self, question: str, vector: NDArray[np.float32]) -> NDArray[np.floating]:
        """Of each place and of none."""
        held = held_terms(keys_of(question), self.terms)
        by_terms = self.of_terms[held].astype(vector.dtype).sum(axis=0) * weight_of_each(held)
        scores: NDArray[np.floating] = self.of_vector[:, :-1] @ vector + self.of_vector[:, -1] + by_terms
        return scores


def held_terms(keys: Iterable[str], terms: Mapping[str, int]) -> list[int]:
    """The rows of what a question has of the terms."""
    return sorted(terms[key] for key in keys if key in terms)


def weight_of_each(held: Sequence[int]) -> float:
    """1/√n for a question that has n terms: long questions weigh no more."""
    return 1 / math.sqrt(max(len(held), 1))


class Classifier:
    """Knows the sentences of a corpus that questions are known for, by one embedder's vectors of these.

    A file that is absent, damaged or made with another embedder knows none.
    """

    def __init__(self, corpus: Path, fingerprint: str, dimensions: int) -> None:
        self._file = corpus / CLASSIFIER
        self._fingerprint = fingerprint
        self._dimensions = dimensions

    @property
    def size(self) -> int:
        """How many sentences it knows."""
        return len(self._fitted[0].places) if self._fitted else 0

    def known(self, question: str, vector: NDArray[np.float32]) -> KnownSentences:
        """Every sentence that it knows, for a question with its unit vector."""
        if self._fitted is None:
            return {}
        regression, questions = self._fitted
        scores = regression.scores(question, vector)
        log_odds = (scores[:-1] - scores[-1]).clip(-_SUREST, _SUREST).tolist()
        found: dict[str, dict[str, Known]] = {}
        for (passage_id, sentence), odds, asked in zip(regression.places, log_odds, questions, strict=True):
            found.setdefault(passage_id, {})[sentence] = Known(odds, asked)
        return found

    @cached_property
    def _fitted(self) -> tuple[Regression, Sequence[KnownQuestions]] | None:
        """With the questions of each place."""
        kept = read_arrays(self._file, "embedder", "places", "terms", "of_vector", "of_terms", *ARRAYS)
        if kept is None or str(kept[0]) != self._fingerprint:
            return None
        try:
            return self._read(kept)
        except (ValueError, TypeError, KeyError, IndexError):  # arrays that are no such thing
            return None

    def _read(self, kept: Sequence[NDArray[Any]]) -> tuple[Regression, Sequence[KnownQuestions]]:
        import numpy as np

        places = [(str(id_), str(sentence)) for id_, sentence in json.loads(bytes(kept[1]))]
        terms = {str(term): row for row, term in enumerate(json.loads(bytes(kept[2])))}
        of_vector, of_terms = kept[3].astype(np.float32), kept[4]
        shapes = (len(places) + 1, self._dimensions + 1), (len(terms), len(places) + 1)
        if (of_vector.shape, of_terms.shape) != shapes or of_terms.dtype != np.float16:
            raise ValueError("weights of other places or terms")
        if not all((np.abs(weights) <= _HEAVIEST).all() for weights in (of_vector, of_terms)):
            raise ValueError("weights that no fit gives")
        questions = unpacked(kept[5:])
        if len(questions) != len(places):
            raise ValueError("questions of other places")
        return Regression(places, terms, of_vector, of_terms), questions


def write_classifier(
    corpus: Path, fingerprint: str, fitted: Regression, questions: Mapping[Place, Sequence[str]]
) -> None:
    """Keeps what was fitted, with half the precision, and the questions that each place is known to answer."""
    import numpy as np

    arrays: dict[str, Any] = packed([questions.get(place, ()) for place in fitted.places])
    np.savez(
        corpus / CLASSIFIER,
        embedder=np.array(fingerprint),
        places=_as_bytes(list(fitted.places)),
        terms=_as_bytes(list(fitted.terms)),
        of_vector=fitted.of_vector.astype(np.float16),
        of_terms=fitted.of_terms.astype(np.float16),
        **arrays,
    )


def _as_bytes(listed: list[Any]) -> NDArray[np.uint8]:
    import numpy as np

    return np.frombuffer(json.dumps(listed).encode(), dtype=np.uint8)
