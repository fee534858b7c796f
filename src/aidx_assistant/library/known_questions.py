"""The questions that sentences are known to answer, as sets of what their words stand for: made once, when they change,
since to read thousands of questions anew would keep everybody waiting who asks one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from aidx_assistant.terms import keys_of, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OF_SETS = ("{}_names", "{}_numbers", "{}_lengths")
ARRAYS = (*(name.format("key") for name in _OF_SETS), *(name.format("word") for name in _OF_SETS), "question_counts")
"""The names of the arrays that hold them."""


@dataclass(frozen=True, slots=True)
class KnownQuestions:
    """Those that one sentence is known to answer."""

    keys: tuple[frozenset[str], ...]
    """Of each question, as `keys_of` gives them."""
    every_key: frozenset[str]
    """Of all of them."""
    words: frozenset[str]
    """Of all of them, as `words_of` gives them."""


def packed(questions: Sequence[Sequence[str]]) -> dict[str, NDArray[Any]]:
    """The questions of each place as arrays, by their names."""
    import numpy as np

    keys = [keys_of(question) for question in chain.from_iterable(questions)]
    words = [frozenset(chain.from_iterable(map(words_of, of_place))) for of_place in questions]
    counts = np.array([len(of_place) for of_place in questions], dtype=np.uint16)
    return dict(zip(ARRAYS, (*_packed_sets(keys), *_packed_sets(words), counts), strict=True))


def unpacked(arrays: Sequence[NDArray[Any]]) -> list[KnownQuestions]:
    """The questions of each place.

    Raises ValueError, TypeError, KeyError or IndexError for arrays that are no such thing.
    """
    *of_sets, counts = arrays
    keys, words = _unpacked_sets(of_sets[:3]), _unpacked_sets(of_sets[3:])
    _refuse_unless_counting(counts)
    if len(keys) != int(counts.sum()) or len(words) != len(counts):
        raise ValueError("questions without keys, or keys without questions")
    of_places = [tuple(keys[start:end]) for start, end in pairwise([0, *counts.cumsum().tolist()])]
    return [
        KnownQuestions(of_place, frozenset().union(*of_place), written)
        for of_place, written in zip(of_places, words, strict=True)
    ]


def _packed_sets(sets: Sequence[frozenset[str]]) -> tuple[NDArray[Any], ...]:
    """All members, which of them the sets have, and how many each."""
    import numpy as np

    number = {name: at for at, name in enumerate(sorted(frozenset[str]().union(*sets)))}
    return (
        np.frombuffer(json.dumps(list(number)).encode(), dtype=np.uint8),
        np.array([number[name] for members in sets for name in sorted(members)], dtype=np.uint16),
        np.array([len(members) for members in sets], dtype=np.uint16),
    )


def _unpacked_sets(arrays: Sequence[NDArray[Any]]) -> list[frozenset[str]]:
    names, numbers, lengths = arrays
    _refuse_unless_counting(numbers, lengths)
    known = list(map(str, json.loads(bytes(names))))
    members = [known[number] for number in numbers.tolist()]
    if len(members) != int(lengths.sum()):
        raise ValueError("members of no set, or sets without members")
    return [frozenset(members[start:end]) for start, end in pairwise([0, *lengths.cumsum().tolist()])]


def _refuse_unless_counting(*arrays: NDArray[Any]) -> None:
    if any(one.dtype.kind != "u" for one in arrays):
        raise ValueError("numbers that count nothing")
