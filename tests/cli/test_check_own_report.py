"""`aidx check` holds memos against reports of the user's own, in the words in which such reports are written.

Each folder of `tests/own_reports` has a report, and two memos: of claims that it bears out, and of others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

import pytest

from tests.fakes.command import aidx

pytestmark = pytest.mark.slow

_REPORTS = Path(__file__).parents[1] / "own_reports"
_TITLE = re.compile(r"^title: \"?(.+?)\"?$", re.MULTILINE)


def claims(memo: str) -> list[tuple[str, str]]:
    """The report and the claim of every line of the memos of a name."""
    return [
        (folder.name, line)
        for folder in sorted(_REPORTS.iterdir())
        for line in (folder / memo).read_text(encoding="utf-8").splitlines()
        if line
    ]


@pytest.fixture(scope="module")
def told(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, str]]:
    """What is told of the claims about each report; nothing of most."""
    folder = tmp_path_factory.mktemp("own-reports")
    home = copytree(pristine_home, folder / "home")
    reports = sorted(_REPORTS.glob("*/report.md"))
    assert aidx("sources", "add", *map(str, reports), home=home).code == 0
    return {report.parent.name: _told_of(report, folder / "memo.md", home) for report in reports}


def _told_of(report: Path, memo: Path, home: Path) -> Mapping[str, str]:
    title = _TITLE.search(report.read_text(encoding="utf-8"))
    assert title
    made = [claim for name in ("holds.md", "wrong.md") for one, claim in claims(name) if one == report.parent.name]
    memo.write_text("\n\n".join(f"{claim.removesuffix('.')} ({title[1]})." for claim in made), encoding="utf-8")
    ran = aidx("check", str(memo), home=home)
    assert ran.code == 5
    found = re.findall(r"memo\.md:(\d+): figure-unsupported: (.+)", ran.out)
    return {made[int(line) // 2]: reason for line, reason in found}


@pytest.mark.parametrize(("report", "claim"), claims("holds.md"))
def test_what_the_report_says_holds(told: Mapping[str, Mapping[str, str]], report: str, claim: str) -> None:
    assert claim not in told[report]


@pytest.mark.parametrize(("report", "claim"), claims("wrong.md"))
def test_what_it_does_not_say_is_told(told: Mapping[str, Mapping[str, str]], report: str, claim: str) -> None:
    assert claim in told[report]


def test_a_year_is_no_month(told: Mapping[str, Mapping[str, str]]) -> None:
    a_month = told["virtual-care"]["Health systems spend an average of $2.3 million a month on virtual care."]
    assert "gives this per year, not per month" in a_month
