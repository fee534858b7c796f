"""Findings side by side: which can be compared, and why the others cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aidx_assistant.assistant.comparison import PERCENT, comparison
from aidx_assistant.evidence import Finding, Locator

PAYERS = Finding(
    id="s/payers",
    source_id="s",
    statement="22% of payers do.",
    value="22%",
    unit="percent",
    measure="use of scribes",
    segment="payer",
    population="payers",
    time_frame=None,
    topic="scribes",
    locator=Locator("slide", 3),
    passage_id="s/slide/3/1",
    sentence=0,
)
PROVIDERS = replace(PAYERS, id="s/providers", segment="provider", value="40%")
JOBS = replace(PAYERS, id="s/jobs", value="59", unit="jobs", measure="jobs")


def test_figures_of_one_measure_stand_together_by_segment() -> None:
    compared = comparison([PAYERS, replace(PAYERS, id="s/other", measure="budgets"), PROVIDERS])
    assert [measure for measure, _ in compared.groups] == ["use of scribes", "budgets"]
    assert [(one.finding.segment, one.size) for one in compared.groups[0][1]] == [("provider", 40.0), ("payer", 22.0)]
    assert compared.unit == "percent"
    assert compared.largest == 40.0
    assert compared.left_out == ()


def test_the_unit_is_the_one_most_findings_have_unless_it_is_given() -> None:
    mixed = [JOBS, PAYERS, replace(JOBS, id="s/more", value="18")]
    assert comparison(mixed).unit == "jobs"
    assert comparison(mixed).left_out == ((PAYERS, "in percent, not jobs"),)
    assert [finding for finding, _ in comparison(mixed, PERCENT).left_out] == [mixed[0], mixed[2]]


@pytest.mark.parametrize(
    ("value", "unit", "reason"),
    [
        (None, None, "no figure"),
        ("more than half", "share", "“more than half” is not exact"),
        ("nearly 60", "jobs", "“nearly 60” is not exact"),
        ("20–30%", "percent", "“20–30%” is not exact"),
        ("15 April 2025", "date", "“15 April 2025” is no quantity"),
        ("second", "rank", "“second” is no quantity"),
    ],
)
def test_what_has_no_length_is_left_out_with_its_reason(value: str | None, unit: str | None, reason: str) -> None:
    finding = replace(PAYERS, value=value, unit=unit)
    assert comparison([finding]).left_out == ((finding, reason),)
    assert comparison([finding]).unit == ""


def test_half_is_fifty_percent() -> None:
    compared = comparison([replace(PAYERS, value="half", unit="share"), PROVIDERS])
    assert [one.size for one in compared.groups[0][1]] == [40.0, 50.0]
