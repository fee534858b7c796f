"""Two questions in one, and what kind of thing has to stand in an answer; on the shipped corpus."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aidx_assistant.answering.draft import Draft
from aidx_assistant.answering.extractive import drafted
from aidx_assistant.answering.parts import parts_of
from aidx_assistant.library.library import Library
from tests.abstention.labelled import retrieved_for

Ask = Callable[[str], Draft]


@pytest.fixture(scope="module")
def ask(library: Library) -> Ask:
    return lambda question: drafted(question, retrieved_for(question, library))


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("When did it appear, and how many leaders answered?", "When did it appear?", "how many leaders answered?"),
        ("Contrast AI budgets with other budgets on growth.", "AI budgets on growth?", "other budgets on growth?"),
        ("Are more leaders open to joint work or in favour of startups?", "leaders open to joint work?",
         "leaders in favour of startups?"),
        ("Compare what payers and pharma expect of AI", "what payers expect of AI?", "what pharma expect of AI?"),
        ("Which is larger, the share of pilots or the share of tests?", "the share of pilots?", "the share of tests?"),
    ],
)  # fmt: skip
def test_a_question_for_two_things_is_told_apart(text: str, first: str, second: str) -> None:
    parts = parts_of(text)
    assert parts is not None
    assert (parts.first, parts.second) == (first, second)


@pytest.mark.parametrize("text", ["Who decides and why?", "Compare payers and pharma.", "What is AI?", "", "and how?"])
def test_what_is_one_question_stays_so(text: str) -> None:
    assert parts_of(text) is None


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("Do more executives prefer startups, or are more open to co-development?", ["48%", "64%"]),
        ("Executives open to co-development versus those who prefer startups: which are more?", ["48%", "64%"]),
        ("When did the index appear, and how many leaders took part in it?", ["15 April 2025", "more than 400"]),
        ("How does pharma compare to providers at moving POCs into production?", ["24%", "35%"]),
    ],
)  # fmt: skip
def test_each_of_two_things_is_answered(ask: Ask, question: str, figures: list[str]) -> None:
    draft = ask(question)
    assert all(figure in draft.text for figure in figures), draft.text


@pytest.mark.parametrize(
    "question",
    [
        "Which insurer is furthest with AI governance committees?",
        "Why do payers lead with AI governance committees?",
        "What share of executives call data readiness a leading obstacle?",
        "How many executives expect AI to increase labour costs?",
        "What share of executives distrust startups?",
        "How many physicians are piloting ambient scribes?",
    ],
)
def test_what_is_about_the_very_thing_and_says_something_else_does_not_answer(ask: Ask, question: str) -> None:
    draft = ask(question)
    assert not draft.answered, draft.text
    assert draft.reason


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Which AI lab does the article give as its example?", "Anthropic"),
        ("Who suffers most from the price of integration?", "heaviest for payers"),
        ("What share of pharma respondents call data readiness a leading obstacle?", "47%"),
        ("What share of executives say that AI budgets are growing?", "60%"),
    ],
)
def test_what_a_sentence_has_is_answered(ask: Ask, question: str, quoted: str) -> None:
    assert quoted in ask(question).text
