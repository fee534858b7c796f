"""The entry point: answers `--version` before anything heavy is imported."""

from __future__ import annotations

import sys

from aidx_assistant import __version__


def main() -> int:
    """Runs the command line; returns the exit code."""
    if sys.argv[1:] == ["--version"]:
        print(f"aidx {__version__}")
        return 0
    from aidx_assistant.cli.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
