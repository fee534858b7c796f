"""The saved conversations, newest first: a title each, when it was last used, and how long it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from aidx_assistant.conversations.conversation import Conversation


class ConversationList(OptionList):
    """Enter or a double click opens what is chosen; a click only chooses."""

    BINDINGS = [Binding("enter", "select", "Open", tooltip="Open the conversation")]
    HELP = (
        "The saved conversations. **Enter** or a double click opens one with its answers and sources, as they were. "
        "**r** renames it, **x** exports it as Markdown, **d** deletes it. **/** goes to the search."
    )

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._conversations: tuple[Conversation, ...] = ()

    @property
    def chosen(self) -> Conversation | None:
        return self._conversations[self.highlighted] if self.highlighted is not None else None

    def show(self, conversations: Sequence[Conversation]) -> None:
        """Shows conversations; the one chosen stays so where it is among them."""
        here, place = self.chosen, self.highlighted or 0
        self.clear_options()
        self._conversations = tuple(conversations)
        now = datetime.now().astimezone()
        self.add_options([Option(_entry(conversation, now)) for conversation in conversations])
        if conversations:
            ids = [conversation.id for conversation in conversations]
            self.highlighted = ids.index(here.id) if here and here.id in ids else min(place, len(ids) - 1)

    def on_click(self, event: events.Click) -> None:
        clicked = event.style.meta.get("option")
        if clicked is not None and event.chain == 1:
            event.prevent_default()
            self.highlighted = clicked


def when(moment: str, now: datetime) -> str:
    """A moment in UTC (ISO 8601) as people at the place of `now` say it: `today 14:02`, `3 March 2025 09:15`."""
    local = datetime.fromisoformat(moment).astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days in (0, 1):
        day = "yesterday" if days else "today"
    else:
        day = f"{local.day} {local:%B}" + ("" if local.year == now.year else f" {local.year}")
    return f"{day} {local:%H:%M}"


def _entry(conversation: Conversation, now: datetime) -> Content:
    count = conversation.turn_count
    questions = "1 question" if count == 1 else f"{count:,} questions"
    return Content.assemble(
        (conversation.title, "bold"), ("\n" + f"{when(conversation.updated, now)} · {questions}", "dim")
    )
