"""While an answer comes: what Esc and Ctrl+N end, how long it takes, and that its end stays in view."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from aidx_assistant.tui.screens.dialogs import Confirm
from aidx_assistant.tui.widgets.turn_view import TurnView
from tests.fakes.messages_script import Break, Cite, Reply, Script, Text, flowing, overloaded
from tests.tui.asking import QUESTION, ask, ask_screen, last, panel, prompt, told_with
from tests.tui.driving import shown, type_text, until

ASKED = "Which barriers keep pilots of ambient scribes from production?"
"""Stands for itself by the rules: after another question no model is asked what it means."""
CITED = (Cite(0, 0, 1),)
WHOLE = Reply((Text("Of the completed proofs of concept, 30% are in production.", CITED),))
STALLING = Reply(
    (Text("Pilots of all kinds stall.", CITED), Text(" And more."), Text(" And more.")),
    broken=Break("stall", 3, seconds=6.0),
)


async def asked(pilot: Pilot[None]) -> None:
    """A question of which some of the answer has come."""
    prompt(pilot).focus()
    await type_text(pilot, ASKED)
    await pilot.press("enter")
    await until(pilot, lambda: "Pilots of all kinds" in shown(pilot))


def footer(pilot: Pilot[None]) -> str:
    return shown(pilot).splitlines()[-1]


@pytest.mark.slow
def test_escape_closes_the_panel_before_it_cancels_the_answer(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        await pilot.press("f8")
        await until(pilot, lambda: panel(pilot).display)
        await asked(pilot)
        assert prompt(pilot).has_focus and "esc Close" in footer(pilot)
        await pilot.press("escape")
        assert not panel(pilot).display and last(pilot).running
        ask_screen(pilot).conversation._turns[0].body.move_to(0)
        await until(pilot, lambda: panel(pilot).display)
        panel(pilot).focus()
        await pilot.press("escape")
        assert not panel(pilot).display and last(pilot).running
        await until(pilot, lambda: "esc Cancel" in footer(pilot))
        await pilot.click("Footer", offset=(shown(pilot).splitlines()[-1].index("esc Cancel") + 1, 0))
        await until(pilot, lambda: not last(pilot).running)
        assert "Cancelled." in shown(pilot)
        assert "esc" not in footer(pilot)

    told_with(own_home, monkeypatch, story, WHOLE, STALLING)


def test_a_new_conversation_is_begun_only_where_the_answer_may_be_cancelled(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(pilot: Pilot[None]) -> None:
        screen = ask_screen(pilot)
        await asked(pilot)
        for key, goes_on in (("escape", True), ("y", False)):
            await pilot.press("ctrl+n")
            await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
            await pilot.press(key)
            await until(pilot, lambda: pilot.app.screen is screen)
            await until(pilot, lambda goes_on=goes_on: screen.talk.is_answering == goes_on)  # type: ignore[misc]
        await until(pilot, lambda: not screen.query(TurnView))
        assert prompt(pilot).text == ASKED

    told_with(own_home, monkeypatch, story, STALLING)


@pytest.mark.slow
def test_how_long_has_been_waited_is_shown_beside_the_phase(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, QUESTION)
        await pilot.press("enter")
        await until(pilot, lambda: "Asking Claude … 2 s" in shown(pilot))
        await pilot.press("escape")

    told_with(own_home, monkeypatch, story, Reply(WHOLE.content, first_byte_after=5.0))


@pytest.mark.slow
def test_its_end_stays_in_view_when_the_terminal_gets_another_size(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(pilot: Pilot[None]) -> None:
        view = ask_screen(pilot).conversation
        await type_text(pilot, QUESTION)
        await pilot.press("enter")
        await until(pilot, lambda: view.max_scroll_y > 10)
        for size in ((60, 20), (120, 36), (80, 24)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: view.is_vertical_scroll_end)
        await pilot.press("pageup")
        await pilot.pause(0.5)
        assert not view.is_vertical_scroll_end and last(pilot).running
        await pilot.press("escape")

    told_with(own_home, monkeypatch, story, flowing(4000, 200))


def test_the_conversation_is_paged_through_from_the_prompt(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[None]) -> None:
        view = ask_screen(pilot).conversation
        await ask(pilot, QUESTION)
        await until(pilot, lambda: view.is_vertical_scroll_end and view.max_scroll_y > 20)
        end = view.scroll_y
        await pilot.press("pageup")
        await until(pilot, lambda: 0 < view.scroll_y < end)
        await pilot.press("ctrl+home")
        await until(pilot, lambda: view.scroll_y == 0)
        await pilot.press("pagedown")
        await until(pilot, lambda: view.scroll_y > 0)
        await pilot.press("ctrl+end")
        await until(pilot, lambda: view.scroll_y == end)
        assert prompt(pilot).has_focus

    told_with(own_home, monkeypatch, story, Reply((Text("Pilots stall.\n\n" * 60),)))


@pytest.mark.parametrize(
    ("script", "advice"),
    [(overloaded(), "Enter asks again: best in a while, or F7: switch Offline on")],
)
def test_what_helps_against_an_error_is_said_in_words_of_the_app(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, script: Script, advice: str
) -> None:
    monkeypatch.setenv("AIDX_MAX_RETRIES", "0")

    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        seen = " ".join(shown(pilot).split())
        assert advice in seen and "--" not in seen

    told_with(own_home, monkeypatch, story, script)
