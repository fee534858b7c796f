"""Ctrl-C ends a question at once, wherever it is."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest

from aidx_assistant.claude.messages import Claude, MessageEnded, TextDelta
from tests.fakes.messages_client import a_request, connection_to, heard
from tests.fakes.messages_script import Break, Cite, Reply, Text, overloaded
from tests.fakes.messages_server import MessagesServer

LONG = (Text("Of the pilots, thirty percent are in production.", (Cite(0, 0, 1),)), Text(" And more."))


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Where the tests were started in the background, SIGINT may be ignored."""
    if threading.current_thread() is not threading.main_thread():
        pytest.skip("signals reach the main thread only, and the tests run in another")
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="signals cannot be sent to a thread here")
def test_an_interrupt_passes_through_and_hangs_up(interruptible: None) -> None:
    with MessagesServer(Reply(LONG, broken=Break("stall", 2, seconds=3.0))) as server:
        claude = Claude(connection_to(server.url, stream_timeout=5.0))

        def interrupt() -> None:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

        received = []
        timer = threading.Timer(0.1, interrupt)
        with pytest.raises(KeyboardInterrupt):
            for event in claude.stream(a_request()):
                received.append(event)
                if isinstance(event, TextDelta) and not timer.is_alive():
                    timer.start()
        timer.join()
        assert server.hung_up.wait(1.0)
        claude.close()

    # The stall is longer than the test waits for the hang-up: the interrupt ended it.
    assert not any(isinstance(event, MessageEnded) for event in received)


def test_an_interrupt_ends_the_pause_between_tries() -> None:
    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    with MessagesServer(overloaded()) as server:
        claude = Claude(connection_to(server.url), sleep=interrupted)
        with pytest.raises(KeyboardInterrupt):
            heard(claude.stream(a_request()))
        claude.close()
