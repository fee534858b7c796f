"""`aidx check` of very long paragraphs, lists and tables: what is read with a figure is as short as in short ones."""

from __future__ import annotations

import pytest

from aidx_assistant.briefs.linting.documents import lint_document
from aidx_assistant.briefs.linting.surroundings import near_figure
from aidx_assistant.briefs.written.markdown import read_markdown
from aidx_assistant.briefs.written.piece import Piece, divided, row
from tests.fakes.briefs import corpus_shelf

_TRUE = "Among large providers, 46% of proofs of concept go into production, says the Healthcare AI Adoption Index. "


def test_a_long_paragraph_is_parted_where_a_sentence_ends() -> None:
    (piece,) = read_markdown((_TRUE * 60).encode()).pieces
    parts = list(divided([piece]))
    assert len(parts) > 1
    assert all(part.text.startswith("Among") and part.text.endswith("Index.") for part in parts)
    assert " ".join(part.text for part in parts) == piece.text


def test_a_sentence_without_end_is_parted_between_words() -> None:
    piece = Piece("paragraph", "word " * 3_000, "1")
    parts = list(divided([piece]))
    assert "".join(part.text for part in parts).count("word") == 3_000
    assert max(len(part.text) for part in parts) <= 2_000


def test_the_same_is_found_in_a_long_paragraph_as_in_a_short_one() -> None:
    seen: list[tuple[int, int]] = []
    text = _TRUE * 20 + _TRUE.replace("46%", "47%") + _TRUE * 20
    found = lint_document(
        read_markdown(text.encode()), corpus_shelf(), lambda _: None, None, lambda *one: seen.append(one)
    )
    assert [fault.problem[:4] for fault in found.faults] == ["47%:"]
    assert found.figures == 41
    assert seen == [(done, 41) for done in range(42)]


@pytest.mark.parametrize("kind", ["item", "row"])
def test_of_a_long_list_or_table_the_entries_near_a_figure_are_read(kind: str) -> None:
    lead = Piece("paragraph", "Of providers:", "1")
    header = row(("Whose", "Percent"), "2", header=True) if kind == "row" else Piece("item", "first", "2")
    entries = [Piece(kind, f"entry {number} | 46%", "3") for number in range(500)]  # type: ignore[arg-type]
    pieces = [Piece("heading", "Pilots", "1"), lead, header, *entries]
    near = near_figure(pieces, 300, 12)
    assert near.pieces[:3] == (pieces[0], lead, header)
    assert (near.piece, near.offset) == (pieces[300], 12)
    assert near.pieces[3:] == tuple(pieces[280:321])


def test_of_prose_the_sentences_beside_a_figure_are_read() -> None:
    piece = Piece("paragraph", "One. Two. Three is 46%. Four. Five.", "1", breaks=((10, "2"),))
    near = near_figure([piece], 0, piece.text.index("46%"))
    assert near.pieces == (near.piece,)
    assert near.piece.text == "Two. Three is 46%. Four."
    assert near.sentence[near.offset_in_sentence :] == "46%."
    assert near.piece.where_at(near.offset) == "2"
