"""What Claude may cost, and what it took: limits before anything is sent, an account after."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from aidx_assistant import locations
from aidx_assistant.answering.history import Exchange, History
from aidx_assistant.answers import AnswerText, Finished, Usage
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.ledger import Ledger, this_month
from aidx_assistant.assistant.spending import Spending
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.messages import Claude
from aidx_assistant.claude.usage import usage_in_words
from aidx_assistant.cli.app import run
from aidx_assistant.errors import ClaudeError, SpendingLimitError
from aidx_assistant.settings import load_settings
from tests.fakes.messages_client import a_request, connection_to
from tests.fakes.messages_honest import honest
from tests.fakes.messages_script import Break, Cite, Failure, Piece, Reply, Text, Thinking, ToolUse, overloaded
from tests.fakes.messages_server import MessagesServer, closed_port

QUESTION = "How do large providers compare at getting pilots into production?"
COUNTING, ASKING = "/v1/messages/count_tokens", "/v1/messages"
ANSWER = Reply((Text("Of the pilots, 30% are in production.", (Cite(0, 0, 1),)),))


@pytest.fixture(scope="module")
def opened(home: Path) -> Iterator[Assistant]:
    """One library for all tests; each gives it settings of its own."""
    with Assistant(home=home) as assistant:
        yield assistant


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-spending")


def spending(folder: Path, **settings: Any) -> Spending:
    return Spending(folder, lambda: load_settings(settings))


def asked(account: Spending, url: str, work: Cancellation | None = None, **request: Any) -> None:
    claude = Claude(connection_to(url), account=account, sleep=lambda _: None)
    try:
        list(claude.stream(a_request(**request), work))
    finally:
        claude.close()


def paths(server: MessagesServer) -> list[str]:
    return [request.path for request in server.requests]


def test_what_could_cost_more_than_a_question_may_is_counted_and_not_sent(opened: Assistant) -> None:
    with MessagesServer() as server:
        opened.use(load_settings({"base_url": server.url, "max_cost_per_question": 0.02}))
        with pytest.raises(SpendingLimitError) as raised:
            opened.ask(QUESTION)
        assert paths(server) == [COUNTING]
    assert "by Claude's count" in raised.value.title
    assert "the setting max_cost_per_question allows $0.02." in raised.value.title
    assert raised.value.exit_code == 2
    assert "this once" in raised.value.remedies


def test_within_the_limits_it_is_sent(opened: Assistant) -> None:
    with MessagesServer() as server:
        opened.use(load_settings({"base_url": server.url, "max_cost_per_question": 1.0, "max_cost_per_month": 9.0}))
        assert opened.ask(QUESTION).answered
        assert paths(server) == [COUNTING, ASKING]


def test_a_correction_that_may_follow_counts_before_anything_is_sent(opened: Assistant) -> None:
    with MessagesServer(honest()) as server:
        limited = {"base_url": server.url, "max_cost_per_question": 0.15}  # the answer alone costs less at most
        opened.use(load_settings(limited))
        with pytest.raises(SpendingLimitError, match="a correction included"):
            opened.ask(QUESTION)
        assert not server.bodies
        opened.use(load_settings({**limited, "repair": False}))
        assert opened.ask(QUESTION).answered


def test_what_finds_out_what_a_question_means_is_not_paid_for_an_answer_that_cannot_be(opened: Assistant) -> None:
    history = History((Exchange(QUESTION, "46% of them do."),))
    with MessagesServer(honest()) as server:
        opened.use(load_settings({"base_url": server.url, "max_cost_per_question": 0.1}))
        with pytest.raises(SpendingLimitError, match=r"in all \(about 1\d,\d{3} tokens in by estimate\)"):
            list(opened.stream("Why is that?", earlier=(QUESTION,), history=history))
        assert not server.requests


def test_the_user_may_go_beyond_for_one_question(opened: Assistant) -> None:
    with MessagesServer() as server:
        opened.use(load_settings({"base_url": server.url, "max_cost_per_question": 0.02}))
        agreed = Cancellation()
        opened.spending.lift(agreed)
        assert any(isinstance(event, AnswerText) for event in opened.stream(QUESTION, cancellation=agreed))
        with pytest.raises(SpendingLimitError):
            opened.ask(QUESTION)


def test_all_requests_of_one_question_count_together(tmp_path: Path) -> None:
    account, work = spending(tmp_path, max_cost_per_question=0.0112), Cancellation()
    with MessagesServer(ANSWER) as server:
        asked(account, server.url, work)
        with pytest.raises(SpendingLimitError, match="already spent"):
            asked(account, server.url, work)
        asked(account, server.url)
        assert paths(server).count(ASKING) == 2


def test_a_try_more_is_held_to_what_the_first_one_left(tmp_path: Path) -> None:
    account = spending(tmp_path, max_cost_per_question=0.0112)
    with MessagesServer(Reply((Thinking("Hm."),), broken=Break("close", 1))) as server:
        with pytest.raises(SpendingLimitError, match="already spent"):
            asked(account, server.url)
        assert paths(server) == [COUNTING, ASKING]


def test_what_other_processes_spent_this_month_counts(tmp_path: Path) -> None:
    with MessagesServer(ANSWER) as server:
        asked(spending(tmp_path, max_cost_per_month=5.0), server.url)
        Ledger(tmp_path).note("another's", "claude-opus-5-5", Usage(0, 0, cost_usd=4.99))
        with pytest.raises(SpendingLimitError, match=rf"in {this_month()}; the setting .*_month allows \$5\."):
            asked(spending(tmp_path, max_cost_per_month=5.0), server.url)


def test_without_a_count_an_estimate_stands_in(tmp_path: Path) -> None:
    with pytest.raises(SpendingLimitError, match="by estimate"):
        asked(spending(tmp_path, max_cost_per_question=0.001), closed_port())


def test_a_limit_that_cannot_be_kept_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    account = spending(tmp_path, max_cost_per_month=5.0)
    with MessagesServer(ANSWER) as server:
        with pytest.raises(SpendingLimitError, match="price of claude-opus-4-8 is not known") as raised:
            asked(account, server.url, model="claude-opus-4-8")
        assert not server.requests
    assert raised.value.remedies == ("price", "no limit", "this once")


def test_a_model_of_this_machine_costs_nothing(tmp_path: Path) -> None:
    with MessagesServer(ANSWER) as server:
        settings = load_settings({"base_url": server.url, "model": "smollm2-135m", "max_cost_per_question": 0.01})
        asked(Spending(tmp_path, lambda: settings), server.url, model="smollm2-135m")
    [day] = Ledger(tmp_path).by_day({})
    assert (day.model, day.usage.cost_usd) == ("smollm2-135m", None)


def test_the_account_is_what_the_api_says_it_used(tmp_path: Path) -> None:
    with MessagesServer(ANSWER) as server:
        for _ in range(2):
            asked(spending(tmp_path), server.url)
        assert paths(server) == [ASKING] * 2  # nothing is counted where there is no limit
    [day] = Ledger(tmp_path).by_day({}, this_month())
    used = day.usage
    assert (day.replies, day.model) == (2, "claude-opus-5-5")
    assert used.cache_read_input_tokens == used.cache_creation_input_tokens > 0
    per_token = (used.input_tokens + 1.25 * used.cache_creation_input_tokens + 0.1 * used.cache_read_input_tokens) * 4
    assert used.cost_usd == pytest.approx((per_token + 20 * used.output_tokens) / 1e6)


@pytest.mark.parametrize(
    ("scripts", "replies"),
    [
        ((Reply(ANSWER.content, broken=Break("close", 1)),), 1),
        ((overloaded(), ANSWER), 1),
        ((Failure(401, "authentication_error", "no"),), 0),
    ],
    ids=["broken off", "the second try", "refused"],
)
def test_every_try_that_took_tokens_counts_once(tmp_path: Path, scripts: tuple[Any, ...], replies: int) -> None:
    with MessagesServer(*scripts) as server:
        try:
            asked(spending(tmp_path), server.url)
        except ClaudeError:
            assert not replies
    assert sum(day.replies for day in Ledger(tmp_path).by_day({})) == replies
    assert (tmp_path / locations.USAGE).exists() == bool(replies)


LONG = "Of the pilots, thirty percent are in production, and the rest of them are not. " * 5


@pytest.mark.parametrize(
    ("piece", "deltas"),
    [(Text(LONG), 30), (Thinking(LONG), 30), (ToolUse("search_library", {"query": LONG}), 30), (Text(LONG), 0)],
    ids=["text", "thinking", "arguments", "nothing yet"],
)
def test_what_came_of_a_reply_that_broke_off_is_counted_by_estimate(tmp_path: Path, piece: Piece, deltas: int) -> None:
    with MessagesServer(Reply((piece,), broken=Break("close", deltas))) as server:
        with contextlib.suppress(ClaudeError):
            asked(spending(tmp_path), server.url)
    days = Ledger(tmp_path).by_day({})
    assert all(day.replies == day.estimated for day in days) or not deltas
    for day in days:
        came = day.replies * 12 * deltas / 4  # the server sends twelve characters at a time
        assert 0.6 * came <= day.usage.output_tokens <= 1.6 * came + 1
        assert day.usage.output_is_estimated == bool(deltas)


@pytest.mark.parametrize("stopped", ["by Ctrl-C", "by the app", "by the network"])
def test_an_interrupted_answer_says_what_it_took_as_the_account_does(opened: Assistant, stopped: str) -> None:
    answer = Reply((Text(LONG, (Cite(0, 0, 1),)),), broken=Break("stall", 30, seconds=20.0))
    work = Cancellation()
    with MessagesServer(answer) as server:
        opened.use(load_settings({"base_url": server.url, "max_retries": 0, "stream_timeout": 0.4}))
        before = {(day.day, day.model): day.usage.output_tokens for day in Ledger(opened._home).by_day({})}
        events = opened.stream(QUESTION, cancellation=work)
        came = next(event for event in events if isinstance(event, AnswerText))
        if stopped == "by Ctrl-C":
            rest = [events.throw(KeyboardInterrupt), *events]
        else:
            work.cancel() if stopped == "by the app" else None
            rest = list(events)
    finished = rest[-1]
    assert came and isinstance(finished, Finished) and finished.answer.status == "interrupted"
    used = finished.answer.usage
    assert used is not None and used.output_is_estimated and used.output_tokens > 1 and used.cost_usd
    noted = {(day.day, day.model): day.usage.output_tokens for day in Ledger(opened._home).by_day({})}
    assert sum(noted.values()) - sum(before.values()) == used.output_tokens
    assert all("about" in words for words in usage_in_words(used))


def test_a_file_of_an_earlier_version_is_read_and_added_to(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / locations.USAGE)) as file, file:
        file.execute(
            "CREATE TABLE replies (receipt TEXT PRIMARY KEY, at TEXT NOT NULL, model TEXT NOT NULL,"
            " input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cache_read INTEGER NOT NULL,"
            " cache_creation INTEGER NOT NULL, cost_usd REAL)"
        )
        file.execute("INSERT INTO replies VALUES ('old', '2026-10-01T00:00:00', 'claude-opus-5-5', 1, 2, 3, 4, 0.5)")
    as_found = (tmp_path / locations.USAGE).read_bytes()
    assert Ledger(tmp_path).spent("2026-10", {}) == 0.5
    assert (tmp_path / locations.USAGE).read_bytes() == as_found  # a home may be read-only
    Ledger(tmp_path).note("new", "claude-opus-5-5", Usage(1, 1, cost_usd=0.25, output_is_estimated=True))
    assert [(day.replies, day.estimated) for day in Ledger(tmp_path).by_day({})] == [(1, 0), (1, 1)]


def test_a_file_without_a_table_yet_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / locations.USAGE).touch()
    assert Ledger(tmp_path).by_day({}) == ()


def test_many_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    def note(name: str) -> None:
        for at in range(10):
            Ledger(tmp_path).note(f"{name}{at}", "claude-opus-5-5", Usage(1, 2, cost_usd=0.5))

    threads = [threading.Thread(target=note, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [day] = Ledger(tmp_path).by_day({})
    assert (day.replies, day.usage.output_tokens, day.usage.cost_usd) == (40, 80, 20.0)
    assert Ledger(tmp_path).spent("2020-01", {}) == 0


def test_an_answer_is_given_also_where_it_cannot_be_noted(tmp_path: Path) -> None:
    (tmp_path / locations.USAGE).write_text("no database at all, and long enough to be looked at" * 20)
    account = spending(tmp_path)
    with MessagesServer(honest()) as server:
        asked(account, server.url)
    assert account.problem is not None
    assert locations.USAGE in account.problem.title


def test_the_command_tells_by_day_and_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["usage"]) == 0
    assert capsys.readouterr().out == "No replies of Claude so far.\n"
    ledger = Ledger(locations.home())
    ledger.note("a", "claude-opus-5-5", Usage(10, 20, 30, 40, 0.25))
    ledger.note("b", "claude-opus-5-5", Usage(1, 2, 3, 4, 0.5, output_is_estimated=True))
    ledger.note("c", "claude-of-tomorrow", Usage(5, 5))
    assert run(["usage", "--month", this_month()]) == 0
    out, _ = capsys.readouterr()
    assert "claude-opus-5-5" in out and "not known" in out and "~22" in out
    assert "$0.7500 in all, without 1 reply of claude-of-tomorrow: the settings give no price." in out
    assert "~ Partly an estimate" in out and "*" not in out
    assert run(["usage", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    unknown, known = told["days"]
    assert (unknown["model"], unknown["cost_usd"], unknown["output_tokens"]) == ("claude-of-tomorrow", None, 5)
    assert (known["replies"], known["cache_read_input_tokens"], known["cost_usd"]) == (2, 33, 0.75)
    assert (known["replies_estimated"], unknown["replies_without_price"]) == (1, 1)
    assert (told["schema"], told["cost_usd"], told["cost_is_whole"]) == (1, 0.75, False)


def test_a_price_that_comes_later_holds_for_what_had_none(capsys: pytest.CaptureFixture[str]) -> None:
    ledger = Ledger(locations.home())
    ledger.note("a", "claude-of-tomorrow", Usage(1_000_000, 0))
    assert run(["usage"]) == 0
    assert "What it cost is not known: the settings give no price of claude-of-tomorrow." in capsys.readouterr().out
    (locations.home() / locations.SETTINGS).write_text('[prices."claude-of-tomorrow"]\ninput = 3\noutput = 9\n')
    ledger.note("b", "claude-of-tomorrow-20270101", Usage(1_000_000, 0))
    ledger.note("c", "claude-of-tomorrow", Usage(1, 1, cost_usd=0.5))
    prices = load_settings().prices
    assert ledger.spent(this_month(), prices) == pytest.approx(6.5)
    assert run(["usage"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "3.5000*" in out and "3.0000*" in out
    assert "$6.5000 in all." in out and "* $6.0000 of it by today's, as none was known at the time." in out
    assert run(["usage", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["cost_usd"], told["cost_usd_priced_since"], told["cost_is_whole"]) == (6.5, 6.0, True)


def test_on_a_narrow_terminal_nothing_is_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Ledger(locations.home()).note("a", "claude-opus-5-5", Usage(10, 20, 30, 40, 0.25))
    monkeypatch.setenv("COLUMNS", "50")
    assert run(["usage"]) == 0
    assert (
        " ".join(capsys.readouterr().out.split()).count("claude-opus-5-5: 1 reply, 80 tokens in, 20 out, $0.2500") == 1
    )


@pytest.mark.parametrize("month", ["2026", "2026-13", "%", "2026-1%"])
def test_a_month_that_is_none_is_refused(month: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["usage", "--month", month]) == 2
    assert "is no month" in capsys.readouterr().err
