"""Times that are borders: what a document puts before, after or in a year or day of a report of the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.memo_claims import told_wrong

TITLE = "Ward Sensors: Bought and Running"
REPORT = f"""---
title: "{TITLE}"
publisher: Corvane Research
date: 2026-03-10
---

# Ward Sensors

Fieldwork ran from September 1 until 14 November 2025 and 260 nurse leaders answered. It was paid for by 9 vendors in
3 out of 4 regions.

## Plans

By 2028, 62% of hospitals expect to have sensors on every ward. Since 2021, 34% have replaced a
vendor. The first contracts were signed before 2019. Spending passed $40 million in May 2024. The
regulator's guidance came into force on 1 July 2025. After 2027, 18% expect prices to fall. As of 30
September 2025, 41% run sensors on at least one ward. Vendors sold over 8.3 million sensors.
"""
HOLD = (
    "By 2028, 62% of hospitals expect to have sensors on every ward.",
    "In 2028, 62% of hospitals expect sensors on every ward.",
    "The first contracts were signed before 2019.",
    "Spending passed $40 million before 2025.",
    "Spending passed $40 million after April 2024.",
    "The guidance came into force after June 2025.",
    "The guidance came into force on July 1.",
    "Since 2021, 34% have replaced a vendor.",
    "By September 30, 2025, 41% ran sensors on at least one ward.",
    "Vendors sold over 8 million sensors.",
    "The guidance has been in force since 1 July 2025.",
    "Fieldwork ended before 2026.",
    "Fieldwork ran until November 14.",
    "34% have replaced a vendor after 2020.",
    "Fieldwork ran from September 1, 2025.",
    "It was paid for by 9 vendors in 3 out of 4 regions.",
)
DO_NOT = (
    "After 2028, 62% of hospitals expect to have sensors on every ward.",
    "Before 2021, 34% had replaced a vendor.",
    "The first contracts were signed after 2019.",
    "The first contracts were signed in 2019.",
    "Spending passed $40 million before 2024.",
    "Spending passed $40 million after 2024.",
    "The guidance came into force before July 2025.",
    "The guidance came into force on July 2.",
    "By 2029, 62% of hospitals expect to have sensors on every ward.",
    "Before 2029, 62% of hospitals expect to have sensors on every ward.",
    "By 2027, 18% expect prices to fall.",
    "Vendors sold over 8.5 million sensors.",
    "Vendors sold under 8.3 million sensors.",
    "Fieldwork ran until November 15.",
    "Fieldwork ran from September 1, 2024.",
    "Fieldwork ran from September 2, 2025.",
    "The guidance came into force after 2025.",
)


@pytest.fixture(scope="module")
def told(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The claims that are told to be wrong."""
    return told_wrong(pristine_home, tmp_path_factory.mktemp("times"), REPORT, TITLE, (*HOLD, *DO_NOT))


@pytest.mark.parametrize("claim", HOLD)
def test_what_lies_on_that_side_holds(told: frozenset[str], claim: str) -> None:
    assert claim not in told


@pytest.mark.parametrize("claim", DO_NOT)
def test_what_does_not_is_told(told: frozenset[str], claim: str) -> None:
    assert claim in told
