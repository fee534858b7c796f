"""Abstention is no worse than what is published, on the development questions and on those held out."""

from __future__ import annotations

import re
import tomllib
from dataclasses import astuple
from pathlib import Path
from typing import get_args

import pytest

from aidx_assistant.answering import relevance
from aidx_assistant.library.library import Library
from tests.abstention.calibrate import (
    fitted_with_questions,
    fitted_without,
    with_questions,
    without_questions,
)
from tests.abstention.labelled import Half, labelled
from tests.abstention.rates import outcomes, rates
from tests.rate import Rate

pytestmark = pytest.mark.slow

_PUBLISHED = Path(__file__).parents[2] / "docs" / "abstention.md"
_ROW = re.compile(r"^\| (?P<name>[a-z ]+) \| (?P<part>\d+) of (?P<whole>\d+) ", re.MULTILINE)
_MOVED = 0.3
"""How far a weight may lie from a new fit: the index finds neighbours approximately, and a rule that is mended after
the fit moves it a little. How often the weights err is measured by itself."""
_FEWER_IS_BETTER = {"answerable refused", "answerable plainly irrelevant"}


@pytest.fixture(scope="module")
def measured(library: Library) -> dict[Half, dict[str, Rate]]:
    return {half: rates(outcomes(half, library)) for half in get_args(Half) if labelled(half)}


def published(half: Half) -> dict[str, Rate]:
    section = _PUBLISHED.read_text(encoding="utf-8").split(f"## {half.capitalize()} questions\n")[1].split("\n## ")[0]
    return {row["name"]: Rate(int(row["part"]), int(row["whole"])) for row in _ROW.finditer(section)}


def test_what_is_tuned_on_is_declined_and_never_kept_from_claude(measured: dict[Half, dict[str, Rate]]) -> None:
    found = measured["development"]
    assert found["unanswerable declined"].share >= 0.95
    assert found["answerable plainly irrelevant"].part == 0


@pytest.mark.parametrize("half", get_args(Half))
def test_nothing_is_worse_than_published(half: Half, measured: dict[Half, dict[str, Rate]]) -> None:
    if half not in measured:
        pytest.skip("these questions are not in the checkout")
    expected = published(half)
    for name, rate in measured[half].items():
        worse = rate.share - expected[name].share if name in _FEWER_IS_BETTER else expected[name].share - rate.share
        assert worse <= 1e-9, f"{name}: {rate}, published {expected[name]}"


@pytest.mark.timeout(1500)
def test_the_weights_are_those_that_calibration_gives(tmp_path: Path) -> None:
    found = fitted_with_questions(with_questions(tmp_path))
    assert found.tolist() == pytest.approx(list(astuple(relevance.WITH_QUESTIONS)), abs=_MOVED)


@pytest.mark.timeout(1500)
def test_so_are_those_for_sentences_without_questions(tmp_path: Path) -> None:
    found = fitted_without(without_questions(tmp_path))
    assert found.tolist() == pytest.approx(list(astuple(relevance.WITHOUT_QUESTIONS)), abs=_MOVED)


def test_wilson_interval_of_a_known_case() -> None:
    # Newcombe (1998), table I: 81 of 263.
    assert Rate(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=1e-4)


def test_every_question_is_labelled_once_and_with_what_is_there(library: Library) -> None:
    findings = {
        f"{finding.source_id}/{finding.id.removeprefix(f'{finding.source_id}/')}"
        for finding in library.store.findings()
    }
    seen = set()
    for file in sorted(Path(__file__).parent.glob("*.toml")):
        for table in tomllib.loads(file.read_text(encoding="utf-8"))["question"]:
            assert table["id"] not in seen
            seen.add(table["id"])
            assert all(gold.startswith(("slide:", "passage section:")) or gold in findings for gold in table["gold"])
