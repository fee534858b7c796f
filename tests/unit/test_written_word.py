"""Reading Word files back: what counts as their text, and where it stands."""

from __future__ import annotations

import io
import zipfile

import pytest

from aidx_assistant.briefs.written.document import WrittenDocument, link_mark, note_mark
from aidx_assistant.briefs.written.word import read_word
from aidx_assistant.errors import ReadingError
from tests.fakes.word_files import BULLETS, NUMBERS, endnote, footnote, paragraph, run, table, word_file


def texts(document: WrittenDocument) -> list[str]:
    return [piece.text for piece in document.pieces]


def a_field(code: str, result: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{marks[1]}{run(result)}{marks[2]}"


def test_headings_paragraphs_and_lists_with_where_they_stand() -> None:
    document = read_word(
        word_file(
            paragraph("Before"),
            paragraph("The title", style="Title"),
            paragraph("Why now", style="Heading2"),
            paragraph("One"),
            paragraph("Two", of_list=BULLETS),
            paragraph("Deeper", style="ListBullet"),
            paragraph("Numbered", of_list=NUMBERS),
            paragraph("Numbered too", of_list=NUMBERS),
            paragraph("Of my own style", style="Mine"),
            paragraph("Outlined", style="Outlined"),
            paragraph("Last"),
        )
    )
    found = [(piece.kind, piece.level, piece.text, piece.where, piece.ordinal) for piece in document.pieces]
    assert found == [
        ("paragraph", 1, "Before", "paragraph 1", None),
        ("heading", 1, "The title", "heading “The title”", None),
        ("heading", 2, "Why now", "heading “Why now”", None),
        ("paragraph", 1, "One", "“Why now”, paragraph 1", None),
        ("item", 1, "Two", "“Why now”, paragraph 2", None),
        ("item", 1, "Deeper", "“Why now”, paragraph 3", None),
        ("item", 1, "Numbered", "“Why now”, paragraph 4", 1),
        ("item", 1, "Numbered too", "“Why now”, paragraph 5", 2),
        ("heading", 2, "Of my own style", "heading “Of my own style”", None),
        ("heading", 3, "Outlined", "heading “Outlined”", None),
        ("paragraph", 1, "Last", "“Outlined”, paragraph 1", None),
    ]


def test_notes_are_marked_and_kept_without_separators() -> None:
    document = read_word(
        word_file(
            paragraph("46%", footnote(2), " and 60%", endnote(5), "."),
            footnotes={2: "The index, slide 8."},
            endnotes={5: "The index, slide 9."},
        )
    )
    assert texts(document) == [f"46%{note_mark('footnote 2')} and 60%{note_mark('endnote 5')}."]
    assert [(note.label, note.text, note.where) for note in document.notes] == [
        ("footnote 2", "The index, slide 8.", "footnote 1"),
        ("endnote 5", "The index, slide 9.", "endnote 1"),
    ]


def test_insertions_count_and_deletions_do_not() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>47%</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("46%")}</w:ins>'
    moved = f'<w:moveFrom w:id="3">{run("gone")}</w:moveFrom><w:moveTo w:id="4">{run(" here")}</w:moveTo>'
    document = read_word(word_file(paragraph("Of providers ", deleted, inserted, moved)))
    assert texts(document) == ["Of providers 46% here"]


@pytest.mark.parametrize("property_", ["<w:vanish/>", "<w:strike/>", '<w:dstrike w:val="true"/>'])
def test_hidden_and_struck_out_text_does_not_count(property_: str) -> None:
    document = read_word(word_file(paragraph("46%", run(" 47%", property_), run(" all", '<w:strike w:val="0"/>'))))
    assert texts(document) == ["46% all"]


def test_links_keep_their_address() -> None:
    link = f'<w:hyperlink r:id="rId9">{run("the index")}</w:hyperlink>'
    field = a_field(' HYPERLINK "https://b.example/x" ', "here")
    document = read_word(word_file(paragraph("See ", link, " or ", field), links={"rId9": "https://a.example/i"}))
    assert texts(document) == [
        f"See the index{link_mark('https://a.example/i')} or here{link_mark('https://b.example/x')}"
    ]


def test_numbers_that_point_at_notes_or_pages_are_no_text() -> None:
    field = a_field(" NOTEREF _Ref1 \\h ", "7")
    simple = '<w:fldSimple w:instr=" PAGEREF x "><w:r><w:t>12</w:t></w:r></w:fldSimple>'
    document = read_word(word_file(paragraph("Providers", field, " on page ", simple, ".")))
    assert texts(document) == ["Providers on page ."]


def test_a_raised_number_leads_to_a_list_of_sources() -> None:
    document = read_word(word_file(paragraph("46%", run("3", '<w:vertAlign w:val="superscript"/>'), " of all")))
    assert texts(document) == [f"46%{note_mark('[3]')} of all"]


def test_tables_row_by_row() -> None:
    inner = table(("x", "y"), ("1", "2"))
    document = read_word(
        word_file(
            paragraph("Options", style="Heading1"),
            table(("Option", "For"), ("Buy", paragraph("46%", footnote(1)) + paragraph("of all")), (inner, "z")),
            footnotes={1: "A note."},
        )
    )
    assert [(piece.kind, piece.cells) for piece in document.pieces[1:]] == [
        ("header", ("Option", "For")),
        ("row", ("Buy", f"46%{note_mark('footnote 1')} of all")),
        ("row", ("", "z")),
        ("header", ("x", "y")),
        ("row", ("1", "2")),
    ]
    assert document.pieces[2].where == "“Options”, table row 2"


def test_a_table_of_one_column_is_a_frame() -> None:
    document = read_word(word_file(table((paragraph("Healthcare", style="Heading2") + paragraph("Text"),))))
    assert [piece.kind for piece in document.pieces] == ["heading", "paragraph"]


def test_text_boxes_are_read_once() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>" + paragraph("In a box: 5%")
        + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + paragraph("In a box: 5%")
        + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )  # fmt: skip
    assert texts(read_word(word_file(paragraph("Around", box)))) == ["Around", "In a box: 5%"]


def test_lines_of_a_paragraph_are_known() -> None:
    (piece,) = read_word(word_file(paragraph("One.", "<w:r><w:br/></w:r>", "Source: two."))).pieces
    assert piece.text == "One. Source: two."
    assert piece.breaks == ((5, "paragraph 1"),)


@pytest.mark.parametrize(("pages", "known"), [(3, 3), (None, None), (0, None)])
def test_pages_are_those_that_word_counted(pages: int | None, known: int | None) -> None:
    assert read_word(word_file(paragraph("A"), pages=pages)).pages == known


def test_an_entity_is_not_resolved() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    plain = word_file(paragraph("MARK"))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == "word/document.xml":
                text = text.replace("?>", f"?>{bomb}", 1).replace("MARK", "MARK&b;")
            target.writestr(name, text)
    assert texts(read_word(file.getvalue())) == ["MARK"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 nothing of the kind", "damaged"),
        (word_file(paragraph("A"))[:-200], "damaged"),
        (word_file("<w:p><w:r>"), "damaged"),
    ],
    ids=["no zip", "cut off", "no end"],  # bytes in a name would differ from process to process
)
def test_what_is_damaged_is_said_to_be(content: bytes, said: str) -> None:
    with pytest.raises(ReadingError, match=said):
        read_word(content)
