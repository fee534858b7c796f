"""How far reading is: what is being read, how many of how many, and how to stop it."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, ProgressBar, Static

from aidx_assistant.tui.bringing_in import BringingIn, StageReached
from aidx_assistant.tui.import_account import Account, account_of, progress, step
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.tasks import Task

_REFRESH = 0.2
"""Seconds between two looks at how far reading is."""


class ImportLine(Horizontal):
    """Has one run at a time, and is seen while it goes on."""

    class Moved(Message):
        """Reading has come further."""

    class Changed(Message):
        """The library holds something else than before."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.display = False

    def compose(self) -> ComposeResult:
        yield Static(id="import-step", markup=False)
        yield Static(id="import-progress", markup=False)
        yield ProgressBar(1, show_percentage=False, show_eta=False)
        yield Button("Stop", compact=True)

    def on_mount(self) -> None:
        self._looking = self.set_interval(_REFRESH, self._look, pause=True)

    def on_unmount(self) -> None:
        if self._run is not None:  # the app ends: it does not wait for the rest
            self._run.quit()

    @property
    def _run(self) -> BringingIn | None:
        """The one that goes on, or the last one."""
        return self._session.run

    @property
    def is_reading(self) -> bool:
        """Whether a run goes on."""
        return self._run is not None and self._run.stage != "over"

    @property
    def account(self) -> Account | None:
        """What became of all that was to be read, in the run that goes on or in the last one."""
        return account_of(self._run) if self._run is not None else None

    def begin(self, task: Task) -> None:
        """Begins a run."""
        self._session.run = run = BringingIn(task)
        self._carry_out(run)
        self._looking.resume()
        self._look()

    def stop(self) -> None:
        """Ends what the run is at."""
        if self._run is not None:
            self._run.stop()
            self._look()

    def clear(self) -> None:
        """Forgets the last run."""
        self._session.run = None

    @work(thread=True, group="bringing in")
    def _carry_out(self, run: BringingIn) -> None:
        run.run(self._session.assistant, self.post_message)

    def on_stage_reached(self, message: StageReached) -> None:
        message.stop()
        self._look()
        self.post_message(self.Changed())

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.stop()

    def _look(self) -> None:
        self.display = self.is_reading
        if self._run is not None and self.is_reading:
            at = self._run.at
            self.query_one("#import-step", Static).update(Content(step(at, self._run.stage, self._run.is_stopped)))
            self.query_one("#import-progress", Static).update(Content(progress(at)))
            self.query_one(ProgressBar).update(total=at.total or 1, progress=at.done)
        else:
            self._looking.pause()
        self.post_message(self.Moved())
