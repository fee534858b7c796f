"""Markers that a model writes are the citations that a server with citations would send, however its text is cut."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidx_assistant.answering.sentence_markers import marked, with_citations
from aidx_assistant.answers import Usage
from aidx_assistant.claude.events import (
    BlockEnded,
    BlockStarted,
    CitationDelta,
    MessageEnded,
    MessageEvent,
    TextDelta,
)
from aidx_assistant.claude.messages import EvidenceBlock

EVIDENCE = marked(
    [
        EvidenceBlock("a", "Report, section “Pilots”", ("Large providers bring 46%\nthere.", "Only 30% do.")),
        EvidenceBlock("b", "Report, slide 8", ("It is about pilots.",)),
    ]
)
ENDED = MessageEnded("end_turn", None, "smollm2", Usage(1, 1))


def read(pieces: Sequence[str]) -> list[MessageEvent]:
    said = [BlockStarted(0), *(TextDelta(0, piece) for piece in pieces), BlockEnded(0), ENDED]
    return list(with_citations(iter(said), EVIDENCE))


def told(events: Sequence[MessageEvent]) -> list[str | tuple[int | None, int | None, int | None]]:
    """Text and citations in their order, text that follows text joined."""
    parts: list[str | tuple[int | None, int | None, int | None]] = []
    for event in events:
        if isinstance(event, CitationDelta):
            parts.append((event.search_result_index, event.start_block, event.end_block))
        elif isinstance(event, TextDelta) and parts and isinstance(parts[-1], str):
            parts[-1] += event.text
        elif isinstance(event, TextDelta):
            parts.append(event.text)
    return parts


def test_every_sentence_has_a_number_and_one_line() -> None:
    assert EVIDENCE.text.splitlines() == [
        "Report, section “Pilots”:",
        "[S1] Large providers bring 46% there.",
        "[S2] Only 30% do.",
        "",
        "Report, slide 8:",
        "[S3] It is about pilots.",
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It is 46% [S1]. Else 30%.[S2]", ["It is 46%", (0, 0, 1), ". Else 30%.", (0, 1, 2)]),
        ("Both. [S1, S2]", ["Both.", (0, 0, 2)]),
        ("All. [S1-S3]", ["All.", (0, 0, 2), (1, 0, 1)]),
        ("All. (S2; S3)", ["All.", (0, 1, 2), (1, 0, 1)]),
        ("Twice. [S1][S3]", ["Twice.", (0, 0, 1), (1, 0, 1)]),
        ("None such [S9]. Nor [S0].", ["None such. Nor."]),
        ("A list [1] and (Sec. 2) and [S", ["A list [1] and (Sec. 2) and [S"]),
        ("A flood [S1-S900].", ["A flood", (0, 0, 1), "."]),
    ],
)
def test_a_marker_is_a_citation_of_its_sentences(text: str, parts: list[object]) -> None:
    assert told(read([text])) == parts


@given(
    st.lists(st.sampled_from(["[S1]", "[S2, S3]", "(S3)", "[S7]", "[", "(S", "S1", "46%", " ", ".\n", "é", "[x]"])),
    st.data(),
)
def test_however_the_text_is_cut_the_events_are_the_same(words: list[str], data: st.DataObject) -> None:
    text = "".join(words)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    events = read(pieces)

    assert told(events) == told(read([text]))
    assert events[-1] == ENDED
    open_block = None
    for event in events[:-1]:
        match event:
            case BlockStarted(index):
                assert open_block is None
                open_block = index
            case BlockEnded(index):
                assert open_block == index
                open_block = None
            case _:
                assert event.index == open_block  # type: ignore[union-attr]
    assert open_block is None
