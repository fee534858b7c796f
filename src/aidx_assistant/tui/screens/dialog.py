"""What all dialogs have in common."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType


class Dialog(ModalScreen[ScreenResultType]):
    """Is answered once, and only while it is in front."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """A second key or click in the same moment comes too late: another screen is in front by then."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
