"""Makes the screenshots of the README from the real command: `python docs/screenshots.py`."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

_QUESTION = "How do large providers compare at getting pilots into production?"
_COLUMNS = 88
_REMOTE_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def on_a_terminal(*arguments: str) -> str:
    """What a command prints on a terminal, with its colours."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(_COLUMNS), "TERM": "xterm-256color"}
    with subprocess.Popen(arguments, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = bytearray()
        try:
            while chunk := os.read(ours, 4096):
                shown += chunk
        except OSError:  # the terminal ends with its last writer
            pass
        process.wait()
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def main() -> None:
    """Writes ask.svg beside this file."""
    subprocess.run([sys.executable, "-m", "aidx_assistant", "sync"], check=True, capture_output=True)
    shown = on_a_terminal(sys.executable, "-m", "aidx_assistant", "ask", _QUESTION, "--offline")
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text(f'$ aidx ask "{_QUESTION}"', style="bold"))
    console.print(Text.from_ansi(shown))
    picture = _REMOTE_FONT.sub("", console.export_svg(title="aidx"))
    (Path(__file__).parent / "ask.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
