"""The user's own jobs in a brief: in every format, kept, checked again, never beyond two pages."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pptx
import pytest

from aidx_assistant.briefs.brief import Brief
from aidx_assistant.briefs.brief_json import brief_as_json, brief_from_json
from aidx_assistant.briefs.exports import FORMATS, Format, write
from aidx_assistant.briefs.exports.slide_text import MORE
from aidx_assistant.briefs.linting.documents import lint_document
from aidx_assistant.briefs.linting.files import pages_of
from aidx_assistant.briefs.own_jobs import HEADING, SHORT_CAVEAT, OwnJobs
from aidx_assistant.briefs.request import BriefRequest
from aidx_assistant.briefs.written.as_brief import brief_again
from aidx_assistant.briefs.written.markdown import read_markdown
from aidx_assistant.briefs.written.word import read_word
from aidx_assistant.dx.example import example
from aidx_assistant.dx.index import CAVEAT, DxIndex, dx_index
from aidx_assistant.dx.reading import jobs_of_text
from aidx_assistant.dx.scoring import Scoring, weights_in_text
from tests.fakes.briefs import clean_brief, corpus_shelf
from tests.fakes.command import aidx
from tests.fakes.read_back import READERS, squeezed
from tests.fakes.whole_briefs import founder_brief

SCRIBES = ("brief", "ambient scribes", "--segment", "provider", "--offline")


def index(weights: str = "pilot=0.4, production=0.9", text: str = example("csv")) -> DxIndex:
    found = jobs_of_text(text, "jobs.csv", Scoring(weights_in_text(weights, "--weights") if weights else {}))
    return dx_index(found.jobs, found.weights, found.split, found.pain_scale, found.refused)


def with_jobs(brief: Brief) -> Brief:
    return replace(brief, jobs=OwnJobs(index()))


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("brief", [clean_brief(), founder_brief()], ids=["buyer", "founder"])
def test_every_format_has_the_scores_with_what_has_to_be_said_of_them(brief: Brief, file_format: Format) -> None:
    content = write(with_jobs(brief), file_format)
    said = squeezed(READERS[file_format](content).text)
    for text in (
        HEADING,
        "Your own numbers, of no source",
        "own calculation",
        "Prior authorisation requests",
        "look first",
        "Weights: yours; for ideation, proof of concept and implementation the default of aidx, not the report's",
        CAVEAT,
    ):
        assert squeezed(text) in said, text
    where = said.index(squeezed(HEADING))
    assert all(squeezed(score) in said[where:] for score in ("85.0", "77.5", "no stage counts"))


def test_the_picture_is_told_in_words_where_it_is_one() -> None:
    content = write(with_jobs(clean_brief()), "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        document = package.read("word/document.xml").decode()
    assert 'descr="Four quadrants. Jobs by opportunity and adoption score. look first' in document


def test_jobs_without_use_cases_make_no_picture_and_long_lists_keep_what_has_to_be_said() -> None:
    idle = OwnJobs(index("", "name,pain,manual\nClaims,8,90\n"))
    drawn = [
        b"<svg" in write(replace(clean_brief(), jobs=jobs, chart=None), "html") for jobs in (idle, OwnJobs(index()))
    ]
    assert drawn == [False, True]
    assert "Claims" in READERS["pdf"](write(replace(clean_brief(), jobs=idle), "pdf")).text
    rows = "\n".join(f"{'Job of a name that does not end ' * 3}{number},8,90,1" for number in range(9))
    many = OwnJobs(index("", f"name,pain,manual,ideation\n{rows}\n"))
    (first, *_) = pptx.Presentation(io.BytesIO(write(replace(clean_brief(), jobs=many), "pptx"))).slides
    said = "\n".join(shape.text_frame.text for shape in first.shapes if shape.has_text_frame)
    assert SHORT_CAVEAT in said and MORE in said


def test_a_brief_with_jobs_is_kept_as_it_is() -> None:
    brief = with_jobs(clean_brief())
    request = BriefRequest("buyer", "ambient scribes", "provider", jobs=index())
    again, asked = brief_from_json(json.dumps(brief_as_json(brief, request)))
    assert again == brief
    assert asked == request
    content = brief_as_json(clean_brief(), replace(request, jobs=None))
    del content["jobs"], content["request"]["jobs"]  # as briefs were kept before they had jobs
    assert brief_from_json(json.dumps(content))[0] == clean_brief()


@pytest.mark.parametrize(("file_format", "reader"), [("md", read_markdown), ("docx", read_word)])
def test_the_check_has_nothing_against_right_scores_and_tells_of_wrong_ones(
    file_format: Format, reader: object
) -> None:
    assert callable(reader)
    brief = with_jobs(clean_brief())
    document = reader(write(brief, file_format))
    assert lint_document(document, corpus_shelf(), pages_of).faults == ()
    pieces = [
        replace(
            piece,
            text=piece.text.replace("85.0", "95.0")
            .replace("77.5 | 5.0 | look first", "77.5 | 5.0 | can wait")
            .replace("Prior authorisation requests; Appeals", "Staff rostering; Appeals"),
        )
        for piece in document.pieces
    ]
    faults = lint_document(replace(document, pieces=tuple(pieces)), corpus_shelf(), pages_of).faults
    assert [(fault.rule, fault.problem) for fault in faults] == [
        (
            "own-score-wrong",
            "“Staff rostering” is no job of the table with high opportunity and low adoption; these are Prior"
            " authorisation requests; Appeals of denied claims.",
        ),
        (
            "own-score-wrong",
            "Prior authorisation requests: opportunity 95.0; what was put in for it gives 85.0.",
        ),
        ("own-score-wrong", "Appeals of denied claims: quadrant can wait; what was put in for it gives look first."),
    ]


def test_what_is_slipped_in_among_the_scores_needs_a_source() -> None:
    text = write(with_jobs(clean_brief()), "md").decode()
    slipped = text.replace("| Job |", "Claims take 73% of all time.\n\n| Job |", 1)
    rules = [fault.rule for fault in lint_document(read_markdown(slipped.encode()), corpus_shelf(), pages_of).faults]
    assert rules == ["figure-without-source"]
    unsaid = text.replace("3/2/1/0/0", "3/2/1/0", 1)
    rules = [fault.rule for fault in lint_document(read_markdown(unsaid.encode()), corpus_shelf(), pages_of).faults]
    assert set(rules) >= {"figure-without-source"}


def test_the_length_of_a_document_is_that_of_the_brief_with_its_jobs() -> None:
    brief = with_jobs(clean_brief())
    again = brief_again(read_markdown(write(brief, "md")))
    assert again is not None and again.jobs is not None and brief.jobs is not None
    assert again.jobs.table == brief.jobs.table


def test_marks_in_names_are_no_citations_and_many_jobs_are_cut() -> None:
    rows = "\n".join(f"Job {number} **[1]**,{number % 9 + 1},90,1" for number in range(1, 21))
    jobs = OwnJobs(index("", f"name,pain,manual,ideation\n{rows}\n"))
    assert len(jobs.table) == 8 and not any("[" in row[0] or "*" in row[0] for row in jobs.table)
    assert "; and 17 more**. The table has the first 8 of 20 jobs." in jobs.lead
    brief = replace(clean_brief(), jobs=jobs)
    assert lint_document(read_markdown(write(brief, "md")), corpus_shelf(), pages_of).faults == ()


def test_jobs_that_are_not_scored_are_named_and_what_was_put_in_is_told_by_name() -> None:
    rows = "Claims,8.5,90,1\nAppeals,5,45,\nCalls 73%,eleven,20,1\n,3,20,1\n"
    jobs = OwnJobs(index("", f"name,pain,manual,ideation\n{rows}"))
    assert jobs.lead.endswith("Not scored, as their rows have faults: Calls 73%; line 5.")
    assert "Job 1: pain 8.5, manual work 90%, stage counts 1/0/0/0/0." in jobs.notes[0]
    assert "Job 2: pain 5, manual work 45%, no stage counts." in jobs.notes[0]
    brief = replace(clean_brief(), jobs=jobs)
    assert lint_document(read_markdown(write(brief, "md")), corpus_shelf(), pages_of).faults == ()
    again, _ = brief_from_json(json.dumps(brief_as_json(brief, BriefRequest("buyer", "scribes", "provider"))))
    assert again.jobs == jobs


@pytest.mark.slow
def test_jobs_on_the_command_line(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "jobs.csv").write_text(f"{example('csv')}Broken,eleven,20,0,0,0,0,1\n")
    ran = aidx(*SCRIBES, "--jobs", "jobs.csv", "--weights", "poc=0.1", "-o", "b.md", home=own_home, cwd=tmp_path)
    assert ran.code == 5  # a row is left out
    assert "jobs.csv, line 10, pain" in ran.err and "too-long" not in ran.err
    text = (tmp_path / "b.md").read_text()
    assert HEADING.split(" (")[0] in text and "proof of concept 0.1" in text
    rows = [f"A job of the back office {number},{number % 10},50,0,1,1,0,1" for number in range(20)]
    (tmp_path / "many.csv").write_text("\n".join([example("csv").splitlines()[0], *rows]))
    assert aidx(*SCRIBES, "-o", "none.md", home=own_home, cwd=tmp_path).code == 0
    again = aidx("brief", "--from", "last", "--jobs", "many.csv", "-o", "again.md", home=own_home, cwd=tmp_path)
    assert again.code == 0, again.err  # not too long
    assert "of 20 jobs" in (tmp_path / "again.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--weights", "poc=0.1"), "--weights is for jobs of your own"),
        (("--jobs", "none.csv"), "none.csv cannot be read"),
        (("--jobs", "empty.csv"), "empty.csv has no job that can be scored."),
    ],
)
def test_jobs_that_cannot_be_used_make_no_brief(
    home: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    (tmp_path / "empty.csv").write_text("name,pain,manual\nBroken,eleven,20\n")
    ran = aidx(*SCRIBES, *arguments, "-o", "b.md", home=home, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "") and told in ran.err
    assert not (tmp_path / "b.md").exists()
