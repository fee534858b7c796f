"""The saved conversations: found, opened again, renamed, exported, deleted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from aidx_assistant.conversations.conversation import Conversation, Turn
from aidx_assistant.conversations.markdown import conversation_as_markdown
from aidx_assistant.errors import AidxError
from aidx_assistant.tui.looking import at_every_look
from aidx_assistant.tui.screens.ask import AskScreen
from aidx_assistant.tui.screens.dialogs import AskText, Confirm
from aidx_assistant.tui.screens.saving import file_name, save_text
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.conversation_finder import ConversationFinder
from aidx_assistant.tui.widgets.conversation_list import ConversationList
from aidx_assistant.tui.widgets.key_line import KeyLine
from aidx_assistant.tui.widgets.search_line import SearchLine
from aidx_assistant.tui.widgets.top_bar import TopBar
from aidx_assistant.tui.wording import what_to_do

_FOR_ONE = {"rename", "delete", "export"}
"""Actions on the conversation that is chosen."""


class ConversationsScreen(Screen[None]):
    """A search over a list; all that takes the store is done in threads."""

    CSS_PATH = "../styles/conversations.tcss"
    PARTS = (ConversationList,)
    AUTO_FOCUS = ""  # the list takes the focus once it has something to choose
    BINDINGS = [
        Binding("r", "rename", "Rename", tooltip="Rename the conversation"),
        Binding("x", "export", "Export", tooltip="Export the conversation as Markdown"),
        Binding("d", "delete", "Delete", tooltip="Delete the conversation"),
        Binding("slash", "search", "Search", tooltip="Search conversations"),
        Binding("ctrl+n", "new", "New", tooltip="New conversation"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        yield TopBar("conversations")
        yield ConversationFinder(self.session)
        yield KeyLine()

    def on_mount(self) -> None:
        at_every_look(self, self._finder.look)

    def on_screen_resume(self) -> None:
        self._finder.look()

    def action_search(self) -> None:
        self._finder.search()

    # Opening

    @work(exclusive=True, group="opening")
    async def on_conversation_finder_opened(self, message: ConversationFinder.Opened) -> None:
        conversation = message.conversation
        turns = await self._turns(conversation)
        if turns is None:
            return
        ask = await self._ask_screen()
        is_shown = ask.talk.is_answering and conversation.id == self.session.conversation_id
        if not is_shown and await ask.may_leave():
            ask.show_conversation(conversation.id, turns)

    async def action_new(self) -> None:
        (await self._ask_screen()).action_new_conversation()

    async def _ask_screen(self) -> AskScreen:
        await self.app.switch_mode("ask")
        return cast(AskScreen, self.app.screen)

    # Changing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _FOR_ONE:
            return any(listed.chosen for listed in self.query(ConversationList))
        return action != "search" or not isinstance(self.focused, SearchLine)

    @work
    async def action_rename(self) -> None:
        conversation = self._finder.chosen
        if conversation is None:
            return
        title = await self.app.push_screen_wait(AskText("New title", conversation.title, check=_title_problem))
        if title is not None:
            await self._done(lambda: self.session.conversations.rename(conversation.id, title))

    @work
    async def action_delete(self) -> None:
        conversation = self._finder.chosen
        if conversation is None or await self._is_being_answered(conversation):
            return
        if await self.app.push_screen_wait(_deletion(conversation)):
            if await self._done(lambda: self.session.conversations.delete(conversation.id)):
                if self.session.conversation_id == conversation.id:
                    self.session.conversation_id = None

    @work
    async def action_export(self) -> None:
        conversation = self._finder.chosen
        if conversation is None:
            return

        def markdown() -> str:
            store = self.session.conversations
            return conversation_as_markdown(store.conversation(conversation.id), store.turns(conversation.id))

        name = file_name(conversation.title, ".md")
        await save_text(self.app, f"Export “{conversation.title}” as Markdown to", name, markdown)

    async def _is_being_answered(self, conversation: Conversation) -> bool:
        turns = await self._turns(conversation)
        if turns is None:
            return True
        answering = any(turn.state == "asked" for turn in turns)
        if answering:
            told = "It is being answered. Wait for the answer, or cancel it: F2, then Esc."
            self.notify(told, title="Not deleted", severity="warning")
        return answering

    async def _turns(self, conversation: Conversation) -> tuple[Turn, ...] | None:
        """None where they cannot be read, which is told."""
        turns: list[Turn] = []
        done = await self._done(lambda: turns.extend(self.session.conversations.turns(conversation.id)))
        return tuple(turns) if done else None

    async def _done(self, change: Callable[[], None]) -> bool:
        """Whether what is done with the store, in a thread, went well; what kept it from that is told."""
        try:
            await asyncio.to_thread(change)
        except AidxError as error:
            self.notify(what_to_do(error.hint, error.remedies), title=error.title, severity="error", markup=False)
            return False
        finally:
            self._finder.look()
        return True

    @property
    def _finder(self) -> ConversationFinder:
        return self.query_one(ConversationFinder)


def _title_problem(title: str) -> str | None:
    return None if title.strip() else "Type a title."


def _deletion(conversation: Conversation) -> Confirm:
    count = conversation.turn_count
    what = "Its question and answer are" if count == 1 else f"Its {count:,} questions and their answers are"
    return Confirm(f"Delete “{conversation.title}”? {what} removed for good.", "Delete", "Keep it")
