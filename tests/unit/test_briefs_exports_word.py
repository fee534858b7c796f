"""The Word document as Word meets it: styles, tables, notes, properties."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
from docx.document import Document

from aidx_assistant.briefs.brief import Brief, Fault, Options, Paragraph, Section, note_of, with_addresses_once
from aidx_assistant.briefs.exports import write
from aidx_assistant.briefs.written.brief_form import body_of_brief
from aidx_assistant.briefs.written.word import read_word
from aidx_assistant.dx.lettering import width_of
from tests.fakes.briefs import clean_brief
from tests.fakes.read_back import read_word as read_back
from tests.fakes.whole_briefs import buyer_brief, founder_brief
from tests.unit.test_briefs_own_jobs import with_jobs

PROBLEM = "no sentence gives it, " * 9


def opened(brief: Brief) -> Document:
    return docx.Document(io.BytesIO(write(brief, "docx")))


def texts(document: Document, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def xml(brief: Brief, part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(write(brief, "docx"))) as package:
        return package.read(part).decode()


def test_headings_lists_and_boxes_have_styles_of_their_own() -> None:
    brief = buyer_brief()
    document = opened(brief)
    assert texts(document, "Title") == [brief.title]
    headings = [section.heading for section in brief.sections]
    assert texts(document, "Heading 1") == [*headings, "Where the sources differ"]
    assert texts(document, "Heading 2") == ["Proofs of concept that reach production"]
    assert len(texts(document, "Fault Item")) == 2
    assert texts(document, "List Bullet")[0].startswith("Two thirds of executives")
    assert (
        texts(opened(founder_brief()), "List Number")[1]
        == "From which of these payers suffer most, the sources do not say."
    )


def test_evidence_is_a_table_with_the_source_of_each_row() -> None:
    evidence, options = opened(buyer_brief()).tables
    rows = [[cell.text for cell in row.cells] for row in evidence.rows]
    assert rows[0] == ["Evidence", "Source, base and date"]
    assert rows[2][0].startswith("Only 30% of completed proofs of concept")
    assert rows[2][1].startswith("Source: The Healthcare AI Adoption Index, section “Experimentation")
    assert [row.cells[0].text for row in options.rows][1:] == ["Build", "Buy", "Co-develop", "Wait (do nothing)"]
    assert {table.style.name for table in (evidence, options)} == {"Brief Table"}


def test_pages_are_numbered_and_the_picture_is_told_in_words() -> None:
    brief = buyer_brief()
    document = opened(brief)
    footer = document.sections[0].footer.paragraphs[0]
    assert footer.text.startswith(f"{brief.title}\tPage ")
    assert "NUMPAGES" in footer._p.xml
    assert brief.chart
    assert document.inline_shapes[0]._inline.docPr.get("descr") == brief.chart.alt_text


def test_what_belongs_together_stays_on_a_page() -> None:
    brief = with_jobs(buyer_brief())
    document = opened(brief)
    stays = {paragraph.text: paragraph.paragraph_format.keep_with_next for paragraph in document.paragraphs}
    assert brief.jobs
    assert stays[brief.jobs.lead.replace("**", "")]
    *points, last = [paragraph.text for paragraph in document.paragraphs[-len(brief.disagreements) :]]
    assert all(stays[text] for text in points)
    assert not stays[last]


def test_no_word_of_the_table_of_jobs_is_broken() -> None:
    table = opened(with_jobs(buyer_brief())).tables[1]
    letters, margin = 9, 7.1
    for cell in (cell for row in table.rows for cell in row.cells[:4]):
        assert all(width_of(word, letters) < cell.width.pt - margin for word in cell.text.split())


def test_a_chart_of_many_bars_leaves_room_on_its_page() -> None:
    brief = buyer_brief()
    assert brief.chart
    many = replace(brief.chart, bars=brief.chart.bars * 4)
    heights = [opened(replace(brief, chart=chart)).inline_shapes[0].height.mm for chart in (brief.chart, many)]
    assert heights[0] < 55
    assert heights[1] < 100


def test_properties_say_what_the_brief_says_and_no_more() -> None:
    brief = buyer_brief()
    properties = opened(brief).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == (brief.title, "", "")
    assert (properties.language, properties.comments) == ("en-GB", "")
    assert properties.created.date() == brief.made_on
    with zipfile.ZipFile(io.BytesIO(write(brief, "docx"))) as package:
        names = package.namelist()
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]


def test_notes_are_counted_by_word_where_they_come_in_their_order() -> None:
    assert "customMarkFollows" not in xml(buyer_brief(), "word/document.xml")


def test_notes_named_out_of_order_keep_their_numbers() -> None:
    brief = clean_brief()
    assert "customMarkFollows" in xml(brief, "word/document.xml")
    found = read_back(write(brief, "docx"))
    assert found.marks[:4] == (3, 4, 5, 6)
    assert dict(found.notes) == {
        citation.number: note_of(citation) for citation in with_addresses_once(brief.citations)
    }


def test_a_header_with_a_note_is_not_repeated() -> None:
    header = Section("options", "Options", (Options(("Option", "Price [1]"), (("Buy", "High"),)),))
    text = Section("text", "Text", (Options(("Option", "Price"), (("Buy", "High [1]"),)), Paragraph("Done")))
    for section, repeated in ((header, 0), (text, 1)):
        brief = replace(founder_brief(), sections=(section,), chart=None)
        assert xml(brief, "word/document.xml").count("<w:tblHeader/>") == repeated


def test_a_long_list_of_faults_goes_behind_the_brief_and_is_no_claim_there() -> None:
    faults = tuple(Fault("figure-unsupported", "Why now", f"{number}%: {PROBLEM}") for number in range(9))
    few, many = replace(buyer_brief(), faults=faults[:1]), replace(buyer_brief(), faults=faults)
    assert texts(opened(few), "Faults Heading") == ["This draft has 1 fault:"]
    document = opened(many)
    assert texts(document, "Faults Heading") == [
        "This draft has 9 faults, listed on its last page.",
        "This draft has 9 faults:",
    ]
    *_, heading = (one for one in document.paragraphs if one.style and one.style.name == "Faults Heading")
    assert heading.paragraph_format.page_break_before
    assert len(texts(document, "Fault Item")) == len(faults)
    bodies = [body_of_brief(read_word(write(brief, "docx")).pieces) for brief in (few, many)]
    assert [piece.text for piece in bodies[0]] == [piece.text for piece in bodies[1]]
