"""What the user brings in, or has read again, on its way through a thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.message import Message

from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import AidxError, InterruptedByUserError
from aidx_assistant.library.library import Progress
from aidx_assistant.tui.session import Session

if TYPE_CHECKING:
    from aidx_assistant.assistant import Assistant
    from aidx_assistant.assistant.importing import Imported, Importing

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
    """One run; its thread writes how it stands, and the screen looks at that as often as it draws.

    What is read whole before it is stopped stays, and is still made findable, unless that is stopped too.
    """

    def __init__(self, read: Callable[[Importing], Iterator[Imported]]) -> None:
        self._read = read
        self._reading, self._preparing = Cancellation(), Cancellation()
        self.stage: Stage = "reading"
        self.at = At("waiting until the library is ready")
        self.outcomes: list[Imported] = []
        """What became of each file and address so far."""
        self.error: AidxError | None = None
        """What ended it before its time."""

    @property
    def is_stopped(self) -> bool:
        """Whether the user has stopped it, also where it has not come to its end yet."""
        return self._reading.cancelled or self._preparing.cancelled

    def stop(self) -> None:
        """Ends what it is at now."""
        (self._reading if self.stage == "reading" else self._preparing).cancel()

    def quit(self) -> None:
        """Ends it whatever it is at: the app ends. What is not findable yet becomes so at the next start."""
        self._reading.cancel()
        self._preparing.cancel()

    def run(self, session: Session, post: Callable[[Message], object]) -> None:
        """Reads, then brings the index up to date; runs in a thread."""
        try:
            with session.at_work(self, self._reading) as assistant:
                self._read_all(assistant)
                self.stage, self.at = "preparing", At("making what was added findable")
                post(StageReached(self))
                if assistant.library.is_behind:
                    assistant.sync()
        except InterruptedByUserError:
            pass
        except AidxError as error:
            self.error = error
        except Exception as error:  # the boundary of the thread: it ends one run, never the app
            self.error = AidxError(f"Reading ended with a fault ({type(error).__name__}: {error}).")
        self.stage = "over"
        post(StageReached(self))

    def _read_all(self, assistant: Assistant) -> None:
        from aidx_assistant.assistant.importing import Importing

        try:
            with Importing(assistant.library, assistant.progress, cancellation=self._reading) as importing:
                for imported in self._read(importing):
                    self.outcomes.append(imported)
        except InterruptedByUserError:
            if self._preparing.cancelled:
                raise

    # What the library tells its listener, in the thread

    def notice(self, text: str) -> None:
        self.at = At(text)

    def advance(self, phase: str, done: int, total: int) -> None:
        self.at = At(phase, done, total)
        self.wait()

    def wait(self) -> None:
        if (self._reading if self.stage == "reading" else self._preparing).cancelled:
            raise InterruptedByUserError("Stopped; what was told as added is in the library.")


def remove(session: Session, source_id: str) -> None:
    """Removes a source that the user brought; takes a thread. Raises AidxError."""
    with session.at_work(Progress(), Cancellation()) as assistant:
        assistant.remove_source(source_id)
        assistant.sync()


def forget(session: Session, origin: str) -> None:
    """Gives up what could not be read; takes a thread. Raises AidxError."""
    with session.at_work(Progress(), Cancellation()) as assistant:
        assistant.library.store.forget_failed_import(origin)
