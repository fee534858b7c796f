"""The app: its screens, its keys, its palette; and the thread in which the assistant is made ready."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import traceback
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TextIO

from textual import events, work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from aidx_assistant.library.unfinished import UnfinishedAdditions
from aidx_assistant.printable import printable
from aidx_assistant.tui.completing import complete_index
from aidx_assistant.tui.deeds import deeds, deeds_of, not_now, spelled
from aidx_assistant.tui.left_unread import told_at_start
from aidx_assistant.tui.palette import Command, carry_out, commands, screen_of
from aidx_assistant.tui.printable_lines import PrintableLines
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.top_bar import BRIEF, SCREENS

DEFAULT_THEME = "textual-dark"


class AidxApp(App[None]):
    """Wires screens to the session; does nothing itself."""

    TITLE = "aidx"
    CSS_PATH = "styles/app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS = [
        *(
            Binding(key, f"app.switch_mode('{mode}')", name, show=False, priority=True, tooltip=f"Go to: {name}")
            for mode, name, key in SCREENS
        ),
        Binding("f1", "help", "Help"),
        Binding("f9", "brief", "Brief", show=False, tooltip="Make a brief, or open the last one"),
        Binding("ctrl+r", "retry", "Try again"),
        Binding("ctrl+r", "look", "Look again", show=False),
        Binding("ctrl+p", "command_palette", "Commands", show=False, priority=True),
        Binding("ctrl+q", "quit", "Quit", priority=True),
    ]

    class Told(Message):
        """How the assistant stands, for the line at the top."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    standing: reactive[str] = reactive("getting ready …")
    """How the assistant stands, for the line at the top of every screen."""
    looks: reactive[int] = reactive(0)
    """Counts the moments at which the library may have become another (see `looking`)."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._printable_lines = PrintableLines()
        self.fault: Exception | None = None
        """The fault of ours that ended the app."""
        for mode, _, _ in (*SCREENS, BRIEF):
            self.add_mode(mode, partial(screen_of, mode, session))

    def on_mount(self) -> None:
        self.theme = self.theme_kept
        if self.session.settings.theme not in {"", self.theme_kept}:
            told = f"There is no theme “{self.session.settings.theme}”: this is {self.theme_kept}. F7 lists them all."
            self.notify(told, severity="warning", markup=False, timeout=10)
        self.switch_mode("ask")
        self.session.assistant.tell = self._tell
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # Windows; or not the main thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.exit)
        self.call_after_refresh(self.make_ready)
        self.call_after_refresh(self._tell_what_was_left)

    @work(exclusive=True, group="readiness")
    async def make_ready(self) -> None:
        """Loads what is heavy, once the first screen has been painted; after a failure, tries again."""
        await asyncio.to_thread(self.session.assistant.make_ready)
        # What has been loaded stays: a collector that looked through all of it would stop every thread for a quarter
        # of a second, while the user types.
        gc.freeze()
        self.action_look()
        self.screen.refresh_bindings()
        await asyncio.to_thread(complete_index, self.session.assistant)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing is drawn, by whichever part, that could steer the terminal."""
        return [self._printable_lines, *super().get_line_filters()]

    def copy_to_clipboard(self, text: str) -> None:
        """Copies a text, without what could steer the terminal that it is pasted into."""
        super().copy_to_clipboard(printable(text))

    @work
    async def _tell_what_was_left(self) -> None:
        """What was to be added when aidx ended before it came to it."""
        left = await asyncio.to_thread(UnfinishedAdditions(self.session.home).left)
        if told := told_at_start(left):
            self.notify(told, title="Not read", severity="warning", markup=False, timeout=15)

    def _tell(self, text: str) -> None:
        self.post_message(self.Told(text))

    def on_aidx_app_told(self, message: Told) -> None:
        if message.text:
            self.notify(message.text, markup=False, timeout=10)
        self.standing = self._standing()

    def on_key(self, event: events.Key) -> None:
        """A key that could do something here, but not now, says so; Esc has nothing to close then."""
        idle = not_now(self.screen, event.key) if event.key != "escape" else None
        if idle:
            told = f"Not possible here now: {idle[:1].lower()}{idle[1:]} ({spelled(event.key)})."
            self.notify(told, markup=False, timeout=3)

    async def action_switch_mode(self, mode: str) -> None:
        """Goes to a screen; a dialog is answered first."""
        if not self.screen.is_modal:
            await super().action_switch_mode(mode)
            self.screen.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"retry", "look"}:
            return (self.session.assistant.failure is not None) == (action == "retry")
        return super().check_action(action, parameters)

    def action_retry(self) -> None:
        """Makes the assistant ready after all."""
        self.make_ready()

    async def action_quit(self) -> None:
        """Ends the app; where sources would be left out, the user is asked before, once."""
        from aidx_assistant.tui.screens.quitting import Quitting, question_before_quitting

        question = question_before_quitting(self.session.run)
        if question is None or isinstance(self.screen, Quitting):
            self.exit()
        else:
            self.push_screen(Quitting(question), lambda yes: self.exit() if yes else None)

    @work(exclusive=True, group="brief")
    async def action_brief(self) -> None:
        """Makes a brief on a topic; screens that have what it can rest on do so on that."""
        from aidx_assistant.tui.brief_basis import Basis
        from aidx_assistant.tui.screens.making_brief import make_brief

        await make_brief(self, self.session, Basis())

    def action_look(self) -> None:
        """Looks at the library again, on every screen that shows some of it."""
        self.looks += 1

    def action_help(self) -> None:
        """Explains the focused part and its keys."""
        from aidx_assistant.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """All that can be done on any screen; over a dialog, what can be done there."""
        for deed in deeds(screen) if screen.is_modal else deeds_of(self):
            if deed.action != "command_palette":
                do = partial(self.run_action, deed.action, deed.node)
                yield SystemCommand(deed.name, f"Key: {' or '.join(deed.keys)}", do)
        if not screen.is_modal:
            for command in commands():
                do_there = partial(self._carry_out, command)
                yield SystemCommand(command.title, f"Key: {command.keys}" if command.keys else "", do_there)
            yield SystemCommand("Screenshot", "A picture of the screen, as SVG", self.deliver_screenshot)

    def _carry_out(self, command: Command) -> None:
        self.run_worker(carry_out(self, command), exclusive=True, group="command")

    @property
    def theme_kept(self) -> str:
        """The theme of the settings, where there is one of this name."""
        theme = self.session.settings.theme
        return theme if theme in self.available_themes else DEFAULT_THEME

    def _fatal_error(self) -> None:
        """Where Textual would print a traceback over the screen, the fault is kept and the app ends.

        Textual has no public hook for this. Where it no longer called it, or kept the fault elsewhere, the test of the
        fault on a terminal would fail.
        """
        self.fault = self._exception
        self._close_messages_no_wait()

    def write_fault(self, file: TextIO) -> None:
        """The fault's traceback, for a report."""
        if self.fault is not None:
            traceback.print_exception(self.fault, file=file)

    def _standing(self) -> str:
        assistant = self.session.assistant
        if assistant.failure is not None:
            return "not ready · Ctrl+R"
        doing = assistant.doing  # another thread may take it away
        if doing is not None:
            return doing.in_short
        return self.session.answered_by if assistant.is_ready else "getting ready …"
