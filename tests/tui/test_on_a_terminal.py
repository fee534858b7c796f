"""The real command on a terminal: what never gets onto the screen, how a fault is told, whose colours it takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aidx_assistant.locations import APP_LOG
from tests.fakes.terminal import ALTERNATE_SCREEN, Terminal, aidx_on_terminal

NOISY = """
import os, subprocess, sys, threading, warnings
from aidx_assistant.tui.shared_assistant import SharedAssistant
make_ready = SharedAssistant.make_ready
def noisily(shared):
    make_ready(shared)
    os.write(1, b"NOISE 1\\n")
    os.write(2, b"NOISE 2\\n")
    subprocess.run(["sh", "-c", "echo NOISE 3; echo NOISE 4 >&2"])
    print("NOISE 5")
    print("NOISE 6", file=sys.stderr)
    warnings.warn("NOISE 7")
SharedAssistant.make_ready = noisily
"""
FAULTY = """
from aidx_assistant.tui.screens.ask import AskScreen
def failing(screen, step):
    raise RuntimeError("made for a test")
AskScreen.action_next_citation = failing
"""


@pytest.mark.slow
def test_what_others_write_goes_into_the_log(own_home: Path) -> None:
    log = own_home / APP_LOG
    log.write_text("old " * 300_000)
    with aidx_on_terminal(own_home, before=NOISY) as terminal:
        terminal.wait_for("no model")
        terminal.wait_for(lambda: log.exists() and "NOISE 4" in log.read_text())
        terminal.read_for(0.3)
        terminal.write("\x11")  # Ctrl+Q
        assert terminal.wait_for_end() == 0
    assert b"NOISE" not in terminal.output
    assert re.findall(r"NOISE (\d)", log.read_text())[:4] == ["1", "2", "3", "4"]
    assert "old" not in log.read_text() and (own_home / f"{APP_LOG}.old").stat().st_size == 1_200_000


@pytest.mark.slow
def test_a_fault_is_told_in_a_sentence_and_its_details_are_kept(own_home: Path) -> None:
    told = _told_of_fault(own_home)
    assert "aidx: The app ended with a fault (RuntimeError)." in told
    assert f"For a report, the details are at the end of {own_home / APP_LOG}." in told
    with aidx_on_terminal(own_home) as terminal:  # started again, as it says
        terminal.wait_for("no model")
        terminal.write("\x11")
        assert terminal.wait_for_end() == 0
    details = (own_home / APP_LOG).read_text()
    assert "Traceback" in details and "RuntimeError: made for a test" in details


@pytest.mark.slow
def test_a_log_that_cannot_be_written_is_not_named(own_home: Path) -> None:
    (own_home / APP_LOG).mkdir()
    told = _told_of_fault(own_home)
    assert "start it again." in told and APP_LOG not in told


def _told_of_fault(home: Path) -> str:
    """What stands on the terminal after a fault."""
    with aidx_on_terminal(home, before=FAULTY) as terminal:
        terminal.wait_for("no model")
        terminal.write("\x1b[19~")  # F8
        assert terminal.wait_for_end() == 1
        assert ALTERNATE_SCREEN not in terminal.screen.modes
        assert terminal.attributes_restored()
    assert b"Traceback" not in terminal.output
    return " ".join(bytes(terminal.output).rpartition(b"\x1b[?1049l")[2].decode().split())


# Colours


def _colours(terminal: Terminal) -> set[tuple[str, ...]]:
    """Those of 24 bits that it has drawn in until it was ready."""
    terminal.wait_for("no model")
    terminal.read_for(0.5)
    drawn = bytes(terminal.output).decode(errors="replace")
    return set(re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", drawn))


@pytest.mark.slow
@pytest.mark.parametrize(("variables", "has_colours"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_no_color_is_honoured(own_home: Path, variables: dict[str, str], has_colours: bool) -> None:
    with aidx_on_terminal(own_home, **variables) as terminal:
        assert any(len(set(colour)) > 1 for colour in _colours(terminal)) == has_colours


@pytest.mark.parametrize("theme", ["ansi-dark", pytest.param("ansi-light", marks=pytest.mark.slow)])
def test_ansi_themes_take_the_terminals_own_colours(own_home: Path, theme: str) -> None:
    (own_home / "config.toml").write_text(f'theme = "{theme}"\n')
    with aidx_on_terminal(own_home) as terminal:
        assert _colours(terminal) == set()


@pytest.mark.slow
@pytest.mark.parametrize(("animations", "is_moving"), [("full", True), ("none", False)])
def test_nothing_moves_where_that_is_not_wanted(own_home: Path, animations: str, is_moving: bool) -> None:
    with aidx_on_terminal(own_home, size=(100, 14), TEXTUAL_ANIMATIONS=animations) as terminal:
        terminal.wait_for("no model")
        terminal.write("\x1bOP")  # F1
        terminal.wait_for("Esc closes")
        terminal.read_for(0.5)
        before = terminal.screen.frames
        terminal.write("\x1b[F")  # End
        terminal.wait_for("Ctrl+Q")
        terminal.read_for(0.6)
        print(terminal.screen.frames - before)
        assert (terminal.screen.frames - before > 4) == is_moving
