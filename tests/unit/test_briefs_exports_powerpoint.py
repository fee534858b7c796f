"""Three slides: what stands on each, that it has room, and that the notes have all of it."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pptx
import pytest

from aidx_assistant.briefs.brief import (
    Brief,
    Fault,
    Labelled,
    Options,
    Paragraph,
    Point,
    Points,
    Section,
    note_of,
    with_addresses_once,
)
from aidx_assistant.briefs.exports import write
from aidx_assistant.briefs.exports.marked import Mark, Words, runs_of, words_of
from aidx_assistant.briefs.exports.slide_text import MORE, Line, cut, height_of, rows_needed, shortened
from tests.fakes.briefs import clean_brief
from tests.fakes.whole_briefs import buyer_brief, founder_brief


def slides(brief: Brief) -> list[Any]:
    return list(pptx.Presentation(io.BytesIO(write(brief, "pptx"))).slides)


def text_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def longer(brief: Brief, times: int) -> Brief:
    """The brief with every text of it said several times over."""

    def said(text: str) -> str:
        return " ".join([text] * times)

    def block(one: Any) -> Any:
        match one:
            case Paragraph(text):
                return Paragraph(said(text))
            case Points(points, numbered):
                return Points(tuple(Point(said(point.text), point.source) for point in points), numbered)
            case Options(header, rows):
                return Options(header, tuple((name, *map(said, cells)) for name, *cells in rows))
        return one

    sections = (replace(section, blocks=tuple(map(block, section.blocks))) for section in brief.sections)
    return replace(brief, sections=tuple(sections))


def test_three_slides_with_titles_of_their_own() -> None:
    assert [slide.shapes.title.text for slide in slides(buyer_brief())] == [
        "Ambient scribes: Conditional · Confidence: medium",
        "Ambient scribes are in use or on trial at 30%[2] + 22%[6] + 40%[7] = 92% (own calculation) of surveyed"
        " providers",
        "Options and healthcare points",
    ]
    assert len(slides(founder_brief())) == 3
    assert len(slides(replace(founder_brief(), sections=(), chart=None))) == 3


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Buy two, and only then decide.", "Ambient scribes: Buy two, and only then decide"),
        (f"Buy two scribes, {'and wait, ' * 30}then decide.", f"Ambient scribes: Buy two scribes{', and wait' * 13} …"),
        (f"Buy {'and wait and wait ' * 30}and decide.", "Decision and recommendation"),
        (f"“Scribes are there, {'and there, ' * 30}now.” [1]", "Decision and recommendation"),
    ],
)
def test_a_title_is_a_sentence_that_has_room_or_ends_at_a_clause(said: str, title: str) -> None:
    section = Section("recommendation", "Recommendation", (Paragraph(f"{said} Another sentence."),))
    assert slides(replace(clean_brief(), topic="ambient scribes", sections=(section,)))[0].shapes.title.text == title


def test_no_title_is_of_a_section_with_a_fault() -> None:
    fault = Fault("figure-unsupported", "Evidence", "“92%” is in no cited sentence.")
    told = slides(replace(buyer_brief(), faults=(fault,)))[1].shapes.title.text
    assert told.startswith("Two thirds of executives say")


def test_nothing_is_said_to_stand_below_that_stands_on_another_slide() -> None:
    said = "Put the questions of the healthcare points below to the vendor. “The evidence below is theirs.” [1]"
    section = Section("next-step", "Next step", (Paragraph(said),))
    first, _, third = slides(replace(clean_brief(), sections=(section,)))
    assert "healthcare points to the vendor. “The evidence below is theirs.”" in text_of(first)
    assert third.shapes.title.text == "Put the questions of the healthcare points to the vendor"


def test_a_founder_sees_the_chart_beside_the_stage_of_adoption() -> None:
    charts = [[shape for shape in slide.shapes if shape.name == "Chart"] for slide in slides(founder_brief())]
    assert [len(charts_there) for charts_there in charts] == [0, 1, 0]


def test_each_slide_has_what_belongs_to_it() -> None:
    first, second, third = slides(buyer_brief())
    assert "Whether to buy an ambient scribe" in text_of(first)
    assert "This draft has 2 faults" in text_of(first)
    assert "Where the sources differ" in text_of(second)
    assert "Next step" in text_of(first) and "Risks and stop conditions" in text_of(second)
    assert "Measurable value: " in text_of(third)
    (table,) = [shape.table for shape in third.shapes if shape.has_table]
    assert [row.cells[0].text for row in table.rows] == ["Option", "Build", "Buy", "Co-develop", "Wait (do nothing)"]


def test_the_chart_is_told_in_words() -> None:
    brief = buyer_brief()
    (picture,) = [shape for shape in slides(brief)[0].shapes if shape.name == "Chart"]
    assert brief.chart
    assert picture._element.nvPicPr.cNvPr.get("descr") == brief.chart.alt_text


def test_the_notes_have_the_citations_of_their_slide() -> None:
    brief = buyer_brief()
    assert brief.chart
    first = slides(brief)[0].notes_slide.notes_text_frame.text
    _, listed = first.split("\nSources\n")
    assert listed.splitlines() == [
        f"[{citation.number}] {note_of(citation)}"
        for citation in with_addresses_once(brief.citations)
        if citation.number in (*range(1, 4), *(bar.citation for bar in brief.chart.bars))
    ]


@pytest.mark.parametrize("make", [buyer_brief, founder_brief])
def test_every_mark_on_a_slide_has_its_source_there_and_no_letter_is_small(make: Callable[[], Brief]) -> None:
    for slide in slides(make()):
        frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame and not shape.is_placeholder]
        frames += [cell.text_frame for shape in slide.shapes if shape.has_table for cell in shape.table.iter_cells()]
        runs = [run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]
        assert all(run.font.size >= pptx.util.Pt(12) for run in runs)
        (sources,) = [shape.text_frame.text for shape in slide.shapes if shape.name == "Sources"]
        marks = {run.text for run in runs if run.font._rPr.get("baseline")}
        assert marks and all(mark in sources for mark in marks)


def test_without_a_chart_the_first_slide_has_the_figures_of_the_evidence() -> None:
    first = slides(replace(buyer_brief(), chart=None, faults=()))[0]
    texts = [shape.text_frame.text for shape in first.shapes if shape.has_text_frame]
    (text,) = [text for text in texts if text.startswith("Key figures")]
    assert text.splitlines()[1] in text.splitlines()[2]


def test_a_healthcare_point_is_told_shortly_and_in_full_in_the_notes() -> None:
    said = "Background: “Half of them.” [1] On the topic itself the sources are silent: ask the vendor for proof."
    section = Section("healthcare", "Healthcare points", (Labelled((("Readiness", said),)),), boxed=True)
    third = slides(replace(clean_brief(), sections=(section,), chart=None))[2]
    assert "Readiness: background only[1]. Ask the vendor for proof." in text_of(third)
    assert f"Readiness: {said}" in third.notes_slide.notes_text_frame.text


def test_properties_say_what_the_brief_says_and_no_more() -> None:
    properties = pptx.Presentation(io.BytesIO(write(buyer_brief(), "pptx"))).core_properties
    assert (properties.title, properties.author, properties.language) == (buyer_brief().title, "", "en-GB")


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 2, 5, 40])
def test_nothing_reaches_beyond_its_slide_or_into_another_thing(times: int) -> None:
    for slide in slides(longer(buyer_brief(), times)):
        boxes = [shape for shape in slide.shapes if not shape.is_placeholder]
        assert all(shape.top + shape.height <= pptx.util.Pt(540) for shape in boxes)
        assert all(shape.left + shape.width <= pptx.util.Pt(960) for shape in boxes)
        for one, other in itertools.combinations(boxes, 2):
            beside = one.left + one.width <= other.left or other.left + other.width <= one.left
            below = one.top + one.height <= other.top or other.top + other.height <= one.top
            assert beside or below, (one.name, other.name)


@pytest.mark.slow
def test_what_has_no_room_is_in_the_notes_and_the_slide_says_so() -> None:
    brief = longer(buyer_brief(), 40)
    first = slides(brief)[0]
    assert MORE in text_of(first)
    assert "Recommendation" in text_of(first)
    paragraph = brief.sections[1].blocks[0]
    assert isinstance(paragraph, Paragraph)
    written = words_of(runs_of(paragraph.text, range(1, 13)))
    assert written in first.notes_slide.notes_text_frame.text
    assert written not in text_of(first)


def test_rows_are_counted_by_the_width_of_words() -> None:
    runs = (Words("one two three four five six seven eight nine ten"),)
    assert rows_needed(runs, 1000, 12) == 1
    assert rows_needed(runs, 60, 12) > rows_needed(runs, 120, 12) > 1
    assert rows_needed((Words("w" * 200),), 100, 12) > 10


def test_a_shortened_text_keeps_the_citations_of_what_is_left_out() -> None:
    runs = runs_of(f"{'Some words. ' * 30} First [1]. {'Some words. ' * 30} Last [2], and again [2].", (1, 2))
    found = shortened(runs, 200, 12, 3)
    assert rows_needed(found, 200, 12) <= 3
    assert words_of(found).endswith("… [1] [2]")
    assert shortened(runs, 5000, 12, 3) == runs


def test_the_longest_group_gives_way_first() -> None:
    long = [Line("heading", (Words("Long"),)), *(Line("point", (Words("Words of a point"),)) for _ in range(30))]
    short = [Line("heading", (Words("Short"),)), Line("text", (Words("A text"), Mark(1)))]
    kept = cut([long, short], 300, 12, 150)
    assert height_of(kept, 300, 12) <= 150
    assert kept[-3:-1] == short
    assert kept[-1].runs == (Words(MORE),)
    assert cut([short], 300, 12, 150) == short
