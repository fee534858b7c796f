"""Where a question or an answer cannot be saved, or was only in part: it is answered, and said; what is there opens."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from aidx_assistant.answers import AnswerText
from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.locations import CONVERSATIONS
from aidx_assistant.tui.widgets.chip import Chip
from tests.fakes.answers import CITATION
from tests.tui.asking import QUESTION, ask, ask_screen, last, panel_text, reopen, told_with
from tests.tui.driving import drive, shown, until


def test_a_question_is_answered_where_the_conversations_are_damaged(own_home: Path) -> None:
    (own_home / CONVERSATIONS).write_bytes(b"no database at all" * 100)

    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, "How many jobs are there for payers?")
        told = [notification for notification in pilot.app._notifications if notification.title == "Not saved"]
        assert "damaged" in told[0].message and "move all files named" in told[0].message
        assert "quoted from the sources" in shown(pilot) and "· not saved" in shown(pilot)
        await ask(pilot, "and for pharma?")
        assert "Understood as: How many jobs are there for pharma?" in shown(pilot)
        assert len([one for one in pilot.app._notifications if one.title == "Not saved"]) == 1

    drive(own_home, story)
    assert (own_home / CONVERSATIONS).read_bytes().startswith(b"no database")


def test_a_conversation_deleted_elsewhere_is_followed_by_a_new_one(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        screen = ask_screen(pilot)
        before = screen.session.conversation_id or ""
        with closing(ConversationStore(own_home / CONVERSATIONS)) as elsewhere:
            elsewhere.delete(before)
        await ask(pilot, "Who was surveyed?")
        assert "deleted in another window; the question begins a new one" in " ".join(shown(pilot).split())
        (conversation,) = screen.session.conversations.conversations()
        assert conversation.title == "Who was surveyed?" and screen.session.conversation_id == conversation.id
        await ask(pilot, "How many slides are there?")
        assert screen.session.conversations.conversations()[0].turn_count == 2

    drive(own_home, story)


def test_the_markers_of_an_answer_that_broke_off_open_what_they_name(own_home: Path) -> None:
    with closing(ConversationStore(own_home / CONVERSATIONS)) as store:
        turn = store.begin(None, "Why?")
        text = AnswerText("Pilots stall. [1] Payers wait. [2]", (replace(CITATION, verified=False),))
        store.keep_text(turn.id, text.text, text.citations)

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, turn.conversation_id)
        await until(pilot, lambda: "Broken off" in shown(pilot))
        assert len(last(pilot).body.stops) == 1
        await pilot.press("f8")
        await until(pilot, lambda: "[1] Not verified" in panel_text(pilot) and "Pilots stall." in panel_text(pilot))
        assert "or it was not checked" in panel_text(pilot)

    drive(own_home, story)


def test_what_a_question_takes_is_seen_at_the_prompt_and_what_the_conversation_has_cost(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(pilot: Pilot[None]) -> None:
        def cost() -> str:
            return str(pilot.app.screen.query_one("#cost", Static).content)

        await until(pilot, lambda: "tokens, at most $" in cost())
        assert cost().startswith("≈ ") and "so far" not in cost()
        of_all = cost()
        pilot.app.screen.query_one("#segment", Chip).value = "pharma"
        await until(pilot, lambda: "tokens" in cost() and cost() != of_all)
        first = dollars_of_next(cost())
        await ask(pilot, "What do pharma companies use?")
        await until(pilot, lambda: " · so far $0." in cost() and dollars_of_next(cost()) > first)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "so far" not in cost() and dollars_of_next(cost()) == first)

    told_with(own_home, monkeypatch, story)


def dollars_of_next(told: str) -> float:
    """What the line beside the prompt says that the next question costs at most."""
    return float(told.partition("at most $")[2].partition(" ")[0])


def test_without_a_model_nothing_is_said_of_cost(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, "Who was surveyed?")
        assert str(pilot.app.screen.query_one("#cost", Static).content) == ""

    drive(own_home, story)


def test_the_chip_follows_a_question_that_names_another_segment(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        chip = pilot.app.screen.query_one("#segment", Chip)
        chip.value = "provider"
        await ask(pilot, "How many jobs are there for providers?")
        assert chip.value == "provider"
        await ask(pilot, "and for pharma?")
        assert chip.value == "pharma"
        screen = ask_screen(pilot)
        turns = screen.session.conversations.turns(screen.session.conversation_id or "")
        assert [turn.segment for turn in turns] == ["provider", "pharma"]
        await ask(pilot, "How do payers and providers compare?")
        assert chip.value is None

    drive(own_home, story)
