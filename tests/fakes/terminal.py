"""A terminal for the real command: a pseudo-terminal whose screen, modes and moments a test can look at."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rich.cells import get_character_cell_size

_PATIENCE = 60.0
"""Seconds that anything may take on a busy machine."""
_SEQUENCE = re.compile(
    r"\x1b\[(?P<parameters>[0-?]*)[ -/]*(?P<final>[@-~])"  # CSI
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC
    r"|\x1bP[^\x1b]*\x1b\\"  # DCS
    r"|\x1b[^\[\]P]"
    r"|[\x00-\x1a\x1c-\x1f]"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|P[^\x1b]*\x1b?)?\Z")
_FRAMES = "\x1b[?2026$p"
"""The question whether a frame can be drawn as one: answered with yes, so that the end of each frame is seen."""

ALTERNATE_SCREEN, CURSOR, FRAME, MOUSE = 1049, 25, 2026, 1000


class Screen:
    """What has been drawn: characters in rows and columns, and the private modes that are on. Colours are dropped."""

    def __init__(self, columns: int, rows: int) -> None:
        self.modes = {CURSOR}
        self.frames = 0
        """Frames drawn so far."""
        self._columns = columns
        self._cells = [[" "] * columns for _ in range(rows)]
        self._row = self._column = 0
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    @property
    def rows(self) -> list[str]:
        return ["".join(row).rstrip() for row in self._cells]

    def draw(self, output: bytes) -> None:
        """Takes more of what the program wrote; sequences may be cut anywhere."""
        text = self._rest + self._decode(output)
        unfinished = _UNFINISHED.search(text)
        end = unfinished.start() if unfinished else len(text)
        self._rest, place = text[end:], 0
        for sequence in _SEQUENCE.finditer(text, 0, end):
            self._put(text[place : sequence.start()])
            self._obey(sequence)
            place = sequence.end()
        self._put(text[place:end])

    def _put(self, text: str) -> None:
        row = self._cells[self._row]
        for character in text:
            width = get_character_cell_size(character)
            if self._column + width > self._columns:
                return
            row[self._column : self._column + width] = [character, ""][:width]
            self._column += width

    def _obey(self, sequence: re.Match[str]) -> None:
        parameters, final = sequence["parameters"], sequence["final"]
        if sequence[0] == "\r":
            self._column = 0
        elif sequence[0] == "\n":
            self._row = min(self._row + 1, len(self._cells) - 1)
        elif final == "H":
            row, column = ([int(number or 1) for number in parameters.split(";")] + [1, 1])[:2]
            self._row, self._column = min(row, len(self._cells)) - 1, min(column, self._columns) - 1
        elif final == "J" and parameters in {"2", "3"}:
            self._cells = [[" "] * self._columns for _ in self._cells]
        elif final == "K":
            self._cells[self._row][self._column :] = [" "] * (self._columns - self._column)
        elif final in {"h", "l"} and parameters.startswith("?"):
            modes = {int(number) for number in parameters[1:].split(";")}
            self.modes = self.modes | modes if final == "h" else self.modes - modes
            self.frames += final == "l" and FRAME in modes


class Terminal:
    """A program on a terminal of its own, in a session of its own, as if a user had opened a window for it."""

    def __init__(
        self, *command: str, environment: Mapping[str, str] | None = None, size: tuple[int, int] = (100, 30)
    ) -> None:
        columns, rows = size
        self.screen = Screen(columns, rows)
        self.output = bytearray()
        """Everything the program has written."""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._attributes = termios.tcgetattr(theirs)
        self._name = os.ttyname(theirs)
        outside = {name: os.environ[name] for name in os.environ.keys() - {"COLUMNS", "LINES", "NO_COLOR"}}
        variables = {**outside, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
        # A session's leader that opens a terminal gets it as the one whose end ends the session.
        opening = ["sh", "-c", 'exec "$@" <>"$0" >&0 2>&0', self._name, *command]
        self.started = time.perf_counter()
        self.process = subprocess.Popen(opening, env=variables, start_new_session=True)
        self._theirs: int | None = theirs
        self._open: tuple[int, ...] = (theirs, self._ours)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    def write(self, keys: str) -> float:
        """Types; gives back the moment."""
        moment = time.perf_counter()
        os.write(self._ours, keys.encode())
        return moment

    def wait_for(self, what: str | Callable[[], bool], seconds: float = _PATIENCE) -> float:
        """Reads on until a text is on the screen, or a condition holds; the moment when what made it so was read."""
        condition = what if callable(what) else lambda: what in self.screen.text
        moment, end = time.perf_counter(), time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"not seen in {seconds} s: {what}\n{self.screen.text}")
            self._read(0.02)
            moment = self._last_read
        return moment

    def read_for(self, seconds: float) -> None:
        """Lets the program go on, and takes what it writes."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def wait_for_end(self, seconds: float = _PATIENCE) -> int:
        """Reads to the end of the program; its exit code."""
        self.wait_for(lambda: self.process.poll() is not None, seconds)
        self.read_for(0.05)
        return self.process.returncode

    def attributes_restored(self) -> bool:
        """Whether the line settings (echo, line by line) are as they were before the program."""
        assert self._theirs is not None
        now: list[Any] = termios.tcgetattr(self._theirs)
        return now == self._attributes

    def hang_up(self) -> None:
        """Closes the terminal, as a lost connection does."""
        for side in self._open:  # once: their numbers soon belong to others
            os.close(side)
        self._open = ()
        self._theirs = None

    def _read(self, seconds: float) -> None:
        self._last_read = time.perf_counter()
        waiting = select.poll()  # select itself takes no descriptor beyond 1023
        waiting.register(self._ours, select.POLLIN)
        if not waiting.poll(seconds * 1000):
            return
        output = os.read(self._ours, 65536)
        self._last_read = time.perf_counter()
        self.output += output
        if _FRAMES.encode() in output:
            os.write(self._ours, b"\x1b[?2026;2$y")
        self.screen.draw(output)


def aidx_on_terminal(
    home: Path, *arguments: str, size: tuple[int, int] = (100, 30), before: str = "", **variables: str
) -> Terminal:
    """The real command on a home, with no key but one among the variables; `before` is Python that is run first."""
    environment = {"AIDX_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring", **variables}
    program = f"{before}\nfrom aidx_assistant.__main__ import main\nmain()"
    return Terminal(sys.executable, "-c", program, *arguments, environment=environment, size=size)
