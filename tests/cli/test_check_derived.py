"""Figures that a writer works out of two of a report of the user's own, and how those are told that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.memo_claims import told_wrong

TITLE = "Pharmacy Robots: What Hospitals Buy"
REPORT = f"""---
title: "{TITLE}"
publisher: Corvane Research
date: 2026-02-03
---

# Pharmacy Robots

Between August and October 2025 Corvane Research asked 210 pharmacy directors at hospitals.

## Use

Of the hospitals asked, 46% run a dispensing robot, up from 31% in 2023. Refilling a cabinet takes 9 hours, down
from 21. The median robot costs $640,000 at teaching hospitals and $210,000 at rural
ones. Errors fell from 12 per 10,000 doses to 5.

## Why (% of buyers)

| Reason | Teaching hospitals | Rural hospitals |
|---|---|---|
| Fewer errors | 61 | 38 |
| Lack of staff | 44 | 72 |

Of the hospitals that bought a robot, 19% sent it back.
"""
HOLD = (
    "Dispensing robots are run by 15 points more hospitals than in 2023.",
    "A robot costs teaching hospitals about three times as much as rural hospitals.",
    "Refilling a cabinet went from 21 hours to nine.",
    "Refilling a cabinet now takes nine hours instead of 21.",
    "Fewer errors are the reason at 61% of teaching hospitals but only 38% of rural hospitals.",
    "Of the hospitals that bought a robot, nearly one in five (19%) sent it back.",
)
DO_NOT = (
    "Dispensing robots are run by 25 points more hospitals than in 2023.",
    "The share of hospitals with a dispensing robot fell by 15 points since 2023.",
    "A robot costs rural hospitals about three times as much as teaching hospitals.",
    "Refilling a cabinet went from nine hours to 21.",
    "Fewer errors are the reason at 61% of rural hospitals.",
    "Lack of staff is the reason at 61% of teaching hospitals.",
    "Of all hospitals asked, 19% sent their robot back.",
)


@pytest.fixture(scope="module")
def told(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The claims that are told to be wrong."""
    return told_wrong(pristine_home, tmp_path_factory.mktemp("derived"), REPORT, TITLE, (*HOLD, *DO_NOT))


@pytest.mark.parametrize("claim", HOLD)
def test_what_follows_holds(told: frozenset[str], claim: str) -> None:
    assert claim not in told


@pytest.mark.parametrize("claim", DO_NOT)
def test_what_does_not_is_told(told: frozenset[str], claim: str) -> None:
    assert claim in told
