"""A brief is ended from another thread, or from the face that shows it, and what is finished is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from aidx_assistant.answers import AnswerText
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.briefs.composing import compose
from aidx_assistant.briefs.events import BriefEvent, BriefFinished, SectionBegun
from aidx_assistant.briefs.request import BriefRequest
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import InterruptedByUserError
from tests.fakes.brief_script import drafting
from tests.fakes.messages_script import Break, Reply, Text
from tests.fakes.messages_server import MessagesServer

SCRIBES = BriefRequest("buyer", "ambient scribes", "provider")
STALLING = Reply((Text("Slowly "), Text("it comes.")), broken=Break("stall", 1, seconds=20.0))


@pytest.fixture
def assistant(own_home: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    """Asks Claude, who stalls inside the third section."""
    monkeypatch.setenv("AIDX_HOME", str(own_home))
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
    with MessagesServer(drafting(Options=STALLING)) as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        with Assistant() as opened:
            yield opened


def kept(event: BriefEvent) -> list[str]:
    assert isinstance(event, BriefFinished)
    assert event.stopped_by_user and event.problem is None
    return [section.key for section in event.brief.sections if section.drafted]


def test_cancelling_keeps_the_finished_sections(assistant: Assistant) -> None:
    cancellation = Cancellation()
    events, section = [], ""
    for event in compose(assistant, SCRIBES, cancellation=cancellation):
        events.append(event)
        section = event.key if isinstance(event, SectionBegun) else section
        if section == "options" and isinstance(event, AnswerText):
            threading.Timer(0.05, cancellation.cancel).start()
    assert kept(events[-1]) == ["why-now", "evidence"]


def test_an_interrupt_thrown_in_keeps_the_finished_sections(assistant: Assistant) -> None:
    events = compose(assistant, SCRIBES)
    section = ""
    for event in events:
        section = event.key if isinstance(event, SectionBegun) else section
        if section == "options" and isinstance(event, AnswerText):
            break
    assert kept(events.throw(KeyboardInterrupt())) == ["why-now", "evidence"]


def test_what_is_cancelled_before_it_began_makes_nothing(assistant: Assistant) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(InterruptedByUserError):
        list(compose(assistant, SCRIBES, cancellation=cancellation))
