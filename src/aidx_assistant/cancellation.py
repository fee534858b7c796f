"""Ends an answer from another thread than the one that waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Cancellation:
    """Cancelled once, from any thread; whoever waits for an answer is woken and ends it with what came."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._wake: Callable[[], None] | None = None

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        self._cancelled.set()
        with self._lock:
            if self._wake is not None:
                self._wake()

    def wait(self, seconds: float) -> None:
        """Sleeps, no longer than until it is cancelled."""
        self._cancelled.wait(seconds)

    @contextmanager
    def waking(self, wake: Callable[[], None]) -> Iterator[None]:
        """While inside, `cancel` calls `wake`, which must be safe to call from another thread and must not raise."""
        with self._lock:
            self._wake = wake
        try:
            if self.cancelled:
                wake()
            yield
        finally:
            with self._lock:
                self._wake = None
