"""What a question costs, before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aidx_assistant import locations
from aidx_assistant.answers import Usage
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.estimates import Estimate, estimate, total_usage
from aidx_assistant.library.tokens import estimated_tokens
from aidx_assistant.settings import load_settings
from tests.fakes.answers import an_answer
from tests.fakes.messages_honest import honest
from tests.fakes.messages_server import MessagesServer

QUESTION = "Why do so few pilots reach production?"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MessagesServer]:
    with MessagesServer(honest()) as running:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", running.url)
        yield running


@pytest.mark.parametrize("budget", [600, 2_000, 8_000])
def test_the_estimate_covers_the_request_and_is_not_far_above(home: Path, server: MessagesServer, budget: int) -> None:
    with Assistant(load_settings({"token_budget": budget}), home=home) as assistant:
        assistant.sync()
        expected = estimate(QUESTION, assistant)
        answer = assistant.ask(QUESTION)
    sent = server.requests[0].body
    content = json.dumps([sent["system"], sent["messages"]], ensure_ascii=False)
    tokens = estimated_tokens(content, home / locations.TOKEN_TABLES)
    assert 0.8 * tokens <= expected.input_tokens <= 1.6 * tokens
    assert answer.usage and answer.usage.cost_usd and expected.cost_usd_at_most
    assert answer.usage.cost_usd <= expected.cost_usd_at_most
    assert answer.usage.output_tokens <= expected.output_tokens_at_most == 2000


def test_a_filter_lowers_the_estimate(home: Path, server: MessagesServer) -> None:
    with Assistant(home=home) as assistant:
        assistant.sync()
        whole = estimate(QUESTION, assistant)
        of_brief = estimate(QUESTION, assistant, source_id="bain-companion-brief")
        of_payers = estimate(QUESTION, assistant, segment="payer")
    assert of_brief.input_tokens < of_payers.input_tokens < whole.input_tokens
    assert server.requests == []


def test_without_claude_a_question_costs_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Assistant(home=home) as assistant:
        assert estimate(QUESTION, assistant) == Estimate(0, 0, 0.0)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
    with Assistant(load_settings({"offline": True}), home=home) as assistant:
        assert estimate(QUESTION, assistant) == Estimate(0, 0, 0.0)


def test_an_unknown_price_is_no_price(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
    with Assistant(load_settings({"model": "claude-unheard-of"}), home=home) as assistant:
        assistant.sync()
        expected = estimate(QUESTION, assistant)
    assert expected.input_tokens > 1000
    assert expected.cost_usd_at_most is None


def test_the_usage_of_a_conversation_is_the_sum() -> None:
    one = an_answer(usage=Usage(100, 10, 5, 2, 0.25))
    two = replace(one, usage=Usage(1, 2, 3, 4, 0.5))
    assert total_usage([one, an_answer(usage=None), two]) == Usage(101, 12, 8, 6, 0.75)
    assert total_usage([]) == Usage(0, 0, 0, 0, 0.0)
    unpriced = replace(one, usage=Usage(1, 1))
    assert total_usage([one, unpriced]) == Usage(101, 11, 5, 2, None)
