"""A report that fits goes to Claude whole, and is read from the API's cache by the questions after the first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aidx_assistant.answers import Answer
from aidx_assistant.answers_in_words import whole_report_in_words
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.estimates import estimate
from aidx_assistant.evidence import Segment
from aidx_assistant.settings import load_settings
from tests.fakes.messages_requests import search_results
from tests.fakes.messages_server import MessagesServer

FIRST = "How do large providers compare at getting pilots into production?"
SECOND = "What keeps budgets for AI from growing?"
REPORT = "healthcare-ai-adoption-index"


@pytest.fixture(scope="module")
def opened(home: Path) -> Iterator[Assistant]:
    """One library for all tests; each gives it settings of its own."""
    with Assistant(home=home) as assistant:
        yield assistant


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-whole-report")


def both(
    server: MessagesServer, opened: Assistant, *, segment: Segment | None = None, **settings: Any
) -> tuple[Answer, Answer]:
    opened.use(load_settings({"base_url": server.url, **settings}))
    first, second = (opened.ask(question, segment=segment, source_id=REPORT) for question in (FIRST, SECOND))
    return first, second


def test_the_second_question_reads_the_report_from_the_cache(opened: Assistant) -> None:
    with MessagesServer() as server:
        first, second = both(server, opened)
        given, again = (body["messages"][0]["content"] for body in server.bodies)
    assert [block["source"] for block in given[:-1]] == [passage.id for passage in opened.passages(REPORT)]
    assert again[:-1] == given[:-1] and again[-1]["text"] == SECOND
    assert [bool(block.get("cache_control")) for block in given[-2:]] == [True, False]
    assert first.whole_report and second.whole_report
    assert first.usage is not None and second.usage is not None
    assert (first.usage.cache_read_input_tokens, second.usage.cache_creation_input_tokens) == (0, 0)
    assert second.usage.cache_read_input_tokens == first.usage.cache_creation_input_tokens > 5_000
    assert second.usage.input_tokens < 50
    assert f"{second.usage.cache_read_input_tokens:,} tokens" in whole_report_in_words(second)
    assert first.usage.cost_usd is not None and second.usage.cost_usd is not None
    assert second.usage.cost_usd < first.usage.cost_usd / 5


def test_what_is_too_much_is_chosen_by_the_question_unless_the_user_lets_it_in(opened: Assistant) -> None:
    with MessagesServer() as server:
        chosen, _ = both(server, opened, token_budget=1000)
        let_in, _ = both(server, opened, token_budget=1000, whole_report_tokens=50_000)
        few, _, many, _ = (len(search_results(body)) for body in server.bodies)
        expected = estimate(FIRST, opened, source_id=REPORT)
    assert (chosen.whole_report, let_in.whole_report) == (False, True)
    assert whole_report_in_words(chosen) == ""
    assert few < many == len(opened.passages(REPORT))
    assert expected.input_tokens > 5_000


def test_retrieval_still_declines_and_a_segment_narrows_the_report(opened: Assistant) -> None:
    with MessagesServer() as server:
        opened.use(load_settings({"base_url": server.url}))
        declined = opened.ask("Who won the football world cup in 1998?")
        assert not server.bodies
        both(server, opened, segment="payer")
        whole = len(opened.passages(REPORT))
        assert 0 < len(search_results(server.bodies[0])) < whole
        assert server.bodies[0]["messages"][0]["content"][:-1] == server.bodies[1]["messages"][0]["content"][:-1]
    assert (declined.status, declined.whole_report, len(declined.nearest)) == ("declined", False, 3)


def test_a_model_without_the_cache_of_the_api_is_not_given_more_than_the_budget(opened: Assistant) -> None:
    with MessagesServer() as server:
        both(server, opened, token_budget=1000, whole_report_tokens=50_000, model="smollm2-135m")
        text = server.bodies[0]["messages"][0]["content"][-1]["text"]
    assert text.count("[S") < 100
