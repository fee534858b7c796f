"""Dialogs are answered once, however fast the keys come."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from aidx_assistant.assistant.comparison import Comparison
from aidx_assistant.tui.screens.ask import AskScreen
from aidx_assistant.tui.screens.comparing import ComparisonScreen
from aidx_assistant.tui.screens.dialog import Dialog
from aidx_assistant.tui.screens.dialogs import AskText, Confirm
from aidx_assistant.tui.screens.help import HelpScreen
from aidx_assistant.tui.screens.picking import Pick
from tests.tui.driving import drive, press_at_once, until


@pytest.mark.parametrize(
    ("kind", "key", "answer"),
    [
        ("text", "enter", "a title"),
        ("pick", "enter", 1),
        ("confirm", "y", True),
        ("confirm", "enter", False),
        ("help", "escape", None),
        ("bars", "b", None),
    ],
)
def test_the_second_of_two_keys_comes_too_late(own_home: Path, kind: str, key: str, answer: object) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen))
        before = pilot.app.screen
        answers: list[object] = []
        pilot.app.push_screen(_dialog(kind, pilot), answers.append)
        await pilot.pause()
        press_at_once(pilot, key, key, key)
        await until(pilot, lambda: bool(answers))
        await pilot.pause(0.2)
        assert answers == [answer]
        assert pilot.app.screen is before

    drive(own_home, story, wait_until_ready=False)


def test_a_double_click_is_one_answer(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        answers: list[object] = []
        pilot.app.push_screen(_dialog("confirm", pilot), answers.append)
        await pilot.pause()
        await pilot.click("#yes", times=2)
        await until(pilot, lambda: bool(answers))
        assert answers == [True]

    drive(own_home, story, wait_until_ready=False)


def test_an_answer_for_a_dialog_that_is_covered_waits_for_another(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        answers: list[object] = []
        dialog = _dialog("text", pilot)
        pilot.app.push_screen(dialog, answers.append)
        await pilot.pause()
        pilot.app.push_screen(HelpScreen(dialog))
        dialog.post_message(Input.Submitted(dialog.query_one(Input), "a title"))
        await pilot.pause(0.1)
        assert isinstance(pilot.app.screen, HelpScreen) and answers == []

    drive(own_home, story, wait_until_ready=False)


def _dialog(kind: str, pilot: Pilot[None]) -> Dialog[object]:
    made: dict[str, Dialog[object]] = {
        "text": AskText("New title", "a title", check=lambda _: None),  # type: ignore[dict-item]
        "pick": Pick("Which?", ["one", "two"], 1),  # type: ignore[dict-item]
        "confirm": Confirm("Sure?", "Yes", "No"),  # type: ignore[dict-item]
        "help": HelpScreen(pilot.app.screen),  # type: ignore[dict-item]
        "bars": ComparisonScreen(Comparison("jobs", (), ()), {}),  # type: ignore[dict-item]
    }
    return made[kind]
