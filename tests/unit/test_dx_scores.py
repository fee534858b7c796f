"""Scores, weights and quadrants of jobs, held against values worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aidx_assistant.dx.index import dx_index
from aidx_assistant.dx.jobs import STAGES, Job, stage_named
from aidx_assistant.dx.quadrants import Split, quadrant_of
from aidx_assistant.dx.scores import adoption, opportunity
from aidx_assistant.dx.weights import DEFAULT_WEIGHTS, weights_of


def a_job(name: str = "Intake", pain: str = "5", manual: str = "50", **counts: int) -> Job:
    by_stage = tuple((stage_named(stage), count) for stage, count in counts.items())
    return Job(name, Decimal(pain), Decimal(manual), by_stage)


def test_opportunity_is_the_mean_of_pain_and_manual_share() -> None:
    assert opportunity(a_job(pain="8", manual="75")) == Decimal("77.5")
    assert opportunity(a_job(pain="4", manual="60"), Decimal(5)) == Decimal(70)


def test_adoption_is_the_average_weight_of_the_use_cases() -> None:
    assert adoption(a_job(ideation=3, poc=2, pilot=1)) == Decimal("16.7")  # (2 · 0.25 + 0.5) / 6
    assert adoption(a_job(production=4)) == 100
    assert adoption(a_job(ideation=4)) == 0


def test_a_job_without_use_cases_has_no_adoption_score() -> None:
    assert adoption(a_job()) is None
    assert adoption(a_job(pilot=0, production=0)) is None


def test_halves_are_rounded_up() -> None:
    assert opportunity(a_job(pain="0", manual="0.1")) == Decimal("0.1")  # 0.05
    assert opportunity(a_job(pain="0", manual="99.9")) == Decimal("50.0")  # 49.95


def test_the_default_weights_are_equal_steps_and_say_whose_they_are() -> None:
    assert [str(float(weight)) for _, weight in DEFAULT_WEIGHTS.values] == ["0.0", "0.25", "0.5", "0.75", "1.0"]
    assert DEFAULT_WEIGHTS.stages == STAGES
    assert DEFAULT_WEIGHTS.origin == "default of aidx, not the report's"


def test_weights_of_the_users_are_called_theirs() -> None:
    some = weights_of({"pilot": Decimal("0.4")})
    assert some.origin.startswith("yours; for ideation, proof of concept, implementation and production the default")
    assert some.by_stage["pilot"] == Decimal("0.4") and some.by_stage["production"] == 1
    assert weights_of({**{stage: Decimal(1) for stage in STAGES}, "rollout": Decimal(1)}).origin == "yours"
    all_but_one = weights_of({stage: Decimal(1) for stage in STAGES if stage != "pilot"})
    assert all_but_one.origin == "yours; for pilot the default of aidx, not the report's"


@pytest.mark.parametrize(
    ("gain", "reached", "quadrant"),
    [
        ("50", "49.9", "look first"),
        ("50", "50", "under way"),
        ("49.9", "49.9", "can wait"),
        ("49.9", "50", "well served"),
        ("0", "0", "can wait"),
        ("100", "100", "under way"),
    ],
)
def test_a_score_at_the_split_is_high(gain: str, reached: str, quadrant: str) -> None:
    assert quadrant_of(Decimal(gain), Decimal(reached), Split()) == quadrant


def test_the_two_splits_are_independent() -> None:
    split = Split(Decimal(80), Decimal(10))
    assert quadrant_of(Decimal(79), Decimal(20), split) == "well served"
    assert quadrant_of(Decimal(80), Decimal(9), split) == "look first"


def test_what_is_shown_is_what_is_compared() -> None:
    """49.96 is shown as 50.0: it is high, or the table would contradict itself."""
    (scored,) = dx_index([a_job(pain="4.992", manual="50", ideation=1)]).jobs
    assert (scored.opportunity, scored.quadrant) == (Decimal("50.0"), "look first")


def test_where_to_look_first_stands_first_and_what_has_no_score_last() -> None:
    jobs = [
        a_job("none", "10", "100"),
        a_job("served", "1", "1", production=1),
        a_job("waits", "1", "1", ideation=1),
        a_job("moves", "9", "90", production=1),
        a_job("look, less", "8", "80", ideation=1),
        a_job("look, further", "9", "90", pilot=1, ideation=2),
        a_job("look, most", "9", "90", ideation=1),
    ]
    index = dx_index(jobs)
    names = ["look, most", "look, further", "look, less", "moves", "waits", "served", "none"]
    assert [scored.job.name for scored in index.jobs] == names
    assert [scored.number for scored in index.jobs] == [1, 2, 3, 4, 5, 6, 7]
    assert [scored.job.name for scored in index.within(None)] == ["none"]


def test_every_output_says_whose_weights_and_what_of_the_method_is_not_known() -> None:
    said = " ".join(dx_index([a_job()]).notes)
    assert "Weights: default of aidx, not the report's (ideation 0, proof of concept 0.25" in said
    assert "follows notes on the AI Dx Index, not the report itself" in said
    assert "the report's weights are not known" in said
    assert "opportunity from 50, adoption from 50" in said


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("PoC", "proof of concept"),
        ("proof_of-concept (2025)", "proof of concept"),
        ("Ideas", "ideation"),
        ("In Production", "production"),
        ("system-wide", "production"),
        ("implementing", "implementation"),
        ("Rollout  A", "rollout a"),
    ],
)
def test_stages_have_several_names(name: str, stage: str) -> None:
    assert stage_named(name) == stage
