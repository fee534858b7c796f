"""One import decides and writes at a time, however many read: what one has added, the next one sees."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FILE = "import.lock"


@contextmanager
def alone_among_imports(home: Path) -> Iterator[None]:
    """Waits for other imports into the same home, of this process or of others. The system frees it with its holder.

    Is taken before the lock of the library, never after it.
    """
    from filelock import FileLock

    with FileLock(home / _FILE):
        yield
