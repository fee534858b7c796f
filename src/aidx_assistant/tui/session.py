"""The assistant behind the screens: made ready in a thread while the first screen is already there."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aidx_assistant import locations
from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.errors import AidxError, InterruptedByUserError
from aidx_assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from datetime import date

    from aidx_assistant.answers import Event
    from aidx_assistant.assistant import Assistant
    from aidx_assistant.assistant.conversing import Conversing
    from aidx_assistant.cancellation import Cancellation
    from aidx_assistant.conversations.conversation import Turn
    from aidx_assistant.library.library import Progress

_HEARTBEAT = 0.1
"""Seconds between two looks whether a waiting question has been cancelled."""
_LAST_WORDS = 1.0
"""Seconds that answers which were cancelled have to keep what came, when the app ends."""


class Session:
    """What the screens talk to. Everything but `settings` may take time: use it in a worker."""

    def __init__(self, *, home: Path | None = None, flags: Mapping[str, Any] | None = None) -> None:
        self.home = home or locations.home()
        self._flags = dict(flags or {})
        self._saving = threading.Lock()
        self.settings: Settings = load_settings(flags, self.home)
        self.failure: AidxError | None = None
        """Why the assistant could not be made ready."""
        self.conversation_id: str | None = None
        """The conversation that questions are asked in; None where the next one begins one."""
        self.doing = ""
        """What the library is at while it is made ready, in a few words."""
        self.tell: Callable[[str], None] = lambda text: None
        """Told, from a thread, what the user should know, in a sentence; "" where only `doing` changed."""
        self._readable = threading.Event()
        self._ready = threading.Event()
        self._assistant: Assistant | None = None
        self._answers_ended = threading.Condition()
        self._answers = 0
        """How many are coming now."""

    @cached_property
    def conversations(self) -> ConversationStore:
        return ConversationStore(self.home / locations.CONVERSATIONS)

    @property
    def is_ready(self) -> bool:
        return self._ready.is_set() and self.failure is None

    @property
    def answered_by(self) -> str:
        """Who answers, in words."""
        if self._assistant is not None and self._assistant.asks_claude:
            return self.settings.model
        return "no model"

    def make_ready(self) -> None:
        """Imports what is heavy, opens the library, brings it up to date and loads the model that finds passages.

        Runs in one thread, once at a time. What goes wrong is kept in `failure` and met by whoever waits.
        """
        self.failure = None
        try:
            from aidx_assistant.assistant import Assistant

            if self._assistant is None:
                self._assistant = Assistant(self.settings, home=self.home, progress=self._progress())
            self._assistant.sources()
            self._readable.set()
            self._assistant.sync()
            self._assistant.prepare()
        except AidxError as error:
            self.failure = error
            self._readable.set()
        self._ready.set()

    def retry(self) -> None:
        """Tries again after a failure."""
        self._ready.clear()
        self._readable.clear()
        self.make_ready()

    def reader(self) -> Assistant:
        """The assistant once sources, passages and findings can be read. Raises what kept it from that."""
        return self._waited_for(self._readable, None)

    def answerer(self, cancellation: Cancellation | None = None) -> Conversing:
        """What answers, once it can. Raises InterruptedByUserError where the question is cancelled meanwhile."""
        from aidx_assistant.assistant.conversing import Conversing

        return Conversing(self._waited_for(self._ready, cancellation), self.conversations)

    def answer(self, turn: Turn, cancellation: Cancellation) -> Generator[Event, None, None]:
        """The events of a kept question's answer, once it can be answered; what became of it is kept as well."""
        with self._answering():
            try:
                answerer = self.answerer(cancellation)
            except InterruptedByUserError:
                self.conversations.cancel(turn.id)
                raise
            except AidxError as error:
                self.conversations.fail(turn.id, error.title, error.hint)
                raise
            yield from answerer.answer(turn, cancellation)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        with self._answers_ended:
            self._answers += 1
        try:
            yield
        finally:
            with self._answers_ended:
                self._answers -= 1
                self._answers_ended.notify_all()

    def suggestions(self, count: int, day: date) -> tuple[tuple[str, ...], str]:
        """Questions that the sources answer, other ones every day, and a line on what is in the library."""
        from aidx_assistant.assistant.suggestions import suggested_questions

        reader = self.reader()
        sources = reader.sources()
        named = ", ".join(source.title for source in sources[:3])
        more = f" and {len(sources) - 3} more" if len(sources) > 3 else ""
        questions = suggested_questions(reader, count, day.toordinal())
        greeting = f"Ask {named}{more}. Every figure in the answer is checked against the sentence it cites."
        if not reader.asks_claude:
            greeting += " Answers are quoted from the sources; with an API key Claude writes them (F7)."
        return questions, greeting

    def save_setting(self, name: str, value: object) -> None:
        """Gives a setting a new value, in config.toml and for the next question. Raises SettingsError, StorageError."""
        from aidx_assistant.settings_file import save_settings

        with self._saving:
            save_settings({name: value}, self.home)
            self.change_settings(load_settings(self._flags, self.home))

    def fixed_by(self, name: str) -> str | None:
        """The flag or variable that gives a setting its value, whatever is saved; None where none does."""
        if self._flags.get(name) is not None:
            return f"--{name.replace('_', '-')}"
        variable = f"AIDX_{name.upper()}"
        return variable if os.environ.get(variable) else None

    def change_settings(self, settings: Settings) -> None:
        """Settings for the next question; the key is looked for again."""
        self.settings = settings
        if self._assistant is not None:
            self._assistant.use(settings)
            self._assistant.asks_claude  # noqa: B018 - looks for the key now, in this thread
        self.tell("")

    def close(self) -> None:
        """Lets go of library and conversations; of what an answer that does not end is still at, nothing is closed."""
        with self._answers_ended:
            ended = self._answers_ended.wait_for(lambda: not self._answers, _LAST_WORDS)
        if ended and self._assistant is not None and self._ready.is_set():
            self._assistant.close()
        if ended and "conversations" in self.__dict__:
            self.conversations.close()

    def _waited_for(self, moment: threading.Event, cancellation: Cancellation | None) -> Assistant:
        while not moment.wait(_HEARTBEAT):
            if cancellation and cancellation.cancelled:
                raise InterruptedByUserError("Cancelled before any of the answer had come.")
        if self.failure is not None:
            raise self.failure
        assert self._assistant is not None
        return self._assistant

    def _progress(self) -> Progress:
        from aidx_assistant.library.library import Progress

        session = self

        class Told(Progress):
            def notice(self, text: str) -> None:
                session.tell(text)

            def advance(self, phase: str, done: int, total: int) -> None:
                session.doing = f"{phase}: {done} of {total}" if done < total else ""
                session.tell("")

        return Told()
