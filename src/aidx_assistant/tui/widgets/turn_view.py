"""A question and its answer in the conversation, from the first phase to the last check."""

from __future__ import annotations

import threading
import time

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from aidx_assistant.answers import Answer, Event, Notice, Phase, Step, Understood
from aidx_assistant.answers_in_words import correction_in_words, searched_by_words
from aidx_assistant.conversations.conversation import Turn
from aidx_assistant.printable import printable
from aidx_assistant.tui.answer_origin import origin_of
from aidx_assistant.tui.widgets.answer_body import AnswerBody
from aidx_assistant.tui.wording import what_to_do

_CANCELLED = "Cancelled."
_CANCELLED_AND_BACK = f"{_CANCELLED} The question is back in the prompt: mend it, or press Enter to ask again."
_CORRECTED = "Corrected by Claude; the checks had found:"
_UNFINISHED = {
    "asked": "Not finished when this was opened: the answer is still coming, in another window perhaps."
    " Open the conversation again (F6) to see it.",
    "cancelled": _CANCELLED,
    "broken off": "Broken off: aidx ended while this was answered.",
}
"""What became of a turn without an answer, by its state."""


class TurnView(Vertical):
    """One turn. While it is answered, a worker hands in text by `take`; the screen shows it at its own pace."""

    def __init__(self, question: str, turn: Turn | None = None) -> None:
        super().__init__()
        self.question = question
        self.running = turn is None
        self.body = AnswerBody()
        self._understood = Static(classes="understood", markup=False)
        self._steps = Static(classes="steps", markup=False)
        self._steps.display = False
        self._looked_up: list[Step] = []
        self._standing = Static(classes="standing", markup=False)
        self._cancelled = _CANCELLED
        self._kept = True
        self._asked = time.monotonic()
        self._doing = ""
        self._noticed: tuple[Notice, float] | None = None
        """What keeps the answer from coming, and when that was told, on the monotonic clock in seconds."""
        self._incoming: list[str] = []
        self._text = ""
        self._lock = threading.Lock()
        if turn is not None:
            self._show_turn(turn)

    def compose(self) -> ComposeResult:
        yield Static(Content(self.question), classes="question", markup=False)
        yield self._understood
        yield self._steps
        yield self.body
        yield self._standing

    @property
    def answer(self) -> Answer | None:
        return self.body.answer

    def take(self, text: str) -> None:
        """More of the answer's text; from any thread."""
        with self._lock:
            self._incoming.append(text)

    def show_what_came(self) -> bool:
        """Shows the text handed in since the last time; whether there was any."""
        with self._lock:
            came = "".join(self._incoming)
            self._incoming.clear()
        if came and self.running:
            self._text += came
            self.body.show_text(self._text)
        return bool(came)

    def hear(self, event: Event) -> None:
        """Shows what happens while the answer comes, as long as the user has not cancelled it."""
        if self.running and isinstance(event, Phase):
            self.wait(f"{event.name[:1].upper()}{event.name[1:]}")
        elif self.running and isinstance(event, Notice):
            self.show_notice(event)
        elif isinstance(event, Step):
            self._show_steps(*self._looked_up, event)
        elif isinstance(event, Understood):
            self.show_note(event.text)

    def wait(self, doing: str) -> None:
        """What is waited for; `show_seconds` counts those since the question was asked beside it."""
        self._doing, self._noticed = doing, None
        self.show_seconds()

    def show_notice(self, notice: Notice) -> None:
        """What keeps the answer from coming; `show_seconds` counts down until it is tried again."""
        self._doing, self._noticed = "", (notice, time.monotonic())
        self.show_seconds()

    def show_seconds(self) -> None:
        """Shows how long has been waited, or how long it is until it is tried again."""
        if not self.running:
            return
        now, text, kind = time.monotonic(), "", ""
        if self._noticed is not None:
            notice, told = self._noticed
            text, kind = notice.text_after(now - told), "notice"
        elif self._doing:
            seconds = int(now - self._asked)
            text = f"{self._doing} …" + (f" {seconds} s" if seconds else "")
        if text and self._standing.content != Content(text):
            self._show_standing(text, kind)

    def say_not_kept(self) -> None:
        """The answer is, or will be, not saved."""
        self._kept = False
        if self.answer is not None:
            self.show_answer(self.answer)

    def show_note(self, text: str) -> None:
        """What the user should know of how the question was taken."""
        self._understood.update(Content(text))

    def show_standing(self, text: str, kind: str = "") -> None:
        """A line below the answer, on what is happening or became of it. `kind`: "", "problem" or "notice"."""
        self._doing, self._noticed = "", None
        self._show_standing(text, kind)

    def _show_standing(self, text: str, kind: str = "") -> None:
        self._standing.update(Content(text))
        self._standing.set_class(kind == "problem", "problem")
        self._standing.set_class(kind == "notice", "notice")

    def show_answer(self, answer: Answer) -> None:
        """The finished answer, checked; of one that the user ended, what had come."""
        self.running = False
        if answer.question_understood != answer.question:
            self._understood.update(Content(f"Understood as: {answer.question_understood}"))
        self._show_steps(*answer.steps)
        self.body.show_answer(answer)
        origin = origin_of(answer) + ("" if self._kept else " · not saved")
        if answer.corrected:
            origin = "\n".join([_CORRECTED, *(f"· {line}" for line in correction_in_words(answer)), origin])
        if answer.by_words_only:
            origin = f"{searched_by_words(answer.by_words_only)}\n{origin}"
        if answer.stopped_by_user:
            self.show_standing(f"{self._cancelled}\n{origin}", "notice")
        else:
            self.show_standing(origin)

    def _show_steps(self, *steps: Step) -> None:
        """What Claude has looked up, a line for each."""
        self._looked_up = list(steps)
        self._steps.display = bool(steps)
        self._steps.update(Content("\n".join(f"· {printable(step.text)}" for step in steps)))

    def show_problem(self, told: str) -> None:
        """Why there is no answer, and what to do."""
        self.show_what_came()
        self.running = False
        self.show_standing(told, "problem")

    def show_cancelled(self, question_is_back: bool) -> None:
        """The user ends the answer; whether the question is in the prompt again."""
        self.show_what_came()
        self.running = False
        self._cancelled = _CANCELLED_AND_BACK if question_is_back else _CANCELLED
        self.show_standing(self._cancelled, "notice")

    def _show_turn(self, turn: Turn) -> None:
        """A turn as it was kept."""
        if turn.answer is not None:
            self.show_answer(turn.answer)
            return
        self.body.show_kept(turn.text, turn.citations)
        if turn.state == "failed":
            self.show_problem(f"{turn.problem} {what_to_do(turn.hint, turn.remedies)}".strip())
        elif turn.state in _UNFINISHED:
            came = " This is what had come." if turn.text else ""
            self.show_standing(f"{_UNFINISHED[turn.state]}{came}", "notice")
