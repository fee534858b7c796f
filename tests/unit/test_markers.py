"""Markers stand behind the text they support, however the text is cut into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidx_assistant.answering.markers import MarkedText


def marked(*blocks: tuple[list[str], list[int]]) -> str:
    text = MarkedText()
    shown = ""
    for pieces, numbers in blocks:
        shown += "".join(text.add(piece) for piece in pieces)
        shown += text.end_block(numbers)
    assert shown == text.text
    return shown


@pytest.mark.parametrize(
    ("pieces", "numbers", "expected"),
    [
        (["46% of large providers."], [1], "46% of large providers. [1]"),
        (["46% of large providers.\n"], [1], "46% of large providers. [1]\n"),
        (["46%"], [1, 2], "46% [1][2]"),
        (["| Providers | 85% |\n"], [3], "| Providers | 85% [3] |\n"),
        (["No citation "], [], "No citation "),
        ([], [], ""),
        (["  "], [1], "  "),
    ],
)
def test_a_marker_follows_its_text(pieces: list[str], numbers: list[int], expected: str) -> None:
    assert marked((pieces, numbers)) == expected


def test_a_clause_keeps_its_own_marker() -> None:
    assert marked((["46% of large providers"], [1]), ([", against 30%."], [2])) == (
        "46% of large providers [1], against 30%. [2]"
    )


@given(st.text(alphabet="ab .|\n", max_size=30), st.lists(st.integers(0, 30), max_size=5))
def test_cuts_do_not_matter(text: str, cuts: list[int]) -> None:
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[start:end] for start, end in zip(places, places[1:], strict=False)]
    assert marked((pieces, [1])) == marked(([text], [1]))
    assert marked((pieces, [])) == text
