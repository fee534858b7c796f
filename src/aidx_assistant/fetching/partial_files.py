"""Content on its way to being whole: kept when a fetch ends early, and continued by the next one.

In the folder, by the hash of the address: `<hash>.partial` the content so far, `<hash>.etag` the version of it, written
before the first byte of the content; `<hash>-<unique>.fetched` what is whole. A process may end at any moment.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from aidx_assistant import atomic
from aidx_assistant.errors import StorageError

if TYPE_CHECKING:
    from filelock import FileLock

_WEEK = 7 * 24 * 3600
_BEGINNING = 1024


class PartialFolder:
    """A folder of partial files. One fetcher at a time continues what is in it; others beside it keep nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: FileLock | None = None
        self._whole: list[Path] = []

    def partial(self, address: str) -> PartialFile:
        """The partial file of an address. Raises StorageError where the folder cannot be made."""
        stem = hashlib.sha256(address.encode()).hexdigest()[:32]
        continued = self._is_ours()
        if not continued:
            stem = f"{stem}-{uuid.uuid4().hex}"
        whole = self._folder / f"{stem[:32]}-{uuid.uuid4().hex}.fetched"
        self._whole.append(whole)
        return PartialFile(self._folder / f"{stem}.partial", whole, continued=continued)

    def close(self) -> None:
        """Removes what is whole and was not moved away, and lets others continue what is partial."""
        for file in self._whole:
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
        self._whole.clear()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _is_ours(self) -> bool:
        from filelock import FileLock, Timeout

        if self._lock is not None:
            return True
        with _storage(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder / "fetching.lock", timeout=0, thread_local=False)
            try:
                lock.acquire()
            except (Timeout, NotImplementedError):  # held by another, or a file system without locks
                return False
        self._lock = lock
        self._sweep()
        return True

    def _sweep(self) -> None:
        """Removes what ended processes left behind a week ago."""
        for file in self._folder.iterdir():
            with contextlib.suppress(OSError):
                if file.suffix in (".partial", ".etag", ".fetched") and time.time() - file.stat().st_mtime > _WEEK:
                    file.unlink()


class PartialFile:
    """Content that is coming in. Every method raises StorageError where the disk refuses."""

    def __init__(self, file: Path, whole: Path, *, continued: bool) -> None:
        self.size = 0
        """Bytes so far, those of earlier fetches included."""
        self.etag: str | None = None
        """The strong version tag of these bytes; without one they cannot be continued."""
        self._file = file
        self._etag_file = file.with_suffix(".etag")
        self._whole = whole
        self._continued = continued
        self._stream: BinaryIO | None = None

    def __enter__(self) -> PartialFile:
        with _storage(self._file):
            if self._continued and self._file.exists() and self._etag_file.exists():
                self.etag = self._etag_file.read_text(encoding="utf-8", errors="replace")
                self.size = self._file.stat().st_size
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keeps what came if it can be continued."""
        self._release()
        if not (self.etag and self.size and self._continued):
            self.discard()

    def begin(self, etag: str | None) -> None:
        """Starts anew, with the strong version tag of what is coming, if it has one."""
        self.discard()
        with _storage(self._file):
            if etag and self._continued:
                atomic.write_text(self._etag_file, etag)
            self.etag = etag

    def append(self, data: bytes) -> None:
        with _storage(self._file):
            if self._stream is None:
                self._stream = self._file.open("ab")
            self._stream.write(data)
        self.size += len(data)

    def beginning(self) -> bytes:
        """The first bytes, 1,024 at most."""
        with _storage(self._file):
            if self._stream is not None:
                self._stream.flush()
            with self._file.open("rb") as stream:
                return stream.read(_BEGINNING)

    def finish(self) -> Path:
        """The whole content, in a file of its own that appears at once."""
        with _storage(self._file):
            if self._stream is None:
                self._stream = self._file.open("ab")
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._release()
            self._file.replace(self._whole)
        self.discard()
        return self._whole

    def discard(self) -> None:
        """Removes what came."""
        self._release()
        self.size = 0
        self.etag = None
        with _storage(self._file):
            self._file.unlink(missing_ok=True)
            self._etag_file.unlink(missing_ok=True)

    def _release(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            with _storage(self._file):
                stream.close()


@contextlib.contextmanager
def _storage(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"What is fetched cannot be kept at {place}: {error.strerror or error}.",
            "Free some disk space, or set AIDX_HOME to a folder you can write to.",
        ) from error
