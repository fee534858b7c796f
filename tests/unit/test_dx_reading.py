"""Files of jobs: what is read, and for what is not, the line, the field and why."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from aidx_assistant.dx.quadrants import Split
from aidx_assistant.dx.reading import JobFile, jobs_of_text, read_jobs
from aidx_assistant.dx.scoring import Scoring, split_in, weights_in_text
from aidx_assistant.errors import UsageError

HEADER = "name,pain,manual,ideation,pilot\n"


def read(text: str, name: str = "jobs.csv", **wishes: object) -> JobFile:
    return jobs_of_text(text, name, Scoring(**wishes))  # type: ignore[arg-type]


def faults(found: JobFile) -> list[tuple[int, str]]:
    return [(fault.line, fault.field) for fault in found.invalid]


def why(text: str, name: str = "jobs.csv") -> str:
    (fault,) = read(text, name).invalid
    return fault.why


@pytest.mark.parametrize(
    "text",
    [
        "name,pain,manual,pilot\nA,7.5,80,2\n",
        'name;pain;manual;pilot\r\n"A";"7,5";"80 %";2\r\n',
        "sep=;\nname;pain;manual;pilot\nA;7,5;80%;2.0\n",
        "Job\tPain (0-10)\tManual %\tPilots\nA\t7,5\t80\t2\n",
        "# jobs of 2026\nManual share|Piloting|Job-to-be-done|How painful\n80|2| A |+7.5\n",
        "pilot,manual,pain,name\r2,80,7.5,A\r",
        'name,pain,manual,pilot\n"A\n",7.5,80,2\n\n,,,\n',
    ],
)
def test_a_table_may_be_written_in_many_ways(text: str) -> None:
    (job,) = read(text).jobs
    assert (job.name, job.pain, job.manual, job.counts) == ("A", Decimal("7.5"), Decimal(80), (("pilot", 2),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "jobs.csv"
    file.write_bytes("name;pain;manual\nAufklärung für Ärzte;1;2\n".encode(encoding))
    assert read_jobs(str(file)).jobs[0].name == "Aufklärung für Ärzte"


@pytest.mark.parametrize(
    ("row", "field", "part"),
    [
        (",1,2,0,0", "name", "is missing"),
        (f"{'x' * 201},1,2,0,0", "name", "longer than 200"),
        ("A,,2,0,0", "pain", "is missing"),
        ("A,much,2,0,0", "pain", "“much” is no number"),
        ("A,-1,2,0,0", "pain", "-1 is negative"),
        ("A,10.1,2,0,0", "pain", "10.1 is above the scale, 0 to 10"),
        ("A,NaN,2,0,0", "pain", "no finite number"),
        ("A,70%,2,0,0", "pain", "is a percentage"),
        ("A,1e1,2,0,0", "pain", "is no number"),
        ("A,1.00000000000000001,2,0,0", "pain", "too many digits"),
        ("A,٣,2,0,0", "pain", "is no number"),
        ("A,1,-inf,0,0", "manual", "no finite number"),
        ("A,1,100.5,0,0", "manual", "above 100 percent"),
        ("A,1,0.8,0,0", "manual", "0.8 may be 80% or 0.8%"),
        ("A,1,2,-3,0", "ideation", "negative"),
        ("A,1,2,0,1.5", "pilot", "1.5 is no whole number"),
        ('A,1,2,0,"1,000"', "pilot", "may be a decimal or a thousand"),
        ("A,1,2,0,1000001", "pilot", "more than 1,000,000"),
        ("A,1,2,0,many", "pilot", "“many” is no number"),
        ("A,1,2,0", "row", "has 4 cells, and the header 5"),
        ("A,7,5,80,0,1", "row", "has 6 cells, and the header 5"),
    ],
)
def test_an_invalid_row_is_told_and_the_others_are_kept(row: str, field: str, part: str) -> None:
    found = read(f"{HEADER}First,1,2,3,4\n{row}\nLast,1,2,3,4\n")
    assert [job.name for job in found.jobs] == ["First", "Last"]
    assert faults(found) == [(3, field)]
    assert part in found.invalid[0].why


def test_a_share_below_one_percent_is_possible_with_its_sign() -> None:
    assert read(f"{HEADER}A,1,0.8%,0,0").jobs[0].manual == Decimal("0.8")


def test_every_field_that_is_wrong_is_told() -> None:
    found = read("Job;Pain;Manual %;PoC\n;x;101;-1\n")
    assert faults(found) == [(2, "Job"), (2, "Manual %"), (2, "Pain"), (2, "PoC")]
    assert found.rows == 1 and not found.jobs


def test_the_line_is_that_on_which_the_row_begins() -> None:
    found = read(f'{HEADER}"A\nB",1,2,0,0\n\nC,x,2,0,0\n')
    assert [job.line for job in found.jobs] == [2]
    assert faults(found) == [(5, "pain")]


def test_of_jobs_with_the_same_name_none_is_taken() -> None:
    found = read(f"{HEADER}A,1,2,0,0\nB,1,2,0,0\n a ,3,4,0,0\n'=A,x,2,0,0\n")
    assert [job.name for job in found.jobs] == ["B"]
    assert faults(found) == [(2, "name"), (4, "name"), (5, "pain")]
    assert "the same as on line 4, so neither is scored" in found.invalid[0].why


def test_columns_that_mean_nothing_are_named() -> None:
    found = read("name,pain,manual,owner,,Notes\nA,1,2,Ann,,x\n")
    assert found.unused == ("owner", "Notes")
    assert len(found.jobs) == 1


def test_the_scale_of_pain_may_stand_in_the_header() -> None:
    text = "name,Pain (0 - 5),manual\nA,4,0\n"
    assert read(text).pain_scale == 5
    assert read(text, pain_scale=Decimal(100)).pain_scale == 100
    with pytest.raises(UsageError, match="does not begin at 0"):
        read("name,Pain (1-5),manual\nA,4,0\n")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "is empty"),
        (" \n\n", "is empty"),
        ("# only a remark\n", "is empty"),
        (HEADER, "has no jobs"),
        ("A,1,2\n", "names no column “name” or “pain” or “manual”"),
        ("name,pain\nA,1\n", "names no column “manual”"),
        ("name,pain,manual,pilot,Pilots\nA,1,2,3,4\n", "two columns mean “pilot”: pilot and Pilots"),
        ("name,pain,manual,pilto\nA,1,2,3\n", "did you mean “pilot”?"),
        (f'{HEADER}"A,1,2,3,4\nB,1,2,3,4\n', "line 2: a quotation mark is not closed"),
        (f'{HEADER}A,1,2,3,4\n"B"x,1,2,3,4\n', "line 3: quotation marks do not match"),
        (f'{HEADER}"{"x" * 140_000}",1,2,3,4\n', "line 2: a cell holds more than 128 KB"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(text: str, part: str) -> None:
    with pytest.raises(UsageError) as error:
        read(text)
    assert part in error.value.title and error.value.title.startswith("jobs.csv")
    assert error.value.hint


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"name,pain\0", "it is no text"),
        (b"PK\x03\x04\x14\0", "looks like a workbook"),
        (b"name,pain,manual\n" + b"x" * 8 * 1024**2, "larger than 8 MB"),
    ],
)
def test_a_file_that_is_no_table_of_text(tmp_path: Path, content: bytes, part: str) -> None:
    file = tmp_path / "jobs.csv"
    file.write_bytes(content)
    with pytest.raises(UsageError) as error:
        read_jobs(str(file))
    assert part in error.value.title and str(file) in error.value.title


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        read_jobs(str(tmp_path))
    for name in (str(tmp_path / "none.csv"), "a\0b.csv"):
        with pytest.raises(UsageError, match="cannot be read"):
            read_jobs(name)


TOML = """\
# [[jobs]]
split = "60/40"
pain_scale = 5

[weights]
backlog = 0.1
PoC = "20%"

[[jobs]]
name = "A"
pain = 2.5
manual = "72,5 %"
stages = { backlog = 2, "proof of concept" = 1 }

[[jobs]]   # the second
name = \"\"\"
[[jobs]]
B\"\"\"
pain = 1
manual = 3
[jobs.stages]
pilot = 4
"""


def test_a_toml_file_says_how_to_score_as_well() -> None:
    found = read(TOML, "jobs.toml")
    first, second = found.jobs
    assert (first.name, first.pain, first.manual, first.line) == ("A", Decimal("2.5"), Decimal("72.5"), 9)
    assert dict(first.counts) == {"backlog": 2, "proof of concept": 1}
    assert (second.name, second.line, second.counts) == ("[[jobs]] B", 15, (("pilot", 4),))
    assert found.split == Split(Decimal(60), Decimal(40)) and found.pain_scale == 5
    assert found.weights.by_stage["proof of concept"] == Decimal("0.2")
    assert found.weights.yours == {"backlog", "proof of concept"}


def test_flags_go_before_the_file() -> None:
    found = read(TOML, "jobs.toml", weights=weights_in_text("poc=0.3", "--weights"), split=split_in("50", "--split"))
    assert found.weights.by_stage["proof of concept"] == Decimal("0.3")
    assert found.weights.by_stage["backlog"] == Decimal("0.1")
    assert found.split == Split()


def test_where_a_toml_job_is_wrong() -> None:
    found = read(
        """\
[[jobs]]
name = 5
pain = nan
manual = true
stages = { pilot = 1.5, rollout = 2, pilots = 3 }
[[jobs]]
name = "B"
manuel = 3
pilot = 4
owner = "Ann"
pain = 1
manual = [
  1,
]
[[jobs]]
name = "C"
pain = 1e-999999999
manual = 1979-05-27
stages = 4
[[jobs]]
name = "D"
pain = 1
manual = 1
[jobs.stages]
PoC = 1
"proof of concept" = -1
[[jobs]]
name = "E"
pain = 1
manual = 1
""",
        "jobs.toml",
    )
    assert [job.name for job in found.jobs] == ["E"]
    assert faults(found) == [
        (2, "name"), (3, "pain"), (4, "manual"), (5, "pilots"), (5, "pilots"), (5, "rollout"),
        (8, "manuel"), (9, "pilot"), (12, "manual"),
        (17, "pain"), (18, "manual"), (19, "stages"),
        (26, "proof of concept"),
    ]  # fmt: skip
    assert found.unused == ("owner",)
    assert found.rows == 5


def test_jobs_may_stand_in_braces() -> None:
    found = read('jobs = [\n  {name = "x", pain = 3, manual = 4, stages = {pilot = 1}},\n  {name = "y"},\n]', "-")
    assert [(job.name, job.line) for job in found.jobs] == [("x", 2)]
    assert faults(found) == [(3, "manual"), (3, "pain")]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[[jobs]]\nname = \n", "is no valid TOML: Invalid value (at line 2"),
        ("jobs = " + "[" * 100_000, "is no valid TOML"),
        (f"[[jobs]]\npain = {'9' * 5000}\n", "is no valid TOML"),
        ("[[job]]\nname = 'x'\n", "did you mean “jobs”?"),
        ("[jobs]\nname = 'x'\n", "has no jobs, each below a line [[jobs]]"),
        ("jobs = [1, 2]\n", "has no jobs, each below a line [[jobs]]"),
        ("jobs = []\n", "has no jobs"),
        ("weights = 3\n[[jobs]]\n", "weights is no table"),
        ("split = true\n[[jobs]]\n", "split: “true” is no number"),
        ("pain_scale = 0\n[[jobs]]\n", "pain_scale: 0 is below the scale"),
        ("[weights]\npilot = 2\n[[jobs]]\nname = 'x'\n", "the weight of “pilot”: 2 is above the scale, 0 to 1"),
        ("[weights]\npilto = 1\n[[jobs]]\nname = 'x'\n", "a weight for “pilto”, but jobs.toml names no such stage"),
        ("[weights]\npilot = 1\npilots = 1\n[[jobs]]\nname = 'x'\n", "a second weight"),
    ],
)
def test_a_toml_file_that_cannot_be_used_says_why(text: str, part: str) -> None:
    with pytest.raises(UsageError) as error:
        read(text, "jobs.toml")
    assert part in error.value.title
    assert error.value.hint


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "is no stage=weight"),
        ("pilot", "“pilot” is no stage=weight"),
        ("pilot=", "“pilot”: is missing"),
        ("pilot=1.5", "above the scale, 0 to 1"),
        ("pilot=-1", "negative"),
        ("pilot=inf", "no finite number"),
        ("pilot=150%", "above 100 percent"),
        ("pilot=.1,piloting=.2", "a second weight"),
        ("pain=1", "cannot be the name of a stage"),
        ("=1", "cannot be the name of a stage"),
    ],
)
def test_weights_that_are_none(text: str, part: str) -> None:
    with pytest.raises(UsageError) as error:
        weights_in_text(text, "--weights")
    assert part in error.value.title


def test_weights_may_be_written_with_decimal_commas() -> None:
    expected = {"ideation": Decimal(0), "pilot": Decimal("0.5"), "fleet": Decimal("0.2")}
    assert weights_in_text("idea=0; pilot=0,5; Fleet = 20 %", "--weights") == expected


def test_a_weight_for_a_stage_that_nothing_names_is_a_mistake() -> None:
    text = f"{HEADER}A,1,2,3,4\n"
    with pytest.raises(UsageError, match="no such stage") as error:
        read(text, weights={"pilto": Decimal(1)})
    assert "Did you mean “pilot”?" in error.value.hint
    with pytest.raises(UsageError, match="Every weight is 0"):
        read(
            text,
            weights={
                name: Decimal(0) for name in ("ideation", "proof of concept", "pilot", "implementation", "production")
            },
        )
    own = read("name,pain,manual,Fleet\nA,1,2,3\n", weights={"fleet": Decimal(1)})
    assert own.jobs[0].counts == (("fleet", 3),)
