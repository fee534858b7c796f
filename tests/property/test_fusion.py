"""Fusion and the token budget hold their promises for any ranking."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidx_assistant.evidence import Locator, Passage
from aidx_assistant.retrieval.budget import passages_within_budget
from aidx_assistant.retrieval.expressions import match_expression
from aidx_assistant.retrieval.feedback import feedback
from aidx_assistant.retrieval.fusion import Scores, Weights, fused
from aidx_assistant.retrieval.search import RankedPassage
from aidx_assistant.retrieval.wording import Wording, wording

rankings = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1, 30), max_size=8)


@given(rankings, rankings, rankings)
def test_fused_scores_lie_between_0_and_1(
    words: dict[str, float], dense: dict[str, float], best: dict[str, float]
) -> None:
    total = fused(Scores(words, None), Scores(dense, None), Scores(best, None), Weights())
    assert set(total) == {*words, *dense, *best}
    assert all(-1e-9 <= score <= 1 + 1e-9 for score in total.values())


@given(rankings, st.floats(0.1, 50), st.floats(-20, 20))
def test_scale_and_shift_of_a_ranking_do_not_matter(scores: dict[str, float], scale: float, shift: float) -> None:
    moved = {id_: score * scale + shift for id_, score in scores.items()}
    expected = Scores(scores, None).normalised()
    spread = max(scores.values(), default=0) - min(scores.values(), default=0)
    if spread > 1e-6:
        assert Scores(moved, None).normalised() == pytest.approx(expected, abs=1e-6)


@given(rankings)
def test_a_passage_that_is_best_everywhere_wins(scores: dict[str, float]) -> None:
    best = {**scores, "winner": max(scores.values(), default=0.0) + 1.0}
    total = fused(Scores(best, None), Scores(best, None), Scores(best, None), Weights())
    assert max(total, key=lambda id_: total[id_]) == "winner"


def test_a_floor_keeps_the_distance_of_a_cut_list() -> None:
    assert Scores({"a": 0.9, "b": 0.8}, floor=-1.0).normalised()["b"] == pytest.approx(1.8 / 1.9)
    assert Scores({"a": 0.9, "b": 0.8}, floor=None).normalised()["b"] == 0.0


def ranked(tokens: list[int]) -> list[RankedPassage]:
    passages = (Passage(str(n), "s", Locator("page", n), ("Text.",), ("all",)) for n in range(len(tokens)))
    return [RankedPassage(p, t, 0, 1.0, 0.5, (), (), 1, 1) for p, t in zip(passages, tokens, strict=True)]


@given(st.lists(st.integers(1, 500), max_size=30), st.integers(0, 3000))
def test_a_budget_is_never_exceeded_and_nothing_that_fits_is_left_out(tokens: list[int], budget: int) -> None:
    items = ranked(tokens)
    chosen = passages_within_budget(items, budget)
    used = sum(item.tokens for item in chosen)
    assert used <= budget
    assert list(chosen) == [item for item in items if item in chosen]
    assert all(item.tokens > budget - used for item in items if item not in chosen)


@given(st.text(max_size=200))
def test_any_text_is_a_valid_expression(text: str) -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(body)")
    connection.execute("SELECT * FROM words WHERE words MATCH ?", (match_expression(text),)).fetchall()
    connection.close()


def test_words_near_each_other_count_once_more_and_words_that_stand_everywhere_do_not_count() -> None:
    assert match_expression("How do the costs of integration rise?") == (
        '"costs" OR "integration" OR "rise" OR NEAR("costs" "integration", 10) OR NEAR("integration" "rise", 10)'
    )
    assert (
        match_expression("who are you") == '"who" OR "are" OR "you" OR NEAR("who" "are", 10) OR NEAR("are" "you", 10)'
    )


def section(text: str, heading: str | None = None) -> Wording:
    return wording(Passage(text, "s", Locator("section", heading=heading), (text,), ("all",)))


def test_a_passage_with_the_words_of_the_best_scores_and_one_without_does_not() -> None:
    best = section("Budgets of the hospitals grow.", heading="Budgets")
    scores = feedback([best, section("Budgets grow."), section("Budgets wait."), section("Nurses leave.")], [1.0])
    assert scores == sorted(scores, reverse=True)
    assert scores[2] > scores[3] == 0


def test_the_words_of_a_passage_that_counts_for_more_come_first() -> None:
    many = [f"word{chr(97 + n)}" for n in range(11)]
    passages = [section(" ".join(many)), section("nurses leave"), section(many[0]), section("nurses")]
    assert feedback(passages, [1.0, 0.01])[2:] == [pytest.approx(feedback(passages, [1.0])[2]), 0.0]
    assert feedback(passages, [0.01, 1.0])[3] > 0


texts = st.lists(st.text("abc ", max_size=40), max_size=6)


@given(texts, st.lists(st.floats(0, 1), max_size=7))
def test_feedback_scores_every_passage_and_none_below_0(some: list[str], counts_for: list[float]) -> None:
    scores = feedback([section(text) for text in some], counts_for)
    assert len(scores) == len(some)
    assert all(score >= 0 for score in scores)


def test_feedback_does_not_change_with_the_hash_seed() -> None:
    code = (
        "from tests.property.test_fusion import section; from aidx_assistant.retrieval.feedback import feedback;"
        " print(feedback([section('alpha beta gamma delta'), section('beta gamma gamma delta epsilon')], [0.7, 0.3]))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in (1, 2)
    }
    assert len(printed) == 1
