"""A question goes to the Messages server through the real SDK, and its stream comes back as plain events."""

from __future__ import annotations

from typing import Any

import pytest

from aidx_assistant.claude.messages import CitationDelta, Claude
from tests.fakes.messages_client import EVIDENCE, MODEL, a_request, ask, connection_to, heard
from tests.fakes.messages_honest import honest
from tests.fakes.messages_script import (
    DECLINE,
    Break,
    Cite,
    Delivery,
    Reply,
    Text,
    Thinking,
    ToolUse,
    Verbatim,
    replay,
)
from tests.fakes.messages_server import MessagesServer
from tests.fakes.messages_wire import frame

ANSWER = Reply(
    (Text("Overall 30%, "), Text("large firms 46%.", (Cite(0, 0, 1), Cite(0, 1, 2))), Text(" Budgets grow."))
)


def test_text_and_citations_come_by_block() -> None:
    with MessagesServer(ANSWER) as server:
        answer = ask(server.url)

    assert answer.text == "Overall 30%, large firms 46%. Budgets grow."
    assert answer.citations[1] == [
        CitationDelta(1, 0, 0, 1, "Of the pilots, 30% are in production.", "report/pilots", "Pilots"),
        CitationDelta(1, 0, 1, 2, "Large firms reach 46%.", "report/pilots", "Pilots"),
    ]
    assert (answer.citations[0], answer.citations[2]) == ([], [])
    assert (answer.ended.stop_reason, answer.ended.model, answer.ended.fault) == ("end_turn", MODEL, None)


def test_a_citation_may_span_sentences_of_any_search_result() -> None:
    with MessagesServer(Reply((Text("So they say.", (Cite(1, 0, 3),)),))) as server:
        (citation,) = ask(server.url).citations[0]

    assert (citation.search_result_index, citation.start_block, citation.end_block) == (1, 0, 3)
    assert citation.cited_text == "".join(EVIDENCE[1].sentences)


def test_the_request_has_a_block_for_each_sentence_and_is_cached_up_to_the_question() -> None:
    with MessagesServer(ANSWER) as server:
        ask(server.url)
        (body,) = server.bodies

    cached = {"type": "ephemeral"}
    assert body["system"] == [{"type": "text", "text": "Answer from the search results.", "cache_control": cached}]
    *results, question = body["messages"][0]["content"]
    assert [result["type"] for result in results] == ["search_result", "search_result"]
    assert all(result["citations"] == {"enabled": True} for result in results)
    assert results[1]["content"] == [{"type": "text", "text": text} for text in EVIDENCE[1].sentences]
    assert ("cache_control" in results[0], results[1]["cache_control"]) == (False, cached)
    assert question == {"type": "text", "text": "How many pilots are in production?"}
    assert set(body) == {"model", "max_tokens", "system", "messages", "stream"}


def test_another_question_on_the_same_evidence_reads_the_cache() -> None:
    with MessagesServer() as server:
        first = ask(server.url).ended.usage
        second = ask(server.url, a_request(question="Which budgets grow?")).ended.usage
        third = ask(server.url, a_request(evidence=EVIDENCE[:1])).ended.usage

    assert first.cache_read_input_tokens == 0 < first.cache_creation_input_tokens
    assert second.cache_read_input_tokens == first.cache_creation_input_tokens
    assert second.cache_creation_input_tokens == 0 < second.input_tokens
    assert 0 < third.cache_read_input_tokens < first.cache_creation_input_tokens


def test_a_request_without_system_prompt_or_evidence_is_taken() -> None:
    with MessagesServer(Reply((Text("Hello."),))) as server:
        assert ask(server.url, a_request(system=" ", evidence=())).text == "Hello."


def test_text_that_is_not_unicode_is_sent_with_marks_in_its_place() -> None:
    with MessagesServer(Reply((Text("Hello."),))) as server:
        ask(server.url, a_request(question="Caf\udce9?"))
        assert server.bodies[0]["messages"][0]["content"][-1]["text"] == "Caf??"


def test_thinking_and_tool_blocks_give_nothing() -> None:
    content = (Thinking("Let me see…"), Text("Yes."), ToolUse("search", {"query": "x"}), Text("Indeed."))
    with MessagesServer(Reply(content)) as server:
        assert ask(server.url).texts == {1: "Yes.", 3: "Indeed."}


@pytest.mark.parametrize("cited_text", ["empty", "dirty"])
def test_cited_text_is_passed_on_as_sent(cited_text: str) -> None:
    delivery = Delivery(cited_text=cited_text)  # type: ignore[arg-type]
    with MessagesServer(Reply((Text("Yes.", (Cite(0, 1, 2),)),), delivery=delivery)) as server:
        (citation,) = ask(server.url).citations[0]

    assert citation.cited_text == {"empty": "", "dirty": "\u0002Large firms reach 46%.\r\n  "}[cited_text]
    assert (citation.start_block, citation.end_block) == (1, 2)


def test_message_start_twice_counts_once() -> None:
    usage = {"input_tokens": 17, "output_tokens": 5}
    with MessagesServer(Reply((Text("Hello."),), usage=usage, delivery=Delivery(repeated_start=True))) as server:
        answer = ask(server.url)

    assert (answer.text, answer.ended.usage.input_tokens, answer.ended.usage.output_tokens) == ("Hello.", 17, 5)


def test_a_refusal_carries_its_explanation() -> None:
    with MessagesServer(Reply(stop_reason="refusal", explanation="Not allowed.")) as server:
        end = ask(server.url).ended

    assert (end.stop_reason, end.refusal, end.fault) == ("refusal", "Not allowed.", None)


def test_an_answer_cut_at_max_tokens_says_so() -> None:
    with MessagesServer(Reply((Text("And so"),), stop_reason="max_tokens")) as server:
        answer = ask(server.url)

    assert (answer.text, answer.ended.stop_reason, answer.ended.fault) == ("And so", "max_tokens", None)


def test_an_endpoint_that_ignores_citations_gives_plain_text() -> None:
    with MessagesServer(honest(ignores_citations=True)) as server:
        answer = ask(server.url)

    assert answer.text.startswith("Of the pilots, 30% are in production.")
    assert answer.citations == {0: []}


def test_the_honest_answerer_repeats_what_matches_and_else_declines() -> None:
    with MessagesServer() as server:
        answer = ask(server.url)
        declined = ask(server.url, a_request(question="Who won the football match?"))

    assert answer.texts[0] == "Of the pilots, 30% are in production."
    assert [citation.start_block for citation in answer.citations[0]] == [0]
    assert (declined.text, declined.citations) == (DECLINE, {0: []})


def test_unknown_events_blocks_deltas_and_fields_are_passed_over() -> None:
    events: list[dict[str, Any]] = [
        {"type": "news", "message": {"model": "x"}},
        {"type": "message_start", "message": {"model": "m", "new": 1, "usage": {"input_tokens": 3}}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "picture", "text": "no"}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "no"}},
        {"type": "content_block_stop", "index": 0},
        {"type": "content_block_delta", "index": 2, "delta": {"type": "text_delta", "text": "Yes"}},
        {"type": "content_block_delta", "index": 2, "delta": {"type": "ink_delta", "text": "no"}},
        {"type": "content_block_delta", "index": 2, "delta": {"type": "text_delta", "text": None}},
        {"type": "content_block_delta", "index": None, "delta": {"type": "text_delta", "text": "no"}},
        {"type": "content_block_delta"},
        {
            "type": "content_block_delta",
            "index": 2,
            "delta": {"type": "citations_delta", "citation": {"type": "star_location", "cited_text": "c"}},
        },
        {"type": "content_block_stop", "index": 7},
        {"type": "message_delta", "delta": {"stop_reason": "end_of_days"}, "usage": None},
        {"type": "message_stop"},
    ]
    stream = b": a comment\n\n" + b"".join(frame(event) for event in events) + frame({"type": "error"})
    with MessagesServer(replay(stream)) as server:
        answer = ask(server.url)

    assert answer.texts == {2: "Yes"}
    assert answer.citations[2] == [CitationDelta(2, None, None, None, "c", "", "")]
    assert (answer.ended.stop_reason, answer.ended.model) == ("end_of_days", "m")
    assert (answer.ended.usage.input_tokens, answer.ended.usage.output_tokens) == (3, 0)


def test_events_of_other_json_types_are_passed_over() -> None:
    odd = b"".join(b"event: message_start\ndata: " + data + b"\n\n" for data in (b"[1]", b"3", b'"x"', b"null"))
    text = {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Yes"}}
    stop = {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 1}}
    with MessagesServer(replay(odd + frame(text) + frame(stop))) as server:
        assert ask(server.url).text == "Yes"


def test_closing_the_iterator_closes_the_connection() -> None:
    with MessagesServer(Reply((Text("One two three four"),), broken=Break("stall", 1))) as server:
        claude = Claude(connection_to(server.url, stream_timeout=5.0))
        events = claude.stream(a_request())
        next(events), next(events)
        events.close()  # type: ignore[attr-defined]
        assert server.hung_up.wait(1.0)
        claude.close()


def test_one_client_asks_again_and_may_be_closed_twice() -> None:
    with MessagesServer(Reply((Text("Yes."),))) as server:
        claude = Claude(connection_to(server.url))
        assert [heard(claude.stream(a_request())).text for _ in range(2)] == ["Yes.", "Yes."]
        claude.close()
        claude.close()


def test_what_comes_after_the_end_of_the_message_is_not_waited_for() -> None:
    end = frame({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 1}})
    with MessagesServer(Verbatim(end + frame({"type": "message_stop"}) + b"event: x\ndata: {broken\n\n")) as server:
        assert ask(server.url).ended.fault is None


def test_a_connection_left_open_after_the_message_is_closed() -> None:
    with MessagesServer(Reply((Text("Yes."),), broken=Break("stall", "end"))) as server:
        assert ask(server.url, stream_timeout=4.0).text == "Yes."
        assert server.hung_up.wait(1.0)
