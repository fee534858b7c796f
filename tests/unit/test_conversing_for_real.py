"""Conversations with the real assistant, and with processes that are killed amid an answer."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from aidx_assistant import locations
from aidx_assistant.answers import AnswerText, Finished
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.conversing import Conversing
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.conversations import ConversationStore, Turn
from aidx_assistant.errors import UsageError
from tests.fakes.messages_script import Break, Cite, Reply, Text
from tests.fakes.messages_server import MessagesServer

CHECKOUT = Path(__file__).parents[2]
QUESTION = "How do large providers compare at getting pilots into production?"


def now(store: ConversationStore, turn: Turn) -> Turn:
    return store.turns(turn.conversation_id)[turn.position]


def test_a_reopened_conversation_cites_as_it_did_at_first(own_home: Path) -> None:
    file = own_home / locations.CONVERSATIONS
    with Assistant(home=own_home) as assistant, closing(ConversationStore(file)) as store:
        conversing = Conversing(assistant, store)
        turn = conversing.begin(None, QUESTION)
        *_, shown = conversing.answer(turn, Cancellation())
    assert isinstance(shown, Finished)
    assert shown.answer.citations
    with closing(ConversationStore(file)) as store:
        found = now(store, turn)
    assert found.answer == shown.answer
    assert found.state == "answered"


def test_a_follow_up_question_keeps_the_topic(own_home: Path) -> None:
    with (
        Assistant(home=own_home) as assistant,
        closing(ConversationStore(own_home / locations.CONVERSATIONS)) as store,
    ):
        conversing = Conversing(assistant, store)
        first = conversing.begin(None, "How many jobs-to-be-done are there for payers?")
        list(conversing.answer(first, Cancellation()))
        second = conversing.begin(first.conversation_id, "And for pharma?")
        *_, last = conversing.answer(second, Cancellation())
    assert isinstance(last, Finished)
    assert last.answer.question == "And for pharma?"
    assert "jobs" in last.answer.question_understood
    assert "pharma" in last.answer.question_understood


def test_an_unknown_source_is_kept_as_the_problem(own_home: Path) -> None:
    with (
        Assistant(home=own_home) as assistant,
        closing(ConversationStore(own_home / locations.CONVERSATIONS)) as store,
    ):
        conversing = Conversing(assistant, store)
        turn = conversing.begin(None, QUESTION, source_id="nought")
        with pytest.raises(UsageError):
            list(conversing.answer(turn, Cancellation()))
        assert "nought" in now(store, turn).problem


STALLED = Reply(
    (Text("A first sentence.", (Cite(0, 0, 1),)), Text(" A second one. And half of")),
    broken=Break("stall", at="message_delta", seconds=20),
)


def test_claude_cancelled_from_another_thread(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cancellation = Cancellation()
    with (
        MessagesServer(STALLED) as server,
        Assistant(home=own_home) as assistant,
        closing(ConversationStore(own_home / locations.CONVERSATIONS)) as store,
    ):
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        conversing = Conversing(assistant, store)
        turn = conversing.begin(None, QUESTION)
        for event in conversing.answer(turn, cancellation):
            if isinstance(event, AnswerText) and "half" in event.text:
                threading.Timer(0.1, cancellation.cancel).start()
        found = now(store, turn)
    assert found.state == "cancelled"
    assert found.text.startswith("A first sentence. [1] A second one. And half of")
    assert found.answer and found.answer.citations[0].verified


_FAKE_ANSWER = """
import sys, time
from pathlib import Path
from aidx_assistant.assistant.conversing import Conversing
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.conversations import ConversationStore
from tests.fakes.answers import FakeAssistant

assistant = FakeAssistant("Pilots stall. [1]", " Payers wait. ", "Half a")
conversing = Conversing(assistant, ConversationStore(Path(sys.argv[1])))
turn = conversing.begin(None, "Why?")
print("asked", flush=True)
for event in conversing.answer(turn, Cancellation()):
    if getattr(event, "text", "") == sys.argv[2]:
        print("reached", flush=True)
        time.sleep(60)
"""


def killed(script: str, *arguments: str | Path, at: str, **variables: str) -> None:
    """Runs a script in a process of its own, and kills it when it prints a line."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)]), **variables}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        try:
            assert any(line.strip() == at for line in process.stdout)
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("reached", "kept"),
    [("Pilots stall. [1]", "Pilots stall."), ("Half a", "Pilots stall. [1] Payers wait.")],
)
def test_killed_amid_an_answer(tmp_path: Path, reached: str, kept: str) -> None:
    file = tmp_path / "own" / "conversations.sqlite"
    killed(_FAKE_ANSWER, file, reached, at="reached")
    with closing(ConversationStore(file)) as store:
        (conversation,) = store.conversations()
        (turn,) = store.turns(conversation.id)
        assert (turn.state, turn.text, turn.answer) == ("broken off", kept, None)
        assert store.begin(conversation.id, "Go on?").position == 1
    assert os.listdir(file.parent) == [file.name]


def test_killed_before_the_answer(tmp_path: Path) -> None:
    file = tmp_path / "conversations.sqlite"
    killed(_FAKE_ANSWER, file, "never", at="asked")
    with closing(ConversationStore(file)) as store:
        (conversation,) = store.conversations()
        assert conversation.title == "Why?"
        assert store.turns(conversation.id)[0].question == "Why?"


_REAL_ANSWER = """
import sys
from pathlib import Path
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.conversing import Conversing
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.conversations import ConversationStore

home, question = Path(sys.argv[1]), sys.argv[2]
conversing = Conversing(Assistant(home=home), ConversationStore(home / "conversations.sqlite"))
for event in conversing.answer(conversing.begin(None, question), Cancellation()):
    if "half" in getattr(event, "text", ""):
        print("reached", flush=True)
"""


@pytest.mark.slow
def test_killed_while_claude_answers(own_home: Path) -> None:
    with MessagesServer(STALLED) as server:
        key = {"ANTHROPIC_API_KEY": "sk-ant-test", "ANTHROPIC_BASE_URL": server.url}
        killed(_REAL_ANSWER, own_home, QUESTION, at="reached", **key)
    with closing(ConversationStore(own_home / locations.CONVERSATIONS)) as store:
        (conversation,) = store.conversations()
        (turn,) = store.turns(conversation.id)
    assert (turn.state, turn.text) == ("broken off", "A first sentence. [1] A second one.")
