"""Own arithmetic: what is computed, what is refused, and what a written calculation is held to."""

from __future__ import annotations

import pytest

from aidx_assistant.briefs.calculation import NOT_CALCULATED, calculated, calculations_in


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("calc(30% [1] + 22% [1] + 40% [2])", "30% [1] + 22% [1] + 40% [2] = 92% (own calculation)"),
        ("calc(30%[1]+22%[1])", "30%[1] + 22%[1] = 52% (own calculation)"),
        ("calc(46% [1] - 30% [2])", "46% [1] − 30% [2] = 16 percentage points (own calculation)"),
        ("calc(46%[1]-30%[2])", "46%[1] − 30%[2] = 16 percentage points (own calculation)"),
        ("calc(31% [1] − 30% [2])", "31% [1] − 30% [2] = 1 percentage point (own calculation)"),
        ("calc(30% [1] − 46% [2])", "30% [1] − 46% [2] = −16 percentage points (own calculation)"),
        ("calc(46% [1] / 30% [2])", "46% [1] ÷ 30% [2] ≈ 1.5 times (own calculation)"),
        ("calc(60% [1] ÷ 40% [2])", "60% [1] ÷ 40% [2] = 1.5 times (own calculation)"),
        ("calc(15% [1] / 60% [2])", "15% [1] ÷ 60% [2] = 0.25 times (own calculation)"),
        ("calc(18 jobs [1] + 41 jobs [2])", "18 jobs [1] + 41 jobs [2] = 59 jobs (own calculation)"),
        ("calc(1,400 leaders [1] + 600 [1])", "1,400 leaders [1] + 600 [1] = 2,000 leaders (own calculation)"),
        (
            "calc($1.4 billion [1] + $2 billion [2])",
            "$1.4 billion [1] + $2 billion [2] = $3.4 billion (own calculation)",
        ),
        ("calc(0.1% [1] + 0.2% [1])", "0.1% [1] + 0.2% [1] = 0.3% (own calculation)"),
        ("calc(3 years [1] - 2 years [1])", "3 years [1] − 2 years [1] = 1 year (own calculation)"),
        (
            "calc(30% of providers (system-wide) [1] + 22% implementing [2])",
            "30% of providers (system-wide) [1] + 22% implementing [2] = 52% (own calculation)",
        ),
    ],
)
def test_what_is_computed(written: str, shown: str) -> None:
    text = calculated(f"All told, {written} of providers.")
    assert text == f"All told, {shown} of providers."
    (calculation,) = calculations_in(text)
    assert calculation.fault is None
    assert calculation.marked


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("calc(30% [1] + 22 jobs [2])", "percent and jobs do not go together"),
        ("calc(22 jobs [1] + 3 leaders [2])", "jobs and leaders do not go together"),
        ("calc($3 [1] + €3 [2])", "do not go together"),
        ("calc(30% + 22%)", "no citation"),
        ("calc(30% [1] + 22%)", "no citation"),
        ("calc(70% [1] + 46% [2])", "more than 100%"),
        ("calc(46% [1] / 0% [2])", "zero"),
        ("calc(46% [1] / 2% [2] / 3% [2])", "two figures"),
        ("calc(more than 400 leaders [1] + 3 leaders [1])", "more than"),
        ("calc(3–5 years [1] + 2 years [1])", "two figures or more"),
        ("calc(half [1] + 22% [1])", "two figures or more"),
        ("calc(30% [1])", "two figures or more"),
        ("calc()", "two figures or more"),
    ],
)
def test_what_cannot_be_computed_is_left_with_the_reason(written: str, reason: str) -> None:
    text = calculated(written)
    assert NOT_CALCULATED in text and reason in text
    assert "own calculation" not in text
    assert calculations_in(text) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("30% [1] + 22% [1] = 53% (own calculation)", "the result is 52%"),
        ("46% [1] − 30% [1] = 16% (own calculation)", "the result is 16 percentage points"),
        ("46% [1] − 30% [1] = 16 points (own calculation)", None),
        ("46% [1] ÷ 30% [2] = 1.53 times (own calculation)", None),
        ("46% [1] ÷ 30% [2] ≈ 1.5x (own calculation)", None),
        ("46% [1] ÷ 30% [2] = 1.6 times (own calculation)", "the result is 1.5 times"),
        ("30.4% [1] + 22.3% [1] ≈ 53% (own calculation)", None),
        ("30.4% [1] + 22.3% [1] = 53% (own calculation)", "the result is 52.7%"),
        ("18 jobs [1] + 22 jobs [2] = 40 leaders (own calculation)", "the result is 40 jobs"),
        ("70% [1] + 46% [2] = 116% (own calculation)", "it cannot be computed"),
        ("**30%** [1] + **22%** [1] = **52%** (own calculation)", None),
    ],
)
def test_a_written_result_is_computed_anew(text: str, fault: str | None) -> None:
    (calculation,) = calculations_in(text)
    assert (calculation.fault or "").startswith(fault or "") and bool(calculation.fault) == bool(fault)


def test_operands_in_words_share_the_citation_that_follows() -> None:
    text = "Of providers, 30% + 22% + 40% deploying, implementing or piloting scribes [4] = 92% (own calculation)."
    (calculation,) = calculations_in(text)
    assert [operand.citations for operand in calculation.operands] == [(4,), (4,), (4,)]
    assert text[calculation.start : calculation.end].startswith("30% +")
    assert text[calculation.result.start : calculation.result.end] == "92%"


def test_a_citation_after_the_mark_is_that_of_all_operands() -> None:
    (calculation,) = calculations_in("30% + 22% = 52% (own calculation) [1][2].")
    assert [operand.citations for operand in calculation.operands] == [(1, 2), (1, 2)]


def test_the_mark_must_stand_in_the_same_sentence() -> None:
    found = calculations_in("30% [1] + 22% [1] = 52%. This is no own calculation.")
    assert [calculation.marked for calculation in found] == [False]


@pytest.mark.parametrize(
    "text", ["n = 400", "It is 3-5 years = long", "x + y = 3", "30% [1] is more than 22% [2]", "24/7 = 52", ""]
)
def test_what_is_no_calculation(text: str) -> None:
    assert calculations_in(text) == ()


def test_an_unclosed_bracket_ends_with_the_text() -> None:
    assert calculated("calc(30% [1] + 22% [1]").endswith("= 52% (own calculation)")


def test_two_calculations_of_one_sentence() -> None:
    found = calculations_in("30% [1] + 22% [1] = 52% and 40% [1] + 3% [2] = 44% (own calculation).")
    assert [calculation.outcome for calculation in found] == ["52%", "43%"]
    assert [calculation.fault for calculation in found] == [None, "the result is 43%"]
