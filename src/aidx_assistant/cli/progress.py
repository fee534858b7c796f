"""Shows on standard error how the library's work goes, once it takes longer than a second."""

from __future__ import annotations

import re
import sys
import time
from typing import TYPE_CHECKING

from aidx_assistant.cli.terminal import in_one_line, width
from aidx_assistant.library.progress import Progress
from aidx_assistant.printable import printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_PATIENCE = 1.0
"""Seconds before anything is shown."""
_WIDTH_OF_BAR = 60
"""Columns of a terminal that has room for a bar beside the words."""
_PLACE = re.compile(r", \w+ [\d,]+ of [\d,]+$")
"""How far reading has come inside a file: for a bar, not for a line each."""


class ShownProgress(Progress):
    """A bar on a terminal, a line for each phase elsewhere."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._bar: Bar | None = None
        self._told: set[str] = set()

    def notice(self, text: str) -> None:
        self.close()
        print(f"aidx: {printable(text)}", file=sys.stderr)

    def advance(self, phase: str, done: int, total: int) -> None:
        if time.monotonic() - self._start < _PATIENCE:
            return
        phase = in_one_line(phase)
        if sys.stderr.isatty():
            self._show_bar(phase, done, total)
        elif (begun := _PLACE.sub("", phase)) not in self._told:
            self._told.add(begun)
            print(f"aidx: {begun} ({done} of {total} done) …", file=sys.stderr)
        if done >= total:
            self.close()

    def pause(self) -> None:
        """Takes the bar away, so that a line can be written; the next step brings it back."""
        self.close()

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _show_bar(self, phase: str, done: int, total: int) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
            from rich.progress import Progress as RichProgress
            from rich.table import Column

            self._bar = RichProgress(
                MofNCompleteColumn(table_column=Column(no_wrap=True, min_width=len(f"{total}/{total}"))),
                TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")),
                *([BarColumn()] if width() >= _WIDTH_OF_BAR else []),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
            self._bar.add_task(phase, total=total)
        task = self._bar.task_ids[0]
        self._bar.update(task, description=phase, completed=done, total=total)
