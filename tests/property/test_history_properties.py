"""Whatever was said before, each pointer of a request leads to the sentences that were cited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aidx_assistant.answering.answer_request import asked
from aidx_assistant.answering.draft import Retrieved
from aidx_assistant.answering.history import Exchange, History, earlier_turns
from aidx_assistant.answering.reply import Reply
from aidx_assistant.answers import Citation
from aidx_assistant.claude.events import CitationDelta, TextDelta
from aidx_assistant.claude.params import params_of
from aidx_assistant.evidence import Locator, Passage, Source
from aidx_assistant.retrieval.search import RankedPassage
from aidx_assistant.settings import load_settings
from tests.fakes.messages_requests import refusal_of, search_results

SENTENCES = tuple(tuple(f"Passage {at}, sentence {number}." for number in range(1 + at % 3)) for at in range(8))
LIBRARY = tuple(
    Passage(id=f"s/{at}", source_id="s", locator=Locator("page", at), sentences=sentences, segments=("all",))
    for at, sentences in enumerate(SENTENCES)
)
ZEROS = (0.0, 0.0, 0.0)
SOURCE = Source("s", "S", (), "", None, None, True, (), 0, "")


@st.composite
def citations(draw: st.DrawFn, number: int) -> Citation:
    """Of a passage of the library, or of one that is gone; now and then of what the passage says no longer."""
    at = draw(st.integers(0, len(LIBRARY)))
    sentences = SENTENCES[at] if at < len(LIBRARY) else ("Gone.",)
    start = draw(st.integers(0, len(sentences) - 1))
    end = draw(st.integers(start + 1, len(sentences)))
    changed = draw(st.integers(0, 9)) == 0
    quote = "It said something else." if changed else " ".join(sentences[start:end])
    return Citation(number, "s", "S", f"s/{at}", (start, end), Locator("page", at), None, "S", quote, None, None, True)


@st.composite
def exchanges(draw: st.DrawFn) -> Exchange:
    """An answer of cited and uncited parts, markers at any place."""
    cited = tuple(draw(citations(number)) for number in range(1, draw(st.integers(0, 4)) + 1))
    marker = st.integers(1, 5).map(lambda number: f"[{number}]")
    parts = draw(st.lists(marker | st.sampled_from(["It is so.", " ", "\n\n", " Or not", "| 30% |"]), max_size=9))
    return Exchange("What?", "".join(parts), cited)


histories = st.builds(History, st.lists(exchanges(), max_size=6).map(tuple), st.sampled_from(["", "Before: pilots."]))
found = st.lists(st.sampled_from(LIBRARY), unique=True, max_size=5)


def requested(history: History, passages: Sequence[Passage]) -> tuple[dict[str, Any], tuple[Passage, ...], Retrieved]:
    """A request as the answerer makes it, the passages it counts over, and what was retrieved."""
    by_id = {passage.id: passage for passage in LIBRARY}
    retrieved = Retrieved(
        passages=tuple(
            RankedPassage(passage, 9, passage.locator.number or 0, 1.0, 1.0, ZEROS, (None, None, None), None, None)
            for passage in passages
        ),
        sources={"s": SOURCE},
        findings=(),
        history=history,
        cited_before=tuple(by_id[id_] for id_ in history.cited if id_ in by_id),
    )
    asking = asked("And now?", retrieved, load_settings())
    return params_of(asking.request), asking.passages, retrieved


@settings(max_examples=150, deadline=None)
@given(histories, found)
def test_every_index_leads_to_the_passage_that_was_cited(history: History, passages: list[Passage]) -> None:
    body, in_view, retrieved = requested(history, passages)
    assert refusal_of({"x-api-key": "k"}, body) is None
    results = search_results(body)
    assert [result["source"] for result in results] == [passage.id for passage in in_view]
    kept = {
        (citation.passage_id, *citation.sentences) for exchange in history.exchanges for citation in exchange.citations
    }
    for message in body["messages"]:
        for block in message["content"]:
            for citation in block.get("citations") or () if block["type"] == "text" else ():
                start, end = citation["start_block_index"], citation["end_block_index"]
                result = results[citation["search_result_index"]]
                assert (result["source"], start, end) in kept
                assert citation["cited_text"] == "".join(one["text"] for one in result["content"][start:end])
    reply = Reply(in_view, retrieved)
    list(reply.take(TextDelta(0, "It is so.")))
    for at, result in enumerate(results):  # what a new answer cites
        list(reply.take(CitationDelta(0, at, 0, 1, "", "", "")))
        cited = reply.draft().citations[at]
        assert (cited.passage_id, cited.quote) == (result["source"], result["content"][0]["text"])


@settings(max_examples=60, deadline=None)
@given(histories, found, exchanges())
def test_where_the_evidence_stays_the_request_begins_as_the_one_before(
    history: History, passages: list[Passage], next_one: Exchange
) -> None:
    whole = LIBRARY
    before, _, _ = requested(history, whole)
    after, _, _ = requested(History((*history.exchanges, next_one), history.summary), whole)
    assert bare(after["messages"])[: len(before["messages"]) - 1] == bare(before["messages"])[:-1]


def bare(value: Any) -> Any:
    """Without the marks of the prompt cache."""
    if isinstance(value, dict):
        return {name: bare(item) for name, item in value.items() if name != "cache_control"}
    return [bare(item) for item in value] if isinstance(value, list) else value


@settings(max_examples=80, deadline=None)
@given(exchanges())
def test_of_an_answer_s_text_nothing_but_markers_is_lost(exchange: Exchange) -> None:
    (*turns,) = earlier_turns(History((exchange,)), LIBRARY)
    sent = "".join(part.text for turn in turns for part in turn.answer)
    told = exchange.text
    for number in range(1, 6):
        told = told.replace(f"[{number}]", "")
    assert "".join(sent.split()) == "".join(told.split())
