"""`aidx ask --dry-run`: exactly what would be sent, and nothing is sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aidx_assistant.answering.history import Exchange, History
from aidx_assistant.answers import Answer
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.dry_run import DryRun, WouldSend
from aidx_assistant.cli.app import run
from aidx_assistant.settings import load_settings
from tests.cli.test_no_network import WATCH
from tests.fakes.command import aidx
from tests.fakes.messages_server import MessagesServer

QUESTION = "How do large providers compare at getting pilots into production?"
KEY = "sk-ant-secret-for-the-dry-run"
OF_ONE_SENDING = {"accept-encoding", "connection", "host", "x-stainless-timeout", "x-stainless-read-timeout"}


def shown(home: Path, question: str = QUESTION, *, deep: bool = False, **settings: Any) -> WouldSend:
    with DryRun(load_settings(settings), home=home) as service:
        told = service.would_send(question, deep=deep)
    assert isinstance(told, WouldSend)
    return told


@pytest.mark.parametrize("deep", [False, True])
def test_what_is_shown_is_what_the_same_question_sends(home: Path, monkeypatch: pytest.MonkeyPatch, deep: bool) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    with MessagesServer() as server:
        told = shown(home, deep=deep, base_url=server.url)
        assert not server.requests
        with Assistant(load_settings({"base_url": server.url}), home=home) as service:
            list(service.stream(QUESTION, deep=deep))
        sent = server.requests[0]
        address = f"{server.url}{sent.path}"
    assert (told.outgoing.address, told.outgoing.body) == (address, sent.body)
    hidden = {name for name, value in told.outgoing.headers.items() if value == "…"}
    assert {name for name, value in sent.headers.items() if KEY in value} == hidden != set()
    same = sent.headers.keys() - hidden - OF_ONE_SENDING
    assert {name: told.outgoing.headers[name] for name in same} == {name: sent.headers[name] for name in same}
    assert told.has_key and KEY not in repr(told)


def test_without_a_key_it_shows_the_same_and_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without = shown(home)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    with_key = shown(home)
    assert (without.has_key, with_key.has_key) == (False, True)
    assert without.outgoing == with_key.outgoing
    assert with_key.outgoing.address == "https://api.anthropic.com/v1/messages"


def test_it_says_which_limit_would_stop_it(home: Path) -> None:
    told = shown(home, max_cost_per_question=0.01)
    assert told.stopped_by is not None and "max_cost_per_question allows $0.01" in told.stopped_by
    assert told.cost_usd_at_most is not None and told.cost_usd_at_most > 0.01
    assert shown(home, max_cost_per_question=9.0).stopped_by is None


def test_a_follow_up_is_held_to_the_limits_with_all_its_requests(home: Path) -> None:
    history = History((Exchange(QUESTION, "46% of them do."),))
    with DryRun(load_settings({"max_cost_per_question": 0.1}), home=home) as service:
        told = service.would_send("Why is that?", earlier=(QUESTION,), history=history)
    assert isinstance(told, WouldSend)
    assert "haiku" in told.outgoing.body["model"]
    assert told.cost_usd_at_most is not None and told.cost_usd_at_most > 0.2
    assert told.stopped_by is not None and "in all" in told.stopped_by


@pytest.mark.parametrize(
    ("key", "arguments", "reason"),
    [
        pytest.param("", (), "There is no API key", marks=pytest.mark.slow),
        (KEY, (), "This would cost up to"),
        pytest.param(KEY, ("--yes",), None, marks=pytest.mark.slow),
    ],
)
def test_it_says_whether_it_would_be_sent(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    key: str,
    arguments: tuple[str, ...],
    reason: str | None,
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", key)
    monkeypatch.setenv("AIDX_MAX_COST_PER_QUESTION", "0.01")
    assert run(["ask", "--dry-run", "--json", *arguments, QUESTION]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["would_send"] == (reason is None) == (told["reason"] is None)
    assert reason is None or told["reason"].startswith(reason)


def test_credentials_in_the_address_are_not_shown(home: Path) -> None:
    told = shown(home, base_url="http://me:hidden@127.0.0.1:9")
    assert told.outgoing.address == "http://127.0.0.1:9/v1/messages"
    assert "hidden" not in repr(told)


def test_where_nothing_is_relevant_nothing_would_be_sent(home: Path) -> None:
    with DryRun(home=home) as service:
        told = service.would_send("How tall is the Eiffel tower?")
    assert isinstance(told, Answer) and not told.answered


def test_as_text_it_can_be_read_back(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "--dry-run", QUESTION]) == 0
    out, err = capsys.readouterr()
    head, _, body = out.partition("\n\n")
    assert head.startswith("POST https://api.anthropic.com/v1/messages\n")
    assert json.loads(body) == shown(home).outgoing.body
    assert "Nothing was sent." in err and "a correction included." in err
    assert "Without --dry-run it would not be sent. There is no API key" in err


@pytest.mark.slow
def test_no_address_is_looked_up_or_connected_to(tmp_path: Path, home: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    watched = tmp_path / "watched"
    variables = {"PYTHONPATH": str(tmp_path), "WATCHED": str(watched), "ANTHROPIC_API_KEY": KEY}
    ran = aidx("ask", "--dry-run", QUESTION, "--json", home=home, AIDX_MAX_COST_PER_MONTH="5", **variables)
    assert ran.code == 0, ran.err
    assert ran.json["would_send"] and KEY not in ran.out + ran.err
    assert not watched.exists(), watched.read_text()
