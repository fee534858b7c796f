"""A correction of what the checks found, by the real SDK against the tests' Messages server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aidx_assistant.answers import Answer, AnswerText, Event, Finished, Notice, Phase
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.settings import load_settings
from tests.fakes.messages_requests import blocks_of, place_of, question_of
from tests.fakes.messages_script import Break, Failure, Received, Reply, Script, Text, overloaded
from tests.fakes.messages_server import MessagesServer

QUESTION = "How many completed proofs of concept reach production?"
KEY = "sk-ant-repair-secret-0123456789"
WRONG = "Of completed proofs of concept, 45% have gone into production."
RIGHT = "Of completed proofs of concept, 30% have gone into production."


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)


@pytest.fixture(scope="module")
def opened(home: Path) -> Iterator[Assistant]:
    with Assistant(home=home) as assistant:
        yield assistant


def says(text: str, *, cited: bool = True, **changes: Any) -> Script:
    """A reply of one sentence, citing the one on completed proofs of concept."""
    return lambda received: Reply((Text(text, (place_of(received, PLACE),) if cited else ()),), **changes)


PLACE = "30%"


def heard(opened: Assistant, server: MessagesServer, **settings: Any) -> tuple[Answer, list[Event]]:
    opened.use(load_settings({"base_url": server.url, "max_retries": 0, "stream_timeout": 1.0, **settings}))
    events = list(opened.stream(QUESTION))
    assert isinstance(events[-1], Finished)
    assert KEY not in str(events)
    return events[-1].answer, events


def notices(events: list[Event]) -> str:
    return " ".join(event.text for event in events if isinstance(event, Notice))


def test_a_wrong_figure_is_corrected_once_and_the_first_text_is_kept(opened: Assistant) -> None:
    with MessagesServer(says(WRONG), says(RIGHT)) as server:
        answer, events = heard(opened, server)
    assert answer.corrected
    assert answer.text == "Of completed proofs of concept, 30% have gone into production. [1]"
    assert answer.before_correction == "Of completed proofs of concept, 45% have gone into production. [1]"
    assert [fault.text for fault in answer.faults_corrected] == ["45%"]
    assert not answer.checks.figures_unsupported
    first, second = server.bodies
    assert second["messages"][: len(first["messages"])] == first["messages"]
    assert [message["role"] for message in second["messages"]] == ["user", "assistant", "user"]
    told = question_of(second)
    assert WRONG.rstrip(".") in told
    assert "45%" in told
    assert "30%" in told
    shown = "".join(event.text for event in events if isinstance(event, AnswerText))
    assert "45%" in shown
    assert "30%" not in shown
    phases = [event.name for event in events if isinstance(event, Phase)]
    assert phases[-2:] == ["checking figures", "correcting 1 figure that the sources do not carry"]


def test_both_turns_are_counted(opened: Assistant) -> None:
    with MessagesServer(says(WRONG, usage={"output_tokens": 100}), says(RIGHT, usage={"output_tokens": 30})) as server:
        answer, _ = heard(opened, server)
    assert answer.usage
    assert answer.usage.output_tokens == 130
    assert answer.usage.cache_read_input_tokens > 0


def test_what_still_fails_stays_marked_and_is_not_corrected_again(opened: Assistant) -> None:
    two = f"{WRONG} And 77% of them are paid for."
    with MessagesServer(says(two), says(WRONG)) as server:
        answer, _ = heard(opened, server)
    assert len(server.bodies) == 2
    assert answer.corrected
    assert [fault.text for fault in answer.checks.figures_unsupported] == ["45%"]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (says(WRONG), "no better"),
        (says(f"{WRONG} And 77% of them are paid for."), "no better"),
        (says(RIGHT, cited=False), "no better"),
        (says("The sources do not answer this.", cited=False), "no better"),
        (says(RIGHT, stop_reason="max_tokens"), "no better"),
        (says(RIGHT, stop_reason="refusal"), "no better"),
        (overloaded(), "correction failed"),
        (Failure(400, "invalid_request_error", "No."), "correction failed"),
        (says(RIGHT, broken=Break("reset", at=1)), "correction failed"),
        (says(RIGHT, broken=Break("error", at=0)), "correction failed"),
        (says(RIGHT, broken=Break("stall", at=2)), "correction failed"),
        (says(RIGHT, broken=Break("malformed", at=1)), "correction failed"),
        (says(RIGHT, broken=Break("end", at="message_delta")), "correction failed"),
    ],
)
def test_a_correction_that_is_no_better_or_fails_is_thrown_away(opened: Assistant, second: Script, told: str) -> None:
    with MessagesServer(says(WRONG), second) as server:
        answer, events = heard(opened, server)
    assert not answer.corrected
    assert answer.status == "complete"
    assert "45%" in answer.text
    assert [fault.text for fault in answer.checks.figures_unsupported] == ["45%"]
    assert told in notices(events)
    assert len(server.bodies) == 2


def test_it_can_be_switched_off(opened: Assistant) -> None:
    with MessagesServer(says(WRONG)) as server:
        answer, _ = heard(opened, server, repair=False)
    assert len(server.bodies) == 1
    assert not answer.corrected
    assert answer.checks.figures_unsupported


@pytest.mark.parametrize("text", [RIGHT, "Few of them have gone into production."])
def test_an_answer_without_a_fault_is_left_alone(opened: Assistant, text: str) -> None:
    with MessagesServer(says(text)) as server:
        answer, _ = heard(opened, server)
    assert len(server.bodies) == 1
    assert not answer.corrected


def test_cancelled_while_it_is_corrected_the_first_answer_is_kept(opened: Assistant) -> None:
    cancellation = Cancellation()
    with MessagesServer(says(WRONG), says(RIGHT, broken=Break("stall", at=1, seconds=20))) as server:
        opened.use(load_settings({"base_url": server.url, "max_retries": 0}))
        for event in opened.stream(QUESTION, cancellation=cancellation):
            if isinstance(event, Phase) and event.name.startswith("correcting"):
                threading.Timer(0.3, cancellation.cancel).start()
        assert isinstance(event, Finished)
        assert server.hung_up.wait(5)
    assert event.answer.stopped_by_user
    assert "45%" in event.answer.text
    assert event.answer.status == "complete"


def test_interrupted_while_it_is_corrected_the_first_answer_is_kept(opened: Assistant) -> None:
    with MessagesServer(says(WRONG), says(RIGHT)) as server:
        opened.use(load_settings({"base_url": server.url, "max_retries": 0}))
        events = opened.stream(QUESTION)
        event = next(one for one in events if isinstance(one, Phase) and one.name.startswith("correcting"))
        rest = [events.throw(KeyboardInterrupt), *events]
    assert event
    assert isinstance(rest[-1], Finished)
    assert rest[-1].answer.stopped_by_user
    assert "45%" in rest[-1].answer.text


def test_markers_of_a_local_model_count_in_the_correction_too(opened: Assistant) -> None:
    def marking(figure: str) -> Script:
        def reply(received: Received) -> Reply:
            told = "\n".join(block["text"] for block in blocks_of(received.body["messages"][0]["content"]))
            line = next(line for line in told.splitlines() if PLACE in line and line.startswith("[S"))
            return Reply(
                (Text(f"Of completed proofs of concept, {figure} have gone into production {line.split()[0]}."),)
            )

        return reply

    with MessagesServer(marking("45%"), marking("30%")) as server:
        answer, _ = heard(opened, server, citations="markers")
    assert answer.corrected
    assert answer.citations[0].verified
    assert not answer.checks.figures_unsupported
