"""The screen that says what is in the library, and what of it is read."""

from __future__ import annotations

import threading
import webbrowser
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.errors import StorageError, UsageError
from aidx_assistant.evidence import Finding, Locator, LocatorKind, Passage, ReadState, Source
from aidx_assistant.library.records import FailedImport, Import
from aidx_assistant.library.store import Store
from aidx_assistant.locations import LIBRARY
from aidx_assistant.tui.screens.ask import AskScreen
from aidx_assistant.tui.screens.sources import SourcesScreen
from aidx_assistant.tui.shelf import Held
from aidx_assistant.tui.source_overview import details, entry, source_overviews
from aidx_assistant.tui.widgets.chip import Chip
from aidx_assistant.tui.widgets.prompt import Prompt
from aidx_assistant.tui.widgets.source_details import SourceDetails
from tests.tui.driving import SIZES, Story, drive, fail, shown, until

BAIN = "bain-companion-brief"


async def to_sources(pilot: Pilot[None]) -> None:
    await pilot.press("f5")
    await until(pilot, lambda: bool(pilot.app.screen.query("#shelf")) and pilot.app.screen.query_one("#shelf").display)


def on_sources(home: Path, story: Story, size: tuple[int, int] = (120, 36)) -> None:
    async def told(pilot: Pilot[None]) -> None:
        await to_sources(pilot)
        await story(pilot)

    drive(home, told, size)


def test_every_source_is_listed_with_what_of_it_is_read(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        seen = shown(pilot)
        assert "The Healthcare AI Adoption Index" in seen and "Bain companion brief" in seen
        assert "Bessemer Venture Partners" in seen and "2025-04-15" in seen
        assert "14 sections not read" in seen and "0 of 37 slides read" in seen
        assert "Attributed to Bain, seen on a third-party page." in seen
        assert "How startups can win" in seen

    on_sources(own_home, story, (200, 60))


def test_the_details_follow_the_cursor_and_enter_goes_into_them(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter")
        assert pilot.app.screen.query_one(SourceDetails).has_focus
        assert "www.sipoch.com" in shown(pilot)
        assert "What is complete" in shown(pilot)
        await pilot.press("escape")
        assert pilot.app.screen.query_one(OptionList).has_focus

    on_sources(own_home, story)


def test_it_opens_at_the_top_with_what_there_is_to_do_something_about(own_home: Path) -> None:
    store = Store(own_home / LIBRARY)
    for number in range(12):
        store.put_failed_import(
            FailedImport(f"/clips/{number:02}.pdf", "It is damaged.", "Save it anew.", "2026-11-26")
        )
    store.close()

    async def story(pilot: Pilot[None]) -> None:
        listed = pilot.app.screen.query_one(OptionList)
        assert (listed.highlighted, listed.scroll_y) == (0, 0)
        assert "00.pdf" in shown(pilot) and "From: /clips/00.pdf" in shown(pilot)

    on_sources(own_home, story, (80, 24))


def test_a_source_is_chosen_by_mouse(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.click("#sources", offset=(3, 7))
        await until(pilot, lambda: "www.sipoch.com" in shown(pilot))

    on_sources(own_home, story)


def test_the_address_is_opened_in_a_browser(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[None]) -> None:
        opened: list[str] = []
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setattr(pilot.app, "open_url", opened.append)
        await pilot.press("o")
        await until(pilot, lambda: opened == ["https://www.bvp.com/atlas/the-healthcare-ai-adoption-index"])

    on_sources(own_home, story)


def test_a_browser_that_keeps_its_caller_waiting_holds_nothing_up(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = threading.Event()

    def browse(address: str) -> None:
        closed.wait(30)
        raise webbrowser.Error("it has gone")

    async def story(pilot: Pilot[None]) -> None:
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setattr(pilot.app, "open_url", browse)
        await pilot.press("o", "down")
        assert pilot.app.screen.query_one(OptionList).highlighted == 1
        closed.set()
        told = "No browser could be opened: it has gone."
        await until(pilot, lambda: any(told == note.message for note in pilot.app._notifications))

    on_sources(own_home, story)


def test_only_one_source_is_asked(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("down", "a")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen))
        assert pilot.app.screen.query_one("#source", Chip).value == BAIN
        assert pilot.app.screen.query_one(Prompt).has_focus
        assert "source: Bain companion brief" in shown(pilot)

    on_sources(own_home, story)


@pytest.mark.parametrize("size", SIZES)
def test_it_fits_other_terminals(own_home: Path, size: tuple[int, int]) -> None:
    async def story(pilot: Pilot[None]) -> None:
        shelf, known = pilot.app.screen.query_one(OptionList), pilot.app.screen.query_one(SourceDetails)
        assert known.size.height >= 5 and shelf.size.height >= 5
        assert (shelf.region.x == known.region.x) == (size[0] < 100)

    on_sources(own_home, story, size)


@pytest.mark.slow
def test_a_library_that_cannot_be_read_is_said_and_tried_again(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "sources", StorageError("The library is damaged.", "Move it away."))

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f5")
        await until(pilot, lambda: "The library is damaged. Move it away." in shown(pilot))
        assert "Ctrl+R" in shown(pilot)
        monkeypatch.undo()
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Bessemer" in shown(pilot))

    drive(own_home, story)


def test_an_empty_library_says_so(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, SourcesScreen)
        screen.show_held(Held())
        await until(pilot, lambda: "holds no source" in shown(pilot))
        assert not pilot.app.screen.query_one("#shelf").display
        assert "Ask it" not in shown(pilot)

    on_sources(own_home, story)


def test_what_is_not_known_of_a_source_is_said(own_home: Path) -> None:
    with Assistant(home=own_home) as assistant:
        known = source_overviews(assistant)[0]
    source = replace(known.source, publishers=(), authors=(), date="", url=None, unread=(), note="", slide_count=0)
    bare = replace(known, source=source, slides=0, passages=1, findings=1, plan=None)
    ((_, told),) = details(bare)
    assert told.plain.splitlines()[1:] == [
        "Published by: not known",
        "Date: not known",
        "Address: not known",
        "Counts: 1 passage read · 1 finding",
    ]
    assert entry(bare).plain.splitlines()[1:] == ["1 passage read · 1 finding"]


class _Scanned:
    """A library of a source whose places were read in every way."""

    library = SimpleNamespace(home=Path("/no such home"))

    def __init__(self, *kinds: LocatorKind) -> None:
        self._kinds = kinds

    def sources(self) -> tuple[Source, ...]:
        return (Source("scan", "A Scan", (), "", None, None, True, (), 4, ""),)

    def findings(self) -> tuple[Finding, ...]:
        return ()

    def imports(self) -> tuple[Import, ...]:
        return ()

    def fetch_plan(self, source_id: str) -> None:
        raise UsageError("There is nothing to fetch.")

    def passages(self, source_id: str) -> tuple[Passage, ...]:
        states: tuple[ReadState, ...] = ("yes", "no", "by OCR", "by Claude")
        return tuple(
            Passage(f"{kind}/{state}", source_id, Locator(kind, number), ("Pilots stall.",), ("all",), state)
            for kind in self._kinds
            for number, state in enumerate(states, 1)
        )


def test_what_was_read_from_pictures_counts_as_read_and_says_by_whom() -> None:
    (overview,) = source_overviews(cast(Assistant, _Scanned("slide", "section")))
    told = entry(overview).plain
    assert "3 passages read · 3 of 4 slides read · 2 of these by Claude · 2 of these by OCR" in told
    assert "1 slide, known by number" in str(details(overview)[-1][1])


def test_pages_are_not_told_as_slides() -> None:
    (overview,) = source_overviews(cast(Assistant, _Scanned("page")))
    assert "3 passages read · 1 of these by Claude" in entry(overview).plain
    assert "slide" not in entry(overview).plain + str(details(overview))
