"""The screen of saved conversations: finding, opening again, renaming, exporting, deleting."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from aidx_assistant.conversations.conversation import Conversation
from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.locations import CONVERSATIONS
from aidx_assistant.tui.screens.ask import AskScreen
from aidx_assistant.tui.screens.conversations import ConversationsScreen
from aidx_assistant.tui.screens.dialogs import AskText, Confirm
from aidx_assistant.tui.screens.saving import file_name, path_problem
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.conversation_finder import ConversationFinder
from aidx_assistant.tui.widgets.conversation_list import ConversationList, when
from aidx_assistant.tui.widgets.conversation_view import ConversationView
from aidx_assistant.tui.widgets.search_line import SearchLine
from aidx_assistant.tui.widgets.turn_view import TurnView
from tests.fakes.answers import an_answer
from tests.fakes.messages_script import Break, Reply, Text
from tests.fakes.messages_server import MessagesServer
from tests.tui.driving import SIZES, Story, drive, shown, type_text, until


@pytest.fixture
def store(own_home: Path) -> Iterator[ConversationStore]:
    with closing(ConversationStore(own_home / CONVERSATIONS)) as opened:
        yield opened


def keep(store: ConversationStore, *questions: str) -> str:
    """A conversation of answered questions; its id."""
    conversation_id = None
    for question in questions:
        turn = store.begin(conversation_id, question)
        conversation_id = turn.conversation_id
        store.finish(turn.id, an_answer(question=question))
    assert conversation_id is not None
    return conversation_id


def on_conversations(home: Path, story: Story, size: tuple[int, int] = (120, 36)) -> None:
    async def told(pilot: Pilot[None]) -> None:
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConversationsScreen))
        await until(pilot, lambda: "Opening the conv" not in shown(pilot))
        await story(pilot)

    drive(home, told, size)


def session(pilot: Pilot[None]) -> Session:
    opened: Session = pilot.app.session  # type: ignore[attr-defined]
    return opened


def listed(pilot: Pilot[None]) -> ConversationList:
    return pilot.app.screen.query_one(ConversationList)


def notified(pilot: Pilot[None]) -> str:
    """What the app told beside its screens."""
    return " ".join(f"{told.title} {told.message}" for told in pilot.app._notifications)


async def dialog(pilot: Pilot[None], kind: type[AskText] | type[Confirm]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and bool(pilot.app.screen.focused))


async def back(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, ConversationsScreen))


async def type_over(pilot: Pilot[None], text: str) -> None:
    pilot.app.screen.query_one(Input).value = ""
    await type_text(pilot, text)


def test_conversations_are_listed_newest_first(own_home: Path, store: ConversationStore) -> None:
    keep(store, "What stalls pilots?", "And for pharma?")
    keep(store, "Who [b]pays[/b]?")

    async def story(pilot: Pilot[None]) -> None:
        seen = shown(pilot)
        assert seen.index("Who [b]pays[/b]?") < seen.index("What stalls pilots?")
        assert "today" in seen and "2 questions" in seen and "1 question" in seen

    on_conversations(own_home, story)


@pytest.mark.slow
def test_the_list_follows_what_is_typed(own_home: Path, store: ConversationStore) -> None:
    keep(store, "What stalls pilots?", "And for pharma?")
    keep(store, "Who pays?")

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("slash")
        await type_text(pilot, "PHARMA")
        await until(pilot, lambda: "Who pays?" not in shown(pilot))
        assert "What stalls pilots?" in shown(pilot)
        await type_text(pilot, "xyz")
        await until(pilot, lambda: "Nothing holds “PHARMAxyz”" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "Who pays?" in shown(pilot))
        assert listed(pilot).has_focus
        await pilot.press("slash")
        await type_text(pilot, "who")
        await until(pilot, lambda: "pilots" not in shown(pilot))
        await pilot.press("down")
        assert listed(pilot).has_focus

    on_conversations(own_home, story)


def test_a_conversation_is_opened_as_it_was_shown(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, "How do large providers compare at getting pilots into production?")
        await pilot.press("enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(TurnView)))
        view = pilot.app.screen.query_one(TurnView)
        await until(pilot, lambda: view.answer is not None)
        first, lines = view.answer, view.body._lines(100)
        await pilot.press("ctrl+n", "f6")
        await until(pilot, lambda: "How do large providers" in shown(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen) and bool(pilot.app.screen.query(TurnView)))
        again = pilot.app.screen.query_one(TurnView)
        assert again is not view
        assert again.answer == first and again.body._lines(100) == lines
        assert session(pilot).conversation_id == session(pilot).conversations.conversations()[0].id

    drive(own_home, story)


def test_a_click_chooses_and_a_double_click_opens(own_home: Path, store: ConversationStore) -> None:
    keep(store, "What stalls pilots?")
    keep(store, "Who pays?")

    async def story(pilot: Pilot[None]) -> None:
        await pilot.click(ConversationList, offset=(4, 3))
        assert listed(pilot).highlighted == 1
        assert isinstance(pilot.app.screen, ConversationsScreen)
        await pilot.click(ConversationList, offset=(4, 3), times=2)
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen) and bool(pilot.app.screen.query(TurnView)))
        assert pilot.app.screen.query_one(TurnView).question == "What stalls pilots?"

    on_conversations(own_home, story)


@pytest.mark.slow
def test_a_conversation_is_renamed(own_home: Path, store: ConversationStore) -> None:
    keep(store, "What stalls pilots?")

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("r")
        await dialog(pilot, AskText)
        await type_over(pilot, "")
        await pilot.press("enter")
        assert "Type a title." in shown(pilot)
        await type_text(pilot, "Pilots")
        await pilot.press("enter")
        await back(pilot)
        await until(pilot, lambda: "Pilots" in shown(pilot) and "stalls" not in shown(pilot))
        await pilot.press("r")
        await dialog(pilot, AskText)
        pilot.app.screen.query_one(Input).value = "x" * 201
        await pilot.press("enter")
        await back(pilot)
        await until(pilot, lambda: "at most 200 fit" in notified(pilot))

    on_conversations(own_home, story)


def test_a_conversation_is_deleted_only_when_that_is_confirmed(own_home: Path, store: ConversationStore) -> None:
    keep(store, "What stalls pilots?", "And for pharma?")

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("d")
        await dialog(pilot, Confirm)
        assert "Its 2 questions and their answers" in shown(pilot)
        await pilot.press("enter")
        await back(pilot)
        assert store.conversations()
        await pilot.press("d")
        await dialog(pilot, Confirm)
        await pilot.click("#yes")
        await back(pilot)
        await until(pilot, lambda: "No conversation is saved yet" in shown(pilot))
        assert "Delete" not in shown(pilot)
        assert not store.conversations()

    on_conversations(own_home, story)


@pytest.mark.slow
def test_a_deleted_conversation_leaves_the_ask_screen(own_home: Path, store: ConversationStore) -> None:
    keep(store, "What stalls pilots?")

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen) and bool(pilot.app.screen.query(TurnView)))
        await pilot.press("f6")
        await back(pilot)
        await pilot.press("d")
        await dialog(pilot, Confirm)
        await pilot.press("y")
        await back(pilot)
        await until(pilot, lambda: session(pilot).conversation_id is None)
        await pilot.press("f2")
        await until(pilot, lambda: not pilot.app.screen.query(TurnView))

    on_conversations(own_home, story)


def test_what_is_being_answered_is_not_deleted(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        session(pilot).conversations.begin(None, "What stalls pilots?")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "What stalls" in shown(pilot))
        await pilot.press("d")
        await until(pilot, lambda: "It is being answered." in notified(pilot))
        assert isinstance(pilot.app.screen, ConversationsScreen)

    on_conversations(own_home, story)


@pytest.mark.slow
def test_opening_another_conversation_asks_before_it_cancels(
    own_home: Path, store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, "What stalls pilots?")

    async def story(pilot: Pilot[None]) -> None:
        ask = pilot.app.screen
        await type_text(pilot, "Who pays?")
        await pilot.press("enter")
        await until(pilot, lambda: bool(ask.query(TurnView)) and "30%" in shown(pilot))
        coming = ask.query_one(TurnView)
        for answer, still_coming in (("n", True), ("y", False)):
            await pilot.press("f6")
            await until(pilot, lambda: "What stalls" in shown(pilot))
            listed(pilot).highlighted = 1
            await pilot.press("enter")
            await dialog(pilot, Confirm)
            assert "Cancel it" in shown(pilot)
            await pilot.press(answer)
            await until(pilot, lambda: pilot.app.screen is ask)
            await until(pilot, lambda kept=still_coming: coming.running is kept)  # type: ignore[misc]
        await until(pilot, lambda: ask.query_one(TurnView).question == "What stalls pilots?")
        await until(pilot, lambda: store.turns(store.conversations("pays")[0].id)[0].state == "cancelled")

    stalling = Reply(
        (Text("Of the pilots, 30% are in production."), Text(" More.")), broken=Break("stall", 3, seconds=6.0)
    )
    with MessagesServer(stalling) as server:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        drive(own_home, story)


def test_a_conversation_is_exported(
    own_home: Path, store: ConversationStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keep(store, "What stalls pilots?")

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("x")
        await dialog(pilot, AskText)
        assert pilot.app.screen.query_one(Input).value == str(tmp_path / "what-stalls-pilots.md")
        await pilot.press("enter")
        await until(pilot, (tmp_path / "what-stalls-pilots.md").exists)
        assert "“Pilots stall.”" in (tmp_path / "what-stalls-pilots.md").read_text()
        await until(pilot, lambda: "Saved as" in notified(pilot))

    on_conversations(own_home, story)


@pytest.mark.slow
def test_an_export_overwrites_only_what_it_may(
    own_home: Path, store: ConversationStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keep(store, "What stalls pilots?")
    there = tmp_path / "there.md"
    there.write_text("mine")

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("x")
        await dialog(pilot, AskText)
        await type_over(pilot, "there.md")
        await pilot.press("enter")
        await dialog(pilot, Confirm)
        assert "exists already" in shown(pilot)
        await pilot.press("n")
        await dialog(pilot, AskText)
        assert there.read_text() == "mine"
        await pilot.press("enter")
        await dialog(pilot, Confirm)
        await pilot.press("y")
        await back(pilot)
        await until(pilot, lambda: "What stalls pilots?" in there.read_text())

    on_conversations(own_home, story)


def test_an_export_that_cannot_be_written_says_why(
    own_home: Path, store: ConversationStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keep(store, "What stalls pilots?")

    def full(file: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("aidx_assistant.atomic.write_bytes", full)

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("x")
        await dialog(pilot, AskText)
        await pilot.press("enter")
        await until(pilot, lambda: "cannot be written: No space left on device." in told_by_dialog(pilot))
        await pilot.click("#cancel")
        await back(pilot)
        assert list(tmp_path.glob("*.md")) == []

    on_conversations(own_home, story)


def told_by_dialog(pilot: Pilot[None]) -> str:
    return " ".join(str(line.content) for line in pilot.app.screen.query(".problem").results(Static))


def test_paths_are_looked_at_before_they_are_taken(tmp_path: Path) -> None:
    assert path_problem(" ") == "Type the path of a file."
    assert path_problem(str(tmp_path)) == f"{tmp_path} is a folder: add the name of a file."
    assert path_problem(str(tmp_path / "none" / "a.md")) == f"There is no folder {tmp_path / 'none'}."
    assert path_problem(str(tmp_path / ("a" * 400 + ".md"))) is not None
    assert path_problem(str(tmp_path / "a.md")) is None
    assert path_problem("~nobody-of-that-name/a.md") is not None


def test_titles_become_names_of_files() -> None:
    assert file_name("Who pays, and why?", ".md") == "who-pays-and-why.md"
    assert file_name("../../etc", ".md") == "etc.md"
    assert file_name("?!", ".md") == "untitled.md"
    assert len(file_name("word " * 60, ".md")) <= 83


def test_moments_are_said_in_local_time() -> None:
    now = datetime(2026, 3, 2, 10, 0, tzinfo=timezone(timedelta(hours=2)))
    assert when("2026-03-02T05:07:00Z", now) == "today 07:07"
    assert when("2026-03-01T21:59:00Z", now) == "yesterday 23:59"
    assert when("2026-01-05T12:00:00Z", now) == "5 January 14:00"
    assert when("2024-12-31T23:00:00Z", now) == "1 January 2025 01:00"


def test_a_new_conversation_is_begun(own_home: Path, store: ConversationStore) -> None:
    keep(store, "What stalls pilots?")

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen))
        assert session(pilot).conversation_id is None

    on_conversations(own_home, story)


def test_a_list_that_comes_late_is_not_shown(
    own_home: Path, store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, "Who was surveyed?")
    looking, lists = ConversationStore.conversations, iter([()])

    def slowly(opened: ConversationStore, matching: str = "") -> tuple[Conversation, ...]:
        for late in lists:
            time.sleep(0.5)
            return late
        return looking(opened, matching)

    async def story(pilot: Pilot[None]) -> None:
        monkeypatch.setattr(ConversationStore, "conversations", slowly)
        finder = pilot.app.screen.query_one(ConversationFinder)
        finder.look()
        await pilot.pause(0.1)
        finder.look()
        await pilot.pause(0.8)
        assert listed(pilot).option_count == 1 and listed(pilot).display

    on_conversations(own_home, story)


def test_where_nothing_is_saved_it_says_so(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert "No conversation is saved yet. Press F2 and ask a question" in shown(pilot)
        assert "Rename" not in shown(pilot)
        await pilot.press("r", "x", "d")
        assert isinstance(pilot.app.screen, ConversationsScreen)

    on_conversations(own_home, story)


def test_a_damaged_file_is_said(own_home: Path) -> None:
    (own_home / CONVERSATIONS).write_bytes(b"no database " * 400)

    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "Press Ctrl+R to try again." in shown(pilot))
        (own_home / CONVERSATIONS).unlink()
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "No conversation is saved yet" in shown(pilot))

    on_conversations(own_home, story)


@pytest.mark.parametrize("size", SIZES)
def test_it_fits_other_terminals(own_home: Path, store: ConversationStore, size: tuple[int, int]) -> None:
    for number in range(30):
        keep(store, f"Question {number}?")

    async def story(pilot: Pilot[None]) -> None:
        assert listed(pilot).size.height >= size[1] - 6
        assert pilot.app.screen.query_one(SearchLine).size.width >= size[0] - 4
        await pilot.press("end")
        await until(pilot, lambda: "Question 0?" in shown(pilot))

    on_conversations(own_home, story, size)


def test_a_title_takes_the_width_there_is_and_one_line(own_home: Path, store: ConversationStore) -> None:
    question = "What holds back " + "very " * 25 + "long pilots?"
    store.begin(None, question)

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f6")
        await until(pilot, lambda: question in shown(pilot))
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: "What holds back very very" in shown(pilot) and "long pilots" not in shown(pilot))
        lines = shown(pilot).splitlines()
        place = next(place for place, line in enumerate(lines) if "What holds back" in line)
        assert "…" in lines[place] and "1 question" in lines[place + 1]

    drive(own_home, story, (200, 36))


def test_a_conversation_opens_at_its_end(own_home: Path, store: ConversationStore) -> None:
    keep(store, *(f"Question number {number}?" for number in range(1, 13)))

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen))
        view = pilot.app.screen.query_one(ConversationView)
        await until(pilot, lambda: view.max_scroll_y > 0)
        await pilot.pause(0.5)
        assert view.is_vertical_scroll_end
        assert "Question number 12?" in shown(pilot)

    on_conversations(own_home, story)
