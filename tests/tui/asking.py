"""The main screen in tests: asking there, and what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from aidx_assistant.answers import Answer
from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.locations import CONVERSATIONS
from aidx_assistant.tui.screens.ask import AskScreen
from aidx_assistant.tui.widgets.evidence_panel import EvidencePanel
from aidx_assistant.tui.widgets.prompt import Prompt
from aidx_assistant.tui.widgets.turn_view import TurnView
from tests.fakes.messages_script import Script
from tests.fakes.messages_server import MessagesServer
from tests.tui.driving import Story, drive, type_text, until

QUESTION = "How do large providers compare at getting pilots into production?"


async def ask(pilot: Pilot[None], question: str) -> None:
    await type_text(pilot, question)
    await pilot.press("enter")
    await until(pilot, lambda: bool(pilot.app.screen.query(TurnView)) and not last(pilot).running)


def last(pilot: Pilot[None]) -> TurnView:
    return list(pilot.app.screen.query(TurnView))[-1]


def panel(pilot: Pilot[None]) -> EvidencePanel:
    return pilot.app.screen.query_one(EvidencePanel)


def panel_text(pilot: Pilot[None]) -> str:
    return "\n".join(str(part.content) for part in panel(pilot).query(Static) if part.display)


def prompt(pilot: Pilot[None]) -> Prompt:
    return pilot.app.screen.query_one(Prompt)


def ask_screen(pilot: Pilot[None]) -> AskScreen:
    screen = pilot.app.screen
    assert isinstance(screen, AskScreen)
    return screen


async def press_at_once(pilot: Pilot[None], keys: Sequence[str]) -> None:
    """Keys that come faster than the app draws."""
    for key in keys:
        pilot.app.post_message(events.Key(key, None))
    await pilot.pause()


async def reopen(pilot: Pilot[None], conversation_id: str) -> None:
    """Shows a conversation as it is kept."""
    screen = ask_screen(pilot)
    screen.show_conversation(conversation_id, screen.session.conversations.turns(conversation_id))
    await pilot.pause()


def kept(home: Path, *answers: Answer) -> str:
    """A conversation with these answers; its id."""
    store = ConversationStore(home / CONVERSATIONS)
    conversation_id = None
    for answer in answers:
        turn = store.begin(conversation_id, answer.question)
        conversation_id = turn.conversation_id
        store.finish(turn.id, answer)
    store.close()
    assert conversation_id is not None
    return conversation_id


def told_with(home: Path, monkeypatch: pytest.MonkeyPatch, story: Story, *scripts: Script) -> None:
    """A story with Claude, which says what the scripts say."""
    with MessagesServer(*scripts) as server:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        drive(home, story)
