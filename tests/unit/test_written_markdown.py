"""Reading Markdown back: pieces with their lines, footnotes in every form."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidx_assistant.briefs.tracing.source_list import without_source_list
from aidx_assistant.briefs.written.apart import DocumentLimits, read_written
from aidx_assistant.briefs.written.brief_form import body_of_brief, kind_of_brief, told_with_sources
from aidx_assistant.briefs.written.document import (
    Note,
    document_as_json,
    document_from_json,
    link_mark,
    note_mark,
)
from aidx_assistant.briefs.written.markdown import read_markdown
from aidx_assistant.errors import UsageError
from tests.fakes.word_files import paragraph, word_file


def read(text: str) -> list[tuple[str, str, str]]:
    return [(piece.kind, piece.text, piece.where) for piece in read_markdown(text.encode()).pieces]


def test_every_piece_knows_its_line() -> None:
    text = "---\ntitle: x\n---\n# Title\n\nOne\ntwo.\n\n- a\n  - b\n\n| h | i |\n|---|---|\n| c | d |\n\n> quoted\n"
    assert read(text) == [
        ("heading", "Title", "4"),
        ("paragraph", "One two.", "6"),
        ("item", "a", "9"),
        ("item", "b", "10"),
        ("header", "h | i", "12"),
        ("row", "c | d", "14"),
        ("paragraph", "quoted", "16"),
    ]
    (_, piece, *_) = read_markdown(text.encode()).pieces
    assert [piece.where_at(offset) for offset in (0, 3, 4, 7)] == ["6", "6", "7", "7"]


def test_marks_of_notes_and_links() -> None:
    text = "A [^1] b [2, 4] c [x](https://a.b/c) d [1](https://n.o/p) e <https://q.r/s>."
    ((_, found, _),) = read(text)
    assert found == (
        f"A {note_mark('1')} b {note_mark('[2]')}{note_mark('[4]')} c x{link_mark('https://a.b/c')}"
        f" d {link_mark('https://n.o/p')} e https://q.r/s."
    )


def test_struck_out_text_and_pictures_are_left_out() -> None:
    assert read("46% ~~47%~~ ![48%](x.png)<br>all") == [("paragraph", "46%   all", "1")]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("A[^1].\n\n[^1]: One\n  two.", Note("1", "One two.", "3")),
        ("A[^1].\n\n[^1]: One\n\n    two.\n\nB", Note("1", "One two.", "3")),
        ("A[^1].\n[^1]: One\nB", Note("1", "One B", "2")),
        ("A[^x-y].\n\n[^x-y]: *One* [t](https://a.b/c).", Note("x-y", f"One t{link_mark('https://a.b/c')}.", "3")),
        ("A[^1].\n\n[^1]: “One \\[7\\] two [8].”", Note("1", "“One [7] two [8].”", "3")),
        ("A.^[One [b] two.]", Note("line 1, note 1", "One [b] two.", "1")),
    ],
)
def test_footnotes(text: str, note: Note) -> None:
    assert read_markdown(text.encode()).notes == (note,)


def test_a_definition_in_a_fence_is_text() -> None:
    document = read_markdown(b"```\n[^1]: One\n```\n")
    assert document.notes == ()
    assert [piece.where for piece in document.pieces] == ["2"]


def test_entries_of_a_list_of_sources_are_notes() -> None:
    document = read_markdown(b"A [1] b [2].\n\n## Sources\n\n1. The index, slide 8.\n2. Another.\n\n## End\n\nC [3].")
    left, notes = without_source_list(document.pieces)
    assert [(note.label, note.text, note.where) for note in notes] == [
        ("[1]", "The index, slide 8.", "5"),
        ("[2]", "Another.", "6"),
    ]
    assert [piece.where for piece in left] == ["1", "3", "8", "10"]


def test_each_list_of_sources_serves_the_text_before_it() -> None:
    document = read_markdown(b"A [1].\n\n## Sources\n\n1. One.\n\n## Next\n\nB [1].\n\n## Sources\n\n[1] Two.\n")
    left, notes = without_source_list(document.pieces)
    assert [(note.label, note.text) for note in notes] == [("[1] of list 1", "One."), ("[1] of list 2", "Two.")]
    assert [piece.text for piece in left if piece.kind == "paragraph"] == [
        f"A {note_mark('[1] of list 1')}.",
        f"B {note_mark('[1] of list 2')}.",
    ]


def test_a_brief_is_known_by_its_title_and_its_frame_is_no_claim() -> None:
    text = (
        "# Founder brief: scribes\n\nFor a 500-bed system · Providers · 3 November 2026 · Drafted by a-model-4\n\n"
        "> **This draft has 2 faults:**\n>\n> - **Why:** 47%: wrong.\n> - **Why:** 48%: wrong.\n\n## Why\n\n46%.\n"
    )
    pieces = read_markdown(text.encode()).pieces
    assert kind_of_brief(pieces) == "founder"
    assert [piece.text for piece in body_of_brief(pieces)] == ["Why", "46%."]
    assert kind_of_brief(read_markdown(b"# A memo\n\nOn a buyer brief: x").pieces) is None


def test_source_lines_are_told_from_what_they_are_the_source_of() -> None:
    text = "- 46% lead.\\\n  *Source: The index, slide 8*\n\n| a | b |\n|---|---|\n| c | 60% |\n\nSource: The index.\n"
    told = told_with_sources(read_markdown(text.encode()).pieces)
    assert [(one.piece.text, one.source and (one.source.text, one.source.where)) for one in told] == [
        ("46% lead.", ("The index, slide 8", "2")),
        ("a | b", ("The index.", "8")),
        ("c | 60%", ("The index.", "8")),
    ]


def test_a_document_survives_json() -> None:
    document = read_markdown(b"# A\n\nOne[^1]\ntwo.\n\n1. x\n\n| a | b |\n|---|---|\n\n[^1]: N\n")
    assert document_from_json(document_as_json(document)) == document


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.md", b"", "The file is empty"),
        ("a.docx", b" \n", "The file is empty"),
        ("a.docx", b"# Text", "damaged, or something else"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted Office file"),
        ("a.md", b"\x00\x01\x02binary\x00", "NUL"),
        ("a.pdf", b"%PDF-1.7\n", "is a PDF"),
        ("a.pptx", b"PK\x03\x04..ppt/presentation.xml..", "is a PowerPoint file"),
        ("a.docx", b"PK\x03\x04..xl/workbook.xml..", "is an Excel file"),
        ("a.md", b"<!DOCTYPE html><html></html>", "is a web page"),
        ("a.docx", b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)
def test_what_cannot_be_checked_is_said(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(UsageError, match=said) as caught:
        read_written(file)
    assert str(file) in str(caught.value)


def test_other_files_that_are_no_documents(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        read_written(tmp_path)
    with pytest.raises(UsageError, match="There is no file"):
        read_written(tmp_path / "gone.md")


def test_limits_are_told(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(word_file(paragraph("One")))
    with pytest.raises(UsageError, match="documents of up to"):
        read_written(file, DocumentLimits(file_bytes=10))
    with pytest.raises(UsageError, match="million characters"):
        read_written(file, DocumentLimits(characters=2))
    file.write_bytes(word_file(paragraph("1 2 3")))
    with pytest.raises(UsageError, match="It holds 3 numbers; up to 2"):
        read_written(file, DocumentLimits(numbers=2))
    with pytest.raises(UsageError, match="ended"):
        read_written(file, DocumentLimits(seconds=0.0))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_common_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes("“46%” of café owners".encode(encoding))
    assert read_written(file).pieces[0].text == "“46%” of café owners"
