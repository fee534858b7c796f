"""Every fault of the API, its transport and its stream, and what the user is told."""

from __future__ import annotations

import email.utils
import socket
import time
from typing import Any

import pytest

from aidx_assistant.claude.faults import Circumstances, fault_of
from aidx_assistant.claude.messages import Claude
from aidx_assistant.errors import EXIT_API, ClaudeError, Remedy
from tests.fakes.messages_client import KEY, MODEL, a_request, ask, connection_to, failure_of
from tests.fakes.messages_script import (
    Break,
    Cite,
    Delivery,
    Failure,
    Reply,
    Script,
    Text,
    Verbatim,
    internal_error,
    overloaded,
    prompt_too_long,
    rate_limited,
    unauthorised,
)
from tests.fakes.messages_server import MessagesServer, closed_port

SHORT = 0.4
"""Seconds without a byte that count as a stall where a test plays one."""

YES = Reply((Text("Yes."),))
LONG = (Text("Of the pilots, thirty percent are in production.", (Cite(0, 0, 1),)), Text(" And more."))


@pytest.mark.parametrize(
    ("busy", "reason"),
    [
        (rate_limited(), "Claude's rate limit is reached."),
        (overloaded(), "Claude is overloaded."),
        *(
            (internal_error(status), f"Claude had a fault of its own (status {status}).")
            for status in (500, 502, 503, 504)
        ),
        (Reply(broken=Break("close")), "The connection to {host} was cut."),
        (Reply(broken=Break("reset")), "The connection to {host} was cut."),
        (Reply(broken=Break("end")), "{host} closed the connection before the answer was complete."),
        (Reply(broken=Break("malformed")), "{host} sent something that is not readable."),
        (Reply(broken=Break("error")), "Claude is overloaded."),
        (Reply(LONG, broken=Break("close", 0, half_event=True)), "The connection to {host} was cut."),
        (Reply(LONG, broken=Break("end", "content_block_start")), "{host} closed the connection before"),
        (Reply(first_byte_after=1.0), "{host} sent nothing for 0.4 seconds."),
        (Reply(broken=Break("stall", seconds=1.0)), "{host} sent nothing for 0.4 seconds."),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_before_any_content_a_passing_fault_is_told_and_tried_again(busy: Script, reason: str) -> None:
    with MessagesServer(busy, YES) as server:
        answer = ask(server.url, stream_timeout=SHORT)
        host = server.url.removeprefix("http://")

    assert answer.text == "Yes."
    assert len(server.requests) == 2
    (retry,) = answer.retries
    assert retry.reason.startswith(reason.format(host=host))
    assert answer.slept == [retry.seconds]


def test_pauses_grow_and_the_last_failure_is_the_error() -> None:
    with MessagesServer(overloaded()) as server:
        claude = Claude(connection_to(server.url, max_retries=4), sleep=lambda seconds: None)
        events = claude.stream(a_request())
        pauses = [next(events).seconds for _ in range(4)]  # type: ignore[union-attr]
        with pytest.raises(ClaudeError) as raised:
            next(events)
        claude.close()

    assert len(server.requests) == 5
    assert all(0.75 * whole <= pause <= 1.25 * whole for whole, pause in zip((0.5, 1, 2, 4), pauses, strict=True))
    assert raised.value.title == "Claude is overloaded."
    assert "offline" in raised.value.remedies
    assert raised.value.exit_code == EXIT_API


def test_without_retries_there_is_one_try() -> None:
    error, requests = failure_of(overloaded(), max_retries=0)
    assert (error.title, requests) == ("Claude is overloaded.", 1)


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_honoured(form: str) -> None:
    value = "7" if form == "seconds" else email.utils.formatdate(time.time() + 7, usegmt=True)
    with MessagesServer(rate_limited(value), YES) as server:
        (pause,) = ask(server.url).slept
    assert 5 < pause <= 7


@pytest.mark.parametrize("value", ["0", "-3", "soon", "nan", "inf", None])
def test_a_retry_after_that_says_nothing_leaves_the_usual_pause(value: str | None) -> None:
    with MessagesServer(rate_limited(value), YES) as server:
        (pause,) = ask(server.url).slept
    assert 0.3 < pause < 0.7


@pytest.mark.parametrize(
    ("seconds", "when"),
    [("700", "UTC (in 12 minutes)"), ("90000", "tomorrow"), ("432000", "more than 5 days")],
)
def test_a_long_retry_after_is_told_instead_of_waited_for(seconds: str, when: str) -> None:
    error, requests = failure_of(rate_limited(seconds))
    assert when in error.title and error.title.startswith("Claude's rate limit is reached;")
    assert requests == 1


def test_a_server_that_says_not_to_retry_is_obeyed() -> None:
    error, requests = failure_of(Failure(429, "rate_limit_error", "Spent.", {"x-should-retry": "false"}))
    assert (error.title, requests) == ("Claude's rate limit is reached.", 1)


@pytest.mark.parametrize(
    ("refusal", "title", "remedy"),
    [
        (unauthorised(), "The API key was refused by 127.0.0.1:", "key"),
        (
            Failure(403, "permission_error", "Not in this workspace."),
            "The API key has no permission for this: Not in this workspace.",
            "offline",
        ),
        (prompt_too_long(), f"The question and its evidence are too long for {MODEL}.", "budget"),
        (
            Failure(400, "invalid_request_error", "input length and `max_tokens` exceed context limit: 3 > 2"),
            f"The question and its evidence are too long for {MODEL}.",
            "budget",
        ),
        (
            Failure(413, "request_too_large", "Request exceeds the maximum size"),
            f"The question and its evidence are too long for {MODEL}.",
            "budget",
        ),
        (
            Failure(400, "invalid_request_error", "Your credit balance\n\x1b[31mis too low."),
            "Claude refused the request: Your credit balance [31mis too low.",
            "offline",
        ),
        (Failure(402, "billing_error", "Pay."), "Claude refused the request: Pay.", "offline"),
        (
            Verbatim(b"<html>Not here</html>", "text/html", status=404),
            "does not answer as the Messages API",
            "address",
        ),
        (Verbatim(b"<html>Log in</html>", "text/html"), "does not answer as the Messages API", "address"),
        (Verbatim(b"{}", "application/json"), "does not answer as the Messages API", "address"),
        (
            Reply(broken=Break("error", error_type="authentication_error")),
            "The API key was refused by",
            "key",
        ),
    ],
)
def test_a_fault_for_good_is_not_tried_again(refusal: Script, title: str, remedy: Remedy) -> None:
    error, requests = failure_of(refusal)
    assert title in error.title
    assert remedy in error.remedies
    assert requests == 1


def test_an_unknown_model_is_named() -> None:
    with MessagesServer() as server, pytest.raises(ClaudeError) as raised:
        ask(server.url, a_request(model="claude-opus-55"))
    assert raised.value.title == "Claude has no model named “claude-opus-55”."
    assert "model" in raised.value.remedies


def test_an_address_with_a_path_too_many_is_not_taken_for_an_unknown_model() -> None:
    with MessagesServer() as server, pytest.raises(ClaudeError) as raised:
        ask(f"{server.url}/v1")
    assert raised.value.title.endswith("does not answer as the Messages API does.")


def test_the_address_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with MessagesServer(YES, unauthorised()) as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        assert ask("").text == "Yes."
        with pytest.raises(ClaudeError, match="refused by 127.0.0.1:"):
            ask("")


def test_a_long_message_of_the_api_is_shortened() -> None:
    error, _ = failure_of(Failure(400, "invalid_request_error", "x" * 10_000))
    assert len(error.title) < 400


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (Break("reset", 3), "was cut"),
        (Break("close", 3), "was cut"),
        (Break("close", 3, half_event=True), "was cut"),
        (Break("end", 3), "before the answer was complete"),
        (Break("end", 3, half_event=True), "before the answer was complete"),
        (Break("malformed", 3), "not readable"),
        (Break("error", 3), "Claude is overloaded."),
        (Break("error", 3, error_type="api_error"), "fault of its own"),
        (Break("stall", 3, seconds=1.0), "sent nothing for 0.4 seconds"),
    ],
    ids=lambda value: f"{value.kind}-{value.half_event}" if isinstance(value, Break) else None,
)
def test_after_content_nothing_is_lost_and_nothing_tried_again(broken: Break, fault: str) -> None:
    with MessagesServer(Reply(LONG, broken=broken, delivery=Delivery(characters=5))) as server:
        answer = ask(server.url, stream_timeout=SHORT)

    assert answer.text == "Of the pil"  # Three deltas: the citation and two pieces of five characters.
    assert [citation.start_block for citation in answer.citations[0]] == [0]
    assert answer.ended.stop_reason is None
    assert answer.ended.fault is not None and fault in answer.ended.fault
    assert answer.ended.usage.input_tokens > 0
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", ["reset", "close", "end", "malformed", "error", "stall"])
def test_a_break_after_the_stop_reason_costs_nothing(kind: Any) -> None:
    with MessagesServer(Reply(LONG, broken=Break(kind, "message_stop", seconds=1.0))) as server:
        answer = ask(server.url, stream_timeout=SHORT)
    assert answer.text.endswith("And more.")
    assert (answer.ended.stop_reason, answer.ended.fault) == ("end_turn", None)


@pytest.mark.parametrize("kind", ["reset", "close", "end"])
def test_a_break_before_the_stop_reason_leaves_it_open(kind: Any) -> None:
    with MessagesServer(Reply(LONG, broken=Break(kind, "message_delta"))) as server:
        answer = ask(server.url)
    assert answer.text.endswith("And more.")
    assert answer.ended.stop_reason is None and answer.ended.fault


def test_a_refused_connection_names_the_host() -> None:
    url = closed_port()
    with pytest.raises(ClaudeError) as raised:
        ask(url)
    host = url.removeprefix("http://")
    assert raised.value.title == f"{host} cannot be reached: it refused the connection."
    assert "offline" in raised.value.remedies


def test_a_host_without_an_address_is_named_but_not_its_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ClaudeError) as raised:
        ask("http://user:secret@nowhere.test:8080")
    assert raised.value.title == "nowhere.test:8080 cannot be reached: its name is not known."


@pytest.mark.parametrize("address", ["localhost:8080", "ftp://me:secret@127.0.0.1", "http://[::1", "nonsense"])
def test_an_address_that_is_none_is_not_tried_again(address: str) -> None:
    with pytest.raises(ClaudeError) as raised:
        ask(address)
    shown = address.replace("me:secret@", "")
    assert raised.value.title == f"“{shown}” cannot be the address of the Messages API."
    assert "ANTHROPIC_BASE_URL" in raised.value.hint


def test_a_connection_that_is_not_taken_in_time_says_how_long_was_waited() -> None:
    import anthropic
    import httpx2

    error = anthropic.APITimeoutError(httpx2.Request("POST", "http://127.0.0.1"))
    error.__cause__ = httpx2.ConnectTimeout("timed out")
    fault = fault_of(error, Circumstances(KEY, "https://api.example", "api.example", MODEL, 10.0, 60.0))
    assert (fault.reason, fault.transient) == ("api.example did not take the connection within 10 seconds.", True)
