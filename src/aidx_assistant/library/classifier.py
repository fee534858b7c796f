"""Which sentence of the corpus answers a question, or none: softmax regression on its vector and on its words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
        """Of each place and of none. What n of its terms add is divided by √n: long questions weigh no more."""
        held = sorted(self.terms[key] for key in keys_of(question) if key in self.terms)
        by_terms = self.of_terms[held].astype(vector.dtype).sum(axis=0) / max(len(held), 1) ** 0.5
        scores: NDArray[np.floating] = self.of_vector[:, :-1] @ vector + self.of_vector[:, -1] + by_terms
        return scores

    @property
    def is_whole(self) -> bool:
        classes = len(self.places) + 1
        fits = self.of_vector.shape[0] == classes and self.of_terms.shape == (len(self.terms), classes)
        return fits and bool(_finite(self.of_vector) and _finite(self.of_terms))


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
        log_odds = (scores[:-1] - scores[-1]).tolist()
        found: dict[str, dict[str, Known]] = {}
        for (passage_id, sentence), odds, asked in zip(regression.places, log_odds, questions, strict=True):
            found.setdefault(passage_id, {})[sentence] = Known(odds, asked)
        return found

    @cached_property
    def _fitted(self) -> tuple[Regression, Sequence[KnownQuestions]] | None:
        """With the questions of each place."""
        import numpy as np

        kept = read_arrays(self._file, "embedder", "places", "terms", "of_vector", "of_terms", *ARRAYS)
        if kept is None or str(kept[0]) != self._fingerprint:
            return None
        places = [(str(id_), str(sentence)) for id_, sentence in json.loads(bytes(kept[1]))]
        terms = {str(term): row for row, term in enumerate(json.loads(bytes(kept[2])))}
        fitted = Regression(places, terms, kept[3].astype(np.float32), kept[4])
        try:
            questions = unpacked(kept[5:])
        except (ValueError, IndexError):
            return None
        is_whole = fitted.is_whole and fitted.of_vector.shape[1] == self._dimensions + 1
        return (fitted, questions) if is_whole and len(questions) == len(places) else None


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


def _finite(weights: NDArray[np.floating]) -> bool:
    import numpy as np

    return bool(np.isfinite(weights).all())
