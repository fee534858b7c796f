"""One running app: a child process that draws for a browser instead of a terminal.

Both directions carry packets: one byte for the kind, four for the payload's length (big end first), the payload.
`D` is what a terminal would read or write, `M` a JSON object, `P` a part of a file. Textual's web driver speaks it on
the other side.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Private, but the other half of what Textual's web driver encodes with, and nowhere public.
from textual_serve._binary_encode import load as decoded

_PRELUDE = b"__GANGLION__\n"
_DRIVER = "aidx_assistant.serving.app_driver:ServedDriver"
_PATIENCE = 2.0
"""Seconds an app has for ending by itself."""
_KEPT_OF_ERRORS = 4096
"""Bytes of standard error that are looked at when an app fails."""


@dataclass(frozen=True, slots=True)
class AppCommand:
    """How an app is started: its command line, and environment variables besides this process's own."""

    arguments: Sequence[str]
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a terminal would be sent."""

    data: bytes


@dataclass(frozen=True, slots=True)
class AppRequest:
    """Something the app wants of the browser, as Textual words it: `open_url`, `deliver_file_start`, `exit`."""

    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FilePart:
    """The next part of a file that the app delivers; an empty one is the end."""

    key: str
    data: bytes | str


class AppProcess:
    """A running app. `packets` is read by one task until it ends; `end` may be called at any time, more than once."""

    def __init__(self, process: Process) -> None:
        assert process.stdin and process.stdout and process.stderr
        self._process = process
        self._input, self._output = process.stdin, process.stdout
        self._errors = b""
        self._reading_errors = asyncio.create_task(self._read_errors(process.stderr))
        self._was_ended = False

    @classmethod
    async def start(cls, command: AppCommand, width: int, height: int) -> AppProcess:
        """Starts an app on a screen of this size in cells.

        Raises OSError where the system cannot start a process.
        """
        environment = {
            **os.environ,
            **command.variables,
            "TEXTUAL_DRIVER": _DRIVER,
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "TERM_PROGRAM": "textual",
            "COLUMNS": str(width),
            "ROWS": str(height),
        }
        # A session of its own: the terminal's Ctrl-C reaches the server, which ends its apps in order.
        process = await asyncio.create_subprocess_exec(
            *command.arguments,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=environment,
            start_new_session=True,
        )
        return cls(process)

    async def packets(self) -> AsyncIterator[Drawing | AppRequest | FilePart]:
        """What the app sends, until it has ended."""
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while await self._output.readuntil(b"\n") != _PRELUDE:
                pass
            while True:
                header = await self._output.readexactly(5)
                packet = _packet(header[:1], await self._output.readexactly(int.from_bytes(header[1:], "big")))
                if packet is not None:
                    yield packet

    async def send_input(self, text: str) -> None:
        """What the user typed, did with the mouse or pasted, as a terminal would say it."""
        await self._send(b"D", text.encode(errors="replace"))

    async def tell(self, **content: str | int | None) -> None:
        """A message of Textual's: `resize`, `focus`, `blur`, `quit`, `deliver_chunk_request`."""
        await self._send(b"M", json.dumps(content).encode())

    async def end(self) -> None:
        """Asks the app to end, ends by force what has not ended then, and returns when its process is gone."""
        self._was_ended = True
        try:
            async with asyncio.timeout(_PATIENCE):
                await self.tell(type="quit")
                await self._process.wait()
        except TimeoutError:
            pass
        finally:
            self._kill()
        await self._process.wait()

    async def fault(self) -> str | None:
        """Once the packets have ended: why the app ended by itself with a fault, in a sentence; else None."""
        code = await self._process.wait()
        await self._reading_errors
        if self._was_ended or code == 0:
            return None
        _, found, sentence = self._errors.decode(errors="replace").rpartition("aidx: ")
        return sentence.strip() if found else f"The app ended unexpectedly (exit code {code})."

    async def _send(self, kind: bytes, payload: bytes) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):  # the app has ended; whoever reads its packets knows
            self._input.write(kind + len(payload).to_bytes(4, "big") + payload)
            await self._input.drain()

    async def _read_errors(self, stream: asyncio.StreamReader) -> None:
        while part := await stream.read(_KEPT_OF_ERRORS):
            self._errors = (self._errors + part)[-_KEPT_OF_ERRORS:]

    def _kill(self) -> None:
        """Ends the process at once, and what it may have started and left behind."""
        with contextlib.suppress(OSError):  # nothing is left
            if sys.platform != "win32":
                os.killpg(self._process.pid, signal.SIGKILL)
            elif self._process.returncode is None:
                self._process.kill()


def _packet(kind: bytes, payload: bytes) -> Drawing | AppRequest | FilePart | None:
    """A packet by its kind; None for what this server does not know."""
    match kind:
        case b"D":
            return Drawing(payload)
        case b"M":
            return AppRequest(json.loads(payload))
        case b"P":
            content = decoded(payload)
            return FilePart(content[1], content[2]) if isinstance(content, tuple) else None
    return None
