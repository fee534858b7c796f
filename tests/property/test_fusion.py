"""Fusion and the token budget hold their promises for any ranking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidx_assistant.evidence import Locator, Passage
from aidx_assistant.retrieval.budget import passages_within_budget
from aidx_assistant.retrieval.expressions import feedback_expression, match_expression
from aidx_assistant.retrieval.fusion import Scores, Weights, fused
from aidx_assistant.retrieval.search import RankedPassage

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
    passage = Passage("p", "s", Locator("page", 1), (text,), ("all",))
    for expression in (match_expression(text), feedback_expression([(passage, 1.0)])):
        connection.execute("SELECT * FROM words WHERE words MATCH ?", (expression,)).fetchall()
    connection.close()


def test_words_near_each_other_count_once_more_and_words_that_stand_everywhere_do_not_count() -> None:
    assert match_expression("How do the costs of integration rise?") == (
        '"costs" OR "integration" OR "rise" OR NEAR("costs" "integration", 10) OR NEAR("integration" "rise", 10)'
    )
    assert (
        match_expression("who are you") == '"who" OR "are" OR "you" OR NEAR("who" "are", 10) OR NEAR("are" "you", 10)'
    )


def test_the_words_that_the_best_passages_have_most_of_are_searched_for_again() -> None:
    first = Passage("1", "s", Locator("section", heading="Budgets"), ("Budgets of the hospitals grow.",), ("all",))
    second = Passage("2", "s", Locator("section"), ("Hospitals wait.",), ("all",))
    assert feedback_expression([(first, 1.0), (second, 0.6)]) == '"hospitals" OR "budgets" OR "wait" OR "grow"'
