"""The API key goes into one header and nowhere else."""

from __future__ import annotations

import traceback

import pytest

from tests.fakes.messages_client import KEY, ask, connection_to, failure_of
from tests.fakes.messages_script import Failure, Reply, Script, Text, Verbatim
from tests.fakes.messages_server import MessagesServer

YES = Reply((Text("Yes."),))


@pytest.mark.parametrize(
    "script",
    [
        Failure(400, "invalid_request_error", f"The key {KEY} may not"),
        Failure(401, "authentication_error", f"Incorrect API key provided: {KEY}"),
        Failure(403, "permission_error", KEY),
        Verbatim(f"key {KEY}".encode(), "text/plain", status=404),
        Verbatim(f"event: error\ndata: {KEY}\n\n".encode()),
        Verbatim(f"event: message_start\ndata: {KEY}\n\n".encode()),
    ],
)
def test_the_key_is_in_no_text_of_the_error_or_of_what_caused_it(script: Script) -> None:
    error, _ = failure_of(script, max_retries=0)
    texts = [error.title, error.hint, repr(error), repr(error.__cause__), repr(error.__context__)]
    texts += traceback.format_exception(error)
    assert not any(KEY in text for text in texts)


def test_the_key_is_in_no_repr_and_goes_out_without_its_white_space() -> None:
    assert KEY not in repr(connection_to("http://127.0.0.1"))
    with MessagesServer(YES) as server:
        ask(server.url, api_key=f" {KEY}\n")
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("key", ["", "  ", "sk-naïve", "sk-two\nlines", "sk with spaces"])
def test_a_key_that_cannot_be_one_is_told_before_anything_is_sent(key: str) -> None:
    error, requests = failure_of(YES, api_key=key)
    assert "API key" in error.title and "ANTHROPIC_API_KEY" in error.hint
    assert requests == 0
    assert not key.strip() or key.strip() not in f"{error.title} {error.hint} {error.__context__!r}"
