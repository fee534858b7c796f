"""The keys at the bottom: whole entries, help and the way out on a terminal of any width."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets._footer import FooterKey

from aidx_assistant.errors import EmbeddingError
from aidx_assistant.tui.widgets.source_list import SourceList
from tests.tui.asking import QUESTION, ask, panel
from tests.tui.driving import drive, fail, shown, told_in_passing, until

WIDTHS = (120, 80, 60, 40)


def offered(pilot: Pilot[None]) -> list[str]:
    """What the line offers, each seen whole."""
    keys = [key for key in pilot.app.screen.query(FooterKey) if key.display]
    line = shown(pilot).splitlines()[-1]
    assert all(f"{key.key_display} {key.description} " in line for key in keys), line
    return [key.description for key in keys]


async def resized(pilot: Pilot[None], width: int) -> None:
    await pilot.resize_terminal(width, 24)
    await pilot.pause(0.2)


@pytest.mark.slow
def test_help_and_quit_are_there_and_nothing_is_cut(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        for key in ("f2", "f3", "f4", "f5", "f6", "f7"):
            await pilot.press(key)
            for width in WIDTHS:
                await resized(pilot, width)
                assert {"Help", "Quit"} <= set(offered(pilot)), (key, width)

    drive(own_home, story)


@pytest.mark.slow
def test_where_not_all_fits_the_way_out_and_the_nearest_stay(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        await pilot.press("f8")
        await until(pilot, lambda: panel(pilot).display)
        here = {}
        for width in WIDTHS:
            await resized(pilot, width)
            here[width] = offered(pilot)
        assert here == {
            120: ["Copy", "Open", "Close", "Next citation", "New", "Brief", "Quit", "Help", "Commands"],
            80: ["Copy", "Open", "Close", "Next citation", "New", "Quit", "Help"],
            60: ["Copy", "Open", "Close", "New", "Quit", "Help"],
            40: ["Copy", "Close", "Quit", "Help"],
        }
        await pilot.press("escape")
        await until(pilot, lambda: "Close" not in shown(pilot).splitlines()[-1])

    drive(own_home, story)


def test_what_tries_again_has_room_before_what_else_there_is(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "open", EmbeddingError("The embedding model is damaged."))

    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "Try again" in offered(pilot))

    drive(own_home, story, (40, 20))


def test_a_key_that_can_do_nothing_now_says_so(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f5")
        await until(pilot, lambda: bool(pilot.app.screen.query(SourceList)) and pilot.app.focused is not None)
        await pilot.press("p", "escape", "z")
        await until(pilot, lambda: bool(told_in_passing(pilot)))
        assert told_in_passing(pilot) == "Not possible here now: read it with its password (p)."

    drive(own_home, story)
