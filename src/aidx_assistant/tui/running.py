"""Runs the app on the terminal, and keeps everything else off it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from aidx_assistant import __version__, locations
from aidx_assistant.errors import EXIT_DONE, AidxError
from aidx_assistant.interrupts import orderly
from aidx_assistant.tui.app import AidxApp
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.picture import ask_terminal_for_graphics

_LARGEST_LOG = 1_000_000
"""Bytes from which on a new log is begun."""


def open_app() -> int:
    """The app with the user's own settings; gives back the exit code."""
    run(Session())
    return EXIT_DONE


def run(session: Session) -> None:
    """Opens the app and returns when the user is done with it. Raises AidxError where a fault of ours ended it."""
    log = session.home / locations.APP_LOG
    with orderly(), _output_in(log) as is_kept:
        if (session.home / locations.PICTURES).is_dir():
            ask_terminal_for_graphics()
        app = AidxApp(session)
        try:
            # On a loop of its own: asyncio.run would wait for every thread, a sync of many seconds included.
            app.run(loop=asyncio.new_event_loop())
        finally:
            session.close()
        if app.fault is not None:
            print(f"\n{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}, aidx {__version__}:", file=sys.stderr)
            app.write_fault(sys.stderr)
    if app.fault is not None:
        report = f" For a report, the details are at the end of {log}." if is_kept else ""
        raise AidxError(
            f"The app ended with a fault ({type(app.fault).__name__}).",
            f"Your conversations are kept: start it again.{report}",
        ) from app.fault


@contextlib.contextmanager
def _output_in(log: Path) -> Iterator[bool]:
    """Sends what libraries and programs started from here write, native code included, to a file instead.

    The app itself draws through copies of the descriptors. Gives whether there is a file.
    """
    try:
        target, is_kept = _opened(log), True
    except OSError:  # a home that cannot be written to: what is wrong with it is told inside the app
        target, is_kept = os.open(os.devnull, os.O_WRONLY), False
    try:
        with _redirected(1, "stdout", target), _redirected(2, "stderr", target):
            yield is_kept
    finally:
        os.close(target)


def _opened(log: Path) -> int:
    """The log at its end, for several apps at once; where it is large, a new one, with the former beside it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):  # there is none yet; or, on Windows, another app holds it open
        if log.stat().st_size > _LARGEST_LOG:
            log.replace(log.with_name(f"{log.name}.old"))
    return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


@contextlib.contextmanager
def _redirected(number: int, name: str, target: int) -> Iterator[None]:
    """A standard stream goes elsewhere; under the name that Textual's drivers draw to (`sys.__stdout__`), it stays."""
    stream, original = getattr(sys, name), getattr(sys, f"__{name}__")
    stream.flush()
    kept = os.dup(number)
    os.dup2(target, number)
    drawn_to, written_to = (
        os.fdopen(descriptor, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)
        for descriptor in (kept, number)
    )
    setattr(sys, f"__{name}__", drawn_to)
    setattr(sys, name, written_to)
    try:
        yield
    finally:
        for file in (drawn_to, written_to):
            with contextlib.suppress(OSError):  # the terminal is gone, or the disk full
                file.flush()
        os.dup2(kept, number)
        os.close(kept)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", original)
