"""By when a decision is to be taken: dates and occasions pass, broken and past dates are told as such."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidx_assistant.cli.decide_by import checked_decide_by
from aidx_assistant.errors import UsageError
from aidx_assistant.references.dates import PartialDate
from aidx_assistant.vocabulary.times import MONTHS

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-27", "2027-3", "31 March", "1st of May 2027", "March 31, 2027", "31.3.2027", "Fri 12 March 2027",
        "Sept 2027", "Q1 2027", "Q4", "2027-Q2", "Q2 FY27", "end of 2026", "mid-March 2027", "29 February",
        "next board meeting", "before the budget round", "ASAP",
    ],
)  # fmt: skip
def test_dates_and_occasions_pass_as_they_are(text: str) -> None:
    assert checked_decide_by(text, TODAY) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("banana", "“banana” is no date"),
        ("banana 42", "“banana 42” is no date"),
        ("20270331", "is no date"),
        ("2025-13-45", "there is no month 13"),
        ("2027-00-10", "there is no month 0"),
        ("2027-02-29", "February has no day 29"),
        ("31 April", "April has no day 31"),
        ("Q5 2027", "there is no quarter 5"),
        ("12/05/2027", "can mean two days"),
        ("2026-11-26", "is past"),
        ("Q3 2026", "is past"),
        ("the end of 2025", "is past"),
    ],
)
def test_what_is_no_date_or_is_past_is_told(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=r"^--decide-by: ") as raised:
        checked_decide_by(text, TODAY)
    assert told in raised.value.title
    assert "leave the option out" in raised.value.hint


@given(st.dates(min_value=TODAY, max_value=date(2099, 12, 31)))
def test_every_day_to_come_passes_however_it_is_written(day: date) -> None:
    written = (day.isoformat(), str(PartialDate.of(day)), f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}")
    assert all(checked_decide_by(text, TODAY) == text for text in written)


@given(st.text(max_size=40))
def test_any_text_passes_or_is_refused_as_a_fault_of_the_user(text: str) -> None:
    try:
        assert checked_decide_by(text, TODAY) == text
    except UsageError:
        pass
