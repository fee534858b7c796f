"""Asking in the app: typing, streaming, following a figure, cancelling, coming back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.locations import CONVERSATIONS
from aidx_assistant.tui.screens.ask import AskScreen
from aidx_assistant.tui.widgets.answer_body import AnswerBody
from aidx_assistant.tui.widgets.chip import Chip
from aidx_assistant.tui.widgets.evidence_panel import EvidencePanel
from aidx_assistant.tui.widgets.prompt import Prompt
from aidx_assistant.tui.widgets.turn_view import TurnView
from tests.fakes.messages_script import Break, Cite, Reply, Script, Text, overloaded, unauthorised
from tests.fakes.messages_server import MessagesServer
from tests.tui.driving import drive, shown, type_text, until

QUESTION = "How do large providers compare at getting pilots into production?"
LONG = (Text("Of the completed proofs of concept, 30% are in production.", (Cite(0, 0, 1),)), Text(" And more."))


async def ask(pilot: Pilot[None], question: str) -> None:
    await type_text(pilot, question)
    await pilot.press("enter")
    await until(pilot, lambda: bool(pilot.app.screen.query(TurnView)) and not last(pilot).running)


def last(pilot: Pilot[None]) -> TurnView:
    return list(pilot.app.screen.query(TurnView))[-1]


def panel(pilot: Pilot[None]) -> EvidencePanel:
    return pilot.app.screen.query_one(EvidencePanel)


def panel_text(pilot: Pilot[None]) -> str:
    return "\n".join(str(part.content) for part in panel(pilot).query(Static) if part.display)


def prompt(pilot: Pilot[None]) -> Prompt:
    return pilot.app.screen.query_one(Prompt)


def test_a_question_is_answered_with_citations_and_checks(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        seen = shown(pilot)
        assert "46%" in seen and "30%" in seen
        assert "citations verified 3 of 3 · figures supported 2 of 2" in seen
        assert "No model: quoted from the sources" in seen

    drive(own_home, story)


def test_the_panel_opens_on_the_cited_sentence_and_its_slide(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        await pilot.press("f8")
        await until(pilot, lambda: panel(pilot).display)
        first = panel(pilot).evidence
        assert "[1] Verified" in panel_text(pilot)
        assert "“Experimentation but not yet production” · shown beside slide 8 of 37" in panel_text(pilot)
        await pilot.press("right")
        await until(pilot, lambda: panel(pilot).evidence is not first)
        assert "[2] Verified" in panel_text(pilot)
        assert "Bessemer Venture Partners" in panel_text(pilot)
        assert "Slide8" in panel_text(pilot)
        await pilot.press("c")
        assert "slide 8" in pilot.app.clipboard or "Experimentation" in pilot.app.clipboard
        await pilot.press("escape")
        assert not panel(pilot).display
        assert prompt(pilot).has_focus

    drive(own_home, story)


def test_a_marker_is_clicked(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        body = last(pilot).body
        stop = body.stops[1]
        await pilot.click(body, offset=(stop.start + 1, stop.line))
        await until(pilot, lambda: panel(pilot).display)
        assert "[2] Verified" in panel_text(pilot)

    drive(own_home, story)


@pytest.mark.parametrize("size", [(80, 24), (50, 20), (200, 60)])
def test_it_fits_other_terminals(own_home: Path, size: tuple[int, int]) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        await pilot.press("f8")
        await until(pilot, lambda: panel(pilot).display)
        assert panel(pilot).region.width > 20
        assert last(pilot).body.region.width > 20
        assert pilot.app.screen.size == size

    drive(own_home, story, size)


def test_a_declined_question_points_to_the_nearest_passages(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, "What share of European hospitals use AI for radiology triage?")
        assert "The sources do not answer this." in shown(pilot)
        assert "Nearest in the library" in shown(pilot)
        await pilot.press("f8")
        await until(pilot, lambda: panel(pilot).display)

    drive(own_home, story)


def test_a_follow_up_carries_the_topic_over(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, "How many jobs are there for payers?")
        await ask(pilot, "and for pharma?")
        assert "Understood as: How many jobs are there for pharma?" in shown(pilot)

    drive(own_home, story)


def test_history_new_lines_and_chips(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, "How many slides are there?")
        await ask(pilot, "Who was surveyed?")
        await type_text(pilot, "one")
        await pilot.press("ctrl+j")
        await type_text(pilot, "two")
        assert prompt(pilot).text == "one\ntwo"
        await pilot.press("up", "up", "up")
        assert prompt(pilot).text == "How many slides are there?"
        await pilot.press("down", "down")
        assert prompt(pilot).text == "one\ntwo"
        chip = pilot.app.screen.query_one("#segment", Chip)
        await pilot.click(chip)
        assert chip.value == "provider"
        chip.focus()
        await pilot.press("left")
        assert chip.value is None
        source = pilot.app.screen.query_one("#source", Chip)
        source.focus()
        await pilot.press("enter")
        assert source.value == "healthcare-ai-adoption-index"

    drive(own_home, story)


def test_a_suggested_question_is_asked_by_a_key(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: pilot.app.screen.query_one(OptionList).option_count > 0)
        pilot.app.screen.query_one(OptionList).focus()
        await pilot.press("home", "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(TurnView)) and not last(pilot).running)
        answer = last(pilot).answer
        assert answer is not None and answer.answered

    drive(own_home, story)


def test_a_question_typed_before_all_is_ready_waits_and_says_so(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, "Who was surveyed?")
        await pilot.press("enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(TurnView)))
        await until(pilot, lambda: not last(pilot).running)
        answer = last(pilot).answer
        assert answer is not None and answer.answered

    drive(own_home, story, wait_until_ready=False)


# With Claude


def claude(monkeypatch: pytest.MonkeyPatch, server: MessagesServer) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)


def told_with(home: Path, monkeypatch: pytest.MonkeyPatch, story: object, *scripts: Script) -> None:
    with MessagesServer(*scripts) as server:
        claude(monkeypatch, server)
        drive(home, story)  # type: ignore[arg-type]


def test_claude_streams_and_is_checked(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        assert "claude-" in shown(pilot)
        assert "tokens in" in shown(pilot)
        await pilot.press("f8")
        await until(pilot, lambda: panel(pilot).display)
        assert "Verified" in panel_text(pilot)

    told_with(own_home, monkeypatch, story)


def test_an_unsupported_figure_is_marked_and_its_panel_says_what_the_source_says(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        assert "77% [unsupported]" in shown(pilot)
        await pilot.press("f8")
        await until(pilot, lambda: panel(pilot).display)
        assert "Unsupported figure: Some 77%" in panel_text(pilot)

    wrong = Reply((Text("Some 77% of all pilots end in production.", (Cite(0, 0, 1),)),))
    told_with(own_home, monkeypatch, story, wrong)


def test_escape_cancels_keeps_what_came_and_gives_the_question_back(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, QUESTION)
        await pilot.press("enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(AnswerBody)) and "proofs" in shown(pilot))
        await pilot.press("escape")
        assert prompt(pilot).text == QUESTION
        assert prompt(pilot).has_focus
        await until(pilot, lambda: last(pilot).answer is not None)
        assert "Cancelled" in shown(pilot)
        assert "Of the completed proofs" in shown(pilot)

    told_with(own_home, monkeypatch, story, Reply(LONG, broken=Break("stall", 3, seconds=20.0)))


def test_an_error_appears_where_the_answer_would_be(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        assert "ANTHROPIC_API_KEY" in shown(pilot)
        assert prompt(pilot).text == QUESTION

    told_with(own_home, monkeypatch, story, unauthorised())


def test_a_retry_is_told(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, QUESTION)
        await pilot.press("enter")
        await until(pilot, lambda: "Trying again" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: not last(pilot).running)

    told_with(own_home, monkeypatch, story, overloaded())


def test_the_conversation_is_there_when_the_app_is_gone(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, "Who was surveyed?")
        screen = pilot.app.screen
        assert isinstance(screen, AskScreen)
        before = last(pilot).body._lines(80)
        turns = screen.session.conversations.turns(screen.session.conversation_id or "")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: not pilot.app.screen.query(TurnView))
        screen.show_conversation(screen.session.conversation_id, turns)
        await until(pilot, lambda: bool(pilot.app.screen.query(TurnView)))
        assert last(pilot).body._lines(80) == before

    drive(own_home, story)
    store = ConversationStore(own_home / CONVERSATIONS)
    kept = store.conversations()
    assert [conversation.title for conversation in kept] == ["Who was surveyed?"]
    store.close()
