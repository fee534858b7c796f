"""Calls of tools as the client reads them, and what it sends back; and the server's rules on both."""

from __future__ import annotations

from typing import Any

import pytest

from aidx_assistant.claude.messages import Claude, MessageEnded
from aidx_assistant.claude.tool_calls import Tool, ToolCall, ToolResult
from aidx_assistant.claude.turns import ReplyTurn, ResultsTurn, Turn
from aidx_assistant.errors import ClaudeError
from tests.fakes.messages_client import EVIDENCE, a_request, connection_to, heard
from tests.fakes.messages_script import Cite, Reply, Text, Thinking, ToolUse
from tests.fakes.messages_server import MessagesServer

SEARCH = Tool("search", "Searches.", {"type": "object", "properties": {"query": {"type": "string"}}})
CALLS = (Thinking("Two things."), Text("I look."), ToolUse("search", {"query": "a"}), ToolUse("search", {"query": "b"}))


def ended(server: MessagesServer, **changes: Any) -> MessageEnded:
    claude = Claude(connection_to(server.url, max_retries=0))
    try:
        return heard(claude.stream(a_request(tools=(SEARCH,), **changes))).ended
    finally:
        claude.close()


def called(server: MessagesServer) -> tuple[ReplyTurn, tuple[ToolCall, ...]]:
    end = ended(server)
    return ReplyTurn(end.content), end.calls


def test_calls_and_thinking_go_back_as_they_came() -> None:
    with MessagesServer(Reply(CALLS, stop_reason="tool_use"), Reply((Text("Yes.", (Cite(2, 0, 1),)),))) as server:
        turn, calls = called(server)
        results = ResultsTurn(
            (ToolResult(calls[0].id, EVIDENCE[:1]), ToolResult(calls[1].id, text="It failed.", is_error=True)), "Now."
        )
        end = ended(server, turns=(turn, results), may_call=False)
        body = server.bodies[-1]
    assert [call.arguments for call in calls] == [{"query": "a"}, {"query": "b"}]
    assert end.stop_reason == "end_turn"
    assert body["tool_choice"] == {"type": "none"}
    thought = body["messages"][1]["content"][0]
    assert thought == {"type": "thinking", "thinking": "Two things.", "signature": "c2lnbmF0dXJl"}
    assert [block["type"] for block in body["messages"][2]["content"]] == ["tool_result", "tool_result", "text"]


def _unanswered(turn: ReplyTurn, calls: tuple[ToolCall, ...]) -> tuple[Turn, ...]:
    return (turn, ResultsTurn((ToolResult(calls[0].id, text="One."),)))


def _of_another(turn: ReplyTurn, calls: tuple[ToolCall, ...]) -> tuple[Turn, ...]:
    return (turn, ResultsTurn((*(ToolResult(call.id, text="One.") for call in calls), ToolResult("toolu_x", text="?"))))


def _twice(turn: ReplyTurn, calls: tuple[ToolCall, ...]) -> tuple[Turn, ...]:
    return (turn, ResultsTurn(tuple(ToolResult(call.id, text="One.") for call in (*calls, calls[0]))))


def _evidence_of_a_failure(turn: ReplyTurn, calls: tuple[ToolCall, ...]) -> tuple[Turn, ...]:
    return (turn, ResultsTurn(tuple(ToolResult(call.id, EVIDENCE, is_error=True) for call in calls)))


def _no_results(turn: ReplyTurn, calls: tuple[ToolCall, ...]) -> tuple[Turn, ...]:
    return (turn,)


def _the_same_call_again(turn: ReplyTurn, calls: tuple[ToolCall, ...]) -> tuple[Turn, ...]:
    results = ResultsTurn(tuple(ToolResult(call.id, text="One.") for call in calls))
    return (turn, results, turn, results)


@pytest.mark.parametrize(
    ("turns", "reason"),
    [
        (_unanswered, "without `tool_result`"),
        (_of_another, "unexpected `tool_use_id`"),
        (_twice, "single result"),
        (_evidence_of_a_failure, "must be type `text`"),
        (_no_results, "without `tool_result`"),
        (_the_same_call_again, "must be unique"),
    ],
)
def test_the_server_refuses_results_that_do_not_answer_the_calls(turns: Any, reason: str) -> None:
    with MessagesServer(Reply(CALLS, stop_reason="tool_use"), Reply((Text("Yes."),))) as server:
        turn, calls = called(server)
        with pytest.raises(ClaudeError, match=reason):
            ended(server, turns=turns(turn, calls))
