"""The whole of it in a real terminal: ask, follow a citation to its slide, ask on, leave, come back."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

_PATIENCE = 60.0
"""Seconds that anything may take on a busy machine."""

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


class Tmux:
    """One window of a tmux server of its own."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket

    def run(self, *arguments: str) -> str:
        command = ["tmux", "-S", str(self._socket), "-f", os.devnull, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout

    def start(self, size: tuple[int, int]) -> None:
        """Opens a window with a shell in it."""
        self.run("new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), "sh")

    def keys(self, *names: str) -> None:
        self.run("send-keys", *names)

    def text(self, text: str) -> None:
        self.run("send-keys", "-l", text)

    @property
    def screen(self) -> str:
        return self.run("capture-pane", "-p")

    def wait_for(self, text: str, there: bool = True) -> str:
        """The screen once a text is there, or no longer there."""
        end = time.monotonic() + _PATIENCE
        while (text in (seen := self.screen)) != there:
            assert time.monotonic() < end, f"{'not seen' if there else 'still there'}: {text}\n{seen}"
            time.sleep(0.1)
        return seen


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    window = Tmux(tmp_path / "tmux")
    yield window
    subprocess.run(["tmux", "-S", str(tmp_path / "tmux"), "kill-server"], check=False, capture_output=True)


@pytest.mark.slow
def test_a_morning_with_the_report(tmux: Tmux, own_home: Path) -> None:
    # The tests' own variables would take the colours away and narrow the app.
    bare = ["env", "-u", "NO_COLOR", "-u", "COLUMNS", f"AIDX_HOME={own_home}"]
    app = shlex.join([*bare, sys.executable, "-m", "aidx_assistant"]) + "; echo left with $?"
    tmux.start(size=(120, 36))
    tmux.text(app)
    tmux.keys("Enter")
    tmux.wait_for("no model")
    tmux.text("How do large providers compare at getting pilots into production?")
    tmux.keys("Enter")
    answer = tmux.wait_for("figures supported")
    assert "46%" in answer and "30%" in answer

    tmux.keys("F8")
    tmux.wait_for("[1] Verified")
    tmux.keys("Right")
    assert "slide 8 of 37" in tmux.wait_for("[2] Verified")
    tmux.keys("c")
    tmux.wait_for("Copied")
    tmux.keys("Escape")
    tmux.wait_for("[2] Verified", there=False)
    tmux.keys("F4")
    tmux.wait_for("Slide 1")
    tmux.keys("Enter")
    tmux.wait_for("Slide 1 of 37")
    tmux.keys(*("n",) * 7)
    assert "30% of completed" in tmux.wait_for("Slide 8 of 37")

    tmux.keys("F2")
    tmux.wait_for("figures supported")
    tmux.text("and for pharma?")
    tmux.keys("Enter")
    tmux.wait_for("Understood as")
    tmux.keys("C-q")
    tmux.wait_for("left with 0")

    tmux.text(app)
    tmux.keys("Enter")
    tmux.wait_for("no model")
    tmux.keys("F6")
    assert "How do large providers" in tmux.wait_for("2 questions")
    tmux.keys("Enter")
    tmux.wait_for("Understood as")
    tmux.keys("PPage", "PPage", "PPage")
    assert "46%" in tmux.wait_for("How do large providers")
