"""A library whose index is not complete: questions are answered, it is said, and the index is completed meanwhile."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from aidx_assistant.cancellation import Cancellation
from aidx_assistant.library.library import Library, SyncReport
from aidx_assistant.library.progress import Progress
from aidx_assistant.tui.app import AidxApp
from aidx_assistant.tui.session import Session
from tests.conftest import the_embedder
from tests.fakes.answers import an_answer
from tests.fakes.backlogs import bring_unindexed
from tests.tui.asking import ask, kept, last, reopen
from tests.tui.driving import drive, shown, until

TOLD = "59 passages were searched by words only, not by meaning: the search index is not complete yet."


def test_an_answer_says_what_was_searched_by_words_only(own_home: Path) -> None:
    conversation = kept(own_home, an_answer(by_words_only=59))

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, conversation)
        assert TOLD in " ".join(shown(pilot).split())

    drive(own_home, story)


@pytest.fixture
def behind(own_home: Path, tmp_path: Path) -> Path:
    """A home with 60 passages that are not indexed."""
    with closing(Library(own_home, the_embedder)) as library:
        bring_unindexed(library, tmp_path / "brought", 60)
    return own_home


@pytest.fixture
def released(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Nothing is synced before this is set."""
    event, sync = threading.Event(), Library.sync

    def held(library: Library, corpus: Path) -> SyncReport:
        library._progress.advance("indexing passages", 0, 60)
        while not event.wait(0.01):
            library._progress.wait()
        return sync(library, corpus)

    monkeypatch.setattr(Library, "sync", held)
    return event


def session_of(pilot: Pilot[None]) -> Session:
    assert isinstance(pilot.app, AidxApp)
    return pilot.app.session


@pytest.mark.slow
def test_questions_are_answered_while_the_index_is_completed(behind: Path, released: threading.Event) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "indexing 0 of 60" in shown(pilot))
        await ask(pilot, "Which share of the hospitals lets a delivery robot carry the linen?")
        answer = last(pilot).answer
        assert answer is not None and "37% of the hospitals" in answer.text
        assert TOLD in " ".join(shown(pilot).split())
        assert session_of(pilot).assistant.readable().library.is_behind
        released.set()
        await until(pilot, lambda: not session_of(pilot).assistant.readable().library.is_behind)
        await ask(pilot, "Which share of the hospitals lets a delivery robot carry the linen?")
        answer = last(pilot).answer
        assert answer is not None and answer.by_words_only == 0

    drive(behind, story)


def test_what_the_user_brings_in_comes_before_it(behind: Path, released: threading.Event) -> None:
    async def story(pilot: Pilot[None]) -> None:
        session = session_of(pilot)
        await until(pilot, lambda: "indexing 0 of 60" in shown(pilot))
        begun = threading.Event()

        def bring_in() -> None:
            with session.assistant.at_work(Progress(), Cancellation()):
                begun.set()

        thread = threading.Thread(target=bring_in)
        thread.start()
        await until(pilot, begun.is_set)
        thread.join()
        assert not released.is_set() and session.assistant.readable().library.is_behind
        released.set()

    drive(behind, story)


def test_the_app_does_not_wait_for_it_to_end(behind: Path, released: threading.Event) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "indexing 0 of 60" in shown(pilot))
        await pilot.press("ctrl+q")

    drive(behind, story)
    assert not released.is_set()
