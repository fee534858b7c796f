"""Search line and list of the saved conversations, which follows as one types."""

from __future__ import annotations

import asyncio

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import OptionList

from aidx_assistant.conversations.conversation import Conversation
from aidx_assistant.errors import AidxError
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.conversation_list import ConversationList
from aidx_assistant.tui.widgets.said import Said
from aidx_assistant.tui.widgets.search_line import SearchLine
from aidx_assistant.tui.wording import told


class ConversationFinder(Vertical):
    """Where there is nothing to list, it says why and what to do."""

    class Opened(Message):
        """The user wants to have a conversation back."""

        def __init__(self, conversation: Conversation) -> None:
            super().__init__()
            self.conversation = conversation

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        yield SearchLine("Search titles, questions and answers")
        yield Said("Opening the conversations …")
        yield ConversationList()

    def on_mount(self) -> None:
        self._list.display = False
        self.query_one(SearchLine).display = False

    @property
    def chosen(self) -> Conversation | None:
        return self._list.chosen

    @work(exclusive=True, group="list")
    async def look(self) -> None:
        """Lists anew what matches the search."""
        matching = self.query_one(SearchLine).value
        try:
            found = await asyncio.to_thread(lambda: self._session.conversations.conversations(matching))
        except AidxError as error:
            self.query_one(Said).say(f"{told(error)}\nPress Ctrl+R to try again.", problem=True)
            self._show(())
        else:
            self._tell(found, matching)
            self._show(found)

    def search(self) -> None:
        self.query_one(SearchLine).focus()

    def on_input_changed(self) -> None:
        self.look()

    def on_search_line_left(self) -> None:
        self._list.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.chosen is not None:
            self.post_message(self.Opened(self.chosen))

    def _tell(self, found: tuple[Conversation, ...], matching: str) -> None:
        said = self.query_one(Said)
        if found:
            said.say("")
        elif matching.strip():
            said.say(f"Nothing holds “{matching.strip()}”. Esc clears the search.")
        else:
            said.say("No conversation is saved yet. Press F2 and ask a question: it is kept here.")
        self.query_one(SearchLine).display = bool(found or matching)

    def _show(self, conversations: tuple[Conversation, ...]) -> None:
        self._list.show(conversations)
        self._list.display = bool(conversations)
        if conversations and self.screen.focused is None:
            self._list.focus()
        self.screen.refresh_bindings()

    @property
    def _list(self) -> ConversationList:
        return self.query_one(ConversationList)
