"""The assistant behind the screens: made ready in a thread while the first screen is already there."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from aidx_assistant import locations
from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.errors import AidxError, InterruptedByUserError
from aidx_assistant.settings import Settings, load_settings
from aidx_assistant.tui.doing import Doing

if TYPE_CHECKING:
    from aidx_assistant.answers import Event
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.assistant.conversing import Conversing
    from aidx_assistant.cancellation import Cancellation
    from aidx_assistant.conversations.conversation import Turn
    from aidx_assistant.library.progress import Progress
    from aidx_assistant.tui.bringing_in import BringingIn
    from aidx_assistant.tui.drafting import Job

T = TypeVar("T")

_HEARTBEAT = 0.1
"""Seconds between two looks whether a waiting question has been cancelled, or the app has ended."""
_LAST_WORDS = 1.0
"""Seconds that what was cancelled has to keep what came, when the app ends."""


class Session:
    """What the screens talk to. Everything but `settings` may take time: use it in a worker."""

    def __init__(self, *, home: Path | None = None, flags: Mapping[str, Any] | None = None) -> None:
        self.home = home or locations.home()
        self._flags = dict(flags or {})
        self._saving = threading.Lock()
        self.settings: Settings = load_settings(flags, self.home)
        self.conversation_id: str | None = None
        """The conversation that questions are asked in; None where the next one begins one."""
        self.doing: Doing | None = None
        """What the library is at while it is made ready or changed."""
        self.tell: Callable[[str], None] = lambda text: None
        """Told, from a thread, what the user should know, in a sentence; "" where only `doing` changed."""
        self._making_ready = threading.Lock()
        self._readable: Future[Assistant] = Future()
        """The assistant once sources, passages and findings can be read, or what kept it from that, an AidxError."""
        self._ready: Future[Assistant] = Future()
        """The same for answers."""
        self._assistant: Assistant | None = None
        self._opening = threading.Lock()
        self._conversations: ConversationStore | None = None
        self._ended = False
        self._work_ended = threading.Condition()
        self._works = 0
        """How many threads are at work with the library now: at answers, and at what the user brings in."""
        self._changing = threading.Lock()
        self._wanted = 0
        """How many threads change the library, or want to, that need not give way."""
        self.run: BringingIn | None = None
        """What the user has brought in now, or had last."""
        self.drafting: Job | None = None
        """The brief that is being made."""
        self._listener: Progress | None = None
        """Who else hears what the library is at."""

    @property
    def conversations(self) -> ConversationStore:
        """One for all threads: a second would count as broken off what is being answered in the first."""
        with self._opening:
            if self._conversations is None:
                self._conversations = ConversationStore(self.home / locations.CONVERSATIONS)
            return self._conversations

    @property
    def is_ready(self) -> bool:
        """Whether questions can be answered."""
        return self._ready.done() and self.failure is None

    @property
    def failure(self) -> AidxError | None:
        """Why no question can be answered; None where one can, or where that is not known yet."""
        return cast("AidxError | None", self._ready.exception()) if self._ready.done() else None

    @property
    def is_wanted(self) -> bool:
        """Whether the library is to be changed, or the app has ended: what may wait gives way."""
        return self._ended or self._wanted > 0

    @property
    def asks_claude(self) -> bool:
        """Whether Claude answers, as far as that is known by now."""
        return self._assistant is not None and self._assistant.asks_claude

    @property
    def answered_by(self) -> str:
        """Who answers, in words."""
        return self.settings.model if self.asks_claude else "no model"

    def make_ready(self) -> None:
        """Imports what is heavy, opens the library for questions and loads the model that finds passages.

        Takes a thread for itself; after a failure it tries again. What goes wrong is met by whoever waits: what keeps
        from answering need not keep from reading.
        """
        with self._making_ready:
            if self.failure is not None:
                self._ready = Future()
                if self._readable.exception() is not None:
                    self._readable = Future()
            self.tell("")
            if not self._readable.done():
                _reach(self._readable, self._opened)
            if not self._ready.done():
                _reach(self._ready, self._brought_up_to_date)
            self.doing = None
            self.tell("")

    def reader(self) -> Assistant:
        """The assistant once sources, passages and findings can be read. Raises what kept it from that."""
        return self._waited_for(self._readable, None)

    async def read(self, reading: Callable[[Assistant], T]) -> T:
        """What is read of the library, in a thread that is taken only once there is something to read.

        Raises what kept it from that.
        """
        assistant = await asyncio.shield(asyncio.wrap_future(self._readable))
        return await asyncio.to_thread(reading, assistant)

    def answerer(self, cancellation: Cancellation | None = None) -> Conversing:
        """What answers, once it can. Raises InterruptedByUserError where the question is cancelled meanwhile."""
        from aidx_assistant.assistant.conversing import Conversing

        return Conversing(self._waited_for(self._ready, cancellation), self.conversations)

    def answer(self, turn: Turn, cancellation: Cancellation, deep: bool = False) -> Generator[Event, None, None]:
        """The events of a kept question's answer, once it can be answered; what became of it is kept as well."""
        with self._working():
            try:
                answerer = self.answerer(cancellation)
            except InterruptedByUserError:
                self.conversations.cancel(turn.id)
                raise
            except AidxError as error:
                self.conversations.fail(turn.id, error)
                raise
            yield from answerer.answer(turn, cancellation, deep=deep)

    @contextmanager
    def at_hand(self, cancellation: Cancellation) -> Iterator[Assistant]:
        """The assistant, once it is ready, for what only asks it. Raises what `at_work` raises."""
        with self._working():
            yield self._waited_for(self._ready, cancellation)

    @contextmanager
    def at_work(
        self, listener: Progress, cancellation: Cancellation, *, gives_way: bool = False
    ) -> Iterator[Assistant]:
        """The assistant, once it is ready, for what changes the library: one such work at a time.

        `listener` hears how it goes, and may end it by raising. Raises what keeps the library from being ready, and
        InterruptedByUserError where it is cancelled before it is.
        """
        with self._working(wanted=not gives_way), self._changing:
            assistant = self._waited_for(self._ready, cancellation)
            self._listener = listener
            try:
                yield assistant
            finally:
                self._listener = None
                self.doing = None
                self.tell("")

    @contextmanager
    def _working(self, wanted: bool = False) -> Iterator[None]:
        with self._work_ended:
            self._works += 1
            self._wanted += wanted
        try:
            yield
        finally:
            with self._work_ended:
                self._works -= 1
                self._wanted -= wanted
                self._work_ended.notify_all()

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
        """Lets go of library and conversations; of what a thread that does not end is still at, nothing is closed.

        Whoever waits for the library waits no longer.
        """
        self._ended = True
        with self._work_ended:
            ended = self._work_ended.wait_for(lambda: not self._works, _LAST_WORDS)
        if ended and self._assistant is not None and self._ready.done():
            self._assistant.close()
        if ended and self._conversations is not None:
            self._conversations.close()

    def _opened(self) -> Assistant:
        from aidx_assistant.assistant.assistant import Assistant

        if self._assistant is None:
            self._assistant = Assistant(self.settings, home=self.home, progress=self._progress())
        self._assistant.sources()
        return self._assistant

    def _brought_up_to_date(self) -> Assistant:
        assistant = self._readable.result()
        assistant.open()
        assistant.prepare()
        return assistant

    def _waited_for(self, stage: Future[Assistant], cancellation: Cancellation | None) -> Assistant:
        while True:
            with suppress(TimeoutError):
                return stage.result(_HEARTBEAT)
            if self._ended or (cancellation and cancellation.cancelled):
                raise InterruptedByUserError("Cancelled before it had begun.")

    def _progress(self) -> Progress:
        from aidx_assistant.library.progress import Progress

        session = self

        class Told(Progress):
            def notice(self, text: str) -> None:
                session.tell(text)
                if session._listener is not None:
                    session._listener.notice(text)

            def advance(self, phase: str, done: int, total: int) -> None:
                session.doing = Doing(phase, done, total) if done < total else None
                session.tell("")
                if session._listener is not None:
                    session._listener.advance(phase, done, total)

            def wait(self) -> None:
                if session._listener is not None:
                    session._listener.wait()

        return Told()


def _reach(stage: Future[Assistant], step: Callable[[], Assistant]) -> None:
    """Takes the step that leads to a stage: whoever waits there gets the assistant or an AidxError, come what may."""
    try:
        stage.set_result(step())
    except AidxError as error:
        stage.set_exception(error)
    except BaseException as error:  # the boundary of the thread; what native code panics with is no Exception
        told = AidxError(f"The library could not be made ready ({type(error).__name__}: {error}).", "Nothing was lost.")
        told.__cause__ = error
        stage.set_exception(told)
