"""Ways to put a question, in plain words."""

from __future__ import annotations

import pytest

from aidx_assistant.answering.plain_words import in_plain_words


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Not hospitals alone and not insurers alone: who agrees?", "across all segments: who agrees?"),
        ("Taken rather than only hospitals or only insurers, how many?", "Taken across all segments, how many?"),
        ("How many insurers, as opposed to the hospitals, agree?", "How many insurers, agree?"),
        ("Does every second firm have a plan?", "Does half of firm have a plan?"),
        ("Will it make the wage bill smaller?", "Will it make the wage bill lower?"),
        ("the 30 per cent finding", "the 30% finding"),
    ],
)
def test_what_is_meant_is_said(question: str, plain: str) -> None:
    assert in_plain_words(question) == plain


@pytest.mark.parametrize(
    "question",
    [
        "Do smaller hospitals lag?",
        "Is it done every other year?",
        "Which hospitals are ahead?",
        "It is not a hospital.",
    ],
)
def test_the_rest_is_left_as_it_is(question: str) -> None:
    assert in_plain_words(question) == question
