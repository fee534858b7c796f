"""Completes the search index in a thread, while questions are answered."""

from __future__ import annotations

from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import AidxError, InterruptedByUserError
from aidx_assistant.library.progress import Progress
from aidx_assistant.tui.shared_assistant import SharedAssistant


class _GivingWay(Progress):
    """Ends, between two batches, where something else is to change the library, or the app ends."""

    def __init__(self, shared: SharedAssistant) -> None:
        self._shared = shared

    def advance(self, phase: str, done: int, total: int) -> None:
        self.wait()

    def wait(self) -> None:
        if self._shared.is_wanted:
            raise InterruptedByUserError("It goes on with what is brought in next, or at the next start.")


def complete_index(shared: SharedAssistant) -> None:
    """Indexes what an import that was stopped has left, once questions can be answered; takes a thread."""
    if not shared.is_ready:
        return
    try:
        with shared.at_work(_GivingWay(shared), Cancellation(), gives_way=True) as assistant:
            if assistant.library.is_behind:
                assistant.sync()
    except InterruptedByUserError:
        pass
    except AidxError as error:
        shared.tell(f"The search index could not be completed: {error.title}")
    except Exception as error:  # the boundary of the thread: what is not indexed is found by its words
        shared.tell(f"The search index could not be completed ({type(error).__name__}: {error}).")
