"""One import decides and writes at a time, however many read: what one has added, the next one sees."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from aidx_assistant.library.progress import Progress
from aidx_assistant.library.waiting import alone

_FILE = "import.lock"


def alone_among_imports(home: Path, progress: Progress) -> AbstractContextManager[None]:
    """Waits for other imports into the same home, of this process or of others.

    Is taken before the lock of the library, never after it.
    """
    return alone(home / _FILE, progress, "Another aidx is adding sources; waiting for it.")
