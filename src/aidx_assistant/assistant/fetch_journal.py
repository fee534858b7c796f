"""Remembers what a fetch of many things has done, so that one that was interrupted goes on where it ended."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

from aidx_assistant import atomic
from aidx_assistant.errors import UsageError
from aidx_assistant.library.supplements import cannot_keep

_RESUMED_WITHIN = 24 * 3600
"""Seconds for which what an interrupted fetch has done is not asked for again."""


class FetchJournal:
    """Names of what is done, in a file that is there only while a fetch has not come to its end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "under-way"

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other processes out. Raises UsageError where one is at it, StorageError where nothing can be kept."""
        from filelock import FileLock, Timeout

        with self._kept():
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder.with_name(f"{self._folder.name}.lock"), timeout=0)
            try:
                lock.acquire()
            except Timeout:
                raise UsageError("Another aidx is fetching this.", "Wait for it to end.") from None
        try:
            yield
        finally:
            lock.release()
            with contextlib.suppress(OSError):
                self._folder.rmdir()  # where nothing came

    def done(self) -> list[str]:
        """What an interrupted fetch has done lately."""
        try:
            if time.time() - self._file.stat().st_mtime < _RESUMED_WITHIN:
                return [str(name) for name in json.loads(self._file.read_text(encoding="utf-8"))]
        except (OSError, ValueError, TypeError):
            pass
        return []

    def write(self, done: list[str]) -> None:
        """Raises StorageError."""
        with self._kept():
            atomic.write_text(self._file, json.dumps(done))

    def end(self) -> None:
        """All has been tried. Raises StorageError."""
        with self._kept():
            self._file.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _kept(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise cannot_keep(self._folder, error) from error
