"""Asking in the app: typing, streaming, following a figure, cancelling, coming back."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.conversations.conversation import Turn
from aidx_assistant.conversations.store import ConversationStore
from aidx_assistant.locations import CONVERSATIONS
from aidx_assistant.tui.widgets.answer_body import AnswerBody
from aidx_assistant.tui.widgets.chip import Chip
from aidx_assistant.tui.widgets.turn_view import TurnView
from tests.fakes.messages_script import Break, Cite, Reply, Text, rate_limited, unauthorised
from tests.fakes.messages_tools import researching, search, slide
from tests.tui.asking import (
    QUESTION,
    ask,
    ask_screen,
    last,
    panel,
    panel_text,
    press_at_once,
    prompt,
    reopen,
    told_with,
)
from tests.tui.driving import SIZES, drive, shown, told_in_passing, type_text, until

LONG = (Text("Of the completed proofs of concept, 30% are in production.", (Cite(0, 0, 1),)), Text(" And more."))


def test_a_question_is_answered_with_citations_and_checks(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        seen = shown(pilot)
        assert "46%" in seen and "30%" in seen
        assert re.search(r"citations verified ([2-9]) of \1 · figures supported 2 of 2", seen)
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
        (region,) = body.stops[1].regions
        await pilot.click(body, offset=(region.x + 1, region.y))
        await until(pilot, lambda: panel(pilot).display)
        assert "[2] Verified" in panel_text(pilot)

    drive(own_home, story)


@pytest.mark.parametrize("size", [(50, 20), *SIZES])
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
        beginnings = re.findall(r"\): “([^…]+)…”", " ".join(shown(pilot).split()))
        assert len(set(beginnings)) == len(beginnings) == 2  # of two passages of one section
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


def test_a_question_typed_before_all_is_ready_waits_and_says_so(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, opened = threading.Event(), Assistant.open

    def held(assistant: Assistant) -> None:
        released.wait(60)
        opened(assistant)

    monkeypatch.setattr(Assistant, "open", held)

    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, "Who was surveyed?")
        await pilot.press("enter")
        await until(pilot, lambda: "Your question waits until the library is ready." in shown(pilot))
        released.set()
        await until(pilot, lambda: not last(pilot).running)
        assert "Your question waits" not in shown(pilot)
        answer = last(pilot).answer
        assert answer is not None and answer.answered

    drive(own_home, story, wait_until_ready=False)


def test_what_is_asked_of_is_chosen_by_chips(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        source = pilot.app.screen.query_one("#source", Chip)
        await until(pilot, lambda: len(source._values) > 1)
        await pilot.click("#segment")
        await pilot.click(source)
        prompt(pilot).focus()
        await ask(pilot, "How many jobs are there?")
        session = ask_screen(pilot).session
        (turn,) = session.conversations.turns(session.conversation_id or "")
        assert (turn.segment, turn.source_id) == ("provider", "healthcare-ai-adoption-index")
        answer = last(pilot).answer
        assert answer is not None and "provider" in answer.question_understood
        assert {citation.source_id for citation in answer.citations} <= {"healthcare-ai-adoption-index"}

    drive(own_home, story)


def test_several_lines_are_pasted(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        pilot.app.post_message(events.Paste("Who was surveyed?\nAnd how many?\n"))
        await until(pilot, lambda: prompt(pilot).text == "Who was surveyed?\nAnd how many?\n")
        assert not pilot.app.screen.query(TurnView)
        await pilot.press("enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(TurnView)) and not last(pilot).running)
        assert last(pilot).question == "Who was surveyed?\nAnd how many?"

    drive(own_home, story)


# Cancelling at once, and walking the history


def test_a_question_cancelled_at_once_is_back_in_the_prompt(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, QUESTION)
        screen = ask_screen(pilot)
        await press_at_once(pilot, ["enter", "escape"])
        await until(pilot, lambda: screen.prompt.text == QUESTION)
        conversations = screen.session.conversations
        await until(pilot, lambda: bool(conversations.conversations()))
        (conversation,) = conversations.conversations()
        await until(pilot, lambda: conversations.turns(conversation.id)[0].state == "cancelled")
        assert conversations.turns(conversation.id)[0].question == QUESTION

    drive(own_home, story)


def test_asked_again_at_once_it_is_one_conversation(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = ConversationStore.begin

    def slowly(*asked: Any) -> Turn:
        time.sleep(0.5)
        return begin(*asked)

    monkeypatch.setattr(ConversationStore, "begin", slowly)

    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, QUESTION)
        await press_at_once(pilot, ["enter", "escape"])
        await press_at_once(pilot, ["enter"])
        await until(pilot, lambda: len(pilot.app.screen.query(TurnView)) == 2 and not last(pilot).running)
        (conversation,) = ask_screen(pilot).session.conversations.conversations()
        assert conversation.turn_count == 2

    drive(own_home, story)


def test_up_in_a_question_of_several_lines_stays_in_it(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, "Who was surveyed?")
        long = "word " * 40
        await type_text(pilot, long)
        assert prompt(pilot).wrapped_document.height > 2
        await pilot.press("up")
        assert prompt(pilot).text == long
        await pilot.press("up", "up")
        assert prompt(pilot).text == "Who was surveyed?"

    drive(own_home, story, (80, 24))


def test_the_history_lasts_and_what_is_changed_in_it_is_not_lost(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: pilot.app.screen.query_one(OptionList).option_count > 0)
        suggested = str(pilot.app.screen.query_one(OptionList).get_option_at_index(0).prompt)
        pilot.app.screen.query_one(OptionList).focus()
        await pilot.press("home", "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(TurnView)) and not last(pilot).running)
        prompt(pilot).focus()
        await ask(pilot, "Who was surveyed?")
        await pilot.press("ctrl+n", "up")
        assert prompt(pilot).text == "Who was surveyed?"
        await type_text(pilot, " When?")
        await pilot.press("up")
        assert prompt(pilot).text == suggested
        await pilot.press("down")
        assert prompt(pilot).text == "Who was surveyed? When?"
        await pilot.press("down")
        assert prompt(pilot).text == ""

    drive(own_home, story)


# Conversations that are opened again


def test_what_is_answered_elsewhere_says_so(own_home: Path) -> None:
    elsewhere = ConversationStore(own_home / CONVERSATIONS)
    turn = elsewhere.begin(None, "Why?")

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, turn.conversation_id)
        await until(pilot, lambda: "Not finished when this was opened" in shown(pilot))
        elsewhere.keep_text(turn.id, "Because.")
        await reopen(pilot, turn.conversation_id)
        await until(pilot, lambda: "Because." in shown(pilot))
        assert "This is what had come." in shown(pilot)

    drive(own_home, story)
    elsewhere.close()


# With Claude


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
        assert "Cancelled. The question is back in the prompt" in shown(pilot)
        await until(pilot, lambda: last(pilot).answer is not None)
        assert "Cancelled" in shown(pilot)
        assert "Of the completed proofs" in shown(pilot)
        assert "tokens in" in shown(pilot)
        await reopen(pilot, ask_screen(pilot).session.conversation_id or "")
        await until(pilot, lambda: "Cancelled." in shown(pilot) and "tokens in" in shown(pilot))
        assert "back in the prompt" not in shown(pilot)

    told_with(own_home, monkeypatch, story, Reply(LONG, broken=Break("stall", 3, seconds=6.0)))


def test_cancelled_while_something_else_is_typed_that_stays(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, QUESTION)
        await pilot.press("enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(AnswerBody)) and "proofs" in shown(pilot))
        await type_text(pilot, "Something else")
        await pilot.press("escape")
        assert prompt(pilot).text == "Something else"
        assert "Cancelled." in shown(pilot)
        assert "back in the prompt" not in shown(pilot)

    told_with(own_home, monkeypatch, story, Reply(LONG, broken=Break("stall", 3, seconds=6.0)))


@pytest.mark.slow
def test_the_phases_are_shown_by_name(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, QUESTION)
        await pilot.press("enter")
        await until(pilot, lambda: "Asking Claude …" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: not last(pilot).running)

    told_with(own_home, monkeypatch, story, Reply(LONG, first_byte_after=5.0))


def test_an_error_appears_where_the_answer_would_be(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, QUESTION)
        seen = " ".join(shown(pilot).split())
        assert "F7: look at the API key, or F7: switch Offline on" in seen
        assert "--offline" not in seen and "ANTHROPIC_API_KEY" not in seen
        assert prompt(pilot).text == QUESTION
        await reopen(pilot, ask_screen(pilot).session.conversation_id or "")
        await until(pilot, lambda: "F7: look at the API key" in shown(pilot))
        assert "--offline" not in shown(pilot)

    told_with(own_home, monkeypatch, story, unauthorised())


def test_a_retry_is_told_and_counted_down_to(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def left(pilot: Pilot[None]) -> int:
        told = re.search(r"Trying again in (\d+) s\.", " ".join(shown(pilot).split()))
        return int(told[1]) if told else 0

    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, QUESTION)
        await pilot.press("enter")
        await until(pilot, lambda: left(pilot) > 0)
        first = left(pilot)
        await until(pilot, lambda: 0 < left(pilot) < first <= 20)
        await pilot.press("escape")
        await until(pilot, lambda: not last(pilot).running)

    told_with(own_home, monkeypatch, story, rate_limited("20"))


def test_the_conversation_is_there_when_the_app_is_gone(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, "Who was surveyed?")
        screen = ask_screen(pilot)
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


def test_without_claude_the_key_for_deep_questions_says_what_they_need(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert "Deep" not in shown(pilot).splitlines()[-1]
        await type_text(pilot, QUESTION)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "F7: enter an API key, or Enter asks it" in told_in_passing(pilot))
        assert ask_screen(pilot).prompt.text == QUESTION and not pilot.app.screen.query(TurnView)
        ask_screen(pilot).session.save_setting("offline", True)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "not asked offline. F7: switch Offline off" in told_in_passing(pilot))

    drive(own_home, story)


def test_a_deep_question_shows_each_step_and_keeps_them(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = researching((search("large providers production", segment="provider"), slide(99)))

    async def story(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "Deep" in shown(pilot))
        await type_text(pilot, QUESTION)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: bool(pilot.app.screen.query(TurnView)) and not last(pilot).running)
        seen = shown(pilot)
        assert "· search “large providers production” · provider: 10 passages" in seen
        assert "· open slide 99: There is no slide 99; the last is 37." in seen
        assert "46%" in seen
        conversation = ask_screen(pilot).session.conversation_id
        assert conversation is not None
        await reopen(pilot, conversation)
        assert "open slide 99" in shown(pilot)

    told_with(own_home, monkeypatch, story, *scripts)
