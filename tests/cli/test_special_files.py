"""A device or a named pipe that a command is to write to is written into, and not replaced by a file."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from tests.fakes.command import aidx

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes in a folder here"),
]
JOBS = "name,pain,manual,ideation,pilot,production\nClaims,8,75,4,1,0\n"
QUESTIONS = '[[question]]\nask = "Who was surveyed?"\nplaces = ["introduction"]\n'
COMMANDS = {
    "chart.svg": ("dx", "jobs.csv", "--svg", "chart.svg", "--force"),
    "brief.docx": ("brief", "ambient scribes", "--segment", "provider", "-o", "brief.docx", "--force"),
    "page.html": ("eval", "--questions", "questions", "--html", "page.html", "--force"),
}
BEGINS = {"chart.svg": b"<svg", "brief.docx": b"PK", "page.html": b"<!doctype html>"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "jobs.csv").write_text(JOBS)
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "own.toml").write_text(QUESTIONS)
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_a_named_pipe(own_home: Path, folder: Path, name: str) -> None:
    pipe, received = folder / name, bytearray()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: received.extend(pipe.read_bytes()), daemon=True)
    reader.start()
    ran = aidx(*COMMANDS[name], home=own_home, cwd=folder)
    assert ran.code == 0, ran.err
    assert name in ran.err
    assert pipe.is_fifo()
    reader.join(10)
    assert bytes(received[:100]).lower().startswith(BEGINS[name].lower())


def test_a_device_behind_a_link(own_home: Path, folder: Path) -> None:
    device, link = folder / "null", folder / "chart.svg"
    try:
        os.mknod(device, 0o666 | stat.S_IFCHR, os.stat(os.devnull).st_rdev)
        device.write_bytes(b"")
    except PermissionError:
        pytest.skip("devices cannot be made here")
    link.symlink_to(device)
    ran = aidx(*COMMANDS["chart.svg"], home=own_home, cwd=folder)
    assert ran.code == 0, ran.err
    assert link.is_symlink() and device.is_char_device()
