"""Leaving while sources are being added: asked before, and told at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from aidx_assistant.library.unfinished import UnfinishedAdditions
from aidx_assistant.tui.screens.quitting import Quitting, question_before_quitting
from tests.fakes.clips import held, write_clips
from tests.tui.driving import drive, shown, until
from tests.tui.test_sources import on_sources, to_sources
from tests.tui.test_sources_adding import Slow, add, known, line, over


def question(pilot: Pilot[None]) -> str:
    """What a dialog asks; it is seen whole."""
    asked = pilot.app.screen.query_one(".question", Static)
    assert asked.region in pilot.app.screen.region
    return str(asked.content)


def told(pilot: Pilot[None]) -> list[str]:
    return [note.message for note in pilot.app._notifications]


@pytest.mark.slow
def test_what_is_left_out_is_asked_about_told_and_gone_on_with(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_clips(tmp_path / "clips", 3)
    slow = Slow(monkeypatch)

    async def left(pilot: Pilot[None]) -> None:
        await add(pilot, str(folder))
        await until(pilot, lambda: "1 of 3 done" in shown(pilot))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(pilot.app.screen, Quitting))
        assert "1 of 3 is read. Quit, and leave out the other 2? At the next start" in question(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: not pilot.app.screen.is_modal)
        assert line(pilot).is_reading
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(pilot.app.screen, Quitting))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not pilot.app.is_running)

    async def reopened(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: any("added: 2 of 3 were not read. F5" in text for text in told(pilot)))
        await to_sources(pilot)
        assert "Not read to the end: 1 of 3" in shown(pilot) and str(folder) in known(pilot)
        await pilot.press("r")
        account = await over(pilot)
        assert account.counts == "2 added · 1 unchanged"
        await until(pilot, lambda: "Not read to the end" not in shown(pilot))

    on_sources(own_home, left)
    assert held(own_home).keys() == {"report-1"}
    slow.go_on.set()
    drive(own_home, reopened)
    assert len(held(own_home)) == 3
    assert UnfinishedAdditions(own_home).left() == ()


@pytest.mark.slow
def test_an_app_that_is_ended_from_outside_tells_it_too_and_it_can_be_forgotten(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_clips(tmp_path / "clips", 2)
    Slow(monkeypatch)

    async def ended(pilot: Pilot[None]) -> None:
        await add(pilot, str(folder))
        await until(pilot, lambda: "1 of 2 done" in shown(pilot))
        pilot.app.exit()

    async def reopened(pilot: Pilot[None]) -> None:
        assert "Not read to the end: 1 of 2" in shown(pilot)
        await pilot.press("d")
        await until(pilot, lambda: "Not read to the end" not in shown(pilot))

    on_sources(own_home, ended)
    on_sources(own_home, reopened)
    assert UnfinishedAdditions(own_home).left() == ()


@pytest.mark.slow
def test_what_the_user_stopped_is_not_asked_about_nor_told_later(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_clips(tmp_path / "clips", 2)
    slow = Slow(monkeypatch)

    async def stopped(pilot: Pilot[None]) -> None:
        await add(pilot, str(folder))
        await until(pilot, lambda: "1 of 2 done" in shown(pilot))
        await pilot.press("x")
        assert (await over(pilot)).can_go_on
        assert question_before_quitting(pilot.app.session.run) is None  # type: ignore[attr-defined]
        assert "r goes on with the rest." in known(pilot)
        slow.go_on.set()
        await pilot.press("r")
        assert (await over(pilot)).counts == "1 added · 1 unchanged"

    on_sources(own_home, stopped)
    assert UnfinishedAdditions(own_home).left() == ()


def test_leaving_is_not_asked_about_where_nothing_is_read(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not pilot.app.is_running)

    drive(own_home, story, wait_until_ready=False)
