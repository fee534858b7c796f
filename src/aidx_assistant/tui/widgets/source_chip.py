"""Which source is asked."""

from __future__ import annotations

from textual import work

from aidx_assistant.errors import AidxError
from aidx_assistant.tui.looking import at_every_look
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.chip import Chip


class SourceChip(Chip):
    """Offers the sources that the library holds."""

    def __init__(self, session: Session) -> None:
        super().__init__("source", id="source")
        self._session = session

    def on_mount(self) -> None:
        at_every_look(self, self._look, at_once=True)

    @work(exclusive=True)
    async def _look(self) -> None:
        try:
            sources = await self._session.assistant.read(lambda assistant: assistant.sources())
        except AidxError:  # the suggestions say what is wrong
            return
        self.offer([(source.id, source.name) for source in sources])
