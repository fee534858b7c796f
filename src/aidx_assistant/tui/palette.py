"""What the command palette offers: everything that can be done on any screen, by its full name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from textual.app import App
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widget import Widget

from aidx_assistant.tui.deeds import bindings_of, name_of, possible, spelled
from aidx_assistant.tui.widgets.top_bar import BRIEF, SCREENS

if TYPE_CHECKING:
    from aidx_assistant.tui.session import Session

_LOOKS = 50
_BETWEEN_LOOKS = 0.1
"""How often, and how many seconds apart, it is looked whether a screen that loads has come to what is wanted of it."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something to be done on a screen."""

    mode: str
    title: str
    """With the screen's name: `Findings: export the rows as CSV`."""
    keys: str
    """Spelled; "" where no key does it."""
    part: type[Widget]
    """The screen, or what on it does it."""
    action: str = ""
    place: str = ""
    """Instead of an action: the id of what gets the focus."""


def screen_type(mode: str) -> type[Screen[None]]:
    """The class of a screen by its mode; its module is loaded when it is first asked for."""
    module = import_module(f"aidx_assistant.tui.screens.{mode}")
    kind: type[Screen[None]] = getattr(module, f"{mode.capitalize()}Screen")
    return kind


def screen_of(mode: str, session: Session) -> Screen[None]:
    """A screen by its mode."""
    return screen_type(mode)(session)  # type: ignore[arg-type]


def commands() -> Iterator[Command]:
    """Those of every screen, in the order of the screens.

    A screen names in `PARTS` the widgets whose keys are offered besides its own, and in `PLACES` what there is to go
    to by name.
    """
    for mode, screen_name, _ in (*SCREENS, BRIEF):
        screen = screen_type(mode)
        for part in (screen, *getattr(screen, "PARTS", ())):
            for action, bindings in bindings_of(part).items():
                keys = " or ".join(dict.fromkeys(spelled(binding.key) for binding in bindings))
                name = name_of(bindings[0])
                if name and keys != "Esc":  # which only leaves what one is at
                    yield Command(mode, _title(screen_name, name), keys, part, action)
        for place, name in getattr(screen, "PLACES", {}).items():
            yield Command(mode, _title(screen_name, name), "", screen, place=place)


async def carry_out(app: App[None], command: Command) -> None:
    """Goes to the command's screen and does it there, once that has loaded what it is done with."""
    await app.switch_mode(command.mode)
    for _ in range(_LOOKS):
        if app.current_mode != command.mode:
            return
        if await _done(app, command):
            return
        await asyncio.sleep(_BETWEEN_LOOKS)
    app.notify(f"{command.title}: there is nothing yet to do it with.", severity="warning", markup=False)


async def _done(app: App[None], command: Command) -> bool:
    screen = app.screen
    if command.place:
        there = [widget for widget in screen.query(f"#{command.place}, #{command.place} *") if _in_view(widget)]
        if there:
            there[0].focus()
        return bool(there)
    node = screen if isinstance(screen, command.part) else next(iter(screen.query(command.part)), None)
    try:
        action = None if node is None else _possible_now(node, command.action)
    except NoMatches:  # it has not been put together yet
        action = None
    if node is None or action is None:
        return False
    if node.focusable:
        node.focus()
    await app.run_action(action, node)
    return True


def _possible_now(part: Widget, action: str) -> str | None:
    """The action, or what its key does in its place, such as to say why it cannot be done; None where nothing can."""
    bindings = bindings_of(type(part))
    keys = {binding.key for binding in bindings[action]}
    stand_ins = (
        other for other, alike in bindings.items() if not name_of(alike[0]) and keys & {key.key for key in alike}
    )
    return next((each for each in (action, *stand_ins) if possible(part, each)), None)


def _in_view(widget: Widget) -> bool:
    """Whether it can have the focus, where nothing that it lies in is hidden until there is something to show."""
    return widget.focusable and all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget))


def _title(screen_name: str, name: str) -> str:
    return f"{screen_name}: {name[:1].lower() if not name[:2].isupper() else name[:1]}{name[1:]}"
