"""Slides and sections: listed, opened, walked, referred to."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from textual.pilot import Pilot
from textual.widgets import Static

from aidx_assistant.errors import StorageError
from aidx_assistant.evidence import Locator, Passage, Source
from aidx_assistant.tui import deck as wording
from aidx_assistant.tui.deck import DeckPlace
from aidx_assistant.tui.screens.deck import DeckScreen, PlaceTable
from aidx_assistant.tui.widgets.fitted_table import FittedTable
from aidx_assistant.tui.widgets.picture import Picture
from aidx_assistant.tui.widgets.slide_card import SlideCard
from tests.tui.driving import Story, drive, fail, shown, until

INDEX = "healthcare-ai-adoption-index"


def on_deck(home: Path, story: Story, size: tuple[int, int] = (120, 36)) -> None:
    async def told(pilot: Pilot[None]) -> None:
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeckScreen) and table(pilot).row_count > 0)
        await story(pilot)

    drive(home, told, size)


def table(pilot: Pilot[None]) -> FittedTable:
    return pilot.app.screen.query_one(FittedTable)


def card(pilot: Pilot[None]) -> SlideCard:
    return pilot.app.screen.query_one(SlideCard)


def card_text(pilot: Pilot[None]) -> str:
    return "\n".join(str(part.content) for part in card(pilot).query(Static) if part.display)


def test_every_slide_and_section_is_listed_with_part_and_read_state(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert table(pilot).has_focus
        assert "37 slides, none read · 20 sections, 6 read" in shown(pilot)
        rows = [" ".join(line.split()) for line in shown(pilot).splitlines()]
        begin = "Slide 8 Only 30% of completed proofs of concept reach production not read 1 first part"
        assert any(row.startswith(begin) for row in rows)
        assert any(row.startswith("Slide 33 Title slide of the appendix not read – appendix") for row in rows)
        assert any(row.startswith("Section Top takeaways read 11 article") for row in rows)
        assert any(row.startswith("Section The development strategy not read – article") for row in rows)

    on_deck(own_home, story, (200, 70))


@pytest.mark.slow
def test_a_card_opens_follows_and_closes(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press(*["down"] * 7, "enter")
        assert "Slide 8 of 37 · first part" in card_text(pilot)
        assert "Not read: only its alt text and picture address are known." in card_text(pilot)
        assert "Findings stated here (1)" in card_text(pilot)
        assert "beside “Experimentation but not yet production”, which states" in card_text(pilot)
        assert "46% proofs of concept that reach production (provider, large providers)" in card_text(pilot)
        assert "Slide8-min.png" in card_text(pilot)
        await pilot.press("enter")
        assert card(pilot).has_focus
        await pilot.press("escape")
        assert table(pilot).has_focus
        await pilot.press("down")
        assert "Executives name roadblocks" in card_text(pilot)
        await pilot.press("end")
        assert "Attributed to Bain, seen on a third-party page." in card_text(pilot)
        await pilot.press("escape")
        assert not card(pilot).display

    on_deck(own_home, story)


@pytest.mark.slow
def test_n_and_p_walk_from_card_to_card(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("p")
        assert "Slide 1 of 37" in card_text(pilot)
        await pilot.press("n", "n", "enter", "n")
        assert card(pilot).has_focus
        assert "Slide 4 of 37" in card_text(pilot)
        await pilot.press("p")
        assert "Slide 3 of 37" in card_text(pilot)
        assert table(pilot).cursor_row == 2
        await pilot.press("escape", "home", "p")
        assert "Slide 1 of 37" in card_text(pilot)

    on_deck(own_home, story)


@pytest.mark.slow
def test_addresses_are_opened_and_the_reference_copied(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    opened: list[str] = []

    async def story(pilot: Pilot[None]) -> None:
        monkeypatch.setattr(pilot.app, "open_url", opened.append)
        await pilot.press(*["down"] * 7, "o")
        await until(pilot, lambda: len(opened) == 1)
        await pilot.press("a", "c")
        await until(pilot, lambda: len(opened) == 2)
        assert opened[0].endswith("Slide8-min.png")
        assert opened[1] == "https://www.bvp.com/atlas/the-healthcare-ai-adoption-index"
        assert "lide 8" in pilot.app.clipboard
        await pilot.press(*["down"] * 31, "o", "c")
        await until(pilot, lambda: len(opened) == 3)
        assert opened[2] == opened[1]
        assert "Top takeaways" in pilot.app.clipboard

    on_deck(own_home, story)


def test_without_a_desktop_the_address_is_copied(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aidx_assistant.tui.handing_on._has_desktop", lambda: False)

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("o")
        assert pilot.app.clipboard.startswith("https://www.bvp.com/")

    on_deck(own_home, story)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Image.Image.getdata:DeprecationWarning")  # by what draws pictures
def test_the_picture_is_shown_where_it_is_on_this_machine(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = own_home / "pictures" / INDEX
    folder.mkdir(parents=True)
    Image.new("RGB", (64, 36), "white").save(folder / "slide-02.png")
    (folder / "slide-03.png").write_bytes(b"no picture")
    decoding, opening = [], Image.open

    def opened(file: Path) -> Image.Image:
        decoding.append(threading.current_thread())
        return opening(file)

    monkeypatch.setattr(Image, "open", opened)

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter")
        await until(pilot, lambda: bool(card(pilot).query("Picture > *")))
        assert card(pilot).query_one(Picture).display
        assert decoding and threading.main_thread() not in decoding
        await pilot.press("n")
        await until(pilot, lambda: "slide-03.png cannot be shown" in card_text(pilot).replace("\n", ""))
        await pilot.press("n")
        assert not card(pilot).query_one(Picture).display
        await pilot.press("p", "p")
        await until(pilot, lambda: bool(card(pilot).query("HalfcellImage")))
        await pilot.press("p")
        assert not card(pilot).query_one(Picture).display

    on_deck(own_home, story)


def test_a_card_is_opened_and_closed_by_mouse_alone(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.click(PlaceTable, offset=(12, 3))
        await until(pilot, lambda: card(pilot).display)
        await pilot.click("SlideCard .text")
        assert card(pilot).has_focus
        await pilot.click("SlideCard .close")
        await until(pilot, lambda: not card(pilot).display)
        assert table(pilot).has_focus

    on_deck(own_home, story, (60, 20))


def test_narrow_terminals_stack_the_card_and_keep_the_row_in_sight(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert table(pilot).shown_columns == ["place", "title", "read", "findings"]
        await pilot.press(*["down"] * 10)
        top = table(pilot).region.offset
        await pilot.click(offset=(top.x + 12, top.y + 12))
        await pilot.pause(0.1)
        assert "Slide 12 of 37" in shown(pilot)
        assert card(pilot).region.y >= table(pilot).region.bottom
        assert any(line.startswith(" Slide 12 ") for line in shown(pilot).splitlines())
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert card(pilot).region.x >= table(pilot).region.right

    on_deck(own_home, story, (60, 20))


@pytest.mark.slow
def test_a_library_that_cannot_be_read_is_said_and_tried_again(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "sources", StorageError("The library is damaged.", "Move it away."))

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f4")
        await until(pilot, lambda: "The library is damaged. Move it away." in shown(pilot))
        await pilot.press("n", "o", "c", "enter")
        assert "Press Ctrl+R to try again." in shown(pilot)
        monkeypatch.undo()
        await pilot.press("ctrl+r")
        await until(pilot, lambda: table(pilot).row_count > 0)
        assert table(pilot).has_focus

    drive(own_home, story)


def test_a_library_without_places_says_where_to_look(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aidx_assistant.tui.screens.deck.deck_places", lambda _: ())

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f4")
        await until(pilot, lambda: "holds no slide or section. Press F5 to see its sources." in shown(pilot))

    drive(own_home, story)


def test_places_that_are_read_in_part_or_have_no_title() -> None:
    source = Source("s", "A Report", (), "", None, None, True, (), 2, "")
    passage = Passage("s/1", "s", Locator("page", 3), ("A sentence.",), ("all",))
    place = DeckPlace(source, passage.locator, (passage, replace(passage, id="s/2", read="no")), ())
    assert wording.cells(place)["place"] == "Page 3" and wording.cells(place)["title"] == "–"
    assert wording.read_state(place) == "read in part"
    assert wording.counted((place,)) == "1 page, none read, 1 in part"
    assert place.address is None
    assert "no address is known" in wording.addresses(place).plain
