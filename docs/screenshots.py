"""Makes the pictures of the README and of docs/screens from the real app and command: `python docs/screenshots.py`."""

from __future__ import annotations

import asyncio
import io
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

_QUESTION = "How do large providers compare at getting pilots into production?"
_COLUMNS = 88
_REMOTE_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_DOCS = Path(__file__).parent

_ASKED = (f"type:{_QUESTION}", "enter", "answered", "f8")
_STORIES: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "ask": ((120, 34), (*_ASKED, "right")),
    "ask-narrow": ((80, 24), _ASKED),
    "start": ((120, 34), ()),
    "follow-up": ((120, 34), ("type:How many jobs are there for payers?", "enter", "answered",
                              "type:and for pharma?", "enter", "answered")),
    "declined": ((120, 34), ("type:What share of European hospitals use AI for radiology triage?", "enter", "answered",
                             "f8")),
    "findings": ((120, 34), ("f3", "wait", "down", "down", "enter", "wait")),
    "findings-chart": ((120, 34), ("f3", "wait", "b", "wait")),
    "deck": ((120, 34), ("f4", "wait", "enter", "wait", *("n",) * 7, "wait")),
    "sources": ((120, 34), ("f5", "wait", "enter", "wait")),
    "conversations": ((120, 34), (*_ASKED, "escape", "f6", "wait")),
    "brief": ((120, 34), ("f9", "wait", "type:ambient scribes", "enter", "drafted", "f8")),
    "brief-asked": ((80, 24), ("f3", "wait", "slash", "type:scribes", "enter", "a", "f9", "wait")),
    "settings": ((120, 34), ("f7", "wait")),
    "help": ((120, 34), ("f1", "wait")),
    "light": ((120, 34), ("theme:textual-light", *_ASKED)),
}  # fmt: skip
"""Each picture: the terminal's columns and lines, and what the user does; `answered` and `drafted` wait."""


def main() -> None:
    """Writes docs/ask.svg and docs/screens/*.svg."""
    chosen = sys.argv[1:]
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(AIDX_HOME=home)
        os.environ.pop("ANTHROPIC_API_KEY", None)
        subprocess.run([sys.executable, "-m", "aidx_assistant", "sync"], check=True, capture_output=True)
        if not chosen:
            _picture_of_command()
        for name, (size, story) in _STORIES.items():
            if not chosen or name in chosen:
                asyncio.run(_picture_of_app(name, size, story))


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


def _picture_of_command() -> None:
    shown = on_a_terminal(sys.executable, "-m", "aidx_assistant", "ask", _QUESTION, "--offline")
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text(f'$ aidx ask "{_QUESTION}"', style="bold"))
    console.print(Text.from_ansi(shown))
    _write(_DOCS / "ask.svg", console.export_svg(title="aidx"))


async def _picture_of_app(name: str, size: tuple[int, int], story: tuple[str, ...]) -> None:
    from aidx_assistant.tui.app import AidxApp
    from aidx_assistant.tui.session import Session
    from aidx_assistant.tui.widgets.turn_view import TurnView

    app = AidxApp(Session())
    async with app.run_test(size=size) as pilot:
        while not app.session.assistant.is_ready:
            await pilot.pause(0.05)
        await pilot.pause(0.3)
        for step in story:
            action, _, argument = step.partition(":")
            if action == "type":
                await pilot.press(*({" ": "space", "?": "question_mark"}.get(key, key) for key in argument))
            elif action == "theme":
                app.theme = argument
            elif action == "answered":
                while any(view.running for view in app.screen.query(TurnView)):
                    await pilot.pause(0.05)
            elif action == "drafted":
                await pilot.pause(0.6)
                while app.session.drafting is not None:
                    await pilot.pause(0.05)
            elif action == "wait":
                await pilot.pause(0.6)
            else:
                await pilot.press(action)
        await pilot.pause(0.6)
        (_DOCS / "screens").mkdir(exist_ok=True)
        _write(_DOCS / "screens" / f"{name}.svg", app.export_screenshot(title="aidx"))
    app.session.close()


def _write(file: Path, picture: str) -> None:
    """Without the fonts that the picture would fetch from elsewhere."""
    file.write_text(_REMOTE_FONT.sub("", picture), encoding="utf-8")


if __name__ == "__main__":
    main()
