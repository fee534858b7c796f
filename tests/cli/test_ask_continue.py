"""`aidx ask --continue` and `--no-repair`."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidx_assistant.conversations.asked import keep_asked, last_conversation
from tests.fakes.answers import an_answer
from tests.fakes.command import aidx
from tests.fakes.messages_script import Cite, Reply, Text
from tests.fakes.messages_server import MessagesServer

AT = "2026-11-27T07:00:00Z"


def test_the_conversation_goes_back_to_the_answer_that_began_it(tmp_path: Path) -> None:
    keep_asked(tmp_path, AT, an_answer("Old. [1]"))
    keep_asked(tmp_path, AT, an_answer("First. [1]"))
    keep_asked(tmp_path, AT, an_answer("Second. [1]"), continues=True)
    assert last_conversation(tmp_path) == (an_answer("First. [1]"), an_answer("Second. [1]"))


@pytest.mark.parametrize("content", ["", "{}", '{"answers": [{"continues": true}]}', '{"answers": [7]}'])
def test_what_cannot_be_read_continues_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "asked.json").write_text(content)
    assert last_conversation(tmp_path) == ()


def test_without_an_answer_there_is_nothing_to_continue(tmp_path: Path) -> None:
    ran = aidx("ask", "--continue", "And for pharma?", home=tmp_path)
    assert ran.code == 2
    assert "There is no answer of `aidx ask` to continue" in ran.err


@pytest.mark.slow
def test_a_follow_up_without_a_key_is_understood_by_rules(own_home: Path) -> None:
    aidx("ask", "How many jobs-to-be-done are there for payers?", home=own_home)
    ran = aidx("ask", "--continue", "And for pharma?", "--json", home=own_home)
    assert ran.json["question"] == "And for pharma?"
    assert ran.json["question_understood"] == "How many jobs-to-be-done are there for pharma?"
    assert "Understood as: How many jobs-to-be-done are there for pharma?" in ran.err


@pytest.mark.slow
def test_no_repair_leaves_a_fault_marked(home: Path) -> None:
    wrong = Reply((Text("Some 77% of all pilots end in production.", (Cite(0, 0, 1),)),))
    with MessagesServer(wrong) as server:
        claude = {"ANTHROPIC_API_KEY": "sk-ant-test", "ANTHROPIC_BASE_URL": server.url}
        ran = aidx("ask", "How many pilots end in production?", "--no-repair", home=home, **claude)
    assert len(server.bodies) == 1
    assert "77% [unsupported]" in ran.out
    assert ran.code == 5
