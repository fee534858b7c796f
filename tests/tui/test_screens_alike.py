"""A screen looks the same whatever other screens have been seen before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, OptionList

from aidx_assistant.tui.app import AidxApp
from aidx_assistant.tui.widgets.top_bar import SCREENS
from tests.tui.asking import QUESTION, ask
from tests.tui.driving import drive, shown, until

KEYS = {mode: key for mode, _, key in SCREENS}
SETTLED = {
    "ask": "figures supported", "findings": "Filter: a figure", "deck": "37 slides", "sources": "Bain companion",
    "conversations": "Search titles", "settings": "None: answers",
}  # fmt: skip


async def seen(pilot: Pilot[None], mode: str) -> str:
    """A screen as it is drawn once it has nothing more to load."""
    await pilot.press(KEYS[mode])
    await until(pilot, lambda: isinstance(pilot.app, AidxApp) and pilot.app.current_mode == mode)
    await until(pilot, lambda: SETTLED[mode] in shown(pilot))
    for table in pilot.app.screen.query(DataTable):
        await until(pilot, lambda table=table: table.row_count > 0)  # type: ignore[misc]
    for options in pilot.app.screen.query(OptionList):
        if mode in {"sources", "conversations"}:
            await until(pilot, lambda options=options: options.option_count > 0)  # type: ignore[misc]
    await pilot.pause(0.3)
    return shown(pilot)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_every_screen_is_drawn_the_same_in_any_order(own_home: Path, size: tuple[int, int]) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        there = {mode: await seen(pilot, mode) for mode in KEYS}
        for mode in reversed(KEYS):
            assert await seen(pilot, mode) == there[mode], mode

    drive(own_home, story, size)
