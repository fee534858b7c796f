"""Writes to the terminal: wrapped to its width, plain to a pipe, never a control character of somebody else's."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from functools import cache
from typing import TYPE_CHECKING, Any

from aidx_assistant.answers_in_words import searched_by_words
from aidx_assistant.printable import begun_sequence, printable

if TYPE_CHECKING:
    from rich.console import Console

_BULLET = re.compile(r"\s*(?:[-*]|\d+[.)])\s+")
_CONTROL = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON lets through as it is, and a terminal obeys."""
_WIDEST = 100
"""Lines longer than this are hard to read."""


def has_user() -> bool:
    """Whether there is a terminal on which the user can be asked something."""
    # Python has none where a stream was closed before it started.
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def width() -> int:
    return max(20, min(shutil.get_terminal_size((80, 24)).columns or 80, _WIDEST))


@cache
def console() -> Console:
    """Standard output with styles where it is a terminal; honours NO_COLOR."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True, width=width())


def write(text: str = "", style: str | None = None, end: str = "\n") -> None:
    """Text as it is, sanitised, to standard output."""
    console().print(printable(text), style=style, end=end)


def paragraph(text: str, first: str = "", rest: str | None = None, style: str | None = None) -> None:
    """Text wrapped to the terminal's width; `first` and `rest` indent its lines. Line breaks are kept."""
    indent = " " * len(first) if rest is None else rest
    for line in printable(text).splitlines() or [""]:
        if line.startswith("|"):  # a table's row falls apart when it is wrapped
            write(first + line, style)
            first = indent
            continue
        bullet = _BULLET.match(line)
        write(
            textwrap.fill(
                line,
                width(),
                initial_indent=first,
                subsequent_indent=indent + " " * len(bullet.group() if bullet else ""),
                break_long_words=False,
                break_on_hyphens=False,
            ),
            style,
        )
        first = indent


def in_one_line(text: str) -> str:
    """The text of somebody else, a file's name or a title, without line ends: it cannot look like a line of ours."""
    return " ".join(printable(text).split())


def print_json(content: dict[str, Any]) -> None:
    """One object, nothing else, to standard output; escaped where that cannot take every character."""
    escaped = not (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(content, ensure_ascii=escaped, indent=2)
    sys.stdout.write(_CONTROL.sub(lambda control: f"\\u{ord(control.group()):04x}", text) + "\n")


def tell_of_words_only(count: int) -> None:
    """Says on standard error that so many passages were searched by words alone, and what to do."""
    if count:
        print(f"aidx: {searched_by_words(count)}\n      Complete it with: aidx sync", file=sys.stderr)


class StreamedText:
    """Text shown while it comes, wrapped at words; bullets keep their indent."""

    def __init__(self) -> None:
        self.begun = False
        self._line = ""
        self._indent = ""
        self._spaces = ""
        self._word = ""
        self._sequence = ""
        """The beginning of a sequence whose rest has not come yet."""

    def add(self, text: str) -> None:
        self.begun = True
        text = self._sequence + text
        whole = begun_sequence(text)
        self._sequence = text[whole:]
        for char in printable(text[:whole]):
            if char == "\n":
                self._show_word()
                self._end_line()
            elif char == " ":
                self._show_word()
                self._spaces += char
            else:
                self._word += char
        sys.stdout.flush()

    def end(self) -> None:
        """Shows what is left and ends the line."""
        self._word += printable(self._sequence)
        self._sequence = ""
        self._show_word()
        if self._line:
            self._end_line()
        sys.stdout.flush()

    def _show_word(self) -> None:
        if not self._word:
            return
        if self._line and len(self._line) + len(self._spaces) + len(self._word) > width():
            bullet = _BULLET.match(self._line)
            indent = " " * len(bullet.group()) if bullet else self._indent
            self._end_line()
            self._spaces = self._indent = indent
        text = self._spaces + self._word
        sys.stdout.write(text)
        self._line += text
        self._spaces = self._word = ""

    def _end_line(self) -> None:
        sys.stdout.write("\n")
        self._line = self._spaces = self._indent = ""


class WaitingLine:
    """One line on standard error that says what is being waited for, and goes before anything else is shown."""

    def __init__(self, shown: bool) -> None:
        self._wanted = shown and sys.stderr.isatty()
        self._there = False

    def show(self, text: str) -> None:
        if self._wanted:
            sys.stderr.write(f"\r\x1b[K{printable(text)}")
            sys.stderr.flush()
            self._there = True

    def clear(self) -> None:
        if self._there:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._there = False
