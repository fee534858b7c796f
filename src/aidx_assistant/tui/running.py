"""Runs the app on the terminal, and keeps everything else off it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from aidx_assistant import locations
from aidx_assistant.errors import EXIT_DONE, AidxError
from aidx_assistant.tui.app import AidxApp
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.picture import ask_terminal_for_graphics


def open_app() -> int:
    """The app with the user's own settings; gives back the exit code."""
    run(Session())
    return EXIT_DONE


def run(session: Session) -> None:
    """Opens the app and returns when the user is done with it. Raises AidxError where a fault of ours ended it."""
    log = session.home / locations.APP_LOG
    with _standard_error_in(log):
        if (session.home / locations.PICTURES).is_dir():
            ask_terminal_for_graphics()
        app = AidxApp(session)
        try:
            # On a loop of its own: asyncio.run would wait for every thread, a first sync of many seconds included.
            app.run(loop=asyncio.new_event_loop())
        finally:
            session.close()
        if app.fault is not None:
            app.write_fault(sys.stderr)
    if app.fault is not None:
        raise AidxError(
            f"The app ended with a fault ({type(app.fault).__name__}).",
            f"Your conversations are kept: start it again. For a report, the details are in {log}.",
        ) from app.fault


@contextlib.contextmanager
def _standard_error_in(log: Path) -> Iterator[None]:
    """Sends what libraries write to standard error, warnings and native code included, to a file instead.

    The app itself draws through a copy of the terminal's descriptor.
    """
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError:  # a home that cannot be written to: what is wrong with it is told inside the app
        target = os.open(os.devnull, os.O_WRONLY)
    former, stream = sys.__stderr__, sys.stderr
    terminal = os.dup(2)
    os.dup2(target, 2)
    os.close(target)
    drawn_to = os.fdopen(terminal, "w", encoding="utf-8", errors="replace", closefd=False)
    in_log = os.fdopen(2, "w", encoding="utf-8", errors="replace", closefd=False)
    sys.__stderr__, sys.stderr = drawn_to, in_log  # type: ignore[misc]  # the driver writes to __stderr__
    try:
        yield
    finally:
        drawn_to.flush()
        in_log.flush()
        os.dup2(terminal, 2)
        os.close(terminal)
        sys.__stderr__, sys.stderr = former, stream  # type: ignore[misc]
