"""A question or a brief that could cost more than the settings allow goes on only after a yes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from aidx_assistant.briefs.kept import KeptBriefs
from aidx_assistant.tui.screens.brief import BriefScreen
from aidx_assistant.tui.screens.briefing import AskForBrief
from aidx_assistant.tui.screens.dialogs import Confirm
from tests.fakes.brief_script import drafting
from tests.fakes.messages_server import MessagesServer
from tests.tui.asking import QUESTION, last, prompt, told_with
from tests.tui.driving import drive, shown, type_text, until


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


@pytest.mark.slow
@pytest.mark.parametrize(("limit", "is_begun"), [("0.02", False), ("0.15", True)])
def test_a_brief_goes_on_after_a_yes(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, limit: str, is_begun: bool
) -> None:
    monkeypatch.setenv("AIDX_MAX_COST_PER_QUESTION", limit)

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskForBrief))
        await type_text(pilot, "ambient scribes")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await until(pilot, lambda: "Draft it" in shown(pilot))
        assert any((own_home / "briefs").glob("*")) is is_begun
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, BriefScreen) and not pilot.app.screen.is_drafting)
        brief, _ = KeptBriefs(own_home).latest()
        assert all(section.drafted for section in brief.sections)

    told_with(own_home, monkeypatch, story, drafting())
