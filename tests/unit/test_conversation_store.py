"""Conversations are kept as they go, and a file of them that is not in order is left as it is."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from aidx_assistant.conversations import ConversationStore, Turn
from aidx_assistant.errors import AidxError, UsageError
from tests.fakes.answers import an_answer, with_a_fault

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "conversations.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[ConversationStore]:
    with closing(ConversationStore(file)) as opened:
        yield opened


def only_turn(store: ConversationStore, turn: Turn) -> Turn:
    (found,) = store.turns(turn.conversation_id)
    return found


def titles(store: ConversationStore, matching: str = "") -> list[str]:
    return [conversation.title for conversation in store.conversations(matching)]


# Asking and answering


def test_a_question_is_there_before_its_answer(store: ConversationStore) -> None:
    turn = store.begin(None, "What stalls\npilots?", "payer", "index")
    assert only_turn(store, turn) == turn
    assert (turn.position, turn.question, turn.state, turn.text) == (0, "What stalls\npilots?", "asked", "")
    assert (turn.segment, turn.source_id) == ("payer", "index")
    assert store.conversation(turn.conversation_id).turn_count == 1


def test_turns_follow_one_another(store: ConversationStore) -> None:
    first = store.begin(None, "What stalls pilots?")
    second = store.begin(first.conversation_id, "And for pharma?")
    assert (second.position, second.conversation_id) == (1, first.conversation_id)
    assert [turn.question for turn in store.turns(first.conversation_id)] == ["What stalls pilots?", "And for pharma?"]


@pytest.mark.parametrize("stopped", [False, True])
def test_an_answer_comes_back_as_it_was(file: Path, stopped: bool) -> None:
    answer = replace(with_a_fault(), stopped_by_user=stopped)
    with closing(ConversationStore(file)) as store:
        turn = store.begin(None, "Why?")
        store.keep_text(turn.id, "99%")
        store.finish(turn.id, answer)
    with closing(ConversationStore(file)) as store:
        found = only_turn(store, turn)
    assert found.answer == answer
    assert found.text == answer.text
    assert found.state == ("cancelled" if stopped else "answered")


def test_failed_and_cancelled_turns(store: ConversationStore) -> None:
    failed, cancelled = store.begin(None, "First?"), store.begin(None, "Second?")
    store.keep_text(failed.id, "What had come.")
    store.fail(failed.id, AidxError("Claude cannot be reached.", "Try again."))
    store.cancel(cancelled.id)
    found = only_turn(store, failed)
    assert (found.state, found.problem, found.hint) == ("failed", "Claude cannot be reached.", "Try again.")
    assert (found.text, found.answer) == ("What had come.", None)
    assert only_turn(store, cancelled).state == "cancelled"


def test_questions_before_a_turn_as_they_were_understood(store: ConversationStore) -> None:
    first = store.begin(None, "What stalls pilots?")
    store.finish(first.id, an_answer(question_understood="What stalls pilots? (for payers)"))
    store.fail(store.begin(first.conversation_id, "And why?").id, AidxError("No network."))
    third = store.begin(first.conversation_id, "And for pharma?")
    before = [(item.question, item.understood) for item in store.questions_before(third)]
    assert before == [("What stalls pilots?", "What stalls pilots? (for payers)"), ("And why?", None)]


@pytest.mark.parametrize("question", ["", " \n"])
def test_an_empty_question_begins_nothing(store: ConversationStore, question: str) -> None:
    with pytest.raises(UsageError):
        store.begin(None, question)
    assert store.conversations() == ()


def test_half_a_character_is_no_reason_to_lose_the_rest(store: ConversationStore) -> None:
    turn = store.begin(None, "Why \ud800?")
    store.keep_text(turn.id, "So \udfff.")
    store.finish(turn.id, an_answer("So \udfff."))
    found = only_turn(store, turn)
    assert (found.question, found.text) == ("Why ??", "So ?.")
    assert found.answer == an_answer("So \udfff.")


# Titles


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What stalls pilots?", "What stalls pilots?"),
        ("  What\tstalls\n\npilots?\x1b ", "What stalls pilots?"),
        (
            "What holds back " + "very " * 60 + "long pilots?",
            "What holds back " + " ".join(["very"] * 36) + "…",
        ),
        ("x" * 500, "x" * 199 + "…"),
    ],
)
def test_the_title_is_the_first_words_of_the_question(store: ConversationStore, question: str, title: str) -> None:
    turn = store.begin(None, question)
    assert store.conversation(turn.conversation_id).title == title
    assert only_turn(store, turn).question == question


def test_renaming(store: ConversationStore) -> None:
    turn = store.begin(None, "What stalls pilots?")
    store.rename(turn.conversation_id, "  Pilots,\n stalled ")
    assert titles(store) == ["Pilots, stalled"]
    for title in ("", " \n ", "x" * 201):
        with pytest.raises(UsageError):
            store.rename(turn.conversation_id, title)
    assert titles(store) == ["Pilots, stalled"]


# Listing and deleting


def test_the_newest_comes_first(store: ConversationStore) -> None:
    first, second = store.begin(None, "First?"), store.begin(None, "Second?")
    assert titles(store) == ["Second?", "First?"]
    store.begin(first.conversation_id, "Once more?")
    assert titles(store) == ["First?", "Second?"]
    store.rename(second.conversation_id, "Renamed")
    assert titles(store) == ["First?", "Renamed"]


@pytest.mark.parametrize(
    ("matching", "found"),
    [
        ("30%", ["Share of 30%?"]),
        ("%", ["Share of 30%?"]),
        ("_", ["A snake_case name?"]),
        ("'", ["The report's “quoted” words?"]),
        ('"', ["Double quotes?"]),
        ("“QUOTED” w", ["The report's “quoted” words?"]),
        ("ÜBERBLICK", ["Double quotes?"]),
        ("\\", []),
        ("*", []),
        ("  snake ", ["A snake_case name?"]),
        ("nowhere", []),
    ],
)
def test_search_takes_every_character_for_itself(store: ConversationStore, matching: str, found: list[str]) -> None:
    for question in ("Share of 30%?", "A snake_case name?", "The report's “quoted” words?", "Double quotes?"):
        turn = store.begin(None, question)
    store.finish(turn.id, an_answer('They say "Überblick". [1]'))
    assert titles(store, matching) == found


def test_search_looks_into_later_questions_and_titles(store: ConversationStore) -> None:
    turn = store.begin(None, "What stalls pilots?")
    store.begin(turn.conversation_id, "And for pharma?")
    store.rename(turn.conversation_id, "For the board")
    (found,) = store.conversations("PHARMA")
    assert (found.title, found.turn_count) == ("For the board", 2)
    assert store.conversations("the BOARD") == (found,)


def test_deleting_takes_the_turns_along(store: ConversationStore, file: Path) -> None:
    kept, gone = store.begin(None, "Kept?"), store.begin(None, "Gone?")
    store.delete(gone.conversation_id)
    assert titles(store) == ["Kept?"]
    assert store.conversations("gone") == ()
    for use_of_it in (
        lambda: store.conversation(gone.conversation_id),
        lambda: store.turns(gone.conversation_id),
        lambda: store.rename(gone.conversation_id, "Title"),
        lambda: store.delete(gone.conversation_id),
        lambda: store.begin(gone.conversation_id, "More?"),
        lambda: store.keep_text(gone.id, "Text."),
        lambda: store.finish(gone.id, an_answer()),
        lambda: store.fail(gone.id, AidxError("Problem.")),
        lambda: store.cancel(gone.id),
    ):
        with pytest.raises(UsageError, match="no such conversation|been deleted"):
            use_of_it()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT id FROM turns").fetchall() == [(kept.id,)]
    assert store.begin(None, "Next?").id > gone.id


# Several threads and processes


def test_one_thread_reads_while_another_writes(store: ConversationStore) -> None:
    turn = store.begin(None, "Why?")
    sentences = [f"Sentence {number}. " for number in range(200)]

    def write() -> None:
        for count in range(1, len(sentences) + 1):
            store.keep_text(turn.id, "".join(sentences[:count]))

    writer = threading.Thread(target=write)
    writer.start()
    seen = [len(only_turn(store, turn).text) for _ in range(200) if store.conversations("why")]
    writer.join()
    assert seen == sorted(seen)
    assert only_turn(store, turn).text == "".join(sentences)


_WRITER = """
import sys
from pathlib import Path
from aidx_assistant.conversations import ConversationStore
store = ConversationStore(Path(sys.argv[1]))
shared, name = sys.argv[2:]
for number in range(20):
    turn = store.begin(shared, f"{name} {number}?")
    store.keep_text(turn.id, "A sentence.")
    store.cancel(turn.id)
store.begin(None, f"Own of {name}?")
store.close()
"""


def child(script: str, *arguments: str | Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)])}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_two_processes_write_at_once(store: ConversationStore, file: Path) -> None:
    shared = store.begin(None, "Shared?").conversation_id
    children = [child(_WRITER, file, shared, name) for name in ("one", "two")]
    assert [process.wait(60) for process in children] == [0, 0]
    for process in children:
        process.communicate()
    turns = store.turns(shared)
    assert [turn.position for turn in turns] == list(range(41))
    for name in ("one", "two"):
        own = [turn.question for turn in turns if turn.question.startswith(name)]
        assert own == [f"{name} {number}?" for number in range(20)]
    assert sorted(titles(store, "own of")) == ["Own of one?", "Own of two?"]


_OPENER = """
import sys, time
from pathlib import Path
from aidx_assistant.conversations import ConversationStore
time.sleep(max(0, float(sys.argv[2]) - time.time()))
store = ConversationStore(Path(sys.argv[1]))
store.begin(None, "Why?")
store.close()
"""


def test_several_processes_make_the_file_at_once(file: Path) -> None:
    children = [child(_OPENER, file, str(time.time() + 1)) for _ in range(4)]
    assert [process.wait(60) for process in children] == [0] * 4
    for process in children:
        process.communicate()
    with closing(ConversationStore(file)) as store:
        assert titles(store) == ["Why?"] * 4


def test_what_another_process_still_answers_is_not_broken_off(store: ConversationStore, file: Path) -> None:
    turn = store.begin(None, "Why?")
    with closing(ConversationStore(file)) as other:
        assert only_turn(other, turn).state == "asked"
        store.close()
        assert only_turn(other, turn).state == "broken off"
    assert os.listdir(file.parent) == [file.name]
