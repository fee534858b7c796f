"""Asks before the app is left while something is being read or fetched."""

from __future__ import annotations

from aidx_assistant.tui.bringing_in import BringingIn
from aidx_assistant.tui.screens.dialogs import Confirm


class Quitting(Confirm):
    """The key that leaves, pressed once more, leaves."""

    HELP = """
        Something is still being read or fetched. **y**, or **Ctrl+Q** once more, leaves and ends it; **n** or **Esc**
        lets it go on. What is told as added is in the library, whole.
    """

    def __init__(self, question: str) -> None:
        super().__init__(question, "Quit", "Go on")


def question_before_quitting(run: BringingIn | None) -> str | None:
    """What to ask the user who leaves while it goes on; None where nothing would be left out."""
    if run is None or run.stage != "reading" or run.is_stopped:
        return None
    done, words = len(run.outcomes), run.task.words
    if not done:
        return f"Nothing has been {words.done} yet. Quit all the same? {words.later}"
    how_far = f"{done:,} of {run.total:,} {'is' if done == 1 else 'are'} {words.done}."
    return f"{how_far} Quit, and leave out the other {run.total - done:,}? {words.later}"
