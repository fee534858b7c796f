"""What cannot be written is told where it can be; nothing ends in a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

AIDX = f"{sys.executable} -m aidx_assistant"


def shell(command: str, home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "AIDX_HOME": str(home), **variables}
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment, check=False, timeout=120
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", ["findings --json", "--version", "show nonsense --json"])
def test_a_full_standard_output(home: Path, arguments: str) -> None:
    ran = shell(f"{AIDX} {arguments} > /dev/full", home)
    assert ran.returncode in (1, 2)
    assert ran.stderr.startswith("aidx: ")
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("arguments", ["findings --json", "show nonsense --json", "--help"])
def test_a_closed_standard_output(home: Path, arguments: str) -> None:
    ran = shell(f"{AIDX} {arguments} >&-", home)
    assert "Traceback" not in ran.stderr


def test_a_reader_that_leaves_early_is_no_fault(home: Path) -> None:
    command = f"for n in 1 2 3 4 5; do {AIDX} findings --json; done | head -c 10; echo ${{PIPESTATUS[0]}}"
    ran = shell(command, home)
    assert ran.stderr == ""
    assert ran.stdout.endswith("0\n")


def test_a_closed_standard_input_is_an_empty_question(home: Path) -> None:
    ran = shell(f"{AIDX} ask - <&-", home)
    assert ran.returncode == 2
    assert "The question is empty" in ran.stderr


@pytest.mark.slow
def test_a_question_that_is_no_utf8(home: Path) -> None:
    ran = shell(f"printf 'how many slides are in the deck \\xff?' | {AIDX} ask - --json", home)
    assert ran.returncode == 0, ran.stderr
    assert '"37' in ran.stdout or "37 slides" in ran.stdout


@pytest.mark.parametrize("content", [r"\0\1\2", r"\377\376\377"])
def test_what_is_no_text_is_no_question(home: Path, content: str) -> None:
    ran = shell(f"printf '{content}' | {AIDX} ask -", home)
    assert ran.returncode == 2
    assert "no text" in ran.stderr


def test_json_for_a_stream_that_takes_ascii_only(home: Path) -> None:
    ran = shell(f"{AIDX} ask 'How many slides are in the deck?' --json", home, PYTHONIOENCODING="ascii")
    assert "“" in json.loads(ran.stdout)["citations"][0]["label"]


@pytest.mark.slow
@pytest.mark.parametrize("columns", ["0", "5", "40", "500"])
def test_any_width(home: Path, columns: str) -> None:
    ran = shell(f"{AIDX} ask 'How many slides are in the deck?'", home, COLUMNS=columns)
    assert ran.returncode == 0
    assert "37" in ran.stdout


def test_colours_go_to_terminals_only(home: Path) -> None:
    ran = shell(f"unset NO_COLOR; {AIDX} ask 'How many slides are in the deck?'", home)
    assert "\x1b" not in ran.stdout


def test_a_faulty_command_line_cannot_reach_the_terminal(home: Path) -> None:
    ran = shell(f"{AIDX} show $'\\x1b]0;title\\x07'", home)
    assert "\x1b" not in ran.stderr
