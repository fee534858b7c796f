"""The best passages are compared with the question sentence by sentence, and with each other."""

from __future__ import annotations

import pytest

from aidx_assistant.evidence import Locator, Passage
from aidx_assistant.retrieval.best_sentence import shares_in_one_sentence
from aidx_assistant.retrieval.likeness import likeness, smoothed
from aidx_assistant.retrieval.wording import Wording, wording


def passage(*sentences: str, heading: str | None = None) -> Wording:
    return wording(Passage("p", "s", Locator("section", heading=heading), sentences, ("all",)))


def test_words_in_one_sentence_count_more_than_words_spread_over_several() -> None:
    together = passage("Integration costs delay hospitals.", "Budgets grow.")
    spread = passage("Integration is hard.", "Costs rise.", "Hospitals wait.")
    neither = passage("Nothing of it.")
    assert shares_in_one_sentence("integration costs of hospitals", [spread, together, neither]) == [
        pytest.approx(1 / 3),
        1.0,
        0.0,
    ]


def test_a_heading_counts_with_each_of_its_sentences() -> None:
    headed = passage("Costs rise.", heading="Integration")
    bare = passage("Costs rise.", "Integration is hard.")
    shares = shares_in_one_sentence("integration costs", [headed, bare])
    assert shares[0] == 1.0
    assert shares[1] < 1.0


def test_a_word_that_few_sentences_have_counts_more() -> None:
    frequent, rare = passage("Hospitals wait.", "Hospitals grow."), passage("Radiology waits.")
    shares = shares_in_one_sentence("hospitals radiology", [frequent, rare])
    assert shares[1] == 1.0
    assert 0 < shares[0] < 1


def test_what_is_like_the_best_rises_above_what_is_not() -> None:
    alike = likeness(
        [
            passage("Ambient scribes write notes for clinicians."),
            passage("Scribes of notes spare clinicians time."),
            passage("Budgets of payers grow in every quarter."),
        ]
    )
    scores = smoothed([0.9, 0.5, 0.5], alike)
    assert scores[0] > scores[1] > scores[2]
    assert scores[2] == 0.5  # nothing is like it


@pytest.mark.parametrize("texts", [(), ("Scribes.",), ("?", "?")])
def test_where_nothing_can_be_compared_scores_stay(texts: tuple[str, ...]) -> None:
    assert smoothed([0.5] * len(texts), likeness([passage(text) for text in texts])) == [0.5] * len(texts)
    assert shares_in_one_sentence("scribes", [passage(text) for text in texts if text == "?"]) in ([], [0.0, 0.0])


def test_no_score_leaves_the_range_of_all() -> None:
    texts = ("Scribes write notes.", "Scribes save time.", "Notes save time.", "Budgets grow.")
    scores = [0.8, 0.1, 0.6, 0.3]
    assert all(0.1 <= score <= 0.8 for score in smoothed(scores, likeness([passage(text) for text in texts])))
