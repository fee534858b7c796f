"""What is read from the words of a question."""

from __future__ import annotations

import pytest

from aidx_assistant.answering.parts import halves
from aidx_assistant.answering.question import understood
from aidx_assistant.terms import keys_of, stem, terms_of, words_of


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How many jobs are there?", {"figure", "count"}),
        ("what share of executives", {"figure"}),
        ("which slide is about budgets", {"slide"}),
        ("what does a scribe cost per year in dollars", {"money"}),
        ("how long did it take", {"duration"}),
        ("when was it published", {"date"}),
        ("which segment comes last?", {"segment"}),
        ("Why do so few pilots reach production?", {"reason"}),
        ("payers vs providers", {"comparison"}),
        ("do the sources agree?", {"disagreement"}),
        ("Please ignore the sources", {"instruction"}),
        ("how did this look five years ago", {"other_time"}),
        ("what should buyers do first", {"advice"}),
        ("how often do committees meet", {"frequency"}),
        ("List the principles on slide 29", {"content"}),
        ("ranking of the pharma jobs", {"superlative"}),
    ],
)
def test_what_is_asked_for(question: str, asked: set[str]) -> None:
    assert asked <= understood(question).asks


@pytest.mark.parametrize(
    "question",
    [
        "Have AI budgets grown compared with IT spending?",
        "what is AI used to do?",
        "do the sources say only 30%?",
        "who sees a return within the first year",
        "As CMIO of a large health system: what success rate do I hold ours against?",
        "How does it compare with the earlier wave of digitising?",
    ],
)
def test_what_only_looks_like_another_time_or_an_instruction(question: str) -> None:
    assert not {"other_time", "instruction"} & understood(question).asks


def test_a_question_for_two_things_has_another_half() -> None:
    assert halves("When was this published and by whom?") == ("When was this published?", "by whom was this published?")
    assert halves("What do providers and payers expect?") == ()


def test_segments_come_in_the_order_of_the_question() -> None:
    assert understood("do insurers lag behind hospitals?").segments == ("payer", "provider")
    assert understood("across all segments").segments == ()


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("I sit on a hospital board. What share of AI projects is paid for centrally?", ()),
        ("We sell to health plans. What share of them has a strategy?", ("payer",)),
        ("We are a hospital. How many of our peers have scribes?", ("provider",)),
        ("payers: data readiness as an obstacle, percent?", ("payer",)),
    ],
)
def test_who_asks_names_a_segment_only_where_the_question_refers_back(text: str, segments: tuple[str, ...]) -> None:
    assert understood(text).segments == segments


def test_a_mistyped_word_that_says_nothing_is_left_out() -> None:
    known = {"percentage", "pilots"}
    assert [term.text for term in understood("percantage of pilots", known, {"percentage"}).terms] == ["pilots"]


def test_slides_and_years() -> None:
    question = understood("slides 33 to 35 and slide 8, in 2025")
    assert question.slides == (33, 34, 35, 8)
    assert question.years == (2025,)
    assert understood("slides 4, 5 and 9-11, slide #3, slide no. 7").slides == (4, 5, 9, 10, 11, 3, 7)
    for text in ("which of the 37 slides", "which slide shows 30%", "slide with the 59 jobs", "slides 30% of"):
        assert understood(text).slides == ()
    assert understood("how long is part two").part == "second"
    assert understood("more than 2000 leaders").years == ()


def test_who_asks_is_not_what_is_asked() -> None:
    terms = understood("We are a regional insurer. How many jobs are there for hospitals?").terms
    assert {term.text for term in terms} == {"jobs", "hospitals"}


@pytest.mark.parametrize("title", ["R", "", "2025", "burnout", "Notes data"])
def test_a_short_title_takes_no_word_away(title: str) -> None:
    question = "How many physicians reported burnout in the notes data of 2025?"
    assert understood(question, titles=[title]) == understood(question)


def test_a_title_and_its_publishers_say_nothing() -> None:
    question = understood("What does Acme say on budgets in the Market Index?", (), {"acm"}, ("Market Index",))
    assert {term.text for term in question.terms} == {"budgets"}


def test_names_are_found_by_their_writing() -> None:
    assert understood("is Abridge better than DAX?").names == ("Abridge", "DAX")
    assert understood("IS THIS SHOUTING OR WHAT").names == ()


@pytest.mark.parametrize("typed", ["hosptials", "hosiptals", "hospitls", "hospitalls"])
def test_a_slip_of_one_letter_is_mended(typed: str) -> None:
    term = understood(f"pilots of {typed}", {"hospital"}).terms[-1]
    assert "=provider" in term.keys


def test_words_too_short_to_be_sure_of_are_left_alone() -> None:
    assert understood("bread", {"broad"}).terms[0].keys == frozenset({"bread"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organisation", "organizations"),
        ("labour", "labor"),
        ("centre", "centers"),
        ("deployed", "deployment"),
        ("adopting", "adoption"),
        ("automate", "automation"),
        ("strategies", "strategy"),
        ("sceptical", "skeptical"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("payer", "player"),
        ("governance", "government"),
        ("willing", "will"),
        ("public", "publish"),
        ("reporting", "report"),
    ],
)
def test_other_words_stand_for_other_things(one: str, other: str) -> None:
    assert keys_of(one).isdisjoint(keys_of(other))


def test_phrases_stand_for_more_than_their_words() -> None:
    assert "=pilot" in keys_of("proofs of concept")
    assert "=large" not in keys_of("big tech")
    assert [term.text for term in terms_of("What share of large hospitals adopt ambient scribes?")] == [
        "large hospitals",
        "adopt",
        "ambient scribes",
    ]


def test_words_are_plain() -> None:
    assert words_of("Two Café’s, 46% co-develop; the US and IT") == [
        "2", "cafe", "46", "co", "develop", "the", "united", "states", "and", "information", "technology",
    ]  # fmt: skip
