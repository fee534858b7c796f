"""A brief as a Word document: styles, a table of evidence, footnotes, page numbers, as Word itself would make them."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph

from aidx_assistant.briefs.brief import (
    Block,
    Brief,
    Fault,
    Labelled,
    Options,
    Paragraph,
    Points,
)
from aidx_assistant.briefs.exports.marked import Words, numbers_in, one_line, runs_of
from aidx_assistant.briefs.exports.pictures import Picture, pictures_of
from aidx_assistant.briefs.exports.reading_order import (
    SOURCE,
    Part,
    about_of,
    column_shares,
    faults_heading,
    faults_pointer,
    fill_the_top,
    marks_of,
    numbers_named,
    numbers_of,
    numbers_unnamed,
    parts_of,
)
from aidx_assistant.briefs.exports.word_fields import element
from aidx_assistant.briefs.exports.word_footnotes import Footnotes
from aidx_assistant.briefs.exports.word_template import empty_document, text_width

_CHART_WIDTH, _CHART_HEIGHT = Mm(105), Mm(55)
_LEAST_CHART_WIDTH = Mm(82)
"""A chart is narrower where it would be higher than that, as far as its letters stay readable."""
_BESIDE, _BESIDE_GAP = Mm(60), Mm(4)
"""Width of a picture beside a table, and what is left free between them."""
_BOX = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="5" w:color="C9D1D9"/>' for side in ("top", "left", "bottom", "right")
)


def as_word(brief: Brief) -> bytes:
    """The whole brief as .docx."""
    written = _Writing(empty_document(brief), brief)
    written.head(brief)
    *parts, last = parts_of(brief) or (None,)
    for part in parts:
        written.part(part)
    if last:
        written.part(last, keeps_together=True)
    written.unnamed(numbers_unnamed(brief))
    written.end(brief)
    content = io.BytesIO()
    written.document.save(content)
    return content.getvalue()


class _Writing:
    """Adds to the end of a document."""

    def __init__(self, document: Document, brief: Brief) -> None:
        self.document = document
        self._numbers = numbers_of(brief)
        named = (*numbers_named(parts_of(brief), self._numbers), *numbers_unnamed(brief))
        self._notes = Footnotes(document, brief.citations, named)

    def head(self, brief: Brief) -> None:
        self._plain("Title", brief.title)
        self._plain("Subtitle", " · ".join(about_of(brief)))
        if fill_the_top(brief.faults):
            self._plain("Faults Heading", f"{faults_pointer(brief.faults)}.")
        else:
            self._faults(brief.faults)

    def end(self, brief: Brief) -> None:
        """The list of faults that had no room at the top."""
        if fill_the_top(brief.faults):
            first = len(self.document.paragraphs)
            self._faults(brief.faults)
            self.document.paragraphs[first].paragraph_format.page_break_before = True

    def part(self, part: Part, *, keeps_together: bool = False) -> None:
        """`keeps_together`: so that no page has nothing but the end of it. Of jobs the lead stays with their table."""
        first = len(self.document.paragraphs)
        self._plain("Heading 1", part.section.heading)
        for block in part.section.blocks:
            self._block(block)
        for picture in pictures_of(part):
            if picture.lines:
                self._picture(picture)
            else:
                self._beside_table(picture)
        for note in part.jobs.notes if part.jobs else ():
            self._plain("Source Line", note)
        if part.section.boxed:
            for paragraph in self.document.paragraphs[first:]:
                _box(paragraph)
        written = self.document.paragraphs[first:]
        for paragraph in written[:-1] if keeps_together else written[:2] if part.jobs else ():
            paragraph.paragraph_format.keep_with_next = True

    def unnamed(self, numbers: Sequence[int]) -> None:
        """What no text names has its note all the same."""
        if numbers:
            self._text("Source Line", f"Not named above: {marks_of(numbers)}")

    def _faults(self, faults: Sequence[Fault]) -> None:
        if faults:
            self._plain("Faults Heading", f"{faults_heading(faults)}:")
        for fault in faults:
            self._fault(fault)

    def _fault(self, fault: Fault) -> None:
        paragraph = self.document.add_paragraph(style="Fault Item")
        paragraph.add_run(f"{one_line(fault.where)}:", style="Strong")
        paragraph.add_run(f" {one_line(fault.problem)}")

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(text):
                self._text("Normal", text)
            case Points():
                self._points(block)
            case Options(header, rows):
                table = self._table(header, len(rows), shares=column_shares(block), named_rows=True)
                for row, cells in zip(table.rows[1:], rows, strict=True):
                    for cell, text in zip(row.cells, cells, strict=True):
                        self._runs(cell.paragraphs[0], text)
            case Labelled(pairs):
                for label, text in pairs:
                    paragraph = self.document.add_paragraph(style="Labelled Point")
                    paragraph.add_run(f"{one_line(label)}:", style="Strong")
                    paragraph.add_run(" ")
                    self._runs(paragraph, text)

    def _points(self, block: Points) -> None:
        """A list; where points have their sources, a table of evidence."""
        style = "List Number" if block.numbered else "List Bullet"
        number = self._new_list() if block.numbered else None
        if not any(point.source for point in block.points):
            for point in block.points:
                _number(self._text(style, point.text), number)
            return
        table = self._table(("Evidence", "Source, base and date"), len(block.points), shares=[1.7, 1])
        for row, point in zip(table.rows[1:], block.points, strict=True):
            said, source = (cell.paragraphs[0] for cell in row.cells)
            self._runs(said, point.text)
            if number is not None:
                said.style = self.document.styles[style]
                _number(said, number)
            source.style = self.document.styles["Source Line"]
            source.add_run(f"{SOURCE} {one_line(point.source)}" if point.source else "–")

    def _table(self, header: Sequence[str], rows: int, shares: Sequence[float], *, named_rows: bool = False) -> Table:
        """A table of empty cells below its header; `shares`: how the columns share the width."""
        table: Table = self.document.add_table(rows + 1, len(header), style="Brief Table")
        table.autofit = False
        looks = table._tbl.tblPr.find(qn("w:tblLook"))
        if looks is not None:
            table._tbl.tblPr.remove(looks)
        table._tbl.tblPr.append(element("tblLook", val="06A0" if named_rows else "0620"))
        for column, share in zip(table.columns, shares, strict=True):
            width = Emu(int(text_width() * share / sum(shares)))
            column.width = width
            for cell in column.cells:
                cell.width = width
                cell.paragraphs[0].style = self.document.styles["Table Text"]
        for cell, words in zip(table.rows[0].cells, header, strict=True):
            self._runs(cell.paragraphs[0], words)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(element("cantSplit"))
        if not any(numbers_in(runs_of(words, self._numbers)) for words in header):
            # LibreOffice takes no footnotes in rows that it repeats.
            table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))
        # LibreOffice does not keep a heading right below a table with what follows it.
        self.document.add_paragraph(style="Table End")
        return table

    def _picture(self, picture: Picture) -> None:
        self._plain("Heading 2", picture.title)
        width = min(_CHART_WIDTH, max(_LEAST_CHART_WIDTH, _CHART_HEIGHT * picture.width // picture.height))
        _add_picture(self.document.add_paragraph(style="Chart Picture"), picture, width)
        for line in picture.lines:
            self._text("Source Line", line)

    def _beside_table(self, picture: Picture) -> None:
        """Puts a picture to the right of the table written last, which makes room: one more column, one cell high."""
        table = self.document.tables[-1]
        narrower = 1 - (_BESIDE + _BESIDE_GAP) / text_width()
        for column in table.columns:
            for cell in column.cells:
                cell.width = Emu(int(cell.width * narrower))
            column.width = column.cells[0].width
        added = table.add_column(Emu(_BESIDE + _BESIDE_GAP))
        cell = added.cells[0].merge(added.cells[-1])
        for paragraph in cell.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        cell.paragraphs[0].style = self.document.styles["Chart Picture"]
        _add_picture(cell.paragraphs[0], picture, _BESIDE)

    def _new_list(self) -> int:
        """A numbered list that begins with 1."""
        number = self.document.part.numbering_part.element.add_num(2)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def _plain(self, style: str, text: str) -> WordParagraph:
        """A paragraph in which nothing is a mark."""
        return self.document.add_paragraph(one_line(text), style=style)

    def _text(self, style: str, text: str) -> WordParagraph:
        paragraph = self.document.add_paragraph(style=style)
        self._runs(paragraph, text)
        return paragraph

    def _runs(self, paragraph: WordParagraph, text: str) -> None:
        for run in runs_of(text, self._numbers):
            if isinstance(run, Words):
                paragraph.add_run(run.text, style="Strong" if run.strong else None)
            else:
                paragraph._p.extend(self._notes.reference(run.number, follows_reference=run.follows_mark))


def _add_picture(paragraph: WordParagraph, picture: Picture, width: int) -> None:
    inline = paragraph.add_run().add_picture(io.BytesIO(picture.png()), width=width)._inline
    inline.docPr.set("descr", picture.alt)
    inline.docPr.set("title", picture.title)
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")


def _number(paragraph: WordParagraph, number: int | None) -> None:
    """Makes a paragraph an item of a numbered list of the document; None: of that of its style."""
    if number is not None:
        paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number


def _box(paragraph: WordParagraph) -> None:
    """Border and ground; paragraphs alike in both that follow each other stand in one box."""
    for made in (
        f"<w:pBdr {nsdecls('w')}>{_BOX}</w:pBdr>",
        f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="F6F8FA"/>',
        f'<w:ind {nsdecls("w")} w:left="113" w:right="113"/>',
    ):
        paragraph._p.get_or_add_pPr().append(parse_xml(made))
