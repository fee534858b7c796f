"""Puts text, tables and pictures on a slide; python-pptx has no method for raised letters and bullets."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.text.text import _Paragraph
from pptx.util import Pt

from aidx_assistant.briefs.exports.marked import Run, Words
from aidx_assistant.briefs.exports.pictures import Picture
from aidx_assistant.briefs.exports.powerpoint_template import ACCENT, HAIRLINE, INK, SOFT_INK
from aidx_assistant.briefs.exports.reading_order import LANGUAGE
from aidx_assistant.briefs.exports.slide_layout import CELL_PADDING, SlideTable, column_widths
from aidx_assistant.briefs.exports.slide_text import INDENT, Line, size_of, space_above

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own name for a table without lines and grounds."""
_NUMBERED = '<a:buAutoNum {0} type="arabicPeriod" startAt="{1}"/>'
_RAISED = "30000"
"""Thousandths of a percent of the letters' height."""


def colour_of(hexadecimal: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(hexadecimal))  # type: ignore[no-untyped-call] # python-pptx is annotated in part


def add_text_box(slide: Slide, name: str, left: float, top: float, width: float, height: float) -> Shape:
    """A box without margins; its text neither shrinks nor grows it. Points from the slide's corner."""
    shape = slide.shapes.add_textbox(Pt(left), Pt(top), Pt(width), Pt(height))
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_top = frame.margin_right = frame.margin_bottom = 0
    return shape


def add_lines(frame: Any, lines: Sequence[Line], size: float) -> None:
    """`size`: of the text, in points; headings, figures and captions have theirs by it."""
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        if place:
            paragraph.space_before = Pt(space_above(line.kind, size))
        colour = {"heading": ACCENT, "figure": ACCENT, "caption": SOFT_INK}.get(line.kind, INK)
        add_runs(paragraph, line.runs, size_of(line.kind, size), colour)
        _indent(paragraph, line, size)


def add_runs(paragraph: _Paragraph, runs: Sequence[Run], size: float, colour: str, *, bold: bool = False) -> None:
    """Citations are raised, in brackets."""
    for run in runs:
        words = isinstance(run, Words)
        made = paragraph.add_run()
        made.text = run.text if isinstance(run, Words) else f"[{run.number}]"
        made.font.size = Pt(size)
        made.font.bold = bold or (isinstance(run, Words) and run.strong)
        made.font.color.rgb = colour_of(colour if words else ACCENT)
        properties = made.font._rPr
        properties.set("lang", LANGUAGE)
        if not words:
            properties.set("baseline", _RAISED)


def add_table(slide: Slide, table: SlideTable, left: float, top: float, width: float) -> None:
    """Light: a line below the header, thinner ones between the rows, the first column strong."""
    columns = len(table.rows[0])
    frame = slide.shapes.add_table(len(table.rows), columns, Pt(left), Pt(top), Pt(width), Pt(table.height))
    frame.name = "Options"
    made: Any = frame.table
    made._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    made.horz_banding = False
    made.first_col = True
    for column, across in zip(made.columns, column_widths(columns, width), strict=True):
        column.width = Pt(across)
    for number, (row, cells, height) in enumerate(zip(made.rows, table.rows, table.row_heights, strict=True)):
        row.height = Pt(height)
        for place, (cell, runs) in enumerate(zip(row.cells, cells, strict=True)):
            header = number == 0
            _fill(cell, runs, table.size, ACCENT if header else INK, bold=header or place == 0)
            _underline(cell, ACCENT if header else HAIRLINE, 1.5 if header else 0.75)


def add_picture(slide: Slide, picture: Picture, left: float, top: float, width: float, height: float) -> None:
    added: Any = slide.shapes.add_picture(io.BytesIO(picture.png()), Pt(left), Pt(top), Pt(width), Pt(height))
    added.name = "Chart"
    added._element.nvPicPr.cNvPr.set("descr", picture.alt)


def add_slide_number(slide: Slide, left: float, top: float, width: float, size: float) -> None:
    box = add_text_box(slide, "Slide number", left, top, width, size * 1.3)
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    number = slide.part.package.presentation_part.presentation.slides.index(slide) + 1
    paragraph._p.append(
        parse_xml(
            f'<a:fld {nsdecls("a")} id="{{6A4C0A53-8E5E-4C93-9D6B-0C5C5A3B7F10}}" type="slidenum">'
            f'<a:rPr lang="{LANGUAGE}" sz="{int(size * 100)}"><a:solidFill><a:srgbClr val="{SOFT_INK}"/></a:solidFill>'
            f"</a:rPr><a:t>{number}</a:t></a:fld>"
        )
    )


def _fill(cell: _Cell, runs: Sequence[Run], size: float, colour: str, *, bold: bool) -> None:
    cell.margin_left, cell.margin_right = Pt(0), Pt(12)
    cell.margin_top = cell.margin_bottom = Pt(CELL_PADDING)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    add_runs(cell.text_frame.paragraphs[0], runs, size, colour, bold=bold)


def _underline(cell: _Cell, colour: str, width: float) -> None:
    cell._tc.get_or_add_tcPr().insert(
        0,
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="{Pt(width)}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:lnB>'
        ),
    )


def _indent(paragraph: _Paragraph, line: Line, size: float) -> None:
    """Bullets and numbers hang."""
    if line.kind != "point":
        return
    properties = paragraph._p.get_or_add_pPr()
    indent = int(Pt(INDENT * size))
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    mark = '<a:buChar {0} char="•"/>' if line.ordinal is None else _NUMBERED.format("{0}", line.ordinal)
    properties.append(parse_xml(f'<a:buClr {nsdecls("a")}><a:srgbClr val="{ACCENT}"/></a:buClr>'))
    properties.append(parse_xml(mark.format(nsdecls("a"))))
