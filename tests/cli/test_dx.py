"""`aidx dx` in a child process: tables, charts, files, and what it says of rows that cannot be used."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.test_start_up import imported_by
from tests.fakes.command import Ran, aidx

GOOD = "name,pain,manual,ideation,pilot,production\nClaims,8,75,4,1,0\nNotes,9,70,0,2,8\nIntake,7,80,,,\n"
BAD = "name;pain;manual;pilot\nClaims;7,5;80 %;1\nNotes;11;abc;1,000\nRota;;-1;\n"


@pytest.fixture
def jobs(tmp_path: Path) -> Path:
    file = tmp_path / "jobs.csv"
    file.write_text(GOOD, encoding="utf-8")
    return file


def dx(tmp_path: Path, *arguments: str, stdin: str = "", **variables: str) -> Ran:
    return aidx("dx", *arguments, home=tmp_path / "home", cwd=tmp_path, stdin=stdin, **variables)


def test_a_table_a_chart_and_whose_weights(tmp_path: Path, jobs: Path) -> None:
    ran = dx(tmp_path, "jobs.csv")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[1].split() == ["1", "Claims", "77.5", "10.0", "look", "first"]
    assert lines[2].split() == ["2", "Notes", "80.0", "90.0", "under", "way"]
    assert lines[3].split() == ["3", "Intake", "75.0", "-", "no", "stage", "counts"]
    words = " ".join(ran.out.split())
    assert "Look first, where opportunity is high and adoption low: 1." in words
    assert "┌─ look first ─" in ran.out and "not in the chart: 3." in words
    assert "Weights: default of aidx, not the report's (ideation 0, proof of concept 0.25" in words
    assert "notes on the AI Dx Index, not the report itself" in words
    assert "\x1b" not in ran.out
    assert not (tmp_path / "home").exists(), "scoring needs no library"


@pytest.mark.parametrize("columns", [30, 40, 60, 100, 120])
def test_it_fits_the_terminal(tmp_path: Path, jobs: Path, columns: int) -> None:
    ran = dx(tmp_path, "jobs.csv", COLUMNS=str(columns))
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= columns
    assert ("┼" in ran.out) == (columns >= 40)


def test_an_output_that_takes_ascii_only(tmp_path: Path, jobs: Path) -> None:
    ran = dx(tmp_path, "jobs.csv", PYTHONIOENCODING="ascii")
    assert ran.out.isascii() and "?" not in ran.out and "+- look first -" in ran.out


def test_json(tmp_path: Path, jobs: Path) -> None:
    content = dx(tmp_path, "jobs.csv", "--json", "--weights", "idea=0.1, production=50%", "--split", "78/20").json
    assert content["schema"] == 1 and content["file"] == "jobs.csv"
    assert [
        (job["number"], job["name"], job["line"], job["opportunity"], job["adoption"], job["quadrant"])
        for job in content["jobs"]
    ] == [
        (1, "Notes", 3, 80.0, 50.0, "under way"),
        (2, "Claims", 2, 77.5, 18.0, "can wait"),
        (3, "Intake", 4, 75.0, None, None),
    ]
    assert content["jobs"][1]["stages"] == {"ideation": 4, "pilot": 1}
    weights = content["weights"]
    assert weights["yours"] == ["ideation", "production"] and weights["values"]["pilot"] == 0.5
    assert weights["origin"].startswith("yours; for proof of concept, pilot and implementation the default of aidx")
    assert content["split"] == {"opportunity": 78.0, "adoption": 20.0}
    assert (content["invalid"], content["unused"]) == ([], [])
    assert "not the report itself" in content["caveat"]


def test_csv_says_by_what_it_was_scored_and_can_be_scored_again(tmp_path: Path, jobs: Path) -> None:
    ran = dx(tmp_path, "jobs.csv", "--csv", "--pain-scale", "20")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    first = [rows[0][column] for column in ("name", "opportunity", "adoption", "quadrant", "split")]
    assert first == ["Claims", "57.5", "10.0", "look first", "50"]
    assert all(row["weights"].startswith("default of aidx, not the report's: ideation 0") for row in rows)
    assert dx(tmp_path, "-", "--csv", stdin=ran.out).out == ran.out


def test_rows_that_cannot_be_used_are_all_told(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(BAD, encoding="utf-8")
    ran = dx(tmp_path, "bad.csv")
    assert ran.code == 5
    assert "1  Claims" in ran.out and "Notes" not in ran.out
    assert ran.err.splitlines() == [
        "aidx: bad.csv, line 3, manual: “abc” is no number; a share from 0 to 100 is wanted.",
        "aidx: bad.csv, line 3, pain: 11 is above the scale, 0 to 10.",
        "aidx: bad.csv, line 3, pilot: “1,000” may be a decimal or a thousand; write a whole number in digits only.",
        "aidx: bad.csv, line 4, manual: -1 is negative; a share from 0 to 100 is wanted.",
        "aidx: bad.csv, line 4, pain: is missing.",
        "aidx: bad.csv: not scored for this: 2 of 3 jobs.",
    ]
    as_json = dx(tmp_path, "bad.csv", "--json")
    assert (as_json.code, as_json.err) == (5, "")
    assert as_json.json["invalid"][1] == {
        "file": "bad.csv", "line": 3, "field": "pain", "why": "11 is above the scale, 0 to 10",
    }  # fmt: skip


def test_where_no_row_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("name,pain,manual,owner\nA,x,5,Ann\n", encoding="utf-8")
    ran = dx(tmp_path, "bad.csv")
    assert (ran.code, ran.out) == (2, "")
    assert "line 2, pain: “x” is no number" in ran.err
    assert "not used: owner" in ran.err
    assert "bad.csv has no job that can be scored" in ran.err
    as_json = dx(tmp_path, "bad.csv", "--json")
    assert as_json.code == 2
    assert as_json.json["error"]["exit_code"] == 2 and len(as_json.json["invalid"]) == 1


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ((), "No file is named"),
        (("none.csv",), "none.csv cannot be read"),
        ((".",), ". is a folder"),
        (("jobs.csv", "--weights", "pilto=1"), "no such stage"),
        (("jobs.csv", "--split", "120"), "--split: 120 is above the scale, 1 to 99"),
        (("jobs.csv", "--pain-scale", "x"), "--pain-scale: “x” is no number"),
        (("jobs.csv", "--svg", "jobs.csv"), "does not end in .svg"),
        (("jobs.csv", "--csv", "--json"), "exclude each other"),
        (("jobs.csv", "--example"), "reads no file"),
    ],
)
def test_mistakes_are_told_in_a_sentence_with_what_to_do(
    tmp_path: Path, jobs: Path, arguments: tuple[str, ...], part: str
) -> None:
    ran = dx(tmp_path, *arguments)
    assert ran.code == 2
    assert part in ran.out + ran.err
    assert jobs.read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize("file_format", ["csv", "toml"])
def test_the_example_is_valid_as_it_is(tmp_path: Path, file_format: str) -> None:
    example = dx(tmp_path, "--example", file_format)
    assert example.code == 0 and "numbers are invented" in example.err
    scored = dx(tmp_path, "-", "--json", stdin=example.out)
    assert scored.code == 0
    assert len(scored.json["jobs"]) == 8
    assert {job["quadrant"] for job in scored.json["jobs"]} == {
        "look first", "under way", "can wait", "well served", None,
    }  # fmt: skip
    assert scored.json["weights"]["origin"] == "default of aidx, not the report's"


def test_the_example_is_csv_unless_asked_otherwise(tmp_path: Path) -> None:
    assert dx(tmp_path, "--example").out == dx(tmp_path, "--example", "csv").out


def test_the_chart_as_a_file(tmp_path: Path, jobs: Path) -> None:
    ran = dx(tmp_path, "jobs.csv", "--svg", "chart.svg", "--json")
    assert ran.code == 0 and "The chart is in chart.svg" in ran.err
    root = ElementTree.parse(tmp_path / "chart.svg").getroot()
    assert root.tag.endswith("svg") and "Claims" in "".join(root.itertext())
    (tmp_path / "chart.svg").write_text("mine")
    refused = dx(tmp_path, "jobs.csv", "--svg", "chart.svg")
    assert (refused.code, refused.out) == (2, "") and "overwrite it with --force" in refused.err
    assert (tmp_path / "chart.svg").read_text() == "mine"
    assert dx(tmp_path, "jobs.csv", "--svg", "chart.svg", "--force").code == 0
    assert (tmp_path / "chart.svg").read_text().startswith("<svg")
    failed = dx(tmp_path, "jobs.csv", "--svg", "nowhere/chart.svg")
    assert (failed.code, failed.out) == (1, "")
    assert "cannot be written to nowhere/chart.svg: No such file or directory." in failed.err


def test_names_of_others_cannot_steer_the_terminal(tmp_path: Path) -> None:
    text = (
        "name,pain,manual,pilot\n"
        + "Filler,5,5,1\n" * 1
        + '"\x1b[31mRed\u202e\n=1+1",5,50,1\n=cmd(),5,50,1\n'
        + "x" * 150
        + ",5,50,1\n"
    )
    ran = dx(tmp_path, "-", stdin=text)
    assert ran.code == 0
    assert not {"\x1b", "\u202e"} & set(ran.out)
    assert "'=cmd()" in dx(tmp_path, "-", "--csv", stdin=text).out


def test_ten_thousand_jobs(tmp_path: Path) -> None:
    rows = [
        f"Job {number},{number % 11},{number % 101},{number % 7},{number % 5},{number % 3}" for number in range(10_000)
    ]
    (tmp_path / "many.csv").write_text("\n".join([GOOD.splitlines()[0], *rows]), encoding="utf-8")
    ran = dx(tmp_path, "many.csv", "--svg", "many.svg")
    assert ran.code == 0
    assert sum(line.lstrip()[:1].isdigit() for line in ran.out.splitlines()) >= 10_000
    ElementTree.parse(tmp_path / "many.svg")


def test_scoring_imports_nothing_heavy(jobs: Path) -> None:
    heavy = {"anthropic", "chromadb", "onnxruntime", "numpy", "pydantic", "keyring", "tiktoken"}
    assert not imported_by("dx", str(jobs)) & heavy
    assert not imported_by("dx", "--help") & {*heavy, "rich", "tomlkit"}
