"""The user's own copy of a report that ships as notes: fetched after a yes, stopped, gone on with, removed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from aidx_assistant import locations
from aidx_assistant.reading import ocr
from aidx_assistant.tui.screens.dialogs import Confirm
from aidx_assistant.tui.screens.quitting import Quitting
from tests.fakes.pages_server import Reply, Request
from tests.fakes.published import PAGE, SLIDES, SOURCE, Published, published
from tests.tui.driving import SIZES, shown, until
from tests.tui.test_quitting import question
from tests.tui.test_sources import on_sources
from tests.tui.test_sources_adding import choose, known, line, over, read_here

__all__ = ["read_here"]

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Published]:
    """Ships instead of the corpus."""
    with published(tmp_path) as report:
        monkeypatch.setattr(locations, "corpus_folder", lambda: report.corpus)
        monkeypatch.setattr(ocr, "is_available", lambda: False)
        yield report


async def asked(pilot: Pilot[None], key: str) -> None:
    await choose(pilot, f"source {SOURCE}")
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_it_is_fetched_after_a_yes_and_removed(tmp_path: Path, report: Published, size: tuple[int, int]) -> None:
    home = tmp_path / "home"

    async def story(pilot: Pilot[None]) -> None:
        await asked(pilot, "f")
        seen = question(pilot)
        assert f"– the article, from {report.server.url}{PAGE}" in seen
        assert f"– 3 slide pictures, from 127.0.0.1:{report.server.port}" in seen
        await pilot.press("n")
        await until(pilot, lambda: not pilot.app.screen.is_modal)
        assert not report.server.requests and line(pilot).account is None
        await asked(pilot, "f")
        await pilot.press("enter")
        account = await over(pilot)
        assert (account.heading, account.counts) == ("What was fetched", "4 added")
        assert "– slide 3" in known(pilot) and "install OCR" in known(pilot)
        await choose(pilot, f"source {SOURCE}")
        assert "It has been fetched: the article and 3 slide pictures." in known(pilot)
        assert "Sections not read" not in known(pilot)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: "f fetches it" in known(pilot) and "Sections not read (4)" in known(pilot))
        assert not list((home / "pictures" / SOURCE).glob("*"))
        assert any("is removed; the notes remain." in note.message for note in pilot.app._notifications)

    on_sources(home, story, size)


@pytest.mark.slow
def test_it_is_stopped_in_the_middle_and_goes_on(tmp_path: Path, report: Published) -> None:
    goes_on = threading.Event()
    whole = report.replies[SLIDES[2]]

    def slow(request: Request) -> Reply:
        goes_on.wait(60)
        return whole(request)

    report.replies[SLIDES[2]] = slow

    async def story(pilot: Pilot[None]) -> None:
        await asked(pilot, "f")
        await pilot.press("enter")
        await until(pilot, lambda: "2 of 4 done" in shown(pilot))
        assert "Fetching slide 2" in shown(pilot) and "fetching 2 of 4" in shown(pilot).splitlines()[0]
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(pilot.app.screen, Quitting))
        assert "2 of 4 are fetched. Quit, and leave out the other 2?" in question(pilot)
        await pilot.press("n")
        await until(pilot, lambda: not pilot.app.screen.is_modal)
        await pilot.press("x")
        account = await over(pilot)
        assert (account.heading, account.counts) == ("Fetching was stopped", "2 added")
        await choose(pilot, f"source {SOURCE}")
        assert "2 of 4 are fetched" in known(pilot)
        await choose(pilot, "account")
        goes_on.set()
        await pilot.press("r")
        assert (await over(pilot)).counts == "2 added · 2 unchanged"

    on_sources(tmp_path / "home", story)
    assert len(report.asked_for(PAGE)) == 1


@pytest.mark.slow
def test_what_cannot_be_fetched_says_why(tmp_path: Path, report: Published) -> None:
    report.replies[PAGE] = lambda _: Reply(404)

    async def story(pilot: Pilot[None]) -> None:
        await asked(pilot, "f")
        await pilot.press("y")
        assert (await over(pilot)).counts == "3 added · 1 failed"
        assert "Failed (1)" in known(pilot) and "404" in known(pilot)

    on_sources(tmp_path / "home", story)


def test_what_lacks_nothing_is_not_fetched(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert "f Fetch" in shown(pilot) and "d Remove copy" not in shown(pilot)
        await choose(pilot, "source bain-companion-brief")
        await until(pilot, lambda: "f Fetch" not in shown(pilot))
        await pilot.press("f", "d")
        assert not pilot.app.screen.is_modal

    on_sources(own_home, story)
