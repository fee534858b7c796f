"""`aidx check` on sentences of memos errs no more often than docs/checking-documents.md says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.mutation.memo_pairs import KINDS, SETS, Caught, measured, pairs_in
from tests.mutation.referring import WAYS, Way

pytestmark = pytest.mark.slow

_PUBLISHED = (Path(__file__).parents[2] / "docs" / "checking-documents.md").read_text(encoding="utf-8")
_CELL = re.compile(r"(\d+)/(\d+)")


@cache
def found(name: str, way: Way) -> Caught:
    return measured(pairs_in(SETS[name]), way)


def published(name: str, way: Way) -> list[tuple[int, int]]:
    line = next(line for line in _PUBLISHED.splitlines() if line.startswith(f"| {name}, {way} |"))
    return [(int(part), int(whole)) for part, whole in _CELL.findall(line)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", SETS)
def test_the_rates_are_those_published(name: str, way: Way) -> None:
    now = found(name, way)
    *caught, flagged = published(name, way)
    assert [now.made[kind] for kind in KINDS] == [made for _, made in caught]
    assert all(now.caught[kind] >= least for kind, (least, _) in zip(KINDS, caught, strict=True))
    assert len(now.flagged) <= flagged[0]
