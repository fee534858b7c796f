"""`aidx sources add`, `refresh`, `remove`, `list --failed`, in a child process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fakes.command import aidx

REAL = Path(__file__).parents[3] / "shared" / "source" / "the-healthcare-ai-adoption-index.clip.md"
CLIP = """---
title: Robots in Hospital Pharmacies
author: Jane Doe
published: 2026-03-01
---
Robots have come to hospital pharmacies sooner than their builders expected.

## What they sort

Among large hospitals, 62% let robots sort pills, and 17% let robots carry them to the wards.
Payers have not been asked.

| Segment | Robots bought | Robots leased |
|---|---|---|
| Providers | 41% | 12% |
| Payers | 7% | 3% |
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "clips"
    folder.mkdir()
    (folder / "robots.md").write_text(CLIP)
    return folder


def test_a_clip_is_read_asked_about_and_cited_by_its_own_headings(own_home: Path, folder: Path) -> None:
    added = aidx("sources", "add", str(folder / "robots.md"), "--json", home=own_home)
    assert added.code == 0, added.err
    (source,) = added.json["sources"]
    assert (source["outcome"], source["title"]) == ("added", "Robots in Hospital Pharmacies")
    answer = aidx("ask", "What share of large hospitals let robots sort pills?", "--json", home=own_home).json
    assert "62%" in answer["answer"]
    assert answer["citations"][0]["locator"] == {"kind": "section", "number": None, "heading": "What they sort"}
    assert answer["citations"][0]["verified"]
    assert answer["checks"]["figures_unsupported"] == []


@pytest.mark.slow
def test_addresses_of_links_are_shown_and_no_citation_has_them(own_home: Path, folder: Path) -> None:
    linked = "Of [nurses](https://example.com/nurses), 31% trust [their robots](https://example.com/robots)."
    (folder / "robots.md").write_text(f"{CLIP}\n## Trust\n\n{linked}\n")
    aidx("sources", "add", str(folder), home=own_home)
    links = [
        {"text": "nurses", "url": "https://example.com/nurses"},
        {"text": "their robots", "url": "https://example.com/robots"},
    ]
    shown = aidx("show", "Trust", "--source", "robots-in-hospital-pharmacies", "--json", home=own_home).json
    assert [passage["links"] for passage in shown["passages"]] == [links]
    assert shown["passages"][0]["sentences"] == ["Of nurses, 31% trust their robots."]
    source = aidx("sources", "show", "robots-in-hospital-pharmacies", "--json", home=own_home).json
    assert [place["links"] for place in source["places"]] == [[], [], links]
    for command in (("show", "Trust"), ("sources", "show", "robots-in-hospital-pharmacies")):
        assert "their robots: https://example.com/robots" in aidx(*command, home=own_home).out


@pytest.mark.slow
def test_a_clip_with_the_title_of_a_shipped_report_is_told_apart_wherever_it_is_named(
    tmp_path: Path, folder: Path
) -> None:
    own_home = tmp_path / "a-new-home"  # in which the shipped report has not been read yet
    title = "The Healthcare AI Adoption Index"
    (folder / "robots.md").write_text(CLIP.replace("Robots in Hospital Pharmacies", title))
    added = aidx("sources", "add", str(folder / "robots.md"), home=own_home)
    assert f"another source of this title: this one is called “{title} (your clip)”." in " ".join(added.out.split())
    (source,) = aidx("sources", "list", "--json", home=own_home).json["sources"][-1:]
    assert (source["title"], source["name"]) == (title, f"{title} (your clip)")
    answer = aidx("ask", "What share of large hospitals let robots sort pills?", "--json", home=own_home).json
    cited = {one["label"] for one in answer["citations"] if one["source_id"] == source["id"]}
    assert cited == {f"{title} (your clip), section “What they sort”"}
    shipped = aidx("search", "pilots", "--source", "healthcare-ai-adoption-index", "--json", home=own_home).json
    assert not any("your clip" in passage["label"] for passage in shipped["passages"])
    assert f"{title} (your clip)" in aidx("findings", "--source", source["id"], home=own_home).out
    (folder / "another.md").write_text(f"---\ntitle: {title.lower()}\n---\n\nNurses of 12 wards were asked again.\n")
    aidx("sources", "add", str(folder / "another.md"), home=own_home)
    names = [one["name"] for one in aidx("sources", "list", "--json", home=own_home).json["sources"]]
    assert names[-2:] == [f"{title} (your clip)", f"{title.lower()} (your clip 2)"]


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the clip of the report is not on this machine")
def test_the_clip_of_the_report_is_cited_by_its_own_headings_and_its_end_is_told(own_home: Path) -> None:
    added = aidx("sources", "add", str(REAL), "--json", home=own_home)
    assert added.code == 0
    (source,) = added.json["sources"]
    assert any(one.startswith("The clip stops inside section “") for one in source["remarks"])
    question = "What share of the POCs of large providers go to production?"
    answer = aidx("ask", question, "--source", source["source_id"], "--json", home=own_home).json
    (citation, *_) = answer["citations"]
    assert citation["label"].startswith(f"{citation['source_title']} (your clip), section “")
    assert citation["locator"]["heading"] == "Experimentation but not yet production"
    assert "46%" in answer["answer"] and citation["verified"]


PAYERS = """---
title: Northgate Payer AI Benchmark
---
## Use cases by stage

| Use case | Pilot | Production |
|---|---|---|
| Fraud detection | 32% | 53% |
| Device maker rebates | 9% | 4% |
| Providers' audits | 8% | 6% |

## Fears

Of executives, 71% want vendors to share risks. 37% worry about regulators. Startups: 22% have a bot. A tenth (10%) of
vendors sell abroad.
"""


def test_a_report_is_about_the_segment_that_its_title_names_unless_it_says_otherwise(
    own_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "payers.md").write_text(PAYERS)
    aidx("sources", "add", str(tmp_path / "payers.md"), home=own_home)
    found = aidx("findings", "--source", "northgate-payer-ai-benchmark", "--json", home=own_home).json["findings"]
    segments = {finding["value"]: finding["segment"] for finding in found}
    payers, all_ = ("32%", "53%", "71%", "37%"), ("9%", "4%", "22%", "A tenth", "10%")
    providers = ("8%", "6%")
    assert segments == {
        **dict.fromkeys(payers, "payer"), **dict.fromkeys(all_, "all"), **dict.fromkeys(providers, "provider")
    }  # fmt: skip
    answer = aidx("ask", "What share of payers use AI for fraud detection in production?", "--json", home=own_home).json
    assert "Production: 53%" in answer["answer"] and answer["checks"]["figures_unsupported"] == []
    said = "The Northgate Payer AI Benchmark says that {} have fraud detection in production.\n\n"
    memo = "".join(map(said.format, ("53% of payers", "32% of payers", "53% of providers")))
    (tmp_path / "memo.md").write_text(memo)
    faults = aidx("check", str(tmp_path / "memo.md"), "--json", home=own_home).json["faults"]
    assert [fault["line"] for fault in faults] == [3, 5]


@pytest.mark.slow
def test_its_figures_are_findings_marked_as_imported_rows_with_their_headers(own_home: Path, folder: Path) -> None:
    aidx("sources", "add", str(folder), home=own_home)
    found = aidx("findings", "--source", "robots-in-hospital-pharmacies", "--json", home=own_home).json["findings"]
    assert {finding["origin"] for finding in found} == {"imported"}
    by_value = {finding["value"]: finding for finding in found}
    assert {"62%", "17%", "41%", "12%", "7%", "3%"} <= by_value.keys()
    assert (by_value["7%"]["segment"], by_value["41%"]["segment"]) == ("payer", "provider")
    assert "Robots bought" in by_value["7%"]["statement"]
    assert "imported" in aidx("findings", "--source", "robots-in-hospital-pharmacies", home=own_home).out


@pytest.mark.slow
def test_what_is_there_already_is_recognised(own_home: Path, folder: Path) -> None:
    file = folder / "robots.md"
    aidx("sources", "add", str(file), home=own_home)
    again = aidx("sources", "add", str(file), "--json", home=own_home).json
    assert again["summary"]["unchanged"] == 1
    (folder / "copy.md").write_text(CLIP)
    (folder / "other-clipper.md").write_text(CLIP.replace("---\ntitle", "---\nclipper: other\ntitle") + "\nShare\n")
    copies = aidx("sources", "add", str(folder), "--json", home=own_home).json
    assert copies["summary"] == {"added": 0, "updated": 0, "unchanged": 1, "skipped": 2, "failed": 0}
    assert "It is the same as" in copies["sources"][0]["reason"]
    assert "says the same as" in copies["sources"][1]["reason"]
    file.rename(folder / "renamed.md")
    (folder / "copy.md").unlink()
    renamed = aidx("sources", "add", str(folder / "renamed.md"), "--json", home=own_home).json
    assert "It was known as" in renamed["sources"][0]["reason"]
    listed = aidx("sources", "list", "--json", home=own_home).json["sources"]
    assert [one["imported"]["origin"] for one in listed if one["imported"]] == [str(folder / "renamed.md")]


@pytest.mark.slow
def test_a_newer_version_takes_the_place_of_the_old(own_home: Path, folder: Path) -> None:
    file = folder / "robots.md"
    aidx("sources", "add", str(file), home=own_home)
    file.write_text(CLIP.replace("62%", "66%"))
    refreshed = aidx("sources", "refresh", "--json", home=own_home).json
    assert refreshed["summary"]["updated"] == 1
    answer = aidx("ask", "What share of large hospitals let robots sort pills?", "--json", home=own_home).json
    assert "66%" in answer["answer"] and "62%" not in answer["answer"]


@pytest.mark.slow
def test_what_failed_once_and_is_known_from_elsewhere_is_no_failure_any_more(own_home: Path, folder: Path) -> None:
    copy = folder.parent / "copy.md"
    copy.write_text("")
    assert aidx("sources", "add", str(copy), home=own_home).code == 1
    aidx("sources", "add", str(folder), home=own_home)
    copy.write_text(CLIP)
    assert aidx("sources", "add", str(copy), "--json", home=own_home).json["summary"]["skipped"] == 1
    assert aidx("sources", "list", "--failed", "--json", home=own_home).json["failed"] == []


@pytest.mark.slow
def test_one_figure_is_one(own_home: Path, folder: Path) -> None:
    (folder / "robots.md").write_text("# Pills and Robots\n\nOf the nurses asked, 31% trust robots.\n")
    assert ", 1 figure\n" in aidx("sources", "add", str(folder), home=own_home).out
    assert "  1 passage, 1 sentence\n" in aidx("sources", "list", home=own_home).out


@pytest.mark.slow
def test_one_bad_file_does_not_stop_the_others_and_is_tried_again(own_home: Path, folder: Path) -> None:
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    added = aidx("sources", "add", str(folder), home=own_home)
    assert added.code == 5
    assert "1 added, 1 failed" in added.out
    assert "Traceback" not in added.err
    failed = aidx("sources", "list", "--failed", "--json", home=own_home).json["failed"]
    assert [Path(one["origin"]).name for one in failed] == ["bad.pdf"]
    (folder / "bad.pdf").write_text(
        "<!doctype html><html><body><h1>Songs</h1><p>Of nurses asked, 12% sing.</p></body></html>"
    )
    assert aidx("sources", "refresh", "--json", home=own_home).json["summary"]["added"] == 1
    assert aidx("sources", "list", "--failed", "--json", home=own_home).json["failed"] == []


@pytest.mark.slow
def test_removed_it_answers_no_more(own_home: Path, folder: Path) -> None:
    aidx("sources", "add", str(folder), home=own_home)
    removed = aidx("sources", "remove", "robots-in-hospital-pharmacies", home=own_home)
    assert removed.code == 0 and "Robots in Hospital Pharmacies" in removed.out
    assert (folder / "robots.md").exists()
    assert aidx("ask", "What share of large hospitals let robots sort pills?", home=own_home).code == 4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["remove", "healthcare-ai-adoption-index"], "ships with aidx"),
        (["refresh", "healthcare-ai-adoption-inde"], "Did you mean"),
        (["add"], "Missing argument"),
        (["add", ""], "A name is empty."),
        pytest.param(["add", "a.md", "--date", "2026-13-01"], "is no date like 2026-03-01", marks=pytest.mark.slow),
        pytest.param(["add", "a.md", "--date", "yesterday"], "is no date like 2026-03-01", marks=pytest.mark.slow),
    ],
)
def test_bad_input_is_one_sentence(own_home: Path, arguments: list[str], words: str) -> None:
    ran = aidx("sources", *arguments, home=own_home)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


@pytest.mark.slow
def test_what_is_not_there_is_told(own_home: Path, folder: Path) -> None:
    ran = aidx("sources", "add", str(folder / "none.md"), str(folder / "*.pptx"), "--json", home=own_home)
    assert ran.code == 1
    assert [(one["outcome"], one["reason"]) for one in json.loads(ran.out)["sources"]] == [
        ("failed", "There is no such file."),
        ("failed", "Nothing fits this pattern."),
    ]
    assert aidx("sources", "list", "--failed", "--json", home=own_home).json["failed"] == []
    (folder / "out").symlink_to("/etc/passwd")
    (folder / "out.md").symlink_to("/etc/passwd")
    linked = aidx("sources", "add", str(folder), "--json", home=own_home).json["sources"]
    assert [one["reason"] for one in linked if one["outcome"] == "skipped"] == [
        "It is a link that leads out of the folder."
    ]


@pytest.mark.slow
def test_a_title_of_ones_own(own_home: Path, folder: Path) -> None:
    given = ["--title", "Pill robots", "--publisher", "Us", "--date", "2026-01-02", "--segment", "provider"]
    aidx("sources", "add", str(folder), *given, home=own_home)
    shown = aidx("sources", "show", "pill-robots", "--json", home=own_home).json
    assert (shown["title"], shown["publishers"], shown["date"]) == ("Pill robots", ["Us"], "2026-01-02")


def test_without_a_command_it_names_them(pristine_home: Path) -> None:
    done = aidx("sources", home=pristine_home)
    assert (done.code, done.out) == (2, "")
    assert "aidx sources wants one of: list, show, add" in done.err
    assert "See: aidx sources --help" in done.err
