"""Answers are saved as they come, and whatever ends them, nothing that came is lost."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from aidx_assistant.answers import AnswerText, Citation, Event, Finished, Phase
from aidx_assistant.assistant.conversing import Conversing
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.conversations import ConversationStore, Turn
from aidx_assistant.errors import ClaudeError, InterruptedByUserError, StorageError, UsageError
from tests.fakes.answers import FakeAssistant


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[ConversationStore]:
    with closing(ConversationStore(file)) as opened:
        yield opened


def asked(store: ConversationStore, assistant: FakeAssistant, conversation_id: str | None = None) -> Turn:
    """The turn that a question ends as."""
    conversing = Conversing(assistant, store)
    turn = conversing.begin(conversation_id, "Why?")
    for _ in conversing.answer(turn, Cancellation()):
        pass
    return now(store, turn)


def now(store: ConversationStore, turn: Turn) -> Turn:
    return store.turns(turn.conversation_id)[turn.position]


def test_events_are_passed_on_and_the_answer_is_kept(store: ConversationStore) -> None:
    conversing = Conversing(FakeAssistant("Pilots", " stall. [1]"), store)
    turn = conversing.begin(None, "Why?", segment="payer", source_id="index")
    events = list(conversing.answer(turn, Cancellation()))
    assert events[:3] == [Phase("searching"), AnswerText("Pilots"), AnswerText(" stall. [1]")]
    last = events[3]
    assert isinstance(last, Finished)
    found = now(store, turn)
    assert (found.state, found.answer) == ("answered", last.answer)


def test_the_answer_is_kept_before_it_is_given_out(store: ConversationStore) -> None:
    conversing = Conversing(FakeAssistant("Pilots stall. "), store)
    turn = conversing.begin(None, "Why?")
    for event in conversing.answer(turn, Cancellation()):
        if isinstance(event, AnswerText):
            assert now(store, turn).text == "Pilots stall."
        if isinstance(event, Finished):
            assert now(store, turn).answer == event.answer


@pytest.mark.parametrize(
    ("pieces", "kept"),
    [
        (["Pilots stall"], ""),
        (["Pilots stall."], ""),
        (["Pilots stall.", " "], "Pilots stall."),
        (["Pilots stall. [1]", " Payers", " wait"], "Pilots stall. [1]"),
        (["Pilots stall.", " ", "[", "1", "]", " Payers"], "Pilots stall. [1]"),
        (["Do they? Yes! 4.", "5 years in, “all” of"], "Do they? Yes!"),
        (["- Pilots\n- Pay", "ers"], "- Pilots\n"),
        (["They say “wait.”", "\nAnd"], "They say “wait.”\n"),
        (["**Stalled.** Payers"], "**Stalled.**"),
        (["One. Two. Three. Fo"], "One. Two. Three."),
    ],
)
def test_text_is_kept_up_to_the_last_finished_sentence(store: ConversationStore, pieces: list[str], kept: str) -> None:
    conversing = Conversing(FakeAssistant(*pieces), store)
    turn = conversing.begin(None, "Why?")
    for event in conversing.answer(turn, Cancellation()):
        if not isinstance(event, Finished):
            before_the_end = now(store, turn).text
    assert before_the_end == kept


def test_the_store_is_written_once_a_sentence(store: ConversationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = store.keep_text
    writes: list[str] = []

    def counted(turn_id: int, text: str, citations: Sequence[Citation]) -> None:
        writes.append(text)
        keep(turn_id, text, citations)

    monkeypatch.setattr(store, "keep_text", counted)
    words = [" word"] * 20 + ["."]
    asked(store, FakeAssistant(*words * 50))
    assert len(writes) == 49


def test_five_hundred_tokens_a_second(store: ConversationStore) -> None:
    began = time.process_time()
    asked(store, FakeAssistant(*(["A", " sentence", " of", " some", " words", "."] + [" "]) * 1500))
    assert time.process_time() - began < 10.0  # for what comes in 20 s


# Ends other than the answer


def test_a_fault_is_kept_with_what_had_come_and_raised(store: ConversationStore) -> None:
    def fail(text: str) -> None:
        if text == "c":
            raise ClaudeError("Claude cannot be reached.", "Try again.")

    conversing = Conversing(FakeAssistant("One. ", "b", "c", before_each=fail), store)
    turn = conversing.begin(None, "Why?")
    with pytest.raises(ClaudeError, match="reached"):
        list(conversing.answer(turn, Cancellation()))
    found = now(store, turn)
    assert (found.state, found.problem, found.hint) == ("failed", "Claude cannot be reached.", "Try again.")
    assert (found.text, found.answer) == ("One. b", None)


def test_an_unexpected_fault_is_kept_too(store: ConversationStore) -> None:
    def fail(text: str) -> None:
        raise ZeroDivisionError("by zero")

    conversing = Conversing(FakeAssistant("a", before_each=fail), store)
    turn = conversing.begin(None, "Why?")
    with pytest.raises(ZeroDivisionError):
        list(conversing.answer(turn, Cancellation()))
    found = now(store, turn)
    assert found.state == "failed"
    assert "ZeroDivisionError: by zero" in found.problem
    assert found.hint


def test_cancelled_with_something(store: ConversationStore) -> None:
    conversing, cancellation = Conversing(FakeAssistant("Pilots stall. ", "Payers wait. "), store), Cancellation()
    turn = conversing.begin(None, "Why?")
    for event in conversing.answer(turn, cancellation):
        if isinstance(event, AnswerText):
            cancellation.cancel()
    found = now(store, turn)
    assert found.state == "cancelled"
    assert found.answer
    assert (found.answer.text, found.answer.stopped_by_user) == ("Pilots stall. ", True)


def test_cancelled_when_all_had_come_it_is_answered(store: ConversationStore) -> None:
    class Complete(FakeAssistant):
        """Has its whole answer by the time it is cancelled."""

        def stream(self, question: str, **asked: Any) -> Generator[Event, None, None]:
            return super().stream(question, **{**asked, "cancellation": None})

    conversing, cancellation = Conversing(Complete("Pilots stall."), store), Cancellation()
    turn = conversing.begin(None, "Why?")
    for event in conversing.answer(turn, cancellation):
        if isinstance(event, AnswerText):
            cancellation.cancel()
    found = now(store, turn)
    assert found.answer and not found.answer.stopped_by_user
    assert found.state == "answered"


def test_cancelled_before_anything(store: ConversationStore) -> None:
    conversing, cancellation = Conversing(FakeAssistant("Pilots stall. "), store), Cancellation()
    turn = conversing.begin(None, "Why?")
    cancellation.cancel()
    with pytest.raises(InterruptedByUserError):
        list(conversing.answer(turn, cancellation))
    found = now(store, turn)
    assert (found.state, found.text, found.answer) == ("cancelled", "", None)


@pytest.mark.parametrize(("events_read", "text"), [(1, ""), (2, "Pilots stall. "), (3, "Pilots stall. Payers")])
def test_closed_early(store: ConversationStore, events_read: int, text: str) -> None:
    conversing, cancellation = Conversing(FakeAssistant("Pilots stall. ", "Payers", " wait. "), store), Cancellation()
    turn = conversing.begin(None, "Why?")
    answering = conversing.answer(turn, cancellation)
    for _ in range(events_read):
        next(answering)
    answering.close()
    found = now(store, turn)
    assert cancellation.cancelled
    assert (found.state, found.text) == ("cancelled", text)
    assert (found.answer.text if found.answer else "") == text


def test_closed_after_the_end(store: ConversationStore) -> None:
    conversing = Conversing(FakeAssistant("Pilots stall. "), store)
    turn = conversing.begin(None, "Why?")
    answering = conversing.answer(turn, Cancellation())
    for event in answering:
        if isinstance(event, Finished):
            answering.close()
    assert now(store, turn).state == "answered"


def test_an_interrupt_keeps_what_came(store: ConversationStore) -> None:
    conversing = Conversing(FakeAssistant("Pilots stall. ", "Payers wait. "), store)
    turn = conversing.begin(None, "Why?")
    answering = conversing.answer(turn, Cancellation())
    events = [next(answering), next(answering)]
    assert events[-1] == AnswerText("Pilots stall. ")
    with pytest.raises(KeyboardInterrupt):
        answering.throw(KeyboardInterrupt())
    found = now(store, turn)
    assert (found.state, found.text) == ("cancelled", "Pilots stall. ")


# A store that fails meanwhile


def test_a_store_that_fails_for_a_while_costs_nothing(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(turn_id: int, text: str, citations: Sequence[Citation]) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(store, "keep_text", fail)
    found = asked(store, FakeAssistant("Pilots stall. ", "Payers wait. "))
    assert (found.state, found.text) == ("answered", "Pilots stall. Payers wait. ")


def test_a_store_that_fails_is_told_after_the_answer(store: ConversationStore) -> None:
    conversing = Conversing(FakeAssistant("Pilots stall. ", "Payers wait. "), store)
    turn = conversing.begin(None, "Why?")
    events: list[Event] = []
    with pytest.raises(UsageError, match="deleted"):
        for event in conversing.answer(turn, Cancellation()):
            events.append(event)
            if len(events) == 2:
                store.delete(turn.conversation_id)
    assert isinstance(events[-1], Finished)
    assert events[-1].answer.text == "Pilots stall. Payers wait. "


# Follow-up questions


def test_the_questions_before_go_along_as_they_were_understood(store: ConversationStore) -> None:
    def fail(text: str) -> None:
        raise ClaudeError("No network.")

    first = asked(store, FakeAssistant("Pilots stall."))
    broken = FakeAssistant("Text.", before_each=fail)
    conversing = Conversing(broken, store)
    second = conversing.begin(first.conversation_id, "And for pharma?")
    with pytest.raises(ClaudeError):
        list(conversing.answer(second, Cancellation()))
    third = FakeAssistant("Pilots stall.")
    asked(store, third, first.conversation_id)
    assert broken.earlier == ("Why?",)
    assert third.earlier == ("Why?", "Why for pharma?")
