"""Claims that others labelled are read, halved, checked and counted; the claims here are invented."""

from __future__ import annotations

import json
from pathlib import Path

from tests.mutation.outside import in_half, judged, labelled_in, table

_EARLIER = "The Ferry: In May the ferry carried 120 passengers , 30 % of them in groups ( see below ) ."
_LATER = _EARLIER.replace("120", "180")


def _example(told: str, claim: str, label: str) -> dict[str, object]:
    scores = {name: int(name == label) for name in ("True", "False", "Neither")}
    return {"input": f"{told}\nClaim: {claim}", "target_scores": scores}


_EXAMPLES = [
    _example(_EARLIER, "The ferry carried 120 passengers in May .", "True"),
    _example(_LATER, "The ferry carried 120 passengers in May .", "False"),
    _example(_EARLIER, "The ferry carried 75 dogs .", "Neither"),
    _example(_EARLIER, "The ferry was late .", "Neither"),
    _example(_EARLIER, "The ferry carried one hundred and twenty passengers , a quarter of them in groups .", "True"),
]


def _file(folder: Path) -> Path:
    file = folder / "task.json"
    file.write_text(json.dumps({"examples": _EXAMPLES}), encoding="utf-8")
    return file


def test_claims_are_read_without_the_blanks_between_tokens(tmp_path: Path) -> None:
    first, *rest = labelled_in(_file(tmp_path))
    assert first.title == "The Ferry"
    assert first.passage == "In May the ferry carried 120 passengers, 30% of them in groups (see below)."
    assert (first.claim, first.label) == ("The ferry carried 120 passengers in May.", "True")
    assert [one.label for one in rest] == ["False", "Neither", "Neither", "True"]


def test_what_is_alike_is_in_one_half(tmp_path: Path) -> None:
    labelled = list(labelled_in(_file(tmp_path)))
    assert len({in_half(one, "test") for one in labelled}) == 1
    assert all(in_half(one, "test") != in_half(one, "development") for one in labelled)


def test_those_with_a_figure_are_counted_by_label(tmp_path: Path) -> None:
    rows = table(list(judged(labelled_in(_file(tmp_path))))).splitlines()
    counted = {row.split("|")[1].strip(): row.split("|")[2:4] for row in rows[2:]}
    assert {name: [cell.strip() for cell in cells] for name, cells in counted.items()} == {
        "true: marked wrongly": ["1", "2"],  # "a quarter" is no name for 30%
        "false: marked": ["1", "1"],
        "of these, false by a figure alone": ["1", "1"],
        "neither true nor false: marked": ["1", "1"],
    }
