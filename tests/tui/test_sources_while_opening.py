"""What is to be added can be named while the library still opens; keys typed then are letters, not commands."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.tui.screens.naming import AskWhatToAdd
from aidx_assistant.tui.screens.sources import SourcesScreen
from aidx_assistant.tui.shelf import Held, key_of
from aidx_assistant.tui.widgets.source_list import SourceList
from tests.tui.driving import drive, shown, type_text, until


@pytest.mark.slow
def test_a_name_typed_before_the_library_is_open_is_read_when_it_is(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, read = threading.Event(), SourcesScreen.read

    def held(screen: SourcesScreen, assistant: Assistant) -> Held:
        released.wait(60)
        return read(screen, assistant)

    monkeypatch.setattr(SourcesScreen, "read", held)
    named = tmp_path / "n-r-d-x.md"
    named.write_text("")

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(pilot.app.screen, SourcesScreen))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskWhatToAdd))
        await type_text(pilot, str(named))
        assert pilot.app.screen.query_one("#what", Input).value == str(named)
        await pilot.press("enter")
        await until(pilot, lambda: not pilot.app.screen.is_modal)
        released.set()
        await until(pilot, lambda: "The file is empty." in shown(pilot))
        chosen = pilot.app.screen.query_one(SourceList).chosen
        assert chosen is not None and key_of(chosen) == "account"

    drive(own_home, story, wait_until_ready=False)
