"""What to ask while nothing has been asked: questions that the sources answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from aidx_assistant.errors import AidxError
from aidx_assistant.tui.looking import at_every_look
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.said import Said
from aidx_assistant.tui.wording import told

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant

_COUNT = 6


class Suggestions(Vertical):
    """A greeting with questions to choose from; and where none can be answered, why, and what to do."""

    class Chosen(Message):
        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._questions: tuple[str, ...] = ()
        # Held rather than looked up: while these are being removed, a look that ends meanwhile would not find them.
        self._greeting = Said("Opening the library …", classes="greeting")
        self._failure = Said(classes="failure")
        self._options = OptionList(id="suggested", markup=False)

    def compose(self) -> ComposeResult:
        yield self._greeting
        yield self._failure
        yield self._options

    def on_mount(self) -> None:
        self._options.display = False
        at_every_look(self, self._find, at_once=True)

    @work(exclusive=True)
    async def _find(self) -> None:
        failure = self._session.assistant.failure
        try:
            questions, greeting = await self._session.assistant.read(_found)
        except AidxError as error:
            questions, greeting, failure = (), "", error
        self._greeting.say(greeting)
        why = f"No question can be answered yet. {told(failure)} Press Ctrl+R to try again." if failure else ""
        self._failure.say(why, problem=True)
        self._offer(questions)

    def _offer(self, questions: tuple[str, ...]) -> None:
        if questions != self._questions:
            self._questions = questions
            self._options.set_options(Option(Content(question)) for question in questions)
            self._options.display = bool(questions)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(str(event.option.prompt)))


def _found(assistant: Assistant) -> tuple[tuple[str, ...], str]:
    """Questions that the sources answer, other ones every day, and a line on what is in the library."""
    from aidx_assistant.assistant.suggestions import suggested_questions

    sources = assistant.sources()
    named = ", ".join(source.name for source in sources[:3])
    more = f" and {len(sources) - 3} more" if len(sources) > 3 else ""
    greeting = f"Ask {named}{more}. Every figure in the answer is checked against the sentence it cites."
    if not assistant.asks_claude:
        greeting += " Answers are quoted from the sources; with an API key Claude writes them (F7)."
    return suggested_questions(assistant, _COUNT, date.today().toordinal()), greeting
