"""Reads files in a process of its own, with limits, so that no file can harm the one that holds the library."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import InterruptedByUserError, ReadingError
from aidx_assistant.reading import document_json
from aidx_assistant.reading.document import Document, ReadingOptions

_FILES_OF_ONE = 200
"""Files that one process reads before another takes its place: what libraries leak goes with it."""
_PATIENCE = 2.0
"""Seconds that a process has for ending after it closed its output."""
_SECRETS = ("KEY", "TOKEN", "SECRET", "PASSWORD", "CREDENTIAL")
"""Of environment variables, what the process that reads strangers' files is not given."""


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What one file may take."""

    memory: int = 2_500_000_000
    """Bytes of data."""
    seconds: float = 90.0
    """Without getting on by a page or picture."""
    seconds_in_all: float = 3_600.0
    file_bytes: int = 300_000_000
    document_bytes: int = 150_000_000
    """Of what was read, as JSON."""


class ReadingProcess:
    """Reads one file after another in a child process, which starts with the first and is replaced when one fails.

    Any thread may call `read`; one waits for the other.
    """

    def __init__(self, limits: ReadingLimits | None = None) -> None:
        self._limits = limits or ReadingLimits()
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process; a later `read` starts another."""
        with self._lock:
            self._end()

    def read(
        self,
        content: Path | bytes,
        name: str,
        options: ReadingOptions | None = None,
        cancellation: Cancellation | None = None,
        on_progress: Callable[[str], None] | None = None,
    ) -> Document:
        """Reads a file, given by its path or as its content.

        `on_progress` is told where reading is (`page 3 of 37`), in this thread. Raises ReadingError where it cannot
        be read or exceeds a limit, InterruptedByUserError where it was cancelled.
        """
        self._check_size(content)
        cancellation = cancellation or Cancellation()
        with self._lock:
            if self._child is None or self._child.files >= _FILES_OF_ONE or not self._child.is_alive:
                self._end()
                self._child = _Child()
            child = self._child
            try:
                with cancellation.waking(child.kill):
                    reply = child.ask(content, name, options or ReadingOptions(), self._limits, on_progress)
                if reply.get("last"):
                    self._end()
                return _document(reply)
            except _EndedError as ended:
                self._end()
                if cancellation.cancelled:
                    raise InterruptedByUserError("Reading was cancelled.") from ended
                raise ReadingError(str(ended)) from ended
            except ReadingError:
                raise
            except BaseException:
                self._end()
                raise

    def _check_size(self, content: Path | bytes) -> None:
        try:
            size = content.stat().st_size if isinstance(content, Path) else len(content)
            is_file = not isinstance(content, Path) or content.is_file()
        except OSError as error:
            raise ReadingError(f"It cannot be opened: {error.strerror or error}.") from error
        if not is_file:
            raise ReadingError("It is no file.")
        if size > self._limits.file_bytes:
            most = self._limits.file_bytes
            raise ReadingError(f"It has {size / 1e6:,.0f} MB; aidx reads files of up to {most / 1e6:,.0f} MB.")

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None


def read_in_child(
    content: Path | bytes, name: str, options: ReadingOptions | None = None, limits: ReadingLimits | None = None
) -> Document:
    """Reads one file in a process of its own. Raises ReadingError; for more files use one ReadingProcess."""
    with ReadingProcess(limits) as process:
        return process.read(content, name, options)


class _EndedError(Exception):
    """The child ended, or was ended, before it replied; the text is for the user."""


class _Child:
    def __init__(self) -> None:
        environment = {
            name: value for name, value in os.environ.items() if not any(secret in name.upper() for secret in _SECRETS)
        }
        # -P: no module is taken from the folder that aidx runs in.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "aidx_assistant.reading.child", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        self.files = 0
        self._why_killed = ""

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """Ends it at once; any thread may call this, more than once."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def wait(self) -> None:
        """Waits until it has ended, and lets go of its pipes."""
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                assert stream is not None
                stream.close()
        self._process.wait()

    def ask(
        self,
        content: Path | bytes,
        name: str,
        options: ReadingOptions,
        limits: ReadingLimits,
        on_progress: Callable[[str], None] | None,
    ) -> dict[str, Any]:
        """Sends a file and gives the reply to it. Raises _EndedError where none comes."""
        self.files += 1
        with _Watch(limits, self._kill_because) as watch:
            try:
                self._send(content, name, options, limits)
                return self._reply(limits, watch, on_progress)
            except (OSError, ValueError) as error:
                raise _EndedError(self._why_ended()) from error

    def _send(self, content: Path | bytes, name: str, options: ReadingOptions, limits: ReadingLimits) -> None:
        request = {
            "name": name,
            "path": str(content.absolute()) if isinstance(content, Path) else None,
            "size": 0 if isinstance(content, Path) else len(content),
            "options": asdict(options),
            "memory": limits.memory,
            "seconds": limits.seconds_in_all,
        }
        pipe = self._process.stdin
        assert pipe is not None
        pipe.write(json.dumps(request).encode() + b"\n")
        if not isinstance(content, Path):
            pipe.write(content)
        pipe.flush()

    def _reply(self, limits: ReadingLimits, watch: _Watch, on_progress: Callable[[str], None] | None) -> dict[str, Any]:
        pipe = self._process.stdout
        assert pipe is not None
        while line := pipe.readline(limits.document_bytes + 1):
            if len(line) > limits.document_bytes:
                self._kill_because(f"It holds more than {limits.document_bytes / 1e6:,.0f} MB of text.")
                break
            if not line.endswith(b"\n"):
                break
            reply: dict[str, Any] = json.loads(line)
            if "at" not in reply:
                return reply
            watch.goes_on()
            if on_progress is not None:
                on_progress(str(reply["at"]))
        raise _EndedError(self._why_ended())

    def _kill_because(self, reason: str) -> None:
        self._why_killed = reason
        self.kill()

    def _why_ended(self) -> str:
        try:
            code = self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            code = self._process.wait()
        if self._why_killed:
            return self._why_killed
        for_memory = code in (-getattr(signal, "SIGABRT", 0), -getattr(signal, "SIGKILL", 0))
        guess = "probably for want of memory" if for_memory else "the file is damaged, or made to do harm"
        return f"Reading it ended the process that reads files: {guess}."


class _Watch:
    """Kills the child when it takes too long."""

    def __init__(self, limits: ReadingLimits, kill: Callable[[str], None]) -> None:
        self._limits = limits
        self._kill = kill
        self._done = threading.Event()
        self._begun = self._last = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="reading watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def goes_on(self) -> None:
        """Reading got on by a page."""
        self._last = time.monotonic()

    def _run(self) -> None:
        limits, begun = self._limits, self._begun
        while True:
            left = min(self._last + limits.seconds, begun + limits.seconds_in_all) - time.monotonic()
            if self._done.wait(max(left, 0.0)):
                return
            now = time.monotonic()
            if now >= begun + limits.seconds_in_all:
                self._kill(f"Reading it took longer than {limits.seconds_in_all:,.0f} seconds and was ended.")
                return
            if now >= self._last + limits.seconds:
                self._kill(f"Reading it did not get on for {limits.seconds:,.0f} seconds and was ended.")
                return


def _document(reply: dict[str, Any]) -> Document:
    if "error" in reply:
        error = reply["error"]
        raise ReadingError(str(error["title"]), str(error["hint"]), error["remedies"])
    try:
        return document_json.from_table(reply["document"])
    except (KeyError, TypeError, ValueError) as error:
        raise _EndedError("What was read of it makes no sense.") from error
