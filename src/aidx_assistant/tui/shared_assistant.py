"""The one assistant behind all screens: made ready in a thread while the first of them is already there."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from aidx_assistant.errors import AidxError, InterruptedByUserError
from aidx_assistant.library.progress import Progress
from aidx_assistant.settings import Settings
from aidx_assistant.tui.doing import Doing

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.cancellation import Cancellation

T = TypeVar("T")

_HEARTBEAT = 0.1
"""Seconds between two looks whether a waiting question has been cancelled, or the app has ended."""
_LAST_WORDS = 1.0
"""Seconds that what was cancelled has to keep what came, when the app ends."""


class SharedAssistant:
    """Asked by many threads at once, changed by one after another. What waits for it takes a thread."""

    def __init__(self, home: Path, settings: Settings) -> None:
        self._home = home
        self._settings = settings
        self.tell: Callable[[str], None] = lambda text: None
        """Told, from a thread, what the user should know, in a sentence; "" where only how it stands has changed."""
        self.doing: Doing | None = None
        """What the library is at while it is made ready or changed."""
        self._making_ready = threading.Lock()
        self._readable: Future[Assistant] = Future()
        """The assistant once sources, passages and findings can be read, or what kept it from that, an AidxError."""
        self._ready: Future[Assistant] = Future()
        """The same for answers."""
        self._assistant: Assistant | None = None
        self._ended = False
        self._work_ended = threading.Condition()
        self._works = 0
        """How many threads are at work with the library now: at answers, and at what the user brings in."""
        self._changing = threading.Lock()
        self._wanted = 0
        """How many threads change the library, or want to, that need not give way."""
        self._listener: Progress | None = None
        """Who else hears what the library is at."""

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
    def getting_ready(self) -> str | None:
        """How far it has come while questions wait for it, "" where that is not known; None where none has to wait."""
        if self.is_ready or self.failure is not None:
            return None
        doing = self.doing  # another thread may take it away
        return doing.in_full if doing is not None else ""

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

    def use(self, settings: Settings) -> None:
        """Takes other settings for the next question; the key is looked for again, in this thread."""
        self._settings = settings
        if self._assistant is not None:
            self._assistant.use(settings)
            self._assistant.asks_claude  # noqa: B018 - looks for the key now
        self.tell("")

    def readable(self) -> Assistant:
        """The assistant once sources, passages and findings can be read. Raises what kept it from that."""
        return self._waited_for(self._readable, None)

    def ready(self, cancellation: Cancellation | None = None) -> Assistant:
        """The assistant once it can answer. Raises what kept it from that; InterruptedByUserError where cancelled."""
        return self._waited_for(self._ready, cancellation)

    async def read(self, reading: Callable[[Assistant], T]) -> T:
        """What is read of the library, in a thread that is taken only once there is something to read.

        Raises what kept it from that.
        """
        assistant = await asyncio.shield(asyncio.wrap_future(self._readable))
        return await asyncio.to_thread(reading, assistant)

    @contextmanager
    def working(self, *, wanted: bool = False) -> Iterator[None]:
        """Work that the end of the app waits for a moment for; `wanted`: that other work gives way to."""
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

    @contextmanager
    def at_hand(self, cancellation: Cancellation) -> Iterator[Assistant]:
        """The assistant, once it is ready, for what only asks it. Raises what `at_work` raises."""
        with self.working():
            yield self.ready(cancellation)

    @contextmanager
    def at_work(
        self, listener: Progress, cancellation: Cancellation, *, gives_way: bool = False
    ) -> Iterator[Assistant]:
        """The assistant, once it is ready, for what changes the library: one such work at a time.

        `listener` hears how it goes, and may end it by raising. Raises what keeps the library from being ready, and
        InterruptedByUserError where it is cancelled before it is.
        """
        with self.working(wanted=not gives_way), self._changing:
            assistant = self.ready(cancellation)
            self._listener = listener
            try:
                yield assistant
            finally:
                self._listener = None
                self.doing = None
                self.tell("")

    def close(self) -> bool:
        """Lets go of the library; of what a thread that does not end is still at, nothing is closed.

        Whoever waits for the library waits no longer. Gives whether all work has ended.
        """
        self._ended = True
        with self._work_ended:
            ended = self._work_ended.wait_for(lambda: not self._works, _LAST_WORDS)
        if ended and self._assistant is not None and self._ready.done():
            self._assistant.close()
        return ended

    def _opened(self) -> Assistant:
        from aidx_assistant.assistant.assistant import Assistant

        if self._assistant is None:
            self._assistant = Assistant(self._settings, home=self._home, progress=_Told(self))
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


class _Told(Progress):
    """What the library tells goes to the app, and to whoever is at work with it."""

    def __init__(self, shared: SharedAssistant) -> None:
        self._shared = shared

    def notice(self, text: str) -> None:
        self._shared.tell(text)
        if listener := self._shared._listener:  # it may leave meanwhile
            listener.notice(text)

    def advance(self, phase: str, done: int, total: int) -> None:
        self._shared.doing = Doing(phase, done, total) if done < total else None
        self._shared.tell("")
        if listener := self._shared._listener:
            listener.advance(phase, done, total)

    def wait(self) -> None:
        if listener := self._shared._listener:
            listener.wait()


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
