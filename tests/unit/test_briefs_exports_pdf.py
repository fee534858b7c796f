"""What a PDF says of itself: title, language, outline, tags; its chart is drawn, its pages are counted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import Destination

from aidx_assistant.briefs.brief import Fault, Options, Paragraph, Section
from aidx_assistant.briefs.exports import fonts, page_count, pdf, remark_on, write
from tests.fakes.whole_briefs import buyer_brief, founder_brief

PROBLEM = "no sentence gives it, " * 9


def opened(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def headings(outline: list[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, Destination):
            yield str(entry.title)
        else:
            yield from headings(entry)


def tags(element: Any) -> Iterator[Any]:
    """Every structure element of a tagged PDF."""
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, dict):
        yield element
        inner = element.get("/K", [])
        for child in inner if isinstance(inner, list) else [inner]:
            yield from tags(child)


def test_letters_that_no_font_has_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "fonts", lambda: typst.Fonts(include_system_fonts=False))
    monkeypatch.setattr(fonts, "_folders", list)
    told = remark_on(replace(buyer_brief(), audience="医療情報部, Zürich, Łódź, Αθήνα, Київ"), "pdf")
    assert told is not None and "No font here has 医療情報部: in the PDF boxes stand for them." in told
    assert ".docx or .html" in told and "aidx-assistant[cjk]" in told
    assert remark_on(buyer_brief(), "pdf") is None
    assert remark_on(replace(buyer_brief(), audience="医療情報部"), "docx") is None


@pytest.mark.skipif(not fonts.has_extra(), reason="the extra cjk is not installed")
def test_with_the_extra_chinese_japanese_and_korean_letters_are_shown() -> None:
    assert remark_on(replace(buyer_brief(), audience="医疗 医療 サービス 의료"), "pdf") is None


def test_title_language_outline_and_no_author() -> None:
    brief = buyer_brief()
    reader = opened(write(brief, "pdf"))
    root = reader.root_object
    assert reader.metadata is not None
    assert reader.metadata.title == brief.title
    assert reader.metadata.author is None
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    found = [*headings(reader.outline)]
    assert [heading for heading in found if brief.chart and heading != brief.chart.title] == [
        *(section.heading for section in brief.sections),
        "Where the sources differ",
        "Sources",
    ]


def test_it_is_tagged_as_accessible_and_the_chart_is_told_in_words() -> None:
    brief = buyer_brief()
    reader = opened(write(brief, "pdf"))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.root_object["/Metadata"].get_data()
    structure = [*tags(reader.root_object["/StructTreeRoot"])]
    assert brief.chart
    assert [tag["/Alt"] for tag in structure if tag.get("/S") == "/Figure"] == [brief.chart.alt_text]
    assert sum(tag.get("/S") == "/TH" for tag in structure) == 3


def test_the_chart_is_no_picture_of_dots() -> None:
    reader = opened(write(buyer_brief(), "pdf"))
    assert [image for page in reader.pages for image in page.images] == []
    assert "46% [1]" in reader.pages[0].extract_text()


def test_letters_that_no_font_has_are_written_all_the_same() -> None:
    brief = replace(founder_brief(), topic="\U0001340d claims")
    reader = opened(write(brief, "pdf"))
    assert reader.metadata is not None
    assert reader.metadata.title == brief.title
    assert "/StructTreeRoot" in reader.root_object


def test_pages_are_those_of_the_pdf() -> None:
    brief = founder_brief()
    assert page_count(brief) == 1
    assert page_count(buyer_brief()) == 2
    long = Section("long", "Long", tuple(Paragraph("Words enough for a line of text. " * 20) for _ in range(30)))
    longer = replace(brief, sections=(*brief.sections, long))
    assert page_count(longer) == len(opened(write(longer, "pdf")).pages) > 2


def test_a_list_of_faults_for_which_there_is_no_room_goes_behind_the_brief() -> None:
    faults = tuple(Fault("figure-unsupported", "Why now", f"{number}%: {PROBLEM}") for number in range(14))
    long = Section("long", "Long", tuple(Paragraph("Words enough for a line of text. " * 12) for _ in range(6)))
    full = replace(buyer_brief(), sections=(*buyer_brief().sections, long), faults=())
    assert page_count(full) == 2
    with_faults = replace(full, faults=faults)
    first, *_, last = (page.extract_text() for page in opened(write(with_faults, "pdf")).pages)
    assert "This draft has 14 faults, listed on its last page." in first
    assert last.count("Why now") == len(faults) and "Sources" not in last
    assert page_count(with_faults) == 2
    assert "listed on" not in opened(write(replace(full, faults=faults[:1]), "pdf")).pages[0].extract_text()


def test_no_page_breaks_a_row_of_the_options_and_none_is_added_for_that() -> None:
    brief = buyer_brief()
    rows = tuple((f"Row {row}", f"begin{row} {'and more of it ' * 20} end{row}", "–") for row in range(9))
    table = Section("options", "Options", (Options(("Option", "For", "Against"), rows),))
    for lines in range(2):
        first = Section("first", "First", tuple(Paragraph("A line.") for _ in range(lines)))
        long = replace(brief, sections=(first, table))
        pages = [page.extract_text() for page in opened(write(long, "pdf")).pages]
        assert all((f"begin{row} " in page) == (f"end{row}" in page) for row in range(9) for page in pages)
        assert len(pages) == page_count(long)


def test_the_same_brief_gives_the_same_file() -> None:
    assert write(buyer_brief(), "pdf") == write(buyer_brief(), "pdf")
