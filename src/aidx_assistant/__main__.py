"""The entry point: answers `--version` before anything heavy is imported."""

from __future__ import annotations

import gc
import os
import signal
import sys

from aidx_assistant import __version__, interrupts

TYPE_CHECKING = False  # see `interrupts`
if TYPE_CHECKING:
    from typing import NoReturn

_FAILED = 1
_OBJECTS_A_COLLECTION = 50_000
"""So many more objects before garbage is looked for: of the hundreds of thousands that imports make none is garbage."""


def main() -> NoReturn:
    """Runs the command line and ends the process with its exit code.

    Everything is closed and written when the code is known. Taking the interpreter apart, with all that Chroma
    brought in, would keep the user waiting for another fifth of a second: so the process just ends.
    """
    try:
        interrupts.heed()
        gc.set_threshold(_OBJECTS_A_COLLECTION)
        _open_streams()
        code = _run()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        interrupts.end()
    except OSError as error:
        print(f"aidx: Standard output cannot be written: {error.strerror}.", file=sys.stderr)
        code = _FAILED
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more, or the disk is full
        code = code or _FAILED
    os._exit(code)


def _run() -> int:
    if sys.argv[1:] == ["--version"]:
        print(f"aidx {__version__}", flush=True)
        return 0
    if not sys.argv[1:] and _on_terminal():
        from aidx_assistant.cli.failures import guarded
        from aidx_assistant.tui.running import open_app

        return guarded(open_app, ())
    from aidx_assistant.cli.app import run

    return run(sys.argv[1:])


def _on_terminal() -> bool:
    """Whether there is somebody to show the app to: at a terminal, or in a browser that stands in for one."""
    if "_AIDX_COMPLETE" in os.environ:
        return False
    in_browser = "TEXTUAL_DRIVER" in os.environ
    return in_browser or (sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty())


def _open_streams() -> None:
    """A command started with a closed stream writes to nowhere instead of failing."""
    if sys.stdout is None or sys.stderr is None:
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # open as long as the process is
        sys.stdout = sys.stdout or nowhere
        sys.stderr = sys.stderr or nowhere


if __name__ == "__main__":
    main()
