"""However the app ends while an answer streams, the conversation is there up to the last finished sentence."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from aidx_assistant.conversations.conversation import Turn
from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library
from aidx_assistant.library.records import Import
from aidx_assistant.library.store import Store
from aidx_assistant.locations import CONVERSATIONS, LIBRARY
from aidx_assistant.reading.corpus import read_source
from tests.fakes.messages_script import Text, flowing
from tests.fakes.messages_server import MessagesServer
from tests.fakes.sources import write_source
from tests.fakes.terminal import ALTERNATE_SCREEN, CURSOR, Terminal, aidx_on_terminal

QUESTION = "Why do so few pilots reach production?"
SENTENCE = "Of the completed proofs of concept, 30% have gone on to production, and the rest have not."
ANSWER = flowing(4000, 200)
WHOLE = sum(len(piece.text) for piece in ANSWER.content if isinstance(piece, Text))
"""Characters of the answer that streams."""


@pytest.fixture
def streaming(own_home: Path) -> Iterator[Terminal]:
    """The app in the midst of a long answer."""
    with (
        MessagesServer(ANSWER) as server,
        aidx_on_terminal(own_home, ANTHROPIC_API_KEY="sk-test", ANTHROPIC_BASE_URL=server.url) as terminal,
    ):
        terminal.wait_for("claude-opus")
        terminal.write(QUESTION + "\r")
        # A sentence counts as whole, and is kept, once another one follows.
        terminal.wait_for(lambda: " ".join(terminal.screen.text.split()).count("Of the completed") >= 2)
        yield terminal


def kept(home: Path) -> Turn:
    store = ConversationStore(home / CONVERSATIONS)
    (conversation,) = store.conversations()
    (turn,) = store.turns(conversation.id)
    store.close()
    return turn


@pytest.mark.slow
def test_killed(streaming: Terminal, own_home: Path) -> None:
    streaming.process.kill()
    streaming.process.wait()
    turn = kept(own_home)
    assert turn.question == QUESTION
    assert turn.state == "broken off"
    assert SENTENCE in turn.text


@pytest.mark.slow
def test_disconnected(streaming: Terminal, own_home: Path) -> None:
    streaming.hang_up()
    streaming.process.wait(60)
    assert SENTENCE in kept(own_home).text


@pytest.mark.slow
def test_terminated_it_leaves_the_terminal_in_order(streaming: Terminal, own_home: Path) -> None:
    streaming.process.send_signal(signal.SIGTERM)
    streaming.wait_for_end()
    assert ALTERNATE_SCREEN not in streaming.screen.modes
    assert CURSOR in streaming.screen.modes
    assert streaming.attributes_restored()
    assert b"Traceback" not in streaming.output
    assert SENTENCE in kept(own_home).text


@pytest.mark.slow
def test_quit_it_does_not_wait_for_the_rest_of_an_answer(streaming: Terminal, own_home: Path) -> None:
    streaming.write("\x11")  # Ctrl+Q
    assert streaming.wait_for_end() == 0
    turn = kept(own_home)
    assert turn.state == "cancelled"
    assert SENTENCE in turn.text
    assert len(turn.text) < WHOLE / 2


def test_quit_it_does_not_wait_for_the_library(own_home: Path, tmp_path: Path) -> None:
    sentences = [[f"Ward {number} tries {number + 3} tools of its own this year."] for number in range(600)]
    with closing(Library(own_home, MiniLmEmbedder)) as library:
        brought = read_source(write_source(tmp_path / "brought", "mine", sentences))
        library.add_import(brought, Import("mine", "/mine.md", "a" * 64, "clip", "2026-11-26T12:00:00Z", (), ()), b"s")
    with aidx_on_terminal(own_home) as terminal:
        terminal.wait_for("indexing ")
        terminal.write("\x11")
        assert terminal.wait_for_end() == 0
    with closing(Store(own_home / LIBRARY)) as store:
        assert store.passages_to_index()


@pytest.mark.slow
def test_started_again_it_is_all_there(own_home: Path) -> None:
    with aidx_on_terminal(own_home, size=(120, 36)) as terminal:
        terminal.wait_for("no model")
        terminal.write("How do large providers compare at getting pilots into production?\r")
        terminal.wait_for("figures supported 2 of 2")
        terminal.write("\x1b[19~")  # F8
        terminal.wait_for("[1] Verified")
        terminal.write("\x1b[C")
        terminal.wait_for("[2] Verified")
        terminal.wait_for("slide 8 of 37")
        terminal.write("c")
        terminal.wait_for(lambda: b"\x1b]52;c;" in terminal.output)
        terminal.write("\x1b")
        terminal.wait_for("Ask the sources")
        terminal.read_for(0.3)
        terminal.write("and for pharma?\r")
        terminal.wait_for("Understood as")
        terminal.write("\x11")  # Ctrl+Q
        assert terminal.wait_for_end() == 0
    with aidx_on_terminal(own_home, size=(120, 36)) as terminal:
        terminal.wait_for("no model")
        terminal.write("\x1b[17~")  # F6
        terminal.wait_for("2 questions")
        terminal.write("\r")
        terminal.wait_for("figures supported 2 of 2")
        terminal.wait_for("Understood as")
