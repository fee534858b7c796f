"""Which processes are answering: each holds a lock that the system frees when the process ends, however it ends."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock

_ENDING = ".answering"


class Session:
    """One use of the conversations by one process; `id` is unlike any other's.

    `hold` and `living_sessions` belong inside a transaction that writes: these follow one another in all processes,
    so that no lock is looked at half made.
    """

    def __init__(self, file: Path) -> None:
        self.id = uuid.uuid4().hex
        self._lock_file = _lock_file(file, self.id)
        self._lock: BaseFileLock | None = None

    def hold(self) -> None:
        """From here on the session counts as living. Raises OSError where its lock cannot be made."""
        if self._lock is None:
            lock = _lock(self._lock_file)
            lock.acquire()
            self._lock = lock

    def release(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None
            self._lock_file.unlink(missing_ok=True)


def living_sessions(file: Path) -> tuple[str, ...]:
    """The ids of the sessions that hold their lock; what those left behind that ended without releasing is removed."""
    from filelock import Timeout

    living = []
    for lock_file in file.parent.glob(f"{file.name}.*{_ENDING}"):
        session_id = lock_file.name.removeprefix(f"{file.name}.").removesuffix(_ENDING)
        try:
            with _lock(lock_file).acquire(timeout=0):
                pass
            lock_file.unlink(missing_ok=True)
        except Timeout:
            living.append(session_id)
    return tuple(living)


def _lock_file(file: Path, session_id: str) -> Path:
    return file.with_name(f"{file.name}.{session_id}{_ENDING}")


def _lock(lock_file: Path) -> BaseFileLock:
    from filelock import FileLock  # its import takes 40 ms

    return FileLock(lock_file, thread_local=False)
