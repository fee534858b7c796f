"""`aidx brief` without a model, in a child process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fakes.command import aidx

SCRIBES = ("brief", "ambient scribes", "--segment", "provider")


@pytest.mark.slow
def test_without_a_file_it_is_markdown_on_standard_output(own_home: Path) -> None:
    ran = aidx(*SCRIBES, "--for", "CMIO, 500-bed health system", home=own_home)
    assert ran.code == 0, ran.err
    assert ran.out.startswith("# Buyer brief: ambient scribes\n")
    lines = [line.removeprefix("> ") for line in ran.out.splitlines()]
    headings = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    assert headings == [
        "Decision to take", "Recommendation", "Why now", "Evidence", "Options", "Risks and stop conditions",
        "What would change the verdict", "Next step", "Healthcare points", "Where the sources differ", "Sources",
    ]  # fmt: skip
    assert "CMIO, 500-bed health system" in ran.out
    assert ran.err == ""


@pytest.mark.slow
def test_the_chart_is_of_the_newest_edition_and_says_whom_it_counts(own_home: Path, tmp_path: Path) -> None:
    for year, share in ((2025, 49), (2026, 64)):
        head = f"---\ntitle: Kestrel Survey {year}\ndate: {year}-02-10\n---\n\n## Governance\n\n"
        row = f"| Health plans | {share}% | 51% |\n"
        table = f"| Segment | Has governance committee | Has an AI inventory |\n|---|---|---|\n{row}"
        (tmp_path / f"kestrel-{year}.md").write_text(head + table)
        assert aidx("sources", "add", str(tmp_path / f"kestrel-{year}.md"), home=own_home).code == 0
    ran = aidx("brief", "AI governance committees", "--segment", "payer", home=own_home)
    assert ran.code == 0, ran.err
    chart = ran.out.partition("### ")[2].partition("## ")[0]
    assert chart.startswith("Governance\n") and "| 64%" in chart and "*Base: Payers*" in chart


@pytest.mark.slow
def test_a_founder_brief(own_home: Path) -> None:
    ran = aidx(*SCRIBES, "--kind", "founder", home=own_home)
    assert ran.code == 0, ran.err
    assert "## Pains" in ran.out


@pytest.mark.parametrize(
    ("ending", "begins"),
    [pytest.param("pdf", b"%PDF-", marks=pytest.mark.slow), ("md", b"# Buyer brief: ambient scribes")],
)
def test_the_ending_of_the_file_is_the_format(own_home: Path, tmp_path: Path, ending: str, begins: bytes) -> None:
    file = tmp_path / f"brief.{ending}"
    ran = aidx(*SCRIBES, "-o", str(file), home=own_home)
    assert (ran.code, ran.out) == (0, "")
    assert str(file) in ran.err
    assert file.read_bytes().startswith(begins)
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@pytest.mark.slow
def test_a_file_is_overwritten_only_by_force(own_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "brief.md"
    file.write_text("mine")
    ran = aidx(*SCRIBES, "-o", str(file), home=own_home)
    assert ran.code == 2
    assert "exists" in ran.err and "--force" in ran.err
    assert file.read_text() == "mine"
    assert aidx(*SCRIBES, "-o", str(file), "--force", home=own_home).code == 0
    assert file.read_text().startswith("# Buyer brief")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("brief", "--segment", "provider"), "No topic is given."),
        (("brief", "ambient scribes"), "Whose market is the brief about?"),
        ((*SCRIBES, "-o", "brief.odt"), "the ending of brief.odt names no format"),
        ((*SCRIBES, "--format", "odt"), "there is no format “odt”"),
        ((*SCRIBES, "--format", "pdf"), "does not go to standard output"),
        ((*SCRIBES, "-o", "brief.docx", "--format", "pdf"), "brief.docx ends in docx, and --format says pdf"),
        ((*SCRIBES, "-o", "nowhere/brief.md"), "there is no folder nowhere"),
        ((*SCRIBES, "-o", "folder.md"), "is a folder"),
        ((*SCRIBES, "--question", " "), "A question for the brief is empty."),
        pytest.param((*SCRIBES, "--owner", " "), "--owner is empty.", marks=pytest.mark.slow),
        ((*SCRIBES, "--decide-by", "2025-13-45"), "2025-13-45 is no date, as there is no month 13"),
        ((*SCRIBES, "--finding", "no/such"), "There is no finding “no/such”."),
        ((*SCRIBES, "--redraft", "why-now"), "There is no buyer brief on “ambient scribes”"),
        (("brief", "--redraft", "why-now"), "There is no brief yet"),
        (("brief", "--from", "nothing.json"), "nothing.json cannot be read"),
        (("brief", "--from", "other.json"), "other.json is no brief"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_written(
    home: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "other.json").write_text('{"schema": 1}')
    ran = aidx(*arguments, home=home, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder.md", "other.json"]


def test_a_topic_without_an_answer_writes_no_file(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "brief.docx"
    ran = aidx("brief", "zebra husbandry", "--segment", "payer", "-o", str(file), home=home)
    assert ran.code == 4
    assert "The sources do not answer “zebra husbandry” for payers" in ran.err
    assert not file.exists()


@pytest.mark.slow
def test_json_holds_the_brief_and_what_was_asked_and_can_be_written_in_another_format(
    own_home: Path, tmp_path: Path
) -> None:
    ran = aidx(*SCRIBES, "--json", "--owner", "CMIO", home=own_home)
    assert ran.code == 0, ran.err
    brief = ran.json
    assert (brief["schema"], brief["kind"], brief["mode"], brief["faults"]) == (1, "buyer", "evidence", [])
    assert brief["request"]["owner"] == "CMIO"
    assert {block["kind"] for section in brief["sections"] for block in section["blocks"]} == {
        "paragraph", "labelled", "points", "options",
    }  # fmt: skip
    file = tmp_path / "brief.json"
    file.write_text(ran.out)
    printed = aidx(*SCRIBES, "--owner", "CMIO", home=own_home)
    again = aidx("brief", "--from", str(file), home=own_home)
    assert (again.code, again.out) == (0, printed.out)


@pytest.mark.slow
def test_the_last_brief_can_be_written_again(own_home: Path) -> None:
    first = aidx(*SCRIBES, home=own_home)
    assert aidx("brief", "--from", "last", home=own_home).out == first.out


@pytest.mark.slow
def test_a_brief_that_was_tampered_with_has_faults(own_home: Path, tmp_path: Path) -> None:
    brief = aidx(*SCRIBES, "--json", home=own_home).out
    file = tmp_path / "brief.json"
    file.write_text(brief.replace("30% have deployed", "39% have deployed"))
    ran = aidx("brief", "--from", str(file), home=own_home)
    assert ran.code == 5
    assert "(figure-unsupported)" in ran.err or "(citation-unresolved)" in ran.err
    assert "This draft has" in ran.out


@pytest.mark.slow
def test_one_section_is_made_anew(own_home: Path, tmp_path: Path) -> None:
    made = aidx(*SCRIBES, "--json", home=own_home).json
    why_now = next(section for section in made["sections"] if section["key"] == "why-now")
    why_now["blocks"] = [{"kind": "paragraph", "text": "Because."}]
    file = tmp_path / "brief.json"
    file.write_text(json.dumps(made))
    kept = aidx("brief", "--from", str(file), home=own_home)
    assert "Because." in kept.out
    again = aidx("brief", "--from", str(file), "--redraft", "why-now", home=own_home)
    assert again.code == 0, again.err
    assert "Because." not in again.out
    assert "“Ambient scribes, which use AI for clinical documentation" in again.out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "told"), [("why", "has no section “why”"), ("missing", "No section is missing from this brief.")]
)
def test_a_section_that_is_not_there_is_not_made_anew(own_home: Path, key: str, told: str) -> None:
    assert aidx(*SCRIBES, home=own_home).code == 0
    ran = aidx("brief", "--redraft", key, home=own_home)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


@pytest.mark.slow
def test_a_home_that_cannot_keep_it_delivers_it_all_the_same(own_home: Path) -> None:
    (own_home / "briefs").write_text("in the way")
    ran = aidx(*SCRIBES, home=own_home)
    assert ran.code == 0
    assert ran.out.startswith("# Buyer brief")
    assert "cannot be kept" in ran.err
