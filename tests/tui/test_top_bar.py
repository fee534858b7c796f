"""The line at the top, and what is said at the start."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.theme import BUILTIN_THEMES

from aidx_assistant.tui.app import AidxApp
from aidx_assistant.tui.doing import Doing
from aidx_assistant.tui.widgets.top_bar import SCREENS, Tab
from tests.tui.driving import drive, shown, until


@pytest.mark.parametrize("width", [80, *(pytest.param(width, marks=pytest.mark.slow) for width in (40, 120))])
def test_every_screen_is_reached_by_mouse(own_home: Path, width: int) -> None:
    async def story(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, AidxApp)
        for place, (mode, _, _) in enumerate(SCREENS):
            tab = list(app.screen.query(Tab))[place]
            assert tab.region.right <= width
            await pilot.click(tab)
            await until(pilot, lambda mode=mode: app.current_mode == mode)  # type: ignore[misc]

    drive(own_home, story, (width, 24))


@pytest.mark.slow
def test_how_the_assistant_stands_is_never_cut(own_home: Path) -> None:
    longest = Doing("reading the reports that come with aidx", 9_998, 9_999).in_short

    async def story(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, AidxApp)
        for mode in ("ask", "brief"):  # which has a name at the top more
            await app.switch_mode(mode)
            for width in (120, 80, 60, 58, 40):
                await pilot.resize_terminal(width, 24)
                for standing in ("not ready · Ctrl+R", longest):
                    app.standing = standing
                    await pilot.pause(0.2)
                    assert standing in shown(pilot), (mode, width)

    drive(own_home, story)


def test_what_is_done_is_told_in_full_and_in_short() -> None:
    assert Doing("indexing passages", 12, 4_000).in_full == "indexing passages: 12 of 4,000"
    assert Doing("indexing passages", 12, 4_000).in_short == "indexing 12 of 4,000"
    assert Doing("indexing passages", 4_200, 85_000).in_short == "indexing 5%"
    assert Doing("fetching slide 8", 7, 38).in_short == "fetching 7 of 38"


def test_a_theme_that_this_version_of_the_app_has_not_is_said(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIDX_THEME", "nord")
    monkeypatch.setattr("textual.app.BUILTIN_THEMES", {k: v for k, v in BUILTIN_THEMES.items() if k != "nord"})

    async def story(pilot: Pilot[None]) -> None:
        assert any("There is no theme “nord”" in told.message for told in pilot.app._notifications)

    drive(own_home, story)


def test_where_no_theme_is_chosen_nothing_is_said(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert not any("no theme" in told.message for told in pilot.app._notifications)

    drive(own_home, story)
