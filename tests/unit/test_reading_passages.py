"""Passages of a document: their size, their ids, what stays together; and the source that is read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import Locator, Source
from aidx_assistant.reading.document import Block, Document, Part
from aidx_assistant.reading.passages import MOST_SENTENCES, passages_of, read_source_of

SOURCE = Source("survey", "A survey", (), "", None, None, False, (), 0, "")


def prose(words: int, name: str = "word") -> Block:
    """A paragraph of sentences of ten words."""
    return Block(" ".join(f"{name.capitalize()} " + f"{name} " * 8 + f"end{n}." for n in range(words // 10)))


def part(heading: str | None, *blocks: Block, picture: str | None = None) -> Part:
    return Part(Locator("section", heading=heading), blocks, picture=picture)


def document(*parts: Part, **fields: tuple[str, ...]) -> Document:
    return replace(Document("clip", parts), **fields)  # type: ignore[arg-type]


def lengths(*blocks: Block) -> list[int]:
    return [len(passage.text.split()) for passage in passages_of(document(part("A", *blocks)), "survey")]


def test_passages_have_60_to_200_words_and_end_with_their_block_where_they_can() -> None:
    assert lengths(prose(40), prose(40), prose(40), prose(70)) == [80, 110]
    assert lengths(prose(100), prose(100)) == [100, 100]
    assert lengths(prose(100), prose(20)) == [120]
    assert lengths(prose(450)) == [150, 150, 150]
    assert lengths(prose(10)) == [10]


def test_locators_and_pictures_are_never_mixed() -> None:
    passages = passages_of(
        document(
            part(None, prose(20)), part("A", prose(20)), part("A", prose(20), picture="p.png"), part("A", prose(10))
        ),
        "survey",
    )
    assert [(p.id, p.picture) for p in passages] == [
        ("survey/section/introduction/1", None),
        ("survey/section/a/1", None),
        ("survey/section/a/2", "p.png"),
        ("survey/section/a/3", None),
    ]


def test_ids_name_the_place_and_headings_with_one_slug_are_told_apart() -> None:
    parts = [part("A & B", prose(10)), part("A B", prose(10)), part("Introduction", prose(10)), part(None, prose(10))]
    numbered = [Part(Locator(kind, 3), (prose(300),)) for kind in ("slide", "page", "picture")]  # type: ignore[arg-type]
    ids = [passage.id for passage in passages_of(document(*parts, *numbered, part("漢字", prose(10))), "s")]
    assert ids[:4] == ["s/section/a-b/1", "s/section/a-b-2/1", "s/section/introduction/1", "s/section/introduction-2/1"]
    assert ids[4:10] == ["s/slide/3/1", "s/slide/3/2", "s/page/3/1", "s/page/3/2", "s/picture/3/1", "s/picture/3/2"]
    assert len(set(ids)) == len(ids) == 11


def test_a_table_stays_with_its_caption_and_a_list_with_the_line_that_leads_to_it() -> None:
    table = [Block("Pilots by group", "caption"), *(Block(f"Group: {name}; 2024: 7%", "row") for name in "ABC")]
    passages = passages_of(document(part("A", prose(190), *table, prose(190))), "s")
    assert [len(passage.sentences) for passage in passages] == [19, 4, 19]
    listed = [Block("These lead the way:"), Block("One group."), Block("Another group.")]
    assert passages_of(document(part("A", prose(200), *listed)), "s")[1].sentences[0] == "These lead the way:"


def test_a_row_and_a_caption_are_one_sentence_each() -> None:
    block = Block("Note: see above. And below; Share: 7%", "row")
    assert passages_of(document(part("A", block)), "s")[0].sentences == (block.text,)


def test_sections_known_by_their_heading_only_say_so() -> None:
    passage = passages_of(document(part("A", prose(10)), unread=("Outlook for payers",)), "s")[-1]
    assert (passage.id, passage.read, passage.segments) == ("s/section/outlook-for-payers/unread", "no", ("payer",))
    assert "has not been read" in passage.text


def test_segments_are_those_named_and_those_of_the_findings() -> None:
    read = read_source_of(
        document(part("How payers buy", Block("Only 30% of plans buy. It is slow.")), part("B", prose(10))), SOURCE
    )
    assert [passage.segments for passage in read.passages] == [("payer",), ("all",)]
    assert [finding.segment for finding in read.findings] == ["payer"]
    assert read.source is SOURCE


def test_what_was_not_read_has_no_findings_and_keeps_its_state() -> None:
    unread = Part(Locator("slide", 2), (Block("It shows 30% of hospitals."),), read="no")
    read = read_source_of(document(unread, replace(unread, locator=Locator("slide", 3), read="by OCR")), SOURCE)
    assert [passage.read for passage in read.passages] == ["no", "by OCR"]
    assert [finding.locator.number for finding in read.findings] == [3]


def test_more_sentences_than_can_be_indexed_are_refused() -> None:
    rows = part("Rows", *[Block("Payers: 7%", "row")] * (MOST_SENTENCES + 1))
    with pytest.raises(ReadingError, match="It holds 100,001 sentences; up to 100,000 can be read."):
        read_source_of(document(rows), SOURCE)
