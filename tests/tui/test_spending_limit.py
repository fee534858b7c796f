"""A question that could cost more than the settings allow is asked only after a yes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from aidx_assistant.tui.screens.dialogs import Confirm
from tests.fakes.messages_server import MessagesServer
from tests.tui.asking import QUESTION, last, prompt
from tests.tui.driving import drive, type_text, until


@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_limit_asks_before_anything_is_sent(own_home: Path, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-limit")
    monkeypatch.setenv("AIDX_MAX_COST_PER_QUESTION", "0.02")

    async def story(pilot: Pilot[None]) -> None:
        await ask_and_be_asked(pilot)
        assert not server.bodies
        await pilot.press(answer)
        if answer == "y":
            await until(pilot, lambda: last(pilot).answer is not None)
            assert prompt(pilot).text == ""
        else:
            await until(pilot, lambda: not isinstance(pilot.app.screen, Confirm))
            assert prompt(pilot).text == QUESTION
        assert len(server.bodies) == (answer == "y")

    with MessagesServer() as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        drive(own_home, story)


async def ask_and_be_asked(pilot: Pilot[None]) -> None:
    await type_text(pilot, QUESTION)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
