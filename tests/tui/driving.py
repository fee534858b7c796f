"""Drives the app as a user would, in a plain test."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual import events
from textual._context import visible_screen_stack
from textual.pilot import Pilot

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.tui.app import AidxApp
from aidx_assistant.tui.session import Session

_PATIENCE = 60.0
"""Seconds that a condition may take on a busy machine."""

SIZES = [(80, 24), *(pytest.param(size, marks=pytest.mark.slow) for size in [(60, 20), (200, 60)])]
"""Columns and rows of other terminals that everything is to fit."""

Story = Callable[[Pilot[None]], Awaitable[None]]


def drive(home: Path, story: Story, size: tuple[int, int] = (120, 36), wait_until_ready: bool = True) -> None:
    """Opens the app on a home and lets the story happen."""

    async def told() -> None:
        app = AidxApp(Session(home=home))
        async with app.run_test(size=size) as pilot:
            if wait_until_ready:
                await until(pilot, lambda: app.session.assistant.is_ready or app.session.assistant.failure is not None)
            await story(pilot)
        app.session.close()

    asyncio.run(told())


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Waits for what the app does in its own time."""
    end = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        await pilot.pause(0.02)
    await pilot.pause()


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Types into what has the focus, as fast as a terminal hands keys on.

    `Pilot.press` would wait after each key until the process rests: seconds for a question.
    """
    for character in text:
        pilot.app.post_message(events.Key(character, character))
    await pilot.pause()


def fail(monkeypatch: pytest.MonkeyPatch, doing: str, error: BaseException) -> None:
    """Lets a method of the assistant fail."""

    def failing(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Assistant, doing, failing)


def press_at_once(pilot: Pilot[None], *keys: str) -> None:
    """Presses keys so fast that the app has not seen to one before the next has come."""
    for key in keys:
        pilot.app.post_message(events.Key(key, None))


def shown(pilot: Pilot[None]) -> str:
    """All text that is on the screen; below a dialog, of what it covers too."""
    # Drawn without what lies below, a dialog would keep its background empty.
    visible_screen_stack.set(pilot.app._background_screens)
    return "\n".join(
        "".join(segment.text for segment in strip) for strip in pilot.app.screen._compositor.render_strips()
    )


def told_in_passing(pilot: Pilot[None]) -> str:
    """What the app has said beside its screens, the last first."""
    return "\n".join(notification.message for notification in reversed(list(pilot.app._notifications)))
