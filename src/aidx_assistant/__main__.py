"""The entry point: answers `--version` before anything heavy is imported."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from aidx_assistant import __version__


def main() -> NoReturn:
    """Runs the command line and ends the process with its exit code."""
    if sys.argv[1:] == ["--version"]:
        print(f"aidx {__version__}")
        sys.exit(0)
    from aidx_assistant.cli.app import run

    code = run(sys.argv[1:])
    # Everything is closed and written by now. Taking the interpreter apart, with all that Chroma brought in, would
    # keep the user waiting for another fifth of a second.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
