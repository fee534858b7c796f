"""What was to be added is remembered until it is over, also where the process ends that adds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from aidx_assistant import locations
from aidx_assistant.library.unfinished import UnfinishedAdditions

GIVEN = (("title", "Robots"), ("segment", "payer"))


def files(home: Path) -> list[str]:
    return [file.suffix for file in (home / locations.UNFINISHED).glob("*")]


def test_it_is_left_until_it_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    additions = UnfinishedAdditions(tmp_path / "home")
    assert additions.left() == ()
    with additions.begun(["clips", "https://example.org/a"], GIVEN, True) as addition:
        addition.is_at(17, 40)
        assert additions.left() == ()  # somebody is at it
    (left,) = additions.left()
    assert left.names == (str(tmp_path / "clips"), "https://example.org/a")
    assert (left.given, left.allow_private, left.done, left.total) == (GIVEN, True, 17, 40)
    assert left.begun_at.endswith("Z")
    additions.forget(left.number)
    assert additions.left() == () and files(tmp_path / "home") == []


def test_nothing_is_left_of_what_is_over(tmp_path: Path) -> None:
    additions = UnfinishedAdditions(tmp_path)
    with additions.begun(["/a.md"], (), False) as addition:
        addition.is_over()
    assert additions.left() == () and files(tmp_path) == []


def test_it_is_left_by_a_process_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, sys\nfrom pathlib import Path\nfrom aidx_assistant.library.unfinished import UnfinishedAdditions\n"
        "with UnfinishedAdditions(Path(sys.argv[1])).begun(['/a.md'], (), False) as addition:\n"
        "    addition.is_at(1, 3)\n    print('begun', flush=True)\n    input()\n"
    )
    additions = UnfinishedAdditions(tmp_path)
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "begun\n"
        assert additions.left() == ()
        process.kill()
    (left,) = additions.left()
    assert (left.names, left.done, left.total) == (("/a.md",), 1, 3)


@pytest.mark.parametrize("content", ["", "[]", '{"number": "x"}', '{"names": 1, "given": 2}'])
def test_what_makes_no_sense_is_passed_over(tmp_path: Path, content: str) -> None:
    (tmp_path / locations.UNFINISHED).mkdir()
    (tmp_path / locations.UNFINISHED / "x.json").write_text(content)
    assert UnfinishedAdditions(tmp_path).left() == ()


def test_where_nothing_can_be_kept_it_goes_on_all_the_same(tmp_path: Path) -> None:
    (tmp_path / locations.UNFINISHED).write_text("in the way")
    additions = UnfinishedAdditions(tmp_path)
    with additions.begun(["/a.md"], (), False) as addition:
        addition.is_at(1, 2)
        addition.is_over()
    assert additions.left() == ()
