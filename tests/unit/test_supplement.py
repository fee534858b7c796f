"""A shipped source completed with the user's own copy: the notes stay, what they lack is added."""

from __future__ import annotations

import pytest

from aidx_assistant import locations
from aidx_assistant.evidence import Locator, Passage, passage_label
from aidx_assistant.reading.corpus import read_source
from aidx_assistant.reading.document import Block, Document, Part
from aidx_assistant.reading.read_source import ReadSource
from aidx_assistant.reading.supplement import supplemented

INDEX = "healthcare-ai-adoption-index"
CUT = "Experimentation but not yet production"


@pytest.fixture(scope="module")
def notes() -> ReadSource:
    return read_source(locations.corpus_folder() / INDEX)


def article(*sections: tuple[str | None, *tuple[str, ...]]) -> Document:
    """Sections by heading and paragraphs."""
    parts = (Part(Locator("section", heading=heading), tuple(map(Block, texts))) for heading, *texts in sections)
    return Document("page", tuple(parts))


def slide(*texts: str) -> Document:
    part = Part(Locator("slide", 8, "Whatever OCR took for the title"), tuple(map(Block, texts)), "by OCR", "x.png")
    return Document("picture", (part,))


def at(read: ReadSource, heading: str) -> list[Passage]:
    return [passage for passage in read.passages if passage.locator == Locator("section", heading=heading)]


def test_without_a_copy_only_the_note_is_another(notes: ReadSource) -> None:
    same = supplemented(notes, None, {})
    assert (same.passages, same.findings, same.source.unread) == (notes.passages, notes.findings, notes.source.unread)


def test_a_section_known_by_heading_gets_its_text_in_its_place(notes: ReadSource) -> None:
    read = supplemented(notes, article(("the development strategy", "Of hospitals, 61% hum while they build.")), {})
    (passage,) = at(read, "The development strategy")
    assert (passage.read, passage.sentences) == ("yes", ("Of hospitals, 61% hum while they build.",))
    assert "The development strategy" not in read.source.unread and len(read.source.unread) == 13
    places = list(dict.fromkeys(passage.locator for passage in read.passages))
    assert places == list(dict.fromkeys(passage.locator for passage in notes.passages))
    (found,) = [finding for finding in read.findings if finding.origin == "imported"]
    assert (found.value, found.segment, found.passage_id) == ("61%", "provider", passage.id)
    assert "One section that was known by heading only has been read." in read.source.note


def test_a_section_that_the_notes_hold_is_not_doubled(notes: ReadSource) -> None:
    read = supplemented(
        notes,
        article(
            (None, "Welcome to 99 pages."), ("Top takeaways", "Of leaders, 98% sing."), ("More", "Of all, 97% hum.")
        ),
        {},
    )
    assert (read.passages, read.findings) == (notes.passages, notes.findings)


def test_the_section_that_breaks_off_goes_on_after_its_notes(notes: ReadSource) -> None:
    told = "Just 30 percent of the finished trials are live, and 46% at large providers."
    further = "What holds the others up is plumbing: 73% of payers have none."
    read = supplemented(notes, article((CUT, told, further, "Only 30% of plumbers return.")), {})
    texts = [passage.text for passage in at(read, CUT)]
    assert texts[0] == at(notes, CUT)[0].text
    assert texts[1:] == [f"{further} Only 30% of plumbers return."]
    assert not any("breaks off" in text for text in texts)
    assert f"“{CUT}” goes on where the notes break off." in read.source.note


def test_a_heading_that_the_notes_do_not_have_belongs_to_what_is_before_it(notes: ReadSource) -> None:
    read = supplemented(
        notes,
        article(("How startups can win", "By being kind."), ("On kindness", "It is free."), ("Top takeaways", "x")),
        {},
    )
    places = [passage.locator.heading for passage in read.passages if passage.locator.kind == "section"]
    assert places[places.index("How startups can win") + 1] == "On kindness"


def test_a_heading_without_text_of_its_own_is_not_called_unread(notes: ReadSource) -> None:
    read = supplemented(notes, article(("1. Pick the right entry point and expand", "Use the door.")), {})
    (passage,) = at(read, "How startups can win")
    assert passage.read == "yes" and "no text of its own" in passage.text
    assert "How startups can win" not in read.source.unread
    assert "2. Prove ROI quickly and navigate the POC trap" in read.source.unread


def test_a_slide_is_read_by_ocr_and_its_figures_are_its_own(notes: ReadSource) -> None:
    read = supplemented(notes, None, {8: slide("Few pilots land", "Small providers: 19%")})
    (passage,) = [one for one in read.passages if one.locator.number == 8]
    (before,) = [one for one in notes.passages if one.locator.number == 8]
    assert passage.sentences == (*before.sentences[:-1], "Few pilots land", "Few pilots land: Small providers: 19%")
    assert (passage.id, passage.locator, passage.picture, passage.part) == (
        before.id, before.locator, before.picture, before.part,
    )  # fmt: skip
    assert passage.asked == before.asked
    assert "slide picture, read by OCR" in passage_label(passage, read.source)
    (found,) = [finding for finding in read.findings if finding.origin == "imported"]
    assert (found.value, found.locator, passage.sentences[found.sentence]) == (
        "19%", before.locator, "Few pilots land: Small providers: 19%",
    )  # fmt: skip
    assert "1 of the 37 slides has been read by OCR." in read.source.note


def test_a_slide_with_many_words_makes_further_passages(notes: ReadSource) -> None:
    read = supplemented(notes, None, {8: slide(*(f"Row {n} of the table tells of {n} robots." for n in range(80)))})
    passages = [one for one in read.passages if one.locator.number == 8]
    assert len(passages) > 1
    assert {(one.read, one.locator) for one in passages} == {("by OCR", passages[0].locator)}


def test_nothing_that_was_checked_by_hand_is_lost(notes: ReadSource) -> None:
    sections = [
        (heading, f"Of {place} hens, {place + 10}% lay eggs.") for place, heading in enumerate(notes.source.unread)
    ]
    slides = {number: slide(f"Of cows, {number}% moo.") for number in range(1, 38)}
    read = supplemented(notes, article((CUT, "Of goats, 88% climb."), *sections), slides)
    passages = {passage.id: passage for passage in read.passages}
    assert len(passages) == len(read.passages)
    curated = {finding.id: finding for finding in read.findings if finding.origin == "curated"}
    assert curated.keys() == {finding.id for finding in notes.findings}
    for finding in read.findings:
        assert passages[finding.passage_id].sentences[finding.sentence] == finding.statement
    said = {sentence for passage in read.passages for sentence in passage.sentences}
    lost = {sentence for passage in notes.passages for sentence in passage.sentences} - said
    assert all("not been read" in sentence or "breaks off" in sentence for sentence in lost)
    for before in notes.passages:
        for position, question in before.asked:
            if before.sentences[position] in said:
                now = passages[before.id]
                assert (now.sentences.index(before.sentences[position]), question) in now.asked
    assert read.source.unread == ()
    assert not any(passage.read == "no" for passage in read.passages)
