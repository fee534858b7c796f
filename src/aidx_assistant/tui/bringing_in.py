"""What the user brings in, or has read again, on its way through a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.message import Message

from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import AidxError, InterruptedByUserError
from aidx_assistant.library.progress import Progress
from aidx_assistant.tui.shared_assistant import SharedAssistant
from aidx_assistant.tui.tasks import Task

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.assistant.fetch_plan import FetchPlan
    from aidx_assistant.assistant.imported import Imported

Stage = Literal["reading", "preparing", "over"]
"""Files are read; what was added is made findable by its meaning; nothing is done any more."""


@dataclass(frozen=True, slots=True)
class At:
    """How far it is."""

    doing: str
    done: int = 0
    total: int = 0
    """0 where there is nothing to count."""


class StageReached(Message):
    """Reading is over, or all is."""

    def __init__(self, run: BringingIn) -> None:
        super().__init__()
        self.run = run


class BringingIn(Progress):
    """One run of a task; its thread writes how it stands, and the screen looks at that as often as it draws.

    What is read whole before it is stopped stays, and is still made findable, unless that is stopped too.
    """

    def __init__(self, task: Task) -> None:
        self.task = task
        self.cancellation, self._preparing = Cancellation(), Cancellation()
        self.stage: Stage = "reading"
        self.at = At("waiting for the library")
        self.total = 0
        """How many things are to be read; 0 while that is not known."""
        self.outcomes: list[Imported] = []
        """What became of each file and address so far."""
        self.remarks: tuple[str, ...] = ()
        """What the user must know of the whole, each in one sentence."""
        self.error: AidxError | None = None
        """What ended it before its time."""
        self.is_quit = False
        """Whether the app ends, and with it what is not read yet."""

    @property
    def is_stopped(self) -> bool:
        """Whether the user has stopped it, also where it has not come to its end yet."""
        return self.cancellation.cancelled or self._preparing.cancelled

    def stop(self) -> None:
        """Ends what it is at now."""
        (self.cancellation if self.stage == "reading" else self._preparing).cancel()

    def quit(self) -> None:
        """Ends it whatever it is at: the app ends. What is not findable yet becomes so at the next start."""
        self.is_quit = True
        self.cancellation.cancel()
        self._preparing.cancel()

    def run(self, shared: SharedAssistant, post: Callable[[Message], object]) -> None:
        """Reads, then brings the index up to date; runs in a thread."""
        try:
            with shared.at_work(self, self.cancellation) as assistant:
                self._read_all(assistant)
                self.stage, self.at = "preparing", At("making what was added findable")
                post(StageReached(self))
                if self.task.supplements or assistant.library.is_behind:
                    assistant.sync()
        except InterruptedByUserError:
            pass
        except AidxError as error:
            self.error = error
        except Exception as error:  # the boundary of the thread: it ends one run, never the app
            told = f"{self.task.words.doing} ended with a fault ({type(error).__name__}: {error})."
            self.error = AidxError(told)
        self.stage = "over"
        post(StageReached(self))

    def _read_all(self, assistant: Assistant) -> None:
        try:
            for imported in self.task.outcomes(assistant, self):
                self.outcomes.append(imported)
        except InterruptedByUserError:
            if self._preparing.cancelled:
                raise

    # What the library tells its listener, in the thread

    def notice(self, text: str) -> None:
        self.at = At(text)

    def advance(self, phase: str, done: int, total: int) -> None:
        self.at = At(phase, done, total)
        if self.stage == "reading":
            self.total = total
        self.wait()

    def wait(self) -> None:
        if (self.cancellation if self.stage == "reading" else self._preparing).cancelled:
            raise InterruptedByUserError("Stopped; what was told as added is in the library.")


def remove(shared: SharedAssistant, source_id: str) -> None:
    """Removes a source that the user brought; takes a thread. Raises AidxError."""
    with shared.at_work(Progress(), Cancellation()) as assistant:
        assistant.remove_source(source_id)
        assistant.sync()


def forget_copy(shared: SharedAssistant, plan: FetchPlan) -> None:
    """Removes the user's own copy of a source that ships; takes a thread. Raises AidxError."""
    from aidx_assistant.assistant.supplementing import Supplementing

    with shared.at_work(Progress(), Cancellation()) as assistant:
        with Supplementing(assistant.library.home, plan, assistant.progress) as copying:
            copying.forget()
        assistant.sync()


def forget_failed(shared: SharedAssistant, origin: str) -> None:
    """Gives up what could not be read; takes a thread. Raises AidxError."""
    with shared.at_work(Progress(), Cancellation()) as assistant:
        assistant.library.store.forget_failed_import(origin)
