"""Whatever the jobs: scores keep to their scale, follow their weights, and do not depend on how the file is ordered."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aidx_assistant.dx.cells import name_in
from aidx_assistant.dx.index import dx_index
from aidx_assistant.dx.jobs import PAIN_SCALE, STAGES, Job, stage_named
from aidx_assistant.dx.plot import plotted
from aidx_assistant.dx.quadrants import Split
from aidx_assistant.dx.reading import jobs_of_text
from aidx_assistant.dx.scores import adoption, opportunity
from aidx_assistant.dx.scoring import Scoring
from aidx_assistant.dx.svg import as_svg
from aidx_assistant.dx.weights import Weights, weights_of
from aidx_assistant.dx.writing import index_as_csv, jobs_as_csv, jobs_as_toml
from aidx_assistant.errors import UsageError

pytestmark = pytest.mark.slow

OWN_STAGE = "fleet"
ALL_STAGES = (*STAGES, OWN_STAGE)


def decimals(most: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, most, places=3, allow_nan=False, allow_infinity=False)


def usable(name: str) -> bool:
    """A name that reading leaves as it is."""
    return bool(name) and name == " ".join(name.split()) and name.isprintable() and not name.startswith("'")


NAMES = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1, max_size=20).filter(
    usable
)
SHARES = decimals(100).filter(lambda share: not 0 < share < 1)
COUNTS = st.dictionaries(st.sampled_from(ALL_STAGES), st.integers(1, 1_000_000)).map(
    lambda counts: tuple(counts.items())
)
JOBS = st.lists(
    st.builds(Job, NAMES, decimals(int(PAIN_SCALE)), SHARES, COUNTS), min_size=1, max_size=12,
    unique_by=lambda job: job.name.casefold(),
)  # fmt: skip
WEIGHTS = (
    st.fixed_dictionaries({stage: decimals(1) for stage in ALL_STAGES})
    .filter(lambda given: any(given.values()))
    .map(weights_of)
)
SPLITS = st.builds(Split, *[st.decimals(1, 99, places=1)] * 2)


@given(JOBS, WEIGHTS, SPLITS)
def test_scores_keep_to_their_scale(jobs: list[Job], weights: Weights, split: Split) -> None:
    for scored in dx_index(jobs, weights, split).jobs:
        assert 0 <= scored.opportunity <= 100
        assert (scored.adoption is None) == (not scored.job.counts) == (scored.quadrant is None)
        if scored.adoption is not None:
            assert 0 <= scored.adoption <= 100
            assert (scored.quadrant in {"look first", "under way"}) == (scored.opportunity >= split.opportunity)
            assert (scored.quadrant in {"under way", "well served"}) == (scored.adoption >= split.adoption)


@given(JOBS, WEIGHTS, st.sampled_from(ALL_STAGES), decimals(1))
def test_a_greater_weight_never_lowers_adoption(jobs: list[Job], weights: Weights, stage: str, other: Decimal) -> None:
    lower, higher = sorted([weights.by_stage[stage], other])
    for job in jobs:
        before = adoption(job, weights_of({**weights.by_stage, stage: lower}))
        after = adoption(job, weights_of({**weights.by_stage, stage: higher}))
        assert before is None or after is None or before <= after


@given(decimals(10), decimals(10), decimals(100), decimals(100))
def test_more_pain_or_more_manual_work_never_lowers_opportunity(
    pain: Decimal, other_pain: Decimal, manual: Decimal, other_manual: Decimal
) -> None:
    less = Job("a", min(pain, other_pain), min(manual, other_manual))
    more = Job("a", max(pain, other_pain), max(manual, other_manual))
    assert opportunity(less) <= opportunity(more)


@given(st.data(), JOBS, WEIGHTS)
def test_the_order_of_the_rows_does_not_matter(data: st.DataObject, jobs: list[Job], weights: Weights) -> None:
    shuffled = data.draw(st.permutations(jobs))
    assert dx_index(jobs, weights) == dx_index(shuffled, weights)
    texts = [jobs_as_csv(order, ALL_STAGES) for order in (jobs, shuffled)]
    one, other = (jobs_of_text(text, "jobs.csv", Scoring(weights.by_stage)) for text in texts)
    by_name = [
        sorted((job.name, job.pain, job.manual, sorted(job.counts)) for job in found.jobs) for found in (one, other)
    ]
    assert by_name[0] == by_name[1]


def comparable(jobs: tuple[Job, ...] | list[Job]) -> list[tuple[object, ...]]:
    return [(job.name, job.pain, job.manual, dict(job.counts)) for job in jobs]


@given(JOBS, WEIGHTS, SPLITS)
def test_what_is_written_as_csv_is_read_again(jobs: list[Job], weights: Weights, split: Split) -> None:
    found = jobs_of_text(jobs_as_csv(jobs, ALL_STAGES), "jobs.csv", Scoring(weights.by_stage))
    assert not found.invalid and not found.unused
    assert comparable(found.jobs) == comparable(jobs)
    index = dx_index(jobs, weights, split)
    again = jobs_of_text(index_as_csv(index), "scored.csv", Scoring(weights.by_stage, split))
    rescored = dx_index(again.jobs, again.weights, again.split, again.pain_scale)
    assert [(one.number, one.job.name, one.adoption, one.quadrant) for one in rescored.jobs] == [
        (one.number, one.job.name, one.adoption, one.quadrant) for one in index.jobs
    ]


@given(JOBS, WEIGHTS, SPLITS)
def test_what_is_written_as_toml_is_read_again(jobs: list[Job], weights: Weights, split: Split) -> None:
    text = jobs_as_toml(jobs, weights.by_stage, split, PAIN_SCALE)
    found = jobs_of_text(text, "jobs.toml", Scoring())
    assert not found.invalid and not found.unused
    assert comparable(found.jobs) == comparable(jobs)
    assert (found.weights.by_stage, found.split, found.pain_scale) == (weights.by_stage, split, PAIN_SCALE)
    lines = text.splitlines()
    assert [lines[(job.line or 0) - 1] for job in found.jobs] == ["[[jobs]]"] * len(jobs)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.sampled_from(["x.csv", "x.toml", "-"]))
def test_any_text_is_read_or_refused_in_a_sentence(text: str, name: str) -> None:
    try:
        found = jobs_of_text(text, name, Scoring())
    except UsageError as error:
        assert error.title.startswith(name) and len(error.title) < 500 and "\n" not in error.title.strip()
    else:
        assert found.rows >= len(found.jobs)


CELLS = st.sampled_from(
    ["", "A", "b", "5", "5,5", "50%", "-1", "nan", "1e3", "0.5", '"x', "x;y", " 7 ", "1,000", "\x1b[2J", "#"]
)


@settings(max_examples=300)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=8), st.sampled_from(",;\t"))
def test_every_row_is_scored_or_told(rows: list[list[str]], delimiter: str) -> None:
    header = delimiter.join(["name", "pain", "manual", "ideation", "pilot"])
    try:
        found = jobs_of_text("\n".join([header, *map(delimiter.join, rows)]), "x.csv", Scoring())
    except UsageError:
        return
    refused = {fault.line for fault in found.invalid}
    assert len(refused) + len(found.jobs) == found.rows
    assert not refused & {job.line for job in found.jobs}
    assert all(0 <= job.pain <= 10 and 0 <= job.manual <= 100 for job in found.jobs)


@settings(max_examples=60, deadline=None)
@given(JOBS, WEIGHTS, SPLITS, st.integers(40, 140))
def test_a_chart_fits_and_names_each_job_once(jobs: list[Job], weights: Weights, split: Split, width: int) -> None:
    index = dx_index(jobs, weights, split)
    plot = plotted(index, width)
    assert max(map(len, plot.lines)) <= width
    field = [line[6:-1] for line in plot.lines[2:-2]]
    shown = [int(number) for line in field for number in re.findall(r"\d+", re.sub(r"\+\d+", "", line))]
    drawn = {scored.number for scored in index.jobs if scored.adoption is not None}
    assert sorted([*shown, *plot.unnumbered]) == sorted(drawn)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(min_size=1, max_size=30).filter(lambda name: name_or_none(name) is not None),
        min_size=1,
        max_size=5,
        unique=True,
    )
)
def test_a_vector_chart_is_well_formed_whatever_the_names(names: list[str]) -> None:
    jobs = [Job(name, Decimal(5), Decimal(5), (("pilot", 1),)) for name in names]
    ElementTree.fromstring(as_svg(dx_index(jobs)))


def name_or_none(text: str) -> str | None:
    try:
        return name_in(text)
    except ValueError:
        return None


@given(st.text(max_size=30))
def test_a_stage_has_one_name(text: str) -> None:
    assert stage_named(stage_named(text)) == stage_named(text)
