"""Search line and list of the saved conversations, which follows as one types."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from aidx_assistant.conversations.conversation import Conversation
from aidx_assistant.errors import AidxError
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.conversation_list import ConversationList
from aidx_assistant.tui.widgets.search_line import SearchLine


class ConversationFinder(Vertical):
    """Where there is nothing to list, it says why and what to do."""

    class Opened(Message):
        """The user wants to have a conversation back."""

        def __init__(self, conversation: Conversation) -> None:
            super().__init__()
            self.conversation = conversation

    class Listed(Message):
        """The conversations that match what was typed."""

        def __init__(self, conversations: tuple[Conversation, ...], matching: str) -> None:
            super().__init__()
            self.conversations = conversations
            self.matching = matching

    class Failed(Message):
        def __init__(self, error: AidxError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        yield SearchLine("Search titles, questions and answers")
        yield Static("Opening the conversations …", id="said", markup=False)
        yield ConversationList()

    def on_mount(self) -> None:
        self._list.display = False
        self.query_one(SearchLine).display = False

    @property
    def chosen(self) -> Conversation | None:
        return self._list.chosen

    def look(self) -> None:
        """Lists anew what matches the search."""
        self._look(self.query_one(SearchLine).value)

    def search(self) -> None:
        self.query_one(SearchLine).focus()

    @work(thread=True, exclusive=True, group="list")
    def _look(self, matching: str) -> None:
        try:
            self.post_message(self.Listed(self._session.conversations.conversations(matching), matching))
        except AidxError as error:
            self.post_message(self.Failed(error))

    def on_input_changed(self) -> None:
        self.look()

    def on_search_line_left(self) -> None:
        self._list.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.chosen is not None:
            self.post_message(self.Opened(self.chosen))

    def on_conversation_finder_listed(self, message: Listed) -> None:
        search = self.query_one(SearchLine)
        if message.matching != search.value:
            return  # more has been typed meanwhile
        if message.conversations:
            self._say("")
        elif message.matching.strip():
            self._say(f"Nothing holds “{message.matching.strip()}”. Esc clears the search.")
        else:
            self._say("No conversation is saved yet. Press F2 and ask a question: it is kept here.")
        search.display = bool(message.conversations or message.matching)
        self._show(message.conversations)

    def on_conversation_finder_failed(self, message: Failed) -> None:
        self._say(f"{message.error.title} {message.error.hint}\nPress Ctrl+R to try again.", problem=True)
        self._show(())

    def _show(self, conversations: tuple[Conversation, ...]) -> None:
        self._list.show(conversations)
        self._list.display = bool(conversations)
        if conversations and self.screen.focused is None:
            self._list.focus()
        self.screen.refresh_bindings()

    @property
    def _list(self) -> ConversationList:
        return self.query_one(ConversationList)

    def _say(self, text: str, problem: bool = False) -> None:
        line = self.query_one("#said", Static)
        line.update(Content(text))
        line.set_class(problem, "problem")
        line.display = bool(text)
