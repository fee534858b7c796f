"""Ctrl-C in the middle of an import, or where Python loses it, ends a command all the same, in one sentence."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.clips import held, told_as_added, write_clips
from tests.fakes.command import Ran

INTERRUPTED = """
import importlib.abc, os, signal, sys, time

signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background would hand on that it is ignored
where, times, *arguments = sys.argv[1:]

class Interrupting:
    def __del__(self):  # an exception in here is lost, as in what importlib does when a module's lock is thrown away
        signal.raise_signal(signal.SIGINT)

class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        global times
        while name == where and times != "0":
            times = str(int(times) - 1)
            Interrupting()
            time.sleep(0.05)

sys.meta_path.insert(0, Finder())
from aidx_assistant.__main__ import main
if where == "outside":
    from aidx_assistant import locations
    home = locations.home
    def interrupted_home():
        locations.home = home
        Interrupting()
        time.sleep(0.5)
        return home()
    locations.home = interrupted_home
sys.argv = ["aidx", *arguments]
main()
"""

HELLO = (
    '{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18",'
    ' "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}\n'
)


def interrupted(where: str, *arguments: str, home: Path, times: int = 1) -> Ran:
    """What a command comes to that is interrupted while it imports a module, or outside of any import."""
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, where, str(times), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "AIDX_HOME": str(home), "COLUMNS": "200"},
        timeout=60,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.mark.parametrize("where", ["click", "aidx_assistant.cli.ask", "chromadb", "onnxruntime", "outside"])
def test_it_ends_with_one_sentence(own_home: Path, where: str) -> None:
    ran = interrupted(where, "ask", "Who was surveyed?", home=own_home)
    assert (ran.code, ran.out, ran.err.lstrip("\n")) == (130, "", "aidx: Interrupted.\n")


@pytest.mark.parametrize("where", ["click", "chromadb"])
def test_in_json_it_is_an_object(own_home: Path, where: str) -> None:
    ran = interrupted(where, "search", "ambient scribes", "--json", home=own_home)
    told = {"schema": 1, "error": {"title": "Interrupted.", "hint": "", "exit_code": 130}}
    assert (ran.code, json.loads(ran.out), ran.err) == (130, told, "")


def test_what_was_done_is_told_once_the_import_is_over(own_home: Path, tmp_path: Path) -> None:
    clips = write_clips(tmp_path / "clips", 2)
    ran = interrupted("chromadb", "sources", "add", str(clips), home=own_home)
    assert ran.code == 130
    assert "aidx: Interrupted; what was told as added is in the library.\n" in ran.err
    assert set(told_as_added(ran.out)) == {"report-1", "report-2"} == held(own_home).keys()


def test_a_second_one_ends_it_at_once(own_home: Path, tmp_path: Path) -> None:
    clips = write_clips(tmp_path / "clips", 2)
    ran = interrupted("chromadb", "sources", "add", str(clips), home=own_home, times=2)
    assert ran.code == 130
    assert ran.err.endswith("aidx: Interrupted.\n")
    assert set(told_as_added(ran.out)) <= held(own_home).keys()


def test_a_server_that_waits_for_its_client_ends_at_the_first(home: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, "nowhere", "0", "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "AIDX_HOME": str(home)},
    )
    assert process.stdin and process.stdout
    process.stdin.write(HELLO)
    process.stdin.flush()
    assert "serverInfo" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)  # its input stays open meanwhile
    finally:
        process.kill()
        _, err = process.communicate()
    assert (process.returncode, err) == (130, "aidx: Interrupted.\n")
