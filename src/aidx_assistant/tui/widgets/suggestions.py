"""What to ask while nothing has been asked: questions that the sources answer."""

from __future__ import annotations

from datetime import date

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from aidx_assistant.errors import AidxError
from aidx_assistant.tui.session import Session

_COUNT = 6


class Suggestions(Vertical):
    """A greeting with questions to choose from; or, where the library cannot be opened, why and what to do."""

    class Chosen(Message):
        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    class Found(Message):
        def __init__(self, questions: tuple[str, ...], greeting: str) -> None:
            super().__init__()
            self.questions = questions
            self.greeting = greeting

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        yield Static("Opening the library …", classes="greeting", markup=False)
        yield OptionList(id="suggested", markup=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).display = False
        self._find()

    @work(thread=True)
    def _find(self) -> None:
        try:
            questions, greeting = self._session.suggestions(_COUNT, date.today())
        except AidxError as error:
            questions, greeting = (), f"{error.title} {error.hint}"
        self.post_message(self.Found(questions, greeting))

    def on_suggestions_found(self, message: Found) -> None:
        message.stop()
        self.query_one(".greeting", Static).update(Content(message.greeting))
        options = self.query_one(OptionList)
        options.add_options([Option(Content(question)) for question in message.questions])
        options.display = bool(message.questions)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(str(event.option.prompt)))
