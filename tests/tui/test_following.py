"""Following citations and faults to their source, and carrying off what is found."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from aidx_assistant.answers import Citation, UnsupportedFigure
from aidx_assistant.assistant import Assistant
from aidx_assistant.tui import evidence as wording
from aidx_assistant.tui.evidence import Evidence
from tests.fakes.answers import CITATION, an_answer, with_a_fault
from tests.tui.asking import QUESTION, ask, ask_screen, kept, last, panel, panel_text, prompt, reopen
from tests.tui.driving import drive, shown, until
from tests.unit.test_answer_lines import TABLE, with_faults


@contextmanager
def held_up(monkeypatch: pytest.MonkeyPatch, number: int) -> Iterator[threading.Event]:
    """While inside, the library takes its time over one citation, until the event is set."""
    gathered, released = wording.evidence_for, threading.Event()

    def slowly(assistant: Assistant, citation: Citation, figure: UnsupportedFigure | None = None) -> Evidence:
        if citation.number == number:
            released.wait(60)
        return gathered(assistant, citation, figure)

    monkeypatch.setattr(wording, "evidence_for", slowly)
    try:
        yield released
    finally:
        released.set()


def test_evidence_that_comes_late_is_not_shown(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        with held_up(monkeypatch, 1) as released:
            await pilot.press("f8", "right")
            await until(pilot, lambda: "[2] Verified" in panel_text(pilot))
            released.set()
            await pilot.pause(0.3)
            assert "[2] Verified" in panel_text(pilot)

    drive(own_home, story)


def test_what_is_copied_and_opened_is_what_is_followed(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = (replace(CITATION, number=number, url=f"https://example.org/{number}") for number in (1, 2))
    conversation = kept(own_home, an_answer("One. [1] Two. [2]", citations=(replace(one, quote="Uno."), two)))
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, conversation)
        await pilot.press("f8", "right")
        await until(pilot, lambda: "[2] Verified" in panel_text(pilot))
        with held_up(monkeypatch, 1) as released:
            await pilot.press("left", "o")
            assert pilot.app.clipboard == "https://example.org/1"
            await pilot.press("c")
            released.set()
            await until(pilot, lambda: "Uno." in pilot.app.clipboard)
        assert "[1] Verified" in panel_text(pilot)

    drive(own_home, story)


@pytest.mark.parametrize("key", ["escape", "ctrl+n"])
def test_a_panel_left_while_it_is_filled_stays_closed(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        with held_up(monkeypatch, 1) as released:
            await pilot.press("f8", key)
            released.set()
            await pilot.pause(0.3)
            assert not panel(pilot).display and panel(pilot).citation is None
        assert prompt(pilot).has_focus

    drive(own_home, story)


def test_two_faults_in_one_row_are_each_explained(own_home: Path) -> None:
    conversation = kept(own_home, with_faults(TABLE, "88%", "46%"))

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, conversation)
        for figure in ("46%", "88%"):
            await pilot.press("f8")
            await until(pilot, lambda figure=figure: f"Unsupported figure: {figure}" in panel_text(pilot))  # type: ignore[misc]
            assert f"{figure} is wrong." in panel_text(pilot)
            await pilot.press("f8")

    drive(own_home, story, (50, 40))


def test_words_that_look_like_a_mark_lead_nowhere(own_home: Path) -> None:
    conversation = kept(own_home, an_answer("It is [unsupported] to say so. [1]"))

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, conversation)
        await pilot.press("f8")
        await until(pilot, lambda: "[1] Verified" in panel_text(pilot))

    drive(own_home, story)


def test_a_fault_comes_with_what_the_sources_say_and_a_citation_that_does_not_hold_says_so(own_home: Path) -> None:
    unverified = an_answer(citations=(replace(CITATION, verified=False),))
    conversation = kept(own_home, unverified, with_a_fault())

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, conversation)
        assert "NOT VERIFIED" in shown(pilot)
        await pilot.press("f8")
        await until(pilot, lambda: "Unsupported figure: 99%" in panel_text(pilot))
        assert "The sources say: Pilots stall." in panel_text(pilot)
        ask_screen(pilot).conversation._turns[0].body.move_to(0)
        await until(pilot, lambda: "[1] Not verified" in panel_text(pilot))
        assert "This is not what the library holds there" in panel_text(pilot)

    drive(own_home, story)


def test_a_reference_is_copied_in_the_style_of_the_settings(own_home: Path) -> None:
    (own_home / "config.toml").write_text('citation_style = "bibtex"\n')

    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        await pilot.press("f8")
        await until(pilot, lambda: panel(pilot).display)
        await pilot.press("c")
        assert pilot.app.clipboard.startswith("@")

    drive(own_home, story)


def test_an_answer_is_selected_and_copied(own_home: Path) -> None:
    conversation = kept(own_home, an_answer("Pilots \x1b[201~stall.\n\nPayers wait. [1]"))

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, conversation)
        body = last(pilot).body
        await pilot.mouse_down(body, offset=(0, 0))
        await pilot.hover(body, offset=(5, 2))
        await pilot.mouse_up(body, offset=(5, 2))
        assert body.text_selection is not None
        await pilot.press("ctrl+c")
        assert pilot.app.clipboard == "Pilots [201~stall.\n\nPayers"

    drive(own_home, story)
