"""Every format carries the same citations in the same order, as an independent reader finds them in the file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from aidx_assistant.briefs.brief import Brief, Paragraph, Section, markers_in, note_of, texts_of, with_addresses_once
from aidx_assistant.briefs.exports import FORMATS, Format, write
from aidx_assistant.briefs.linting import faults_of
from aidx_assistant.briefs.linting.documents import lint_document
from aidx_assistant.briefs.written.document import WrittenDocument
from aidx_assistant.briefs.written.markdown import read_markdown
from aidx_assistant.briefs.written.word import read_word
from tests.fakes.briefs import clean_brief, corpus_library, corpus_shelf
from tests.fakes.read_back import READERS, squeezed
from tests.fakes.whole_briefs import buyer_brief, founder_brief

BRIEFS = {"buyer": buyer_brief, "founder": founder_brief}


def marks_expected(brief: Brief, file_format: str) -> list[int]:
    """As the brief's own texts name them, the chart's below the evidence, the disagreements last.

    On slides they have another order: what belongs to a slide stands on it.
    """
    marks = []
    for section in brief.sections:
        marks += [number for block in section.blocks for text in texts_of(block) for number in markers_in(text)]
        if brief.chart and section.key in ("evidence", "stage"):
            bars = [bar.citation for bar in brief.chart.bars]
            marks += (bars if file_format == "md" else []) + sorted(bars)
    marks += [number for disagreement in brief.disagreements for number in disagreement.citations]
    return sorted(marks) if file_format == "pptx" else marks


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("kind", BRIEFS)
def test_marks_and_notes_come_back_in_order(kind: str, file_format: Format) -> None:
    brief = BRIEFS[kind]()
    found = READERS[file_format](write(brief, file_format))
    marks = sorted(found.marks) if file_format == "pptx" else list(found.marks)
    assert marks == marks_expected(brief, file_format)
    assert [(number, squeezed(note)) for number, note in found.notes] == [
        (citation.number, squeezed(note_of(citation))) for citation in with_addresses_once(brief.citations)
    ]


@pytest.mark.parametrize("file_format", FORMATS)
def test_everything_a_reader_must_know_is_in_the_text(file_format: Format) -> None:
    brief = buyer_brief()
    found = READERS[file_format](write(brief, file_format))
    text = squeezed(found.text)
    for said in (
        brief.title,
        "For CMIO, 500-bed health system",
        "3 November 2026",
        "Drafted by claude-sonnet-5-5",
        "This draft has 2 faults",
        *(fault.problem for fault in brief.faults),
        "Not drafted.",
        "Source: The Healthcare AI Adoption Index, section “Top takeaways”; executives, all segments; 15 April 2025",
        "Base: Proofs of concept of large providers; proofs of concept of providers; completed proofs of concept",
        "__________",
    ):
        assert squeezed(said) in text, said
    assert "Notverified" in squeezed(dict(found.notes)[12])


@pytest.mark.parametrize("file_format", FORMATS)
def test_marks_and_citations_that_do_not_meet_are_both_shown(
    file_format: Format,
) -> None:
    brief = founder_brief()
    section = Section("only", "Only", (Paragraph("One [8] and none [97], and **half a bold"),))
    found = READERS[file_format](write(replace(brief, sections=(section,), chart=None), file_format))
    assert found.marks[0] == 8
    assert set(found.marks[1:]) == {1, 2, 3, 4, 5, 6, 7}
    assert [number for number, _ in found.notes] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert "none[97],and**halfabold" in squeezed(found.text)


@pytest.mark.parametrize(("file_format", "reader"), [("md", read_markdown), ("docx", read_word)])
@pytest.mark.parametrize(
    "brief",
    # an evidence brief would have labels before its statements
    [clean_brief(), buyer_brief(), replace(founder_brief(), mode="claude", model="claude-opus-5-5")],
)
def test_the_checker_finds_in_the_file_what_it_finds_in_the_brief(
    brief: Brief, file_format: Format, reader: Callable[[bytes], WrittenDocument]
) -> None:
    found = lint_document(reader(write(brief, file_format)), corpus_shelf(), lambda _: 2)
    assert found.kind == brief.kind
    assert sorted(fault.rule for fault in found.faults) == sorted(
        fault.rule for fault in faults_of(brief, corpus_library(), 2)
    )


def test_a_format_imports_its_own_libraries_only() -> None:
    heavy = "{'docx', 'pptx', 'typst', 'pypdf', 'pypdfium2', 'PIL', 'chromadb', 'anthropic'}"
    script = f"import sys; import aidx_assistant.briefs.exports; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
