"""An answer is ended from another thread, wherever it is, and what came of it is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from aidx_assistant.answers import AnswerText, Finished
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.messages import Claude, MessageEnded, Retrying, TextDelta
from aidx_assistant.errors import InterruptedByUserError
from tests.fakes.messages_client import a_request, connection_to
from tests.fakes.messages_script import Break, Cite, Reply, Script, Text, overloaded
from tests.fakes.messages_server import MessagesServer

LONG = (Text("Of the pilots, thirty percent are in production.", (Cite(0, 0, 1),)), Text(" And more."))


def test_cancelling_ends_a_stalled_stream_at_once() -> None:
    cancellation = Cancellation()
    with MessagesServer(Reply(LONG, broken=Break("stall", 2, seconds=20.0))) as server:
        claude = Claude(connection_to(server.url, stream_timeout=30.0))
        received = []
        for event in claude.stream(a_request(), cancellation):
            received.append(event)
            if isinstance(event, TextDelta):
                threading.Timer(0.05, cancellation.cancel).start()
        assert server.hung_up.wait(1.0)
        claude.close()
    assert isinstance(received[-1], MessageEnded)
    assert received[-1].stop_reason is None


def test_cancelling_ends_the_pause_between_tries() -> None:
    cancellation = Cancellation()
    with MessagesServer(overloaded()) as server:
        claude = Claude(connection_to(server.url))
        for event in claude.stream(a_request(), cancellation):
            if isinstance(event, Retrying):
                cancellation.cancel()
        assert len(server.requests) == 1
        claude.close()


@pytest.fixture
def asking_claude(own_home: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AIDX_HOME", str(own_home))
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
    yield


def cancelled_after(text: bool, script: Script, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    cancellation = Cancellation()
    received: list[object] = []
    with MessagesServer(script) as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        with Assistant() as assistant:
            if not text:
                threading.Thread(target=_cancel_when_asked, args=(server, cancellation), daemon=True).start()
            for event in assistant.stream("Why do so few pilots reach production?", cancellation=cancellation):
                received.append(event)
                if text and isinstance(event, AnswerText):
                    threading.Timer(0.05, cancellation.cancel).start()
    return received


def _cancel_when_asked(server: MessagesServer, cancellation: Cancellation) -> None:
    while not server.requests:
        time.sleep(0.01)
    time.sleep(0.3)
    cancellation.cancel()


def test_what_came_is_kept_and_checked(asking_claude: None, monkeypatch: pytest.MonkeyPatch) -> None:
    stalling = Reply(LONG, broken=Break("stall", 2, seconds=20.0))
    finished = cancelled_after(True, stalling, monkeypatch)[-1]
    assert isinstance(finished, Finished)
    assert finished.answer.status == "interrupted"
    assert finished.answer.stopped_by_user
    assert finished.answer.text.startswith("Of the pilot")


def test_nothing_came(asking_claude: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InterruptedByUserError):
        cancelled_after(False, Reply(LONG, broken=Break("stall", 0, seconds=20.0)), monkeypatch)


def test_cancelled_before_it_began(own_home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIDX_HOME", str(own_home))
    cancellation = Cancellation()
    cancellation.cancel()
    with Assistant() as assistant, pytest.raises(InterruptedByUserError):
        list(assistant.stream("Why do so few pilots reach production?", cancellation=cancellation))
