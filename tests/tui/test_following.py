"""Following citations and faults to their source, and carrying off what is found."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from aidx_assistant.answers import NOT_CITED, Checks, Citation, UnsupportedFigure
from aidx_assistant.assistant.assistant import Assistant
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

    def slowly(
        assistant: Assistant, citation: Citation, figure: UnsupportedFigure | None = None, cited: bool = True
    ) -> Evidence:
        if citation.number == number:
            released.wait(60)
        return gathered(assistant, citation, figure, cited)

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


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_panel_is_gone_into_before_it_is_filled_and_read_to_its_end(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        with held_up(monkeypatch, 1) as released:
            await pilot.press("f8", "enter")
            assert not panel(pilot).display
            released.set()
            await until(pilot, lambda: panel(pilot).has_focus)
        end = panel(pilot).max_scroll_y
        assert end > 0
        for key, is_at_end in (("end", True), ("pageup", False), ("pagedown", True), ("home", False)):
            await pilot.press(key)
            await until(pilot, lambda is_at_end=is_at_end: (panel(pilot).scroll_y == end) == is_at_end)  # type: ignore[misc]

    drive(own_home, story, (80, 24))


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


@pytest.mark.parametrize(("style", "begins"), [("bibtex", "@"), ("apa", "Guerra, S., & Kraus, S. (2025, April 15). ")])
def test_a_reference_is_copied_in_the_style_of_the_settings(own_home: Path, style: str, begins: str) -> None:
    (own_home / "config.toml").write_text(f'citation_style = "{style}"\n')

    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        await pilot.press("f8")
        await until(pilot, lambda: panel(pilot).display)
        await pilot.press("c")
        assert pilot.app.clipboard.startswith(begins)

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
        assert pilot.app.clipboard == "Pilots stall.\n\nPayers"

    drive(own_home, story)


def numbered(*numbers: int) -> tuple[Citation, ...]:
    return tuple(replace(CITATION, number=number) for number in numbers)


@pytest.mark.slow
def test_a_new_answer_is_walked_from_its_first_marker_and_walking_goes_on_into_the_next(own_home: Path) -> None:
    first = an_answer("One. [1] Two. [2]", citations=numbered(1, 2))
    conversation = kept(own_home, first, an_answer("Three. [3]", citations=numbered(3)))

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, conversation)
        turns = ask_screen(pilot).conversation._turns
        turns[0].body.move_to(1)
        await until(pilot, lambda: "[2] Verified" in panel_text(pilot))
        await pilot.press("f8")
        await until(pilot, lambda: "[3] Verified" in panel_text(pilot))
        assert turns[1].body.has_focus
        await pilot.press("f8")
        assert turns[1].body.here == 0
        await pilot.press("shift+f8")
        await until(pilot, lambda: "[2] Verified" in panel_text(pilot))
        prompt(pilot).focus()
        await ask(pilot, QUESTION)
        assert panel(pilot).display
        await pilot.press("f8")
        await until(pilot, lambda: last(pilot).body.here == 0 and last(pilot).body.has_focus)
        assert turns[0].body.here == -1

    drive(own_home, story)


def test_the_nearest_passage_of_a_declined_answer_is_not_called_a_citation(own_home: Path) -> None:
    nearest = (replace(CITATION, verified=False),)
    declined = an_answer(
        "The sources do not answer this.", answered=False, status="declined", citations=(), nearest=nearest
    )
    conversation = kept(own_home, declined)

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, conversation)
        await pilot.press("f8")
        await until(pilot, lambda: "Nearest passage, not cited" in panel_text(pilot))
        assert "erified" not in panel_text(pilot)
        assert "not what the library holds" not in panel_text(pilot)

    drive(own_home, story)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize("instead", ["Some 30% of the completed ones do.", None])
def test_what_is_wrong_with_a_figure_and_what_the_source_says_is_seen_at_once(
    own_home: Path, size: tuple[int, int], instead: str | None
) -> None:
    fault = UnsupportedFigure("99%", 0, 3, "the cited sentence gives another figure", instead)
    conversation = kept(
        own_home, an_answer("99% stall. [1]", checks=Checks(citations=1, figures=1, figures_unsupported=(fault,)))
    )

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, conversation)
        await pilot.press("f8")
        await until(pilot, lambda: "Unsupported figure: 99%" in shown(pilot))
        seen = shown(pilot)
        assert "The cited sentence gives another figure." in seen
        assert (f"The sources say: {instead}" if instead else "The cited sentence says: “Pilots stall.”") in seen

    drive(own_home, story, size)


def test_a_figure_for_which_nothing_is_cited_shows_no_passage(own_home: Path) -> None:
    fault = UnsupportedFigure("99%", 0, 3, NOT_CITED, None)
    answer = an_answer(
        "99% stall. Pilots stall. [1]", checks=Checks(citations=1, figures=1, figures_unsupported=(fault,))
    )
    conversation = kept(own_home, answer)

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, conversation)
        await pilot.press("f8")
        await until(pilot, lambda: "Unsupported figure: 99%" in panel_text(pilot))
        assert "No sentence is cited for this figure." in panel_text(pilot)
        assert "An Index" not in panel_text(pilot) and "says" not in panel_text(pilot)
        await pilot.press("right")
        await until(pilot, lambda: "[1] Verified" in panel_text(pilot) and "An Index" in panel_text(pilot))

    drive(own_home, story)
