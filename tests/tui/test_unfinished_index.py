"""A library whose index is not complete: questions are answered, it is said, and the index is completed meanwhile."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from tests.fakes.answers import an_answer
from tests.tui.asking import kept, reopen
from tests.tui.driving import drive, shown

TOLD = "48 passages were searched by words only, not by meaning: the search index is not complete yet."


def test_an_answer_says_what_was_searched_by_words_only(own_home: Path) -> None:
    conversation = kept(own_home, an_answer(by_words_only=48))

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, conversation)
        assert TOLD in " ".join(shown(pilot).split())

    drive(own_home, story)
