"""What raises a passage beside its rankings: what the classifier takes for an answer, and what a query names."""

from __future__ import annotations

import pytest

from aidx_assistant.evidence import Locator, Passage
from aidx_assistant.retrieval.fusion import raised
from aidx_assistant.retrieval.naming import named_in


def passage(text: str, locator: Locator) -> Passage:
    return Passage("p", "s", locator, (text,), ("all",))


def test_a_passage_that_is_known_to_answer_such_a_question_comes_first() -> None:
    scores = {"wordy": 0.8, "known": 0.5}
    assert raised(scores, {}) == scores
    higher = raised(scores, {"known": 2.0, "wordy": -2.0})
    assert higher["known"] > higher["wordy"]


def test_what_surely_does_not_answer_is_not_raised() -> None:
    assert raised({"a": 0.8, "b": 0.5}, {"b": -50.0}) == pytest.approx({"a": 0.4, "b": 0.25})


@pytest.mark.parametrize("query", ["what is on slide 9?", "Slide no. 9", "slides 9 please"])
def test_the_slide_that_is_named_is_raised_and_no_other(query: str) -> None:
    named = named_in(query)
    assert named.raised(0.4, passage("Budgets.", Locator("slide", 9))) == pytest.approx(0.7)
    assert named.raised(0.4, passage("Slide 9.", Locator("page", 9))) == 0.4
    assert named.raised(0.4, passage("Slide 9.", Locator("slide", 8))) == 0.4


def test_a_passage_with_the_percentages_that_are_named_is_raised() -> None:
    named = named_in("Is it 46% or 35 percent?")
    section = Locator("section", heading="Pilots")
    assert named.raised(0.0, passage("Large providers: 46%, all: 35%.", section)) == 0.25
    assert named.raised(0.0, passage("Large providers: 46%.", section)) == 0.125
    assert named.raised(0.0, passage("There are 46 jobs, or 146%.", section)) == 0.0
    assert not named_in("What share of providers?")
