"""`aidx check` on memos of others errs no more often than docs/checking-documents.md says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.mutation.library import cases_in
from tests.mutation.rates import SETS
from tests.mutation.referring import KINDS, MUTATED, TRUE, WAYS, Found, Way, measured

pytestmark = pytest.mark.slow

_PUBLISHED = (Path(__file__).parents[2] / "docs" / "checking-documents.md").read_text(encoding="utf-8")
_CELL = re.compile(r"(\d+)/(\d+)")


@cache
def of_mutants(way: Way) -> Found:
    return measured(cases_in(SETS[MUTATED[0]]), way, mutate=True)


def published(row: str, way: Way) -> tuple[int, int]:
    line = next(line for line in _PUBLISHED.splitlines() if line.startswith(f"| {row} |"))
    match = _CELL.match([cell.strip() for cell in line.split("|")][2 + WAYS.index(way)])
    assert match is not None, line
    return int(match[1]), int(match[2])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", WAYS)
def test_as_much_is_caught_as_published(way: Way, kind: str) -> None:
    caught, made = published(kind, way)
    found = of_mutants(way)
    assert found.caught[kind] / found.made[kind] >= caught / made


@pytest.mark.parametrize("name", TRUE)
@pytest.mark.parametrize("way", WAYS)
def test_no_more_of_what_is_true_is_flagged_than_published(way: Way, name: str) -> None:
    if not SETS[name].is_file():
        pytest.skip(f"{SETS[name].name} is not there")
    flagged, figures = published(name, way)
    found = measured(cases_in(SETS[name]), way, mutate=False)
    assert found.flagged / found.figures <= flagged / figures
