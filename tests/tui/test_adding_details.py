"""The details of what is added: folded away, said in one go, and held to what they can be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Collapsible, Input

from aidx_assistant.assistant.importing import Importing
from aidx_assistant.tui.screens.naming import AskWhatToAdd
from aidx_assistant.tui.widgets.setting import Choice
from tests.fakes.clips import held, write_clips
from tests.fakes.pages_server import PagesServer, Reply
from tests.tui.driving import SIZES, shown, type_text, until
from tests.tui.test_sources import on_sources
from tests.tui.test_sources_adding import choose, known, over, read_here

__all__ = ["read_here"]

pytestmark = pytest.mark.usefixtures("read_here")


async def opened(pilot: Pilot[None]) -> None:
    await pilot.press("n")
    await until(pilot, lambda: isinstance(pilot.app.screen, AskWhatToAdd))


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_what_is_said_goes_before_what_the_file_says(own_home: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    folder = write_clips(tmp_path / "clips", 1)

    async def story(pilot: Pilot[None]) -> None:
        await opened(pilot)
        assert "Publisher" not in shown(pilot)
        await type_text(pilot, str(folder / "clip-001.md"))
        await pilot.press("tab", "enter")
        await until(pilot, lambda: pilot.app.screen.query_one("#title", Input).has_focus)
        for text in ("Robots at work", "KLAS", "2026-03"):
            await type_text(pilot, text)
            await pilot.press("tab")
        pilot.app.screen.query_one("#segment", Choice).value = "payer"
        assert "Add" in shown(pilot) and "Cancel" in shown(pilot)
        pilot.app.screen.query_one("#publisher", Input).focus()
        await pilot.press("enter")
        assert (await over(pilot)).counts == "1 added"
        await choose(pilot, "source robots-at-work")
        assert "Published by: KLAS" in known(pilot) and "Date: 2026-03" in known(pilot)
        (imported,) = pilot.app.session.assistant.readable().imports()  # type: ignore[attr-defined]
        given = {"title": "Robots at work", "publisher": "KLAS", "date": "2026-03", "segment": "payer"}
        assert dict(imported.given) == given

    on_sources(own_home, story, size)


@pytest.mark.slow
def test_what_cannot_be_is_said_at_its_field(own_home: Path, tmp_path: Path) -> None:
    folder = write_clips(tmp_path / "clips", 2)

    async def story(pilot: Pilot[None]) -> None:
        await opened(pilot)
        screen = pilot.app.screen
        for field, typed, told in (
            ("date", "May", "“May” is no date like 2026-03-01, 2026-03 or 2026."),
            ("title", "One for two", "One title cannot be that of several sources"),
        ):
            screen.query_one("#what", Input).value = str(folder)
            screen.query_one(f"#{field}", Input).value = typed
            screen.query_one(Collapsible).collapsed = True
            screen.query_one("#what", Input).focus()
            await pilot.press("enter")
            await until(pilot, lambda told=told: told in shown(pilot))  # type: ignore[misc]
            assert screen.query_one(f"#{field}", Input).has_focus
            assert not screen.query_one(Collapsible).collapsed
            screen.query_one(f"#{field}", Input).value = ""
        assert screen is pilot.app.screen
        await pilot.press("enter")
        assert (await over(pilot)).counts == "2 added"

    on_sources(own_home, story)
    assert len(held(own_home)) == 2


@pytest.mark.slow
def test_private_networks_are_fetched_from_only_where_that_is_allowed(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed: list[bool] = []
    make = Importing.__init__

    def making(self: Importing, *arguments: Any, allow_private: bool, **others: Any) -> None:
        allowed.append(allow_private)
        make(self, *arguments, allow_private=allow_private, **others)

    monkeypatch.setattr(Importing, "__init__", making)

    async def story(pilot: Pilot[None]) -> None:
        for networks in ("the public internet only", "private networks too"):
            await opened(pilot)
            pilot.app.screen.query_one("#what", Input).value = f"{server.url}/a"
            pilot.app.screen.query_one("#networks", Choice).value = networks
            await pilot.press("enter")
            assert (await over(pilot)).counts == "1 failed"

    with PagesServer({"/a": [Reply(404)]}) as server:
        on_sources(own_home, story)
    assert allowed == [False, True]
