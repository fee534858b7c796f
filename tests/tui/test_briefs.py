"""Briefs in the app: from a topic, from findings, from a conversation; cancelled, redrafted, saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from aidx_assistant.tui.screens.brief import BriefScreen
from aidx_assistant.tui.screens.briefing import AskForBrief
from aidx_assistant.tui.screens.dialogs import AskText
from tests.tui.driving import drive, shown, type_text, until


def brief_screen(pilot: Pilot[None]) -> BriefScreen:
    screen = pilot.app.screen
    assert isinstance(screen, BriefScreen)
    return screen


async def asked(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(pilot.app.screen, AskForBrief))


async def made(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, BriefScreen))
    await until(pilot, lambda: not brief_screen(pilot).is_drafting)


def test_from_a_topic_to_a_word_document(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        await asked(pilot, "f9")
        await type_text(pilot, "ambient scribes")
        await pilot.press("enter")
        await made(pilot)
        seen = shown(pilot)
        assert "Buyer brief: ambient scribes" in seen
        assert "2 pages · " in seen and "no faults" in seen
        print(seen)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        file = Path(pilot.app.screen.query_one(Input).value)
        await pilot.press("enter")
        await until(pilot, file.exists)
        assert file.read_bytes()[:2] == b"PK"

    drive(own_home, story)
