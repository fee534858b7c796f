"""What a terminal shows: streamed text whole, a line while waiting, a corrected answer where a check found a fault."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.messages_honest import honest
from tests.fakes.messages_script import Cite, Delivery, Reply, Text
from tests.fakes.messages_server import MessagesServer

SURVEY = "How many leaders answered the survey for the index?"


def on_a_terminal(home: Path, *arguments: str, **variables: str) -> tuple[str, int]:
    """What is on the screen in the end, as one text, and the exit code."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "AIDX_HOME": str(home), "COLUMNS": "60", "TERM": "xterm", **variables}
    command = [sys.executable, "-m", "aidx_assistant", *arguments]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = bytearray()
        try:
            while chunk := os.read(ours, 4096):
                shown += chunk
        except OSError:  # the terminal ends with its last writer
            pass
    os.close(ours)
    text = shown.decode().replace("\r\n", "\n")
    while "\r\x1b[K" in text:  # what was on the line before it is gone
        before, _, after = text.partition("\r\x1b[K")
        text = before[: before.rfind("\n") + 1] + after
    return re.sub(r"\x1b\[[\d;]*m", "", text), process.returncode


def test_the_quoted_answer_is_whole(home: Path) -> None:
    text, code = on_a_terminal(home, "ask", "How do large providers compare at getting pilots into production?")
    assert code == 0
    words = " ".join(text.split())
    assert "Among large providers, 46% of proofs of concept go into production. [1]" in words
    assert "Only 30% of completed proofs of concept have gone on to production. [3]" in words
    assert words.index("[1]") < words.index("Sources")
    assert max(len(line) for line in text.splitlines()) <= 60


@pytest.mark.slow
def test_a_streamed_answer_is_whole(home: Path) -> None:
    with MessagesServer(honest(delivery=Delivery(chunking="byte"))) as server:
        text, code = on_a_terminal(home, "ask", SURVEY, ANTHROPIC_API_KEY="sk-ant-test", ANTHROPIC_BASE_URL=server.url)
        said = "".join(part["text"] for part in server.bodies[0]["messages"][0]["content"] if part["type"] == "text")
    assert code == 0
    assert said == SURVEY
    assert "more than 400 leaders" in " ".join(text.split())
    assert "searching" not in text and "asking Claude" not in text


@pytest.mark.slow
def test_a_fault_found_after_streaming_is_marked_in_the_text(home: Path) -> None:
    reply = Reply((Text("Among payers, 99% have gone live.", (Cite(0, 0, 1),)),))
    with MessagesServer(reply) as server:
        text, code = on_a_terminal(home, "ask", SURVEY, ANTHROPIC_API_KEY="sk-ant-test", ANTHROPIC_BASE_URL=server.url)
    assert code == 5
    assert "99% [unsupported]" in text
