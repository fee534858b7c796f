"""A first question, or an import, that ended while the index was filled: what is said, what the next command does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from aidx_assistant.library.library import Library
from aidx_assistant.locations import LIBRARY
from tests.conftest import the_embedder
from tests.fakes.backlogs import LINEN, bring_unindexed
from tests.fakes.command import Ran, aidx

pytestmark = pytest.mark.slow

QUESTION = "Which share of the hospitals lets a delivery robot carry the linen?"
UNKNOWN = "How many Norwegian dentists fly drones?"
KILLED = """
import os, sys
from aidx_assistant.__main__ import main
from aidx_assistant.library.store import Store
from aidx_assistant.library.vectors import VectorIndex
where, left = sys.argv.pop(1), int(sys.argv.pop(1))
of = {"put": VectorIndex, "mark_indexed": Store}[where]
doing = getattr(of, where)
def ended(self, *arguments):
    global left
    if not left:
        os._exit(9)
    left -= 1
    doing(self, *arguments)
setattr(of, where, ended)
main()
"""


def search_index(ran: Ran) -> tuple[bool, str]:
    check = next(check for check in ran.json["checks"] if check["name"] == "search index")
    return check["ok"], check["detail"]


def numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", text)]


@pytest.mark.parametrize(
    ("where", "left", "indexed"),
    [
        pytest.param("put", 0, 0, marks=pytest.mark.slow),
        ("mark_indexed", 0, 0),
        pytest.param("mark_indexed", 1, 32, marks=pytest.mark.slow),
    ],
)
def test_a_first_question_that_was_killed(tmp_path: Path, where: str, left: int, indexed: int) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-c", KILLED, where, str(left), "ask", "Why do so few pilots reach production?"]
    killed = subprocess.run(command, env={**os.environ, "AIDX_HOME": str(home)}, capture_output=True, check=False)
    assert killed.returncode == 9
    ran = aidx("doctor", "--json", home=home)
    ok, detail = search_index(ran)
    assert (ran.code, ok) == (0, True)
    assert f"unfinished: {indexed} of 85 passages; the next question finishes it" in detail
    asked = aidx("ask", "Why do so few pilots reach production?", "--json", home=home)
    assert (asked.code, asked.json["by_words_only"]) == (0, 0)
    assert "cannot be used" not in asked.err
    assert "all 85 passages" in search_index(aidx("doctor", "--json", home=home))[1]


def test_a_killed_first_reading_is_told_in_words(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with closing(Library(home, the_embedder)):
        assert (home / LIBRARY).exists()
    ran = aidx("doctor", "--json", home=home)
    assert ran.code == 0
    told = {check["name"]: check["detail"] for check in ran.json["checks"]}
    assert "the reports that come with aidx are not read in yet; the next question does" in told["library"]
    assert "does not exist yet; the first question makes it" in told["search index"]


@pytest.mark.slow
def test_doctor_and_answers_count_the_same_sentences(home: Path) -> None:
    declined = aidx("ask", UNKNOWN, "--json", home=home).json
    (searched, *_) = numbers(declined["reason"])
    doctor = aidx("doctor", "--json", home=home)
    told = {check["name"]: check["detail"].partition(": ")[2] for check in doctor.json["checks"]}
    assert f"{searched} sentences" in told["library"]
    assert f"their {searched} sentences" in told["search index"]


@pytest.mark.slow
def test_after_a_stopped_import_questions_are_answered_first(own_home: Path, tmp_path: Path) -> None:
    with closing(Library(own_home, the_embedder)) as library:
        bring_unindexed(library, tmp_path / "brought", 60)
    ok, detail = search_index(aidx("doctor", "--json", home=own_home))
    assert ok and "unfinished: 85 of 145 passages; aidx sync finishes it" in detail
    told = "59 passages were searched by words only, not by meaning: the search index is not complete yet."
    asked = aidx("ask", QUESTION, home=own_home)
    assert asked.code == 0 and "37% of the hospitals" in asked.out
    assert asked.err.endswith(f"aidx: {told}\n      Complete it with: aidx sync\n")
    declined = aidx("ask", UNKNOWN, "--json", home=own_home)
    assert (declined.code, declined.json["by_words_only"]) == (4, 60)
    assert "60 passages were searched by words only" in declined.err
    searched = aidx("search", QUESTION, "--json", "--limit", "1", home=own_home)
    assert searched.json["passages"][0]["text"] == LINEN
    assert searched.json["by_words_only"] == 59 and told in searched.err
    elsewhere = aidx("ask", QUESTION, "--source", "bain-companion-brief", "--json", home=own_home)
    assert elsewhere.json["by_words_only"] == 0 and "by words only" not in elsewhere.err
    assert aidx("sync", "--json", home=own_home).json["embedded"] == 60
    complete = aidx("ask", QUESTION, "--json", home=own_home)
    assert (complete.code, complete.json["by_words_only"]) == (0, 0)
    assert "by words only" not in complete.err
