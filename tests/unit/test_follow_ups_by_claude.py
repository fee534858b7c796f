"""Conversations with Claude by the real SDK against the tests' Messages server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from aidx_assistant.answers import Answer, Event, Finished, Notice, Understood
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.conversing import Conversing
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.conversations import ConversationStore
from aidx_assistant.errors import InterruptedByUserError
from aidx_assistant.settings import load_settings
from tests.fakes.answers import CITATION, an_answer
from tests.fakes.messages_requests import place_of, question_of, search_results
from tests.fakes.messages_script import Break, Failure, Received, Reply, Script, Text, overloaded
from tests.fakes.messages_server import MessagesServer

FIRST = "How many completed proofs of concept reach production?"
MEANT = "Why do so few completed proofs of concept reach production?"
KEY = "sk-ant-follow-up-secret-0123456789"
SMALL = "claude-haiku-5-5"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)


@pytest.fixture(scope="module")
def opened(home: Path) -> Iterator[Assistant]:
    with Assistant(home=home) as assistant:
        yield assistant


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    with closing(ConversationStore(tmp_path / "conversations.sqlite")) as kept:
        yield kept


class Talk:
    """One conversation; every event of the last question is in `events`."""

    def __init__(self, assistant: Assistant, store: ConversationStore, server: MessagesServer) -> None:
        assistant.use(load_settings({"base_url": server.url, "max_retries": 1, "stream_timeout": 1.0}))
        self._conversing = Conversing(assistant, store)
        self.id: str | None = None
        self.events: list[Event] = []

    def ask(self, question: str) -> Answer:
        turn = self._conversing.begin(self.id, question)
        self.id = turn.conversation_id
        self.events = list(self._conversing.answer(turn, Cancellation()))
        assert isinstance(self.events[-1], Finished)
        assert KEY not in str(self.events)
        return self.events[-1].answer

    @property
    def notices(self) -> str:
        return " ".join(event.text for event in self.events if isinstance(event, Notice))


def by_model(small: Script | None = None, *, words: str = "30%") -> Script:
    """The small model's reply; any other model says what a sentence says, and cites it."""

    def reply(received: Received) -> Any:
        if is_small(received.body):
            assert small is not None, "the small model is asked where rules suffice"
            return small(received) if callable(small) else small
        return Reply((Text("Of completed proofs of concept, 30% reach production.", (place_of(received, words),)),))

    return reply


def is_small(body: Mapping[str, Any]) -> bool:
    return bool(body["model"] == SMALL)


def field(**content: str) -> Reply:
    return Reply((Text(json.dumps(content)),))


def test_a_small_model_says_what_a_follow_up_means(opened: Assistant, store: ConversationStore) -> None:
    with MessagesServer(by_model(field(question=MEANT))) as server:
        talk = Talk(opened, store, server)
        first = talk.ask(FIRST)
        answer = talk.ask("Why is that?")
    assert answer.question == "Why is that?"
    assert answer.question_understood == MEANT
    assert Understood(MEANT) in talk.events
    before, small, after = server.bodies
    assert is_small(small)
    assert FIRST in question_of(small)
    assert "30%" in question_of(small)
    assert "[1]" not in question_of(small)
    assert "Why is that?" in question_of(small)
    assert small["output_config"]["format"]["type"] == "json_schema"
    assert question_of(after) == MEANT
    assert [message["role"] for message in after["messages"]] == ["user", "assistant", "user"]
    (said,) = [block for block in after["messages"][1]["content"] if block.get("citations")]
    (citation,) = said["citations"]
    result = search_results(after)[citation["search_result_index"]]
    assert result["source"] == first.citations[0].passage_id
    assert citation["cited_text"] == first.citations[0].quote
    assert search_results(after) == search_results(before)
    assert answer.usage
    assert answer.usage.cost_usd
    assert answer.usage.cache_read_input_tokens > 0


@pytest.mark.parametrize("question", ["And for pharma?", "Which slide shows the AI Dx scores of providers?"])
def test_where_rules_suffice_the_small_model_is_not_asked(
    opened: Assistant, store: ConversationStore, question: str
) -> None:
    with MessagesServer(by_model()) as server:
        talk = Talk(opened, store, server)
        talk.ask("How many proofs of concept of providers reach production?")
        talk.ask(question)
    assert not any(map(is_small, server.bodies))


FAULTS: list[Script] = [
    overloaded(),
    Failure(404, "not_found_error", "model: unknown"),
    Reply((Text("Not JSON at all."),)),
    Reply((Text('{"answer": "42"}'),)),
    Reply((Text('{"question": ""}'),)),
    Reply((Text(json.dumps({"question": "long " * 400})),)),
    Reply((Text('{"question": "Why'),), stop_reason="max_tokens"),
    Reply((Text(json.dumps({"question": MEANT})),), stop_reason="refusal"),
    *(
        Reply((Text(json.dumps({"question": MEANT})),), broken=Break(kind, at=at))
        for kind, at in [("reset", 1), ("close", 0), ("end", 2), ("malformed", 1), ("error", 1), ("stall", 1)]
    ),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_where_the_small_model_fails_the_rules_say_what_is_meant(
    opened: Assistant, store: ConversationStore, fault: Script
) -> None:
    with MessagesServer(by_model(fault)) as server:
        talk = Talk(opened, store, server)
        talk.ask(FIRST)
        answer = talk.ask("Why is that?")
    assert answer.question_understood == f"Why is that — how{FIRST[3:]}"
    assert answer.answered
    assert "understood by rules instead" in talk.notices
    assert len([body for body in server.bodies if is_small(body)]) == 1


def test_cancelled_while_the_question_is_read_nothing_hangs(opened: Assistant) -> None:
    stalled = Reply((Text('{"question": "Why'),), broken=Break("stall", at=1, seconds=20))
    cancellation = Cancellation()
    with MessagesServer(by_model(stalled)) as server:
        opened.use(load_settings({"base_url": server.url}))
        threading.Timer(0.4, cancellation.cancel).start()
        from aidx_assistant.answering.history import History, exchange_of

        history = History((exchange_of(an_answer(question=FIRST)),))
        with pytest.raises(InterruptedByUserError):
            list(opened.stream("Why is that?", earlier=(FIRST,), history=history, cancellation=cancellation))
        assert server.hung_up.wait(5)


def long_conversation(store: ConversationStore, turns: int) -> str:
    conversation_id: str | None = None
    for at in range(turns):
        turn = store.begin(conversation_id, f"Question {at}?")
        conversation_id = turn.conversation_id
        store.finish(turn.id, an_answer(f"Answer {at}. [1]", f"Question {at}?", citations=(CITATION,)))
    assert conversation_id
    return conversation_id


def test_after_twenty_turns_the_oldest_are_summed_up_once(opened: Assistant, store: ConversationStore) -> None:
    with MessagesServer(by_model(field(summary="They spoke of pilots."))) as server:
        talk = Talk(opened, store, server)
        talk.id = long_conversation(store, 21)
        kept = store.turns(talk.id)
        talk.ask("Which slide shows the adoption of ambient scribes by providers?")
        talk.ask("Which slide shows the AI Dx scores of providers?")
    small, after, later = server.bodies
    assert is_small(small)
    assert "Question 0?" in question_of(small)
    assert "Question 9?" in question_of(small)
    assert "Question 10?" not in question_of(small)
    told = question_of({"messages": after["messages"][:1]})
    assert "They spoke of pilots." in told
    assert "Question 10?" in told
    assert len([message for message in after["messages"] if message["role"] == "assistant"]) == 11
    assert texts(later["messages"])[: len(after["messages"]) - 1] == texts(after["messages"])[:-1]
    assert store.turns(talk.id)[:21] == kept
    assert store.summary(talk.id) == ("They spoke of pilots.", 10)


def test_without_the_small_model_the_beginning_is_shortened(opened: Assistant, store: ConversationStore) -> None:
    with MessagesServer(by_model(overloaded())) as server:
        talk = Talk(opened, store, server)
        talk.id = long_conversation(store, 21)
        answer = talk.ask("Which slide shows the adoption of ambient scribes by providers?")
    assert answer.answered
    assert "shortened instead" in talk.notices
    summary, position = store.summary(talk.id)
    assert position == 10
    assert "Question: Question 0?\nAnswer: Answer 0." in summary


def texts(messages: list[Mapping[str, Any]]) -> list[Any]:
    return [[block.get("text", block.get("source")) for block in message["content"]] for message in messages]


def test_the_second_question_reads_the_conversation_from_the_cache(opened: Assistant, store: ConversationStore) -> None:
    with MessagesServer(by_model()) as server:
        talk = Talk(opened, store, server)
        first = talk.ask(FIRST)
        second = talk.ask("Which slide shows the AI Dx scores of providers?")
        third = talk.ask("Which slide shows the AI Dx scores of payers?")
    usages = [answer.usage for answer in (first, second, third)]
    assert all(usage and usage.cache_read_input_tokens > 1000 for usage in usages[1:])
    assert usages[2].cache_read_input_tokens > usages[1].cache_read_input_tokens  # type: ignore[union-attr]
    assert usages[2].cache_creation_input_tokens < 200  # type: ignore[union-attr]
