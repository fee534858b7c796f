"""The library cannot be read, or only nothing can be answered: what still works, what is said, how to try again."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.errors import AidxError, EmbeddingError, InterruptedByUserError, StorageError
from aidx_assistant.tui.app import AidxApp
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.chip import Chip
from aidx_assistant.tui.widgets.fitted_table import FittedTable
from aidx_assistant.tui.widgets.suggestions import Suggestions
from tests.tui.driving import drive, fail, shown, type_text, until

DAMAGED = "The embedding model is damaged."


def app(pilot: Pilot[None]) -> AidxApp:
    assert isinstance(pilot.app, AidxApp)
    return pilot.app


def standing(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#state", Static).content)


def suggested(pilot: Pilot[None]) -> int:
    return pilot.app.screen.query_one("#suggested", OptionList).option_count


@pytest.mark.slow
def test_what_keeps_from_answering_does_not_keep_from_reading(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "open", EmbeddingError(DAMAGED, "Install it again."))

    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: f"{DAMAGED} Install it again. Press Ctrl+R to try again." in _flowing(pilot))
        assert standing(pilot) == "not ready · Ctrl+R"
        assert suggested(pilot) == 6
        for key in ("f3", "f4"):
            await pilot.press(key)
            await until(pilot, lambda: any(table.row_count for table in pilot.app.screen.query(FittedTable)))
        await pilot.press("f5")
        await until(pilot, lambda: "Bessemer" in shown(pilot))
        assert "Try again" in shown(pilot)
        monkeypatch.undo()
        await pilot.press("f2", "ctrl+r")
        await until(pilot, lambda: app(pilot).session.assistant.is_ready)
        await until(pilot, lambda: standing(pilot) == "no model" and DAMAGED not in shown(pilot))
        assert "Try again" not in shown(pilot)

    drive(own_home, story)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["f2", "f6", "f7"])
def test_it_is_tried_again_from_every_screen(own_home: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    fail(monkeypatch, "sources", StorageError("The library is damaged.", "Move it away."))

    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "The library is damaged. Move it away. Press Ctrl+R" in _flowing(pilot))
        assert suggested(pilot) == 0
        monkeypatch.undo()
        await pilot.press(key, "ctrl+r")
        await until(pilot, lambda: app(pilot).session.assistant.is_ready and standing(pilot) == "no model")
        await pilot.press("f2")
        await until(pilot, lambda: suggested(pilot) == 6 and "damaged" not in shown(pilot))
        chip = pilot.app.screen.query_one("#source", Chip)
        await until(pilot, lambda: len(chip._values) > 1)
        assert "Try again" not in shown(pilot)

    drive(own_home, story)


def test_the_key_that_tries_again_is_offered_to_the_mouse(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "open", EmbeddingError(DAMAGED))

    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "Try again" in shown(pilot).splitlines()[-1])
        monkeypatch.undo()
        await pilot.click(offset=(shown(pilot).splitlines()[-1].index("Try again"), 35))
        await until(pilot, lambda: app(pilot).session.assistant.is_ready)

    drive(own_home, story)


def _flowing(pilot: Pilot[None]) -> str:
    return " ".join(shown(pilot).split())


# The session alone


class Panic(BaseException):
    """What native code ends with."""


@pytest.mark.parametrize("fault", [KeyError("x"), Panic("boom")])
def test_a_fault_is_met_by_whoever_waits(own_home: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
    session = Session(home=own_home)
    fail(monkeypatch, "prepare", fault)
    session.assistant.make_ready()
    assert session.assistant.readable().sources()
    with pytest.raises(AidxError, match=f"could not be made ready .{type(fault).__name__}: "):
        session.assistant.ready()
    monkeypatch.undo()
    session.assistant.make_ready()
    assert session.assistant.is_ready and session.assistant.failure is None
    session.close()


def test_whoever_waits_when_the_app_ends_waits_no_longer(own_home: Path) -> None:
    session = Session(home=own_home)
    with ThreadPoolExecutor() as threads:
        waiting = [threads.submit(wait) for wait in (session.assistant.readable, session.assistant.ready)]
        time.sleep(0.05)
        session.close()
        for one in waiting:
            with pytest.raises(InterruptedByUserError):
                one.result(10)


def test_all_threads_have_one_store(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ConversationStore] = []
    opening: Callable[[ConversationStore, Path], None] = ConversationStore.__init__

    def slowly(store: ConversationStore, file: Path) -> None:
        made.append(store)
        time.sleep(0.1)
        opening(store, file)

    monkeypatch.setattr(ConversationStore, "__init__", slowly)
    session = Session(home=own_home)
    together = threading.Barrier(4)

    def look() -> ConversationStore:
        together.wait(10)
        return session.conversations

    with ThreadPoolExecutor(4) as threads:
        assert {one.result(10) for one in [threads.submit(look) for _ in range(4)]} == set(made)
    assert len(made) == 1
    session.close()


def test_a_question_asked_while_the_suggestions_are_looked_for(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = threading.Event()

    def looked_for(assistant: Assistant, count: int, day: int) -> tuple[str, ...]:
        found.wait(30)
        return ("Who answered the survey?",)

    async def unmounted_slowly(self: object) -> None:
        found.set()
        await asyncio.sleep(0.5)

    monkeypatch.setattr("aidx_assistant.assistant.suggestions.suggested_questions", looked_for)
    monkeypatch.setattr(Suggestions, "on_unmount", unmounted_slowly, raising=False)

    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, "Who answered the survey?")
        await pilot.press("enter")
        await until(pilot, lambda: "figures supported" in shown(pilot))

    drive(own_home, story)
