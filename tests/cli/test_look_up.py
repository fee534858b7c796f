"""`aidx show`, `search`, `sources`, `findings`, `sync`, `doctor` and their bad input, in a child process."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from aidx_assistant import __version__
from tests.fakes.command import aidx

INDEX = "healthcare-ai-adoption-index"


def test_show_a_slide(home: Path) -> None:
    shown = aidx("show", "slide 8", "--json", home=home).json
    assert shown["locator"]["number"] == 8
    assert shown["read"] == "no"
    assert shown["picture"].endswith("Slide8-min.png")
    assert [finding["value"] for finding in shown["findings"]] == ["30%"]


@pytest.mark.parametrize(
    "place",
    ["Slide 8", "slide8", "slide #8", f"{INDEX}/slide/8/1", "only 30% of completed proofs of concept reach production"],
)
def test_a_slide_has_many_names(home: Path, place: str) -> None:
    assert "slide 8" in aidx("show", place, home=home).out


@pytest.mark.parametrize("place", ["Top takeaways", "section top takeaways", "“Top takeaways”"])
def test_show_a_section(home: Path, place: str) -> None:
    ran = aidx("show", place, home=home)
    assert ran.code == 0
    assert "60%" in ran.out and "64%" in ran.out


def test_a_section_known_by_heading_only_says_so(home: Path) -> None:
    shown = aidx("show", "The development strategy", "--json", home=home).json
    assert shown["read"] == "no"
    assert "has not been read" in shown["passages"][0]["text"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "hint"),
    [
        ("slide 38", "slide 1 to slide 37"),
        ("slide 0", "slide 1 to slide 37"),
        ("slide eight", "in digits"),
        ("Top takeaway", "“Top takeaways”"),
    ],
)
def test_an_unknown_place_names_what_there_is(home: Path, place: str, hint: str) -> None:
    ran = aidx("show", place, home=home)
    assert (ran.code, ran.out) == (2, "")
    assert hint in ran.err


@pytest.mark.slow
@pytest.mark.parametrize(
    "place", [["slide 8", "slide 9"], ["8", "9"], ["slides 8 and 9"], ["slide", "8-9"], ["introduction", "slide 8"]]
)
def test_one_place_is_shown_at_a_time(home: Path, place: list[str]) -> None:
    ran = aidx("show", *place, home=home)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("aidx: One place is shown at a time;")


def test_what_was_typed_is_named_shortly_and_without_sequences(home: Path) -> None:
    for command in (["show"], ["sources", "show"], ["findings", "--topic"], ["findings", "--segment"]):
        ran = aidx(*command, "\x1b[31m" + "x" * 5000 + "\x1b]0;title\x07", home=home)
        assert ran.code == 2
        assert len(ran.err) < 1200 and "xxx … xxx" in ran.err
        assert "\x1b" not in ran.err
        assert "--segment" in command or ("31m" not in ran.err and "title" not in ran.err)  # click shows its escapes


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "  ", "\n"])
def test_an_empty_query_is_called_so(home: Path, query: str) -> None:
    ran = aidx("search", query, home=home)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("aidx: The query is empty.\n") and "Name what to search for" in ran.err


def test_search_ranks_and_filters(home: Path) -> None:
    ran = aidx("search", "ambient scribes", "--source", INDEX, "--limit", "3", "--json", home=home)
    passages = ran.json["passages"]
    assert len(passages) == 3
    assert "scribes" in passages[0]["text"].lower()
    assert {passage["source_id"] for passage in passages} == {INDEX}
    assert passages[0]["ranks"]["words"] == 1
    assert all(0 <= passage["score"] <= 1 for passage in passages)


def test_search_by_segment_leaves_the_others_out(home: Path) -> None:
    passages = aidx("search", "use cases", "--segment", "pharma", "--limit", "99", "--json", home=home).json["passages"]
    slides = {passage["locator"]["number"] for passage in passages if passage["locator"]["kind"] == "slide"}
    assert {23, 24, 25, 26, 36} <= slides
    assert not slides & {17, 18, 19, 20, 21, 22, 35, 37}


def test_sources(home: Path) -> None:
    listed = aidx("sources", "list", "--json", home=home).json["sources"]
    assert [source["id"] for source in listed] == [INDEX, "bain-companion-brief"]
    assert listed[0]["date"] == "2025-04-15"
    shown = aidx("sources", "show", INDEX, "--json", home=home).json
    assert sum(place["read"] == "no" for place in shown["places"]) == 37 + len(shown["unread_sections"])
    assert "not read" in aidx("sources", "show", INDEX, home=home).out


def test_an_unknown_source_names_the_nearest(home: Path) -> None:
    for command in (["sources", "show"], ["ask", "Why?", "--source"], ["findings", "--source"]):
        ran = aidx(*command, "healthcare-ai-adoption-indx", home=home)
        assert ran.code == 2
        assert f"“{INDEX}”" in ran.err


def test_findings_as_table_csv_and_json(home: Path) -> None:
    table = aidx("findings", "--segment", "payer", home=home)
    assert table.code == 0
    assert "83%" in table.out and "85%" not in table.out
    assert max(len(line) for line in table.out.splitlines()) <= 80
    assert "…" not in table.out
    narrow = aidx("findings", "--segment", "payer", home=home, COLUMNS="50")
    assert "decision-making" in narrow.out and "…" not in narrow.out
    assert max(len(line) for line in narrow.out.splitlines()) <= 50
    rows = list(csv.DictReader(io.StringIO(aidx("findings", "--topic", "production", "--csv", home=home).out)))
    assert {"46%", "30%"} <= {row["value"] for row in rows}
    listed = aidx("findings", "--json", home=home).json["findings"]
    assert len(listed) > 70
    assert all(finding["locator"]["kind"] in ("section", "slide") for finding in listed)


def test_an_unknown_topic_lists_the_topics(home: Path) -> None:
    ran = aidx("findings", "--topic", "nonsense", home=home)
    assert ran.code == 2
    assert "production" in ran.err


@pytest.mark.slow
def test_sync_reads_once(tmp_path: Path) -> None:
    first = aidx("sync", "--json", home=tmp_path / "new")
    assert first.json["added"] == first.json["embedded"] > 80
    second = aidx("sync", "--json", home=tmp_path / "new")
    assert (second.json["embedded"], second.json["unchanged"]) == (0, first.json["added"])


def test_doctor_of_a_healthy_home(home: Path) -> None:
    ran = aidx("doctor", "--json", home=home, ANTHROPIC_API_KEY="sk-ant-secret")
    assert ran.code == 0
    assert ran.json["ok"] is True
    assert {"versions", "home", "settings", "embedding model", "library", "search index", "API key"} <= {
        check["name"] for check in ran.json["checks"]
    }
    assert "sk-ant-secret" not in ran.out
    assert "present" in ran.out


def test_doctor_of_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = aidx("doctor", "--json", home=tmp_path / "file")
    assert ran.code == 1
    details = {check["name"]: check["detail"] for check in ran.json["checks"] if not check["ok"]}
    assert "is a file, not a folder" in details["home"]
    assert "cannot be made" in details["library"]


@pytest.mark.slow
@pytest.mark.parametrize("command", [["ask", "Why?"], ["findings"], ["doctor"]])
@pytest.mark.parametrize(
    ("folder", "fault"),
    [("/dev/null", "is a file, not a folder"), ("/dev/null/home", "cannot be made"), ("/proc/no", "cannot be made")],
)
def test_every_command_words_an_unusable_home_alike(command: list[str], folder: str, fault: str) -> None:
    ran = aidx(*command, home=Path(folder), COLUMNS="200")
    assert ran.code == 1
    told = " ".join((ran.out + ran.err).split())
    assert f"The home folder {folder} (from AIDX_HOME) {fault}" in told and "Set AIDX_HOME to a folder" in told
    assert "Errno" not in told and "exists" not in told.replace("does not exist", "")


def test_doctor_names_every_fault(own_home: Path) -> None:
    (own_home / "config.toml").write_text("colour = 1")
    for index in (own_home / "chroma").iterdir():
        shutil.rmtree(index)
    ran = aidx("doctor", home=own_home)
    assert ran.code == 1
    assert ran.out.count("FAIL") == 2
    assert "colour" in ran.out and "it is missing" in ran.out


def test_version_and_help(home: Path) -> None:
    assert aidx("--version", home=home).out == f"aidx {__version__}\n"
    helped = aidx("--help", home=home)
    assert helped.code == 0
    for command in ("ask", "search", "show", "sources", "findings", "doctor", "completion"):
        assert command in helped.out
        assert "--help" in aidx(command, "--help", home=home).out
    assert "Examples:" in helped.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(home: Path, shell: str) -> None:
    ran = aidx("completion", shell, home=home)
    assert ran.code == 0
    assert "_AIDX_COMPLETE" in ran.out
    completed = aidx(home=home, _AIDX_COMPLETE="bash_complete", COMP_WORDS="aidx fi", COMP_CWORD="1")
    assert "findings" in completed.out


@pytest.mark.parametrize("arguments", [["nonsense"], ["ask", "--nonsense"], ["ask", "Why?", "--segment", "dentist"]])
def test_a_usage_error_is_one_sentence(home: Path, arguments: list[str]) -> None:
    ran = aidx(*arguments, home=home)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("aidx: ")
    assert "--help" in ran.err


def test_unreadable_settings_are_named(own_home: Path) -> None:
    (own_home / "config.toml").write_text("tokn_budget = 3")
    ran = aidx("ask", "Why?", home=own_home)
    assert (ran.code, ran.out) == (2, "")
    assert "tokn_budget" in ran.err and "“token_budget”" in ran.err and "config.toml" in ran.err
    assert aidx("ask", "Why?", "--json", home=own_home).json["error"]["exit_code"] == 2


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for command in (["ask", "Why?"], ["sync"], ["findings"]):
        ran = aidx(*command, home=tmp_path / "file" / "home")
        assert (ran.code, ran.out) == (1, "")
        assert "AIDX_HOME" in ran.err
        assert "Traceback" not in ran.err


def test_every_finding_carries_its_caveat_out(home: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(aidx("findings", "--csv", home=home).out)))
    bain = [row for row in rows if row["id"].startswith("bain-companion-brief/")]
    assert bain and all(row["attribution"] == "attributed to Bain, seen on a third-party page" for row in bain)
    assert all(row["unit"] for row in rows if row["value"])


def test_a_number_alone_is_a_slide(home: Path) -> None:
    assert aidx("show", "8", "--json", home=home).json["locator"]["number"] == 8
