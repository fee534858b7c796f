"""Completes the search index in a thread, while questions are answered."""

from __future__ import annotations

from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import AidxError, InterruptedByUserError
from aidx_assistant.library.progress import Progress
from aidx_assistant.tui.session import Session


class _GivingWay(Progress):
    """Ends, between two batches, where something else is to change the library, or the app ends."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def advance(self, phase: str, done: int, total: int) -> None:
        self.wait()

    def wait(self) -> None:
        if self._session.is_wanted:
            raise InterruptedByUserError("It goes on with what is brought in next, or at the next start.")


def complete_index(session: Session) -> None:
    """Indexes what an import that was stopped has left, once questions can be answered; takes a thread."""
    if not session.is_ready:
        return
    try:
        with session.at_work(_GivingWay(session), Cancellation(), gives_way=True) as assistant:
            if assistant.library.is_behind:
                assistant.sync()
    except InterruptedByUserError:
        pass
    except AidxError as error:
        session.tell(f"The search index could not be completed: {error.title}")
    except Exception as error:  # the boundary of the thread: what is not indexed is found by its words
        session.tell(f"The search index could not be completed ({type(error).__name__}: {error}).")
