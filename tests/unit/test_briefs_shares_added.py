"""Shares are added up only where no share of the same whole is left out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aidx_assistant.briefs.quotes import Quote
from aidx_assistant.briefs.shares_added import shares_added
from tests.fakes.briefs import corpus_library

_SHARES = ("30%", "22%", "40%")


def quotes(chosen: Sequence[str]) -> list[Quote]:
    library = corpus_library()
    made = []
    for finding in library.all_findings:
        if (
            finding.topic == "ambient scribes"
            and finding.value in chosen
            and finding.source_id.startswith("healthcare")
        ):
            passage = library.passage(finding.passage_id)
            source = next(source for source in library.sources() if source.id == finding.source_id)
            assert passage
            made.append(Quote(passage, finding.sentence, (finding,), source, on_topic=True, scope="own"))
    return made


def test_all_the_shares_of_a_whole_are_added() -> None:
    said = shares_added(quotes(_SHARES), lambda quote: f"[{quote.position}]")
    assert said and "= 92% (own calculation) of providers" in said


@pytest.mark.parametrize("left_out", _SHARES)
def test_with_one_left_out_nothing_is_added(left_out: str) -> None:
    assert shares_added(quotes([share for share in _SHARES if share != left_out]), lambda _: "[1]") is None
