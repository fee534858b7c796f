"""However a stream's bytes are split and its deltas ordered, the same answer is heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.messages_client import EVIDENCE, ask
from tests.fakes.messages_script import Break, Cite, Delivery, Piece, Received, Reply, Text, Thinking, ToolUse
from tests.fakes.messages_server import MessagesServer

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@st.composite
def citations(draw: st.DrawFn) -> Cite:
    result = draw(st.integers(0, len(EVIDENCE) - 1))
    start = draw(st.integers(0, len(EVIDENCE[result].sentences) - 1))
    return Cite(result, start, draw(st.integers(start + 1, len(EVIDENCE[result].sentences))))


cited_texts = st.builds(Text, texts, st.lists(citations(), max_size=3).map(tuple))
pieces = st.one_of(cited_texts, cited_texts, st.builds(Thinking, texts), st.just(ToolUse("search", {"query": "text"})))
deliveries = st.builds(
    Delivery,
    chunking=st.one_of(st.sampled_from(["whole", "event", "byte"]), st.integers(0, 10_000)),
    newline=st.sampled_from(["\n", "\r\n"]),
    pings=st.booleans(),
    citations=st.sampled_from(["before", "after", "among"]),
    cited_text=st.sampled_from(["exact", "empty", "dirty"]),
    characters=st.integers(1, 30),
    repeated_start=st.booleans(),
)
contents = st.lists(pieces, min_size=1, max_size=4).map(tuple)


class _Scripted:
    """A server whose next reply each example sets anew."""

    def __init__(self) -> None:
        self.reply = Reply()
        self.server = MessagesServer(self._answer)

    def _answer(self, request: Received) -> Reply:
        return self.reply


@pytest.fixture(scope="module")
def scripted() -> Iterator[_Scripted]:
    running = _Scripted()
    with running.server:
        yield running


def cited(reply: Reply) -> dict[int, list[Cite]]:
    return {at: list(piece.citations) for at, piece in enumerate(reply.content) if isinstance(piece, Text)}


def _said(block: Mapping[str, Any]) -> object:
    """What a block that is sent back says."""
    return block["input"] if block["type"] == "tool_use" else block[block["type"]]


def _meant(piece: Piece) -> object:
    """The same of what was scripted; empty where it is not to be sent back."""
    match piece:
        case Text(text):
            return text if text.strip() else ""
        case Thinking(thinking):
            return thinking
        case ToolUse(arguments=arguments):
            return arguments


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=contents, delivery=deliveries, stop_reason=st.sampled_from(["end_turn", "max_tokens"]))
def test_any_delivery_gives_the_same_answer(
    scripted: _Scripted, content: tuple[Text, ...], delivery: Delivery, stop_reason: str
) -> None:
    scripted.reply = Reply(content, stop_reason=stop_reason, delivery=delivery)
    answer = ask(scripted.server.url)

    assert answer.texts == {at: piece.text for at, piece in enumerate(content) if isinstance(piece, Text)}
    heard_citations = {
        block: [Cite(one.search_result_index or 0, one.start_block or 0, one.end_block or 0) for one in given]
        for block, given in answer.citations.items()
    }
    assert heard_citations == cited(scripted.reply)
    assert (answer.ended.stop_reason, answer.ended.fault) == (stop_reason, None)
    assert [_said(block) for block in answer.ended.content] == [said for said in map(_meant, content) if said]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    content=st.lists(st.builds(Text, texts), min_size=1, max_size=3).map(tuple),
    delivery=deliveries,
    broken=st.one_of(
        st.builds(Break, st.sampled_from(["close", "end"]), half_event=st.booleans()),
        st.builds(Break, st.sampled_from(["malformed", "error"])),
    ),
    data=st.data(),
)
def test_all_that_came_before_a_break_is_given_out(
    scripted: _Scripted, content: tuple[Text, ...], delivery: Delivery, broken: Break, data: st.DataObject
) -> None:
    size = delivery.characters
    parts = [piece.text[at : at + size] for piece in content for at in range(0, len(piece.text), size)]
    sent = data.draw(st.integers(1, len(parts)))
    scripted.reply = Reply(content, delivery=delivery, broken=replace(broken, at=sent))
    answer = ask(scripted.server.url)

    assert answer.text == "".join(parts[:sent])
    assert answer.ended.stop_reason is None and answer.ended.fault
