"""What the panel beside the answer says of a citation is true of its passage and its slide."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.evidence import Locator, Passage, ReadState, Source
from aidx_assistant.tui import evidence as tui_evidence
from aidx_assistant.tui.evidence import Evidence, caveat, evidence_for
from tests.fakes.answers import CITATION


class Held:
    """A library of one section and the slide that stands beside it."""

    def __init__(self, slide: ReadState) -> None:
        self._slide = slide

    def sources(self) -> tuple[Source, ...]:
        return (Source("index", "An Index", (), "", None, None, True, (), 8, ""),)

    def passages(self, source_id: str) -> tuple[Passage, ...]:
        section = Passage("index/01/0", source_id, Locator("section", heading="Pilots"), ("Pilots stall.",), ("all",))
        return section, Passage("index/s8", source_id, Locator("slide", 8), ("Pilots.",), ("all",), self._slide)

    def passage(self, passage_id: str) -> Passage | None:
        return next((passage for passage in self.passages("index") if passage.id == passage_id), None)

    def picture_file(self, source_id: str, slide: int) -> Path | None:
        return None

    def picture_read(self, source_id: str) -> Path | None:
        return Path("slide-08.png")


@pytest.mark.parametrize(("slide", "said"), [("no", True), ("yes", False), ("by OCR", False)])
def test_a_slide_is_called_unread_where_it_is(slide: ReadState, said: bool) -> None:
    evidence = evidence_for(cast(Assistant, Held(slide)), CITATION)
    assert ("the picture of slide 8 was not" in caveat(evidence)) is said


def test_what_was_read_from_a_picture_says_by_whom() -> None:
    held = Held("by OCR")
    on_slide = replace(CITATION, passage_id="index/s8", locator=Locator("slide", 8), shown_beside=None, verified=False)
    evidence = evidence_for(cast(Assistant, held), on_slide)
    assert "This was read by OCR from a picture." in caveat(evidence)
    assert evidence.picture_file == Path("slide-08.png")
    assert evidence_for(cast(Assistant, Held("yes")), on_slide).picture_file is None


def test_the_links_of_a_passage_are_told_with_their_addresses() -> None:
    links = (("the survey", "https://a.test/s"), ("https://a.test/t", "https://a.test/t"))
    passage = Passage("index/01/0", "index", Locator("section"), ("See the survey.",), ("all",), links=links)
    told = tui_evidence.links(Evidence(CITATION, passage, None, None)).plain
    assert told == "→ the survey: https://a.test/s\n→ https://a.test/t"
    assert not tui_evidence.links(Evidence(CITATION, None, None, None)).plain
