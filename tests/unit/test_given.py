"""What the user says of a source: what of it is remembered, and which dates are taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidx_assistant.assistant.given import Given, date_problem
from aidx_assistant.evidence import SEGMENTS


@given(st.builds(Given, st.text(), st.text(), st.text(), st.sampled_from([None, *SEGMENTS])))
def test_what_is_said_is_remembered(said: Given) -> None:
    assert Given.of(said.kept) == said


def test_a_password_is_not() -> None:
    assert Given(password="secret").kept == ()


@pytest.mark.parametrize("text", ["", "2026", "2026-03", "2026-03-01", "2024-02-29"])
def test_days_months_and_years_are_dates(text: str) -> None:
    assert date_problem(text) is None


@pytest.mark.parametrize("text", ["yesterday", "2026-13", "2026-02-30", "01.03.2026", "2026-3-1", "20260301", "٢٠٢٦"])
def test_what_is_no_date_is_said_to_be_none(text: str) -> None:
    assert date_problem(text) == f"“{text}” is no date like 2026-03-01, 2026-03 or 2026."
