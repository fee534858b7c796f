"""`aidx ask --deep` in a child process: steps on standard error, the answer on standard output, the key nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.command import aidx
from tests.fakes.messages_script import unauthorised
from tests.fakes.messages_server import MessagesServer
from tests.fakes.messages_tools import calling, findings, researching, search, slide

QUESTION = "How do large providers compare at getting pilots into production?"
KEY = "sk-ant-deep-and-secret-42"


def test_each_step_is_told_and_the_answer_is_checked(own_home: Path) -> None:
    calls = (search("pilots into production", segment="provider"), findings(topic="production"), slide(99))
    with MessagesServer(*researching(calls)) as server:
        ran = aidx(
            "ask", "--deep", QUESTION, "--json", home=own_home, ANTHROPIC_API_KEY=KEY, ANTHROPIC_BASE_URL=server.url
        )
        body = server.bodies[-1]
    answer = ran.json
    assert ran.code == 0, ran.err
    assert "aidx: search “pilots into production” · provider: 10 passages\n" in ran.err
    assert "aidx: open slide 99: There is no slide 99; the last is 37.\n" in ran.err
    assert [(step["tool"], step["failed"]) for step in answer["steps"]] == [
        ("search_library", False), ("list_findings", False), ("open_slide", True),
    ]  # fmt: skip
    assert all(citation["verified"] for citation in answer["citations"])
    assert KEY not in f"{ran.out}{ran.err}{body}"
    written = [file for file in own_home.rglob("*") if file.is_file() and KEY.encode() in file.read_bytes()]
    assert written == []


@pytest.mark.slow
def test_a_key_refused_midway_and_a_budget_out_of_range(home: Path) -> None:
    with MessagesServer(calling(search("production")), unauthorised()) as server:
        ran = aidx("ask", "--deep", QUESTION, home=home, ANTHROPIC_API_KEY=KEY, ANTHROPIC_BASE_URL=server.url)
    assert ran.code == 3
    assert "The API key was refused" in ran.out and "Trying again" not in ran.err
    assert KEY not in f"{ran.out}{ran.err}"
    refused = aidx("ask", "--deep", QUESTION, "--deep-steps", "0", home=home, ANTHROPIC_API_KEY=KEY)
    assert refused.code == 2 and "deep_steps" in refused.err
