"""What a question costs, before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aidx_assistant import locations
from aidx_assistant.answering.history import Exchange, History
from aidx_assistant.answers import Finished, Usage
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.estimates import Estimate, estimate, total_usage
from aidx_assistant.library.tokens import estimated_tokens
from aidx_assistant.settings import load_settings
from tests.fakes.answers import an_answer
from tests.fakes.messages_honest import honest
from tests.fakes.messages_requests import place_of
from tests.fakes.messages_script import Reply, Script, Text
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


def test_the_estimate_of_a_follow_up_covers_all_its_requests(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the question means, the answer with the conversation before it, and the correction of its wrong figure."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
    wrong, right = (f"Of completed proofs of concept, {figure}% have gone into production." for figure in (45, 30))
    meant = Reply((Text(json.dumps({"question": QUESTION})),))
    history = History(tuple(Exchange(QUESTION, "Security and the cost of integration. " * 60) for _ in range(4)))

    def says(text: str) -> Script:
        return lambda received: Reply((Text(text, (place_of(received, "Only 30% of completed"),)),))

    with MessagesServer(meant, says(wrong), says(right)) as server:
        with Assistant(load_settings({"base_url": server.url}), home=home) as assistant:
            assistant.sync()
            first = estimate("", assistant)
            expected = estimate("", assistant, history=history)
            events = list(assistant.stream("Why is that?", earlier=(QUESTION,), history=history))
        small, answer, correction = server.bodies
    asked_last = events[-1]
    assert isinstance(asked_last, Finished) and asked_last.answer.corrected
    used = asked_last.answer.usage
    assert used and used.cost_usd and expected.cost_usd_at_most and first.cost_usd_at_most
    assert used.cost_usd < first.cost_usd_at_most < expected.cost_usd_at_most
    tables = home / locations.TOKEN_TABLES
    given = [
        estimated_tokens(json.dumps([body["system"], body["messages"]]), tables) for body in (small, answer, correction)
    ]
    most = [1000, 2000, 2000]
    prices = [(0.10, 0.50), (4.0, 20.0), (4.0, 20.0)]
    at_most = sum(
        (1.25 * tokens * read + out * written) / 1e6
        for tokens, out, (read, written) in zip(given, most, prices, strict=True)
    )
    assert 0.97 * at_most <= expected.cost_usd_at_most <= 1.15 * at_most


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
