"""Deep questions: Claude's tools, their rounds and the budget, by the real SDK against the tests' Messages server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aidx_assistant.answering.history import History, exchange_of
from aidx_assistant.answers import Answer, AnswerText, Finished, Notice, Step, answer_as_json
from aidx_assistant.answers_read_back import answer_from_json
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.ledger import Ledger
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.cli.ask import exit_code
from aidx_assistant.errors import ClaudeError, InterruptedByUserError, SpendingLimitError, StorageError, UsageError
from aidx_assistant.library.store import Store
from aidx_assistant.settings import Settings, load_settings
from tests.fakes.messages_requests import place_of, search_results
from tests.fakes.messages_script import (
    Break,
    Cite,
    Received,
    Reply,
    Script,
    Text,
    Thinking,
    ToolUse,
    overloaded,
    unauthorised,
)
from tests.fakes.messages_server import MessagesServer
from tests.fakes.messages_tools import calling, findings, last_results, researching, search, slide, told

QUESTION = "How do large providers compare at getting pilots into production?"
KEY = "sk-ant-deep-secret-0123456789"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)


@pytest.fixture(scope="module")
def opened(home: Path) -> Iterator[Assistant]:
    """One library for all tests; each gives it settings of its own."""
    with Assistant(home=home) as assistant:
        yield assistant


def settings_for(server: MessagesServer, **settings: Any) -> Settings:
    return load_settings({"base_url": server.url, "max_retries": 1, "stream_timeout": 1.0, **settings})


def asked(server: MessagesServer, opened: Assistant, question: str = QUESTION, **settings: Any) -> Answer:
    """The answer to a deep question; what was shown meanwhile is what it holds."""
    opened.use(settings_for(server, **settings))
    events = list(opened.stream(question, deep=True))
    assert isinstance(events[-1], Finished)
    answer = events[-1].answer
    assert "".join(event.text for event in events if isinstance(event, AnswerText)).strip() == answer.text
    assert answer.steps == tuple(event for event in events if isinstance(event, Step))
    assert KEY not in str(events)
    return answer


def citing(received: Received, *parts: tuple[str, str]) -> Reply:
    """Says each text, citing the sentence that holds the words beside it."""
    return Reply(tuple(Text(text, (place_of(received, words),)) for text, words in parts))


def test_a_comparison_is_looked_up_side_by_side_and_cited_over_all_results(opened: Assistant) -> None:
    calls = (search("production", segment="provider"), search("jobs-to-be-done", segment="payer"))

    def answer(received: Received) -> Reply:
        return citing(
            received,
            ("Among large providers, 46% of proofs of concept go into production.", "46%"),
            (" Only 30% of completed proofs of concept have reached production overall.", "Only 30% of completed"),
        )

    with MessagesServer(calling(*calls, text="I look at both sides."), answer) as server:
        came = asked(server, opened)
        first, second = server.bodies
    assert came.answered and came.status == "complete"
    assert "both sides" not in came.text
    assert [citation.verified for citation in came.citations] == [True, True]
    assert came.checks.figures_unsupported == ()
    assert [step.tool for step in came.steps] == ["search_library", "search_library"]
    assert "payer" in came.steps[1].what and "passages" in came.steps[1].found
    assert [tool["name"] for tool in first["tools"]] == ["search_library", "list_findings", "open_slide"]
    assert first["messages"][0]["content"] == [{"type": "text", "text": QUESTION}]
    thought, said, *called = second["messages"][1]["content"]
    assert (thought["type"], thought["signature"], said["text"]) == (
        "thinking",
        "c2lnbmF0dXJl",
        "I look at both sides.",
    )
    results = second["messages"][2]["content"]
    assert [result["tool_use_id"] for result in results] == [call["id"] for call in called]
    assert answer_from_json(answer_as_json(came)) == came


def test_every_finding_of_a_topic_is_listed_and_each_can_be_cited(opened: Assistant) -> None:
    given: list[int] = []

    def answer(received: Received) -> Reply:
        results = search_results(received.body)
        given.append(len(results))
        return Reply(
            tuple(Text(f"{result['content'][0]['text']} ", (Cite(at, 0, 1),)) for at, result in enumerate(results))
        )

    with MessagesServer(calling(findings(topic="production")), answer) as server:
        came = asked(server, opened, "List every figure about production.")
    assert given[0] > 3
    assert len(came.citations) == given[0] and all(citation.verified for citation in came.citations)
    assert came.checks.figures_unsupported == ()


def test_three_slides_are_opened_one_after_the_other(opened: Assistant) -> None:
    scripts = researching((slide(8),), (slide("9"),), (slide(10), slide(8)))
    with MessagesServer(*scripts) as server:
        came = asked(server, opened, "What do slides 8, 9 and 10 show of pilots in production?")
        results = search_results(server.bodies[-1])
    assert [step.what for step in came.steps] == ["open slide 8", "open slide 9", "open slide 10", "open slide 8"]
    assert "all seen before" in came.steps[3].found
    assert len({result["source"] for result in results}) == len(results)
    assert came.answered and all(citation.verified for citation in came.citations)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (slide(99), "There is no slide 99; the last is 37."),
        pytest.param(slide("eight"), "must be a whole number", marks=pytest.mark.slow),
        (findings(topic="weather"), "“topic” cannot be “weather”. It is one of"),
        pytest.param(search(""), "query is empty", marks=pytest.mark.slow),
        pytest.param(search("pilots", segment="vet"), "It is one of provider", marks=pytest.mark.slow),
        (search("pilots", colour="red"), "not “colour”"),
        pytest.param(search(7), "must be text", marks=pytest.mark.slow),  # type: ignore[arg-type]
        (ToolUse("rm_rf", {}), "There is no tool “rm_rf”"),
        (ToolUse("search_library", '{"query": "pil'), "not a JSON object"),
        pytest.param(ToolUse("search_library", "[1]"), "not a JSON object", marks=pytest.mark.slow),
    ],
)
def test_a_call_that_cannot_be_run_is_told_to_claude(opened: Assistant, call: ToolUse, reason: str) -> None:
    heard: list[dict[str, Any]] = []

    def answer(received: Received) -> Reply:
        heard.extend(last_results(received))
        return citing(received, ("Among large providers, 46% of proofs of concept go into production.", "46%"))

    with MessagesServer(calling(call, search("large providers production")), answer) as server:
        came = asked(server, opened)
    failed, fine = heard
    assert failed["is_error"] is True and reason in told(failed)
    assert "is_error" not in fine
    assert [step.failed for step in came.steps] == [True, False]
    assert came.status == "complete" and came.answered


def test_a_library_that_fails_in_a_tool_is_told_too(opened: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    with MessagesServer(calling(slide(8)), lambda received: Reply((Text(told(last_results(received)[0])),))) as server:
        opened.use(settings_for(server))
        events = opened.stream(QUESTION, deep=True)
        next(events)

        def fails(store: Store, source_id: str) -> None:
            raise StorageError("The library cannot be read.")

        monkeypatch.setattr(Store, "passages_of", fails)
        steps = [event for event in events if isinstance(event, Step)]
    assert [(step.failed, step.found) for step in steps] == [(True, "The library cannot be read.")]


@pytest.mark.parametrize(
    ("settings", "named", "steps"),
    [
        ({"deep_steps": 3}, "3 look-ups (the setting deep_steps)", 3),
        ({"deep_tokens": 12_000}, "12,000 tokens (the setting deep_tokens)", None),
        ({"deep_cost": 0.12}, "$0.12 (the setting deep_cost)", None),
        ({"max_cost_per_question": 0.15}, "$0.15 (the setting max_cost_per_question)", None),
    ],
)
def test_a_loop_ends_with_the_budget_and_an_answer(
    opened: Assistant, settings: dict[str, Any], named: str, steps: int | None
) -> None:
    asked_again = iter(range(1000))

    def loops(received: Received) -> Reply:
        if received.body["tool_choice"] == {"type": "none"}:
            assert "cut short" in received.body["messages"][-1]["content"][-1]["text"]
            return citing(received, ("Among large providers, 46% of proofs of concept go into production.", "46%"))
        number = next(asked_again)
        return calling(search(f"large providers production {number}"), search(f"payers {number}"))

    with MessagesServer(loops) as server:
        came = asked(server, opened, **settings)
        body = server.bodies[-1]
    assert (came.answered, came.status) == (True, "cut")
    assert came.reason is not None and named in came.reason
    assert came.citations[0].verified
    assert body["tools"]
    assert came.usage is not None
    if steps:
        assert len(came.steps) == steps
        assert [result.get("is_error", False) for result in last_results(server.requests[-1])] == [False, True]
    if "deep_tokens" in settings:
        used = came.usage
        read = used.input_tokens + used.cache_read_input_tokens + used.cache_creation_input_tokens
        assert read + used.output_tokens <= settings["deep_tokens"]
    if limit := settings.get("deep_cost") or settings.get("max_cost_per_question"):
        assert came.usage.cost_usd is not None and came.usage.cost_usd <= limit


@pytest.mark.parametrize("limit", ["max_cost_per_question", "max_cost_per_month"])
def test_a_question_whose_answer_could_not_be_paid_is_not_begun(opened: Assistant, limit: str) -> None:
    with MessagesServer(calling(search("pilots"))) as server:
        with pytest.raises(SpendingLimitError, match=f"the answer that follows included .*{limit} allows") as raised:
            asked(server, opened, **{limit: 0.06})
        assert not server.bodies
    assert raised.value.exit_code == 2 and "this once" in raised.value.remedies


@pytest.mark.parametrize(("setting", "value"), [("deep_cost", 0.15), ("deep_tokens", 14_000)])
def test_a_budget_too_small_to_begin_with_is_refused(opened: Assistant, setting: str, value: float) -> None:
    with MessagesServer(calling(search("pilots"))) as server:
        with pytest.raises(UsageError, match=f"may need more than its budget of .*the setting {setting}"):
            asked(server, opened, max_answer_tokens=4_000, **{setting: value})
        assert not server.bodies


_SUBJECTS = ("budgets", "scribes", "drug discovery", "records", "startups", "survey", "slides", "governance")


@pytest.mark.parametrize(
    "limit",
    [
        {"deep_cost": 0.05, "max_answer_tokens": 500},
        {"max_cost_per_question": 0.05, "max_answer_tokens": 500},
        {"deep_tokens": 10_000, "max_answer_tokens": 2_200},
    ],
)
def test_what_is_looked_up_leaves_room_for_the_answer(opened: Assistant, limit: dict[str, float]) -> None:
    def greedy(received: Received) -> Reply:
        if received.body["tool_choice"] == {"type": "none"}:
            return citing(received, ("Among large providers, 46% of proofs of concept go into production.", "46%"))
        return calling(search("large providers production"), *map(search, _SUBJECTS))

    with MessagesServer(greedy) as server:
        came = asked(server, opened, **limit)
    assert (came.answered, came.status) == (True, "cut")
    assert any("left out: the budget has no room for more" in step.found for step in came.steps)
    assert came.usage is not None and came.usage.cost_usd is not None
    assert came.usage.cost_usd <= limit.get("deep_cost", limit.get("max_cost_per_question", 1.0))


@pytest.mark.parametrize(("left", "answered"), [(0.06, True), (0.0, False)])
def test_a_month_that_others_use_up_meanwhile_cuts_the_search_short(
    opened: Assistant, monkeypatch: pytest.MonkeyPatch, left: float, answered: bool
) -> None:
    spent = [0.0]
    monkeypatch.setattr(Ledger, "spent", lambda *_: spent[0])

    def script(received: Received) -> Reply:
        spent[0] = 5.0 - left
        if received.body["tool_choice"] == {"type": "none"}:
            return citing(received, ("Among large providers, 46% of proofs of concept go into production.", "46%"))
        return calling(search("large providers production"))

    with MessagesServer(script) as server:
        came = asked(server, opened, max_cost_per_month=5.0)
        turns = len(server.bodies)
    assert (came.answered, came.status, exit_code(came)) == (answered, "cut", 5)
    assert turns == 1 + answered and len(came.steps) == 1
    assert came.reason is not None and "the setting max_cost_per_month allows $5." in came.reason
    assert came.usage is not None and came.usage.cost_usd
    assert answered or (came.nearest and "could not be paid" in came.reason)


@pytest.mark.parametrize(("cost", "corrected"), [(0.5, True), (0.16, False)])
def test_an_answer_cut_by_its_budget_is_corrected_where_that_leaves_room(
    opened: Assistant, cost: float, corrected: bool
) -> None:
    def script(received: Received) -> Reply:
        if received.body["tool_choice"] != {"type": "none"}:
            return calling(search("large providers production"), thinking="What do I need? " * 500)
        figure = "46" if "64%" in str(received.body["messages"][-1]["content"][-1]) else "64"
        return citing(
            received, (f"Among large providers, {figure}% of proofs of concept go into production. " * 90, "46%")
        )

    with MessagesServer(script) as server:
        opened.use(settings_for(server, deep_steps=1, deep_cost=cost))
        events = list(opened.stream(QUESTION, deep=True))
    answer = opened_answer(iter(events))
    assert (answer.status, answer.corrected) == ("cut", corrected)
    assert answer.reason is not None and "cut short" in answer.reason
    assert bool(answer.checks.figures_unsupported) != corrected
    told = [event.text for event in events if isinstance(event, Notice)]
    assert corrected or "was not corrected: a correction may need more than is left of its budget of $0.16" in told[0]
    assert answer.usage is not None and answer.usage.cost_usd is not None and answer.usage.cost_usd <= cost


def test_a_wrong_figure_is_corrected_once_without_another_look_up(opened: Assistant) -> None:
    def wrong(received: Received) -> Reply:
        return citing(received, ("Among large providers, 64% of proofs of concept go into production.", "46%"))

    def right(received: Received) -> Reply:
        assert received.body["tool_choice"] == {"type": "none"}
        assert "64%" in received.body["messages"][-1]["content"][-1]["text"]
        return citing(received, ("Among large providers, 46% of proofs of concept go into production.", "46%"))

    with MessagesServer(calling(search("large providers production")), wrong, right) as server:
        opened.use(settings_for(server))
        answer = opened_answer(opened.stream(QUESTION, deep=True))
    assert answer.corrected and "46%" in answer.text and answer.checks.figures_unsupported == ()
    assert len(answer.steps) == 1
    assert answer.usage is not None and answer.usage.output_tokens > 40


def test_a_follow_up_has_the_conversation_before_it(opened: Assistant) -> None:
    with MessagesServer(*researching((search("large providers production"),))) as server:
        before = asked(server, opened)
    history = History((exchange_of(before),))
    understood = Reply((Text("How do payers compare at getting pilots into production?"),))
    rounds = researching((search("payers production"),), (slide(8),), (search("budgets"),))
    with MessagesServer(understood, *rounds) as server:
        opened.use(settings_for(server))
        answer = opened_answer(opened.stream("How do payers compare?", earlier=(QUESTION,), history=history, deep=True))
        messages = server.bodies[-1]["messages"]
    assert [block["type"] for block in messages[0]["content"]][-1] == "text"
    assert messages[1]["role"] == "assistant" and "46%" in str(messages[1]["content"])
    assert answer.answered and len(answer.steps) == 3
    assert all(citation.verified for citation in answer.citations)


def opened_answer(events: Iterator[Any]) -> Answer:
    """The answer that ends a stream."""
    *_, last = events
    assert isinstance(last, Finished)
    return last.answer


def test_a_reply_that_pauses_is_sent_back_as_it_came_and_goes_on(opened: Assistant) -> None:
    paused = Reply((Thinking("A long way."), Text("Still looking.")), stop_reason="pause_turn")
    with MessagesServer(paused, *researching((search("large providers production"),))) as server:
        came = asked(server, opened)
        bodies = server.bodies
    assert [message["role"] for message in bodies[1]["messages"]] == ["user", "assistant"]
    assert [block["type"] for block in bodies[1]["messages"][1]["content"]] == ["thinking", "text"]
    assert came.status == "complete" and came.steps


def test_a_reply_that_only_pauses_ends(opened: Assistant) -> None:
    with MessagesServer(Reply((Thinking("Hm."),), stop_reason="pause_turn")) as server:
        came = asked(server, opened)
        asked_for = len(server.bodies)
    assert (came.answered, came.status) == (False, "interrupted")
    assert asked_for < 12


def test_a_later_turn_reads_the_earlier_ones_from_the_cache(opened: Assistant) -> None:
    with MessagesServer(*researching((search("production"),), (search("budgets"),), (slide(8),))) as server:
        came = asked(server, opened)
    assert came.usage is not None
    assert came.usage.cache_read_input_tokens > came.usage.input_tokens


def slow(broken: Break) -> Any:
    return pytest.param(broken, marks=pytest.mark.slow)


QUICK = [Break("reset", at=2), Break("stall", at=2, seconds=3.0), Break("reset", at=4)]
SLOW = [
    Break("close", at=2), Break("end", at=2), Break("malformed", at=2), Break("error", at=2),
    Break("end", at=4, half_event=True),
]  # fmt: skip
"""After two deltas text has come, after four a part of the call."""


@pytest.mark.parametrize("broken", [*QUICK, *map(slow, SLOW)], ids=str)
def test_a_fault_in_a_tool_turn_is_tried_again_and_nothing_comes_twice(opened: Assistant, broken: Break) -> None:
    broken_turn = Reply(
        (Text("Let me look at more of it."), search("pilots")), stop_reason="tool_use", broken=broken
    )  # fmt: skip
    first, answer = researching((search("large providers production"),))
    with MessagesServer(first, broken_turn, answer) as server:
        came = asked(server, opened, stream_timeout=0.5)
    assert came.status == "complete" and came.answered
    assert len(came.steps) == 1
    assert "Let me look" not in came.text
    assert came.text.count("46%") == 1


@pytest.mark.parametrize("last", [overloaded(), unauthorised(), Reply(broken=Break("close", at="message_stop"))])
def test_what_was_looked_up_is_kept_where_a_turn_fails_for_good(opened: Assistant, last: Script) -> None:
    with MessagesServer(calling(search("large providers production")), last) as server:
        came = asked(server, opened, max_retries=0)
    assert (came.answered, came.status, len(came.steps)) == (False, "interrupted", 1)
    assert came.reason
    assert came.usage is not None and came.usage.output_tokens > 0


def test_an_answer_that_breaks_off_is_kept(opened: Assistant) -> None:
    def breaks_off(received: Received) -> Reply:
        whole = citing(received, ("Among large providers, 46% of proofs of concept go into production.", "46%"))
        return Reply(whole.content, broken=Break("reset", at=4))

    with MessagesServer(calling(search("large providers production")), breaks_off) as server:
        came = asked(server, opened)
    assert (came.status, came.answered, len(came.steps)) == ("interrupted", True, 1)
    assert came.text.startswith("Among large") and came.citations[0].verified


def test_a_first_turn_that_fails_is_an_error(opened: Assistant) -> None:
    with MessagesServer(unauthorised()) as server, pytest.raises(ClaudeError):
        asked(server, opened)


def test_cancelled_between_two_steps_the_first_is_kept(opened: Assistant) -> None:
    cancellation = Cancellation()
    with MessagesServer(calling(search("production"), search("budgets"))) as server:
        opened.use(settings_for(server))
        answer = None
        for event in opened.stream(QUESTION, deep=True, cancellation=cancellation):
            if isinstance(event, Step):
                cancellation.cancel()
            answer = event.answer if isinstance(event, Finished) else answer
        asked_for = len(server.bodies)
    assert answer is not None and asked_for == 1
    assert (answer.status, answer.stopped_by_user, len(answer.steps)) == ("interrupted", True, 1)


def test_ctrl_c_after_a_step_keeps_it(opened: Assistant) -> None:
    with MessagesServer(calling(search("production"), search("budgets"))) as server:
        opened.use(settings_for(server))
        events = opened.stream(QUESTION, deep=True)
        while not isinstance(next(events), Step):
            pass
        rest = [events.throw(KeyboardInterrupt), *events]
    finished = rest[-1]
    assert isinstance(finished, Finished)
    assert (finished.answer.stopped_by_user, len(finished.answer.steps)) == (True, 1)


def test_cancelled_before_anything_was_looked_up_there_is_no_answer(opened: Assistant) -> None:
    cancellation = Cancellation()
    with MessagesServer(Reply(broken=Break("stall", seconds=5.0))) as server:
        opened.use(settings_for(server, stream_timeout=5.0))
        events = opened.stream(QUESTION, deep=True, cancellation=cancellation)
        next(events), next(events)
        cancellation.cancel()
        with pytest.raises(InterruptedByUserError):
            list(events)


@pytest.mark.parametrize(
    ("settings", "named"), [({"offline": True}, "offline"), ({"citations": "markers"}, "citations is “markers”")]
)
def test_without_claude_there_are_no_deep_questions(opened: Assistant, settings: dict[str, Any], named: str) -> None:
    with MessagesServer() as server:
        with pytest.raises(UsageError, match=named):
            asked(server, opened, **settings)
        assert not server.requests


def test_the_filters_of_the_question_hold_in_every_tool(opened: Assistant) -> None:
    with MessagesServer(*researching((search("budgets", segment="pharma"), findings(), slide(8)))) as server:
        opened.use(settings_for(server))
        list(opened.stream("What is said of payer budgets?", segment="payer", deep=True))
        results = search_results(server.bodies[-1])
        segments = [opened.library.store.passage(result["source"]).segments for result in results]  # type: ignore[union-attr]
    assert results and all({"payer", "all"} & set(one) for one in segments[:8])
