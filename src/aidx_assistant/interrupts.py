"""Ctrl-C in a command: KeyboardInterrupt as ever, but never in the middle of an import, which would leave half a module
and its lock to the next thread that wants it. There the process ends at once, as it does at the second Ctrl-C: what is
written is whole whenever it ends.
"""

from __future__ import annotations

import _thread
import contextlib
import os
import signal
import sys
import time

TYPE_CHECKING = False  # `typing` takes longer to import than all else before Ctrl-C is dealt with
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType
    from typing import NoReturn

INTERRUPTED = "Interrupted."
_EXIT_CODE = 130
_IN_JSON = f"""{{
  "schema": 1,
  "error": {{
    "title": "{INTERRUPTED}",
    "hint": "",
    "exit_code": {_EXIT_CODE}
  }}
}}
"""
"""Ready beforehand: what would put it together may be what is being imported."""
_IMPORTING = "<frozen importlib._bootstrap>"
"""Where the frames of an import come from."""
_PAUSE = 0.01
"""Seconds until it is looked again whether the import is over."""


def heed() -> None:
    """Deals with Ctrl-C from now on, unless this process was started to ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _HANDLER)
        sys.unraisablehook = _HANDLER.unraisable


@contextlib.contextmanager
def orderly() -> Iterator[None]:
    """While there is something to tell or to tidy up: what comes in an import is raised as soon as that is over."""
    _HANDLER.orderly += 1
    try:
        yield
    finally:
        _HANDLER.orderly -= 1


def left_to_asyncio() -> contextlib.AbstractContextManager[None]:
    """While an event loop runs: asyncio ends it by cancelling, where it finds Python's own handler in force."""
    return _handled_by(signal.default_int_handler)


def at_once() -> contextlib.AbstractContextManager[None]:
    """While there is nothing to tell, and something that cannot be cancelled: the first Ctrl-C ends the process."""
    return _handled_by(lambda _number, _frame: end())


@contextlib.contextmanager
def _handled_by(handler: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    """Where Ctrl-C is dealt with in here, and in the thread that may say who does."""
    import threading

    if signal.getsignal(signal.SIGINT) is not _HANDLER or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, _HANDLER)


def end() -> NoReturn:
    """Says that it was interrupted and ends the process, whatever it is doing."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # nobody may be reading what is said
    as_json = "--json" in sys.argv
    new_line = "\n" if os.isatty(2) else ""  # after the ^C
    with contextlib.suppress(OSError):
        os.write(1 if as_json else 2, (_IN_JSON if as_json else f"{new_line}aidx: {INTERRUPTED}\n").encode())
    os._exit(_EXIT_CODE)


class _Handler:
    """Raises KeyboardInterrupt at the first Ctrl-C, but not in an import."""

    def __init__(self) -> None:
        self.orderly = 0
        """How many sections are under way that have to end in order."""
        self._is_first = True
        self._is_tried_again = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if not (self._is_first or self._is_tried_again):
            end()
        self._is_first = self._is_tried_again = False
        if not _is_importing(frame):
            raise KeyboardInterrupt
        if not self.orderly:
            end()
        _thread.start_new_thread(self._try_again, ())  # the locks of `threading` may be held where it came

    def unraisable(self, lost: sys.UnraisableHookArgs) -> None:
        """An interrupt that came where Python cannot raise one, as while an object is thrown away, comes again."""
        if issubclass(lost.exc_type, KeyboardInterrupt):
            _thread.start_new_thread(self._try_again, ())
        else:
            sys.__unraisablehook__(lost)

    def _try_again(self) -> None:
        time.sleep(_PAUSE)
        self._is_tried_again = True
        _thread.interrupt_main()


_HANDLER = _Handler()


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == _IMPORTING:
            return True
        frame = frame.f_back
    return False
