"""One at a time: a lock that the system frees with its holder, and what is told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aidx_assistant.library.progress import Progress

_PATIENCE = 1.0
"""Seconds to wait for another before the user is told, and between two looks whether waiting has been given up."""


@contextmanager
def alone(file: Path, progress: Progress, told: str) -> Iterator[None]:
    """Holds a lock; where another thread or process has it, tells so once and waits, until `progress` gives up."""
    from filelock import FileLock, Timeout

    lock = FileLock(file)
    is_told = False
    while not lock.is_locked:
        try:
            lock.acquire(timeout=_PATIENCE)
        except Timeout:
            if not is_told:
                progress.notice(told)
            is_told = True
            progress.wait()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def alone_soon(file: Path) -> Iterator[bool]:
    """Holds a lock where it becomes free in a moment; gives whether it does."""
    from filelock import FileLock, Timeout

    lock = FileLock(file)
    with suppress(Timeout):
        lock.acquire(timeout=_PATIENCE)
    try:
        yield lock.is_locked
    finally:
        lock.release()
