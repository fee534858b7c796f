"""What a question means after others, by rules."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aidx_assistant.answering.follow_up import resolved

STRATEGY = "What share of payers have a clear AI strategy?"
PILOTS = "Why do so few pilots reach production?"


@pytest.mark.parametrize(
    ("question", "last", "meant"),
    [
        ("and for pharma?", STRATEGY, "What share of pharma have a clear AI strategy?"),
        ("pharma?", STRATEGY, "What share of pharma have a clear AI strategy?"),
        ("What about large providers?", STRATEGY, "What share of large providers have a clear AI strategy?"),
        ("is it the same for hospitals?", STRATEGY, "What share of hospitals have a clear AI strategy?"),
        ("And for pharma?", PILOTS, "Why do so few pilots reach production for pharma?"),
        (
            "And for providers",
            "How many jobs are there for payers and pharma?",
            "How many jobs are there for providers?",
        ),
        ("and payers", "Large providers: who pilots more?", "Payers: who pilots more?"),
        ("slide 9?", "What is on slide 8?", "What is on slide 9?"),
        ("why is that?", STRATEGY, "Why is that — what share of payers have a clear AI strategy?"),
        (
            "Which slide shows that?",
            STRATEGY,
            "Which slide shows that — what share of payers have a clear AI strategy?",
        ),
        ("and who leads?", STRATEGY, "Who leads — what share of payers have a clear AI strategy?"),
    ],
)
def test_a_question_that_leans_on_the_last_one(question: str, last: str, meant: str) -> None:
    assert resolved(question, ["How old are these numbers?", last]) == meant


def test_questions_that_lean_one_on_another_do_not_pile_up() -> None:
    earlier = [PILOTS]
    for question in ("And budgets?", "Why is that?", "Put those in a table.", "Which slide shows that?", "And payers?"):
        earlier.append(resolved(question, earlier))
    assert earlier[1:] == [
        "Budgets — why do so few pilots reach production?",
        "Why is that — Budgets: why do so few pilots reach production?",
        "Put those in a table — Budgets: why do so few pilots reach production?",
        "Which slide shows that — Budgets: why do so few pilots reach production?",
        "Which slide shows that — Budgets: why do so few pilots reach production for payers?",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "What keeps pilots from reaching production?",
        "How do large providers compare in getting their pilots into production?",
        "And what about ambient scribes?",
        "What does this report say about ambient scribes?",
        "Which barriers does the index name?",
        "slide 9?",
        "and",
        "",
    ],
)
def test_a_question_that_stands_for_itself_stays_as_it_is(question: str) -> None:
    assert resolved(question, [STRATEGY]) == question


def test_the_first_question_stays_as_it_is() -> None:
    assert resolved("and for pharma?", []) == "and for pharma?"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_borne(question: str, last: str) -> None:
    assert resolved(question, [last]) or not question
