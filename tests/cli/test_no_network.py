"""Nothing but loopback is contacted: told by an audit hook in the process, and by a network that is not there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.command import aidx

QUESTION = "Why do so few pilots reach production?"
WATCH = """
import ipaddress, os, sys

def watch(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not ipaddress.ip_address(address[0]).is_loopback:
            tell(f"{event} {address}")
    elif event == "socket.getaddrinfo" and arguments[0] not in (None, "localhost", "127.0.0.1", "::1"):
        tell(f"{event} {arguments[0]}")

def tell(line):
    with open(os.environ["WATCHED"], "a") as file:
        file.write(line + "\\n")

sys.addaudithook(watch)
"""


@pytest.mark.slow
def test_no_address_is_looked_up_or_connected_to(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    watched = tmp_path / "watched"
    variables = {"PYTHONPATH": str(tmp_path), "WATCHED": str(watched)}
    for arguments in (["ask", QUESTION], ["search", "scribes"], ["doctor"]):
        ran = aidx(*arguments, home=tmp_path / "home", **variables)
        assert ran.code == 0, ran.err
    assert not watched.exists(), watched.read_text()


def test_the_watch_itself_works(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    watched = tmp_path / "watched"
    subprocess.run(
        [
            sys.executable,
            "-c",
            "import socket\ntry: socket.create_connection(('192.0.2.1', 9), 0.1)\nexcept OSError: 0",
        ],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "WATCHED": str(watched)},
        check=True,
    )
    assert "192.0.2.1" in watched.read_text()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("unshare") is None, reason="there is no unshare command")
def test_the_first_question_is_answered_where_there_is_no_network(tmp_path: Path) -> None:
    command = ["unshare", "--net", sys.executable, "-m", "aidx_assistant", "ask", QUESTION]
    environment = {**os.environ, "AIDX_HOME": str(tmp_path / "home")}
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if "unshare failed" in ran.stderr:
        pytest.skip("a network of its own needs the right to make one")
    assert ran.returncode == 0, ran.stderr
    assert "Sources" in ran.stdout


@pytest.mark.slow
def test_settings_of_another_program_in_the_current_folder_are_left_alone(home: Path, tmp_path: Path) -> None:
    settings = "CHROMA_API_IMPL=chromadb.api.fastapi.FastAPI\nCHROMA_SERVER_HOST=192.0.2.1\nNAME=café\n"
    (tmp_path / ".env").write_text(settings, encoding="latin-1")
    ran = aidx("ask", QUESTION, home=home, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
