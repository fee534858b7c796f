"""Replies of a model that cites nothing: what they rest on is found by matching, or they decline."""

from __future__ import annotations

import pytest

from aidx_assistant.answering.attribution import attributed
from aidx_assistant.answering.draft import Draft, Retrieved
from aidx_assistant.answering.reply import _only_says_what_lacks
from aidx_assistant.evidence import Locator, Passage, Source
from aidx_assistant.retrieval.search import RankedPassage

SENTENCE = "Among large providers, 46% of proofs of concept go into production."
PASSAGE = Passage(
    "p", "s", Locator("section", heading="H"), (SENTENCE, "It is also said that cheap robots sell."), ("all",)
)
SOURCE = Source("s", "T", (), "", None, None, True, (), 0, "")


def marked(text: str) -> Draft:
    ranked = RankedPassage(PASSAGE, 20, 0, 1.0, 1.0, (1.0, 0.5), (None, None), None, None)
    return attributed(Draft(text, (), True, "complete", "claude"), Retrieved((ranked,), {"s": SOURCE}, ()))


def test_a_sentence_is_marked_with_what_it_shares_words_or_a_figure_with() -> None:
    draft = marked("For large providers it is 46%.")
    assert (draft.text, draft.cited_by_model, len(draft.citations)) == ("For large providers it is 46%. [1]", False, 1)


@pytest.mark.parametrize("text", ["It is also cheap.", "There is more that they would want.", "Nothing to see."])
def test_what_matches_nothing_is_not_said_to_be_found_by_matching(text: str) -> None:
    draft = marked(text)
    assert (draft.text, draft.citations, draft.cited_by_model) == (text, (), True)


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("The sources do not answer this question.", True),
        ("The passages don't say. None of the sources covers nurses.", True),
        ("The sources give no figure for pharma, but 46% of large providers do.", False),
        ("The index does not say how many. Providers lead.", False),
        ("Pilots do not reach production.", False),
    ],
)
def test_only_remarks_that_the_sources_lack_something_decline(text: str, lacks: bool) -> None:
    assert _only_says_what_lacks(text) is lacks
