"""A brief as three slides, the text in full and the citations in the notes below each.

Letters are as large as a slide has room for. What does not fit in the smallest is cut, and the slide says that the
notes have it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Pt

from aidx_assistant.briefs.brief import Brief, Fault
from aidx_assistant.briefs.exports.marked import Words, one_line
from aidx_assistant.briefs.exports.powerpoint_shapes import (
    add_lines,
    add_picture,
    add_runs,
    add_slide_number,
    add_table,
    add_text_box,
    colour_of,
)
from aidx_assistant.briefs.exports.powerpoint_template import (
    ACCENT,
    DOUBT,
    DOUBT_GROUND,
    HEIGHT,
    MARGIN,
    RULE,
    SOFT_INK,
    WIDTH,
    empty_presentation,
)
from aidx_assistant.briefs.exports.reading_order import SOURCES, faults_heading, numbers_of
from aidx_assistant.briefs.exports.slide_layout import COLUMN_GAP, Room, arranged
from aidx_assistant.briefs.exports.slide_plan import PlannedSlide, planned_slides
from aidx_assistant.briefs.exports.slide_text import MORE, SMALLEST, Line, height_of, rows_needed, shortened

_SMALL = SMALLEST
_MOST_SOURCE_ROWS = 4
_FAULT_SIZE = 12.0
_MOST_FAULTS = 3
"""On the slide; its notes have all."""
_FOOT = HEIGHT - 14
_NUMBER_WIDTH = 40
_BODY_TOP, _BODY_BOTTOM = RULE + 10, _FOOT - 22


def as_powerpoint(brief: Brief) -> bytes:
    """The brief as .pptx."""
    presentation = empty_presentation(brief)
    for plan in planned_slides(brief):
        _add_slide(presentation, plan, brief)
    content = io.BytesIO()
    presentation.save(content)
    return content.getvalue()


def _add_slide(presentation: Presentation, plan: PlannedSlide, brief: Brief) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    add_runs(slide.shapes.title.text_frame.paragraphs[0], plan.title.runs, plan.title.size, ACCENT, bold=True)
    width = WIDTH - 2 * MARGIN
    _add_line(slide, "Brief", plan.below_title, top=RULE - 22)
    top: float = _BODY_TOP
    if plan.is_first and brief.faults:
        top += _add_faults(slide, brief.faults, top, width) + 14
    bottom: float = _BODY_BOTTOM
    if plan.sources:
        bottom = _add_sources(slide, plan.sources) - 8
    _add_body(slide, plan, numbers_of(brief), Room(MARGIN, top, width, bottom - top))
    add_slide_number(slide, WIDTH - MARGIN - _NUMBER_WIDTH, _FOOT - _SMALL * 1.3, _NUMBER_WIDTH, _SMALL)
    slide.notes_slide.notes_text_frame.text = plan.notes


def _add_sources(slide: Slide, sources: str) -> float:
    """At the foot of the slide, to the left of its number; gives where they begin."""
    width = WIDTH - 2 * MARGIN - _NUMBER_WIDTH
    runs = shortened((Words(sources),), width, _SMALL, _MOST_SOURCE_ROWS)
    height = rows_needed(runs, width, _SMALL) * _SMALL * 1.2
    box = add_text_box(slide, SOURCES, MARGIN, _FOOT - height, width, height)
    add_runs(box.text_frame.paragraphs[0], runs, _SMALL, SOFT_INK)
    return _FOOT - height


def _add_body(slide: Slide, plan: PlannedSlide, numbers: Sequence[int], room: Room) -> None:
    found = arranged(plan.parts, plan.figures, numbers, room)
    if found.table:
        add_table(slide, found.table, room.left, room.top, room.width)
    top = room.top + found.columns_top
    right = room.left + room.column + COLUMN_GAP
    height = room.top + room.height - top
    if found.left:
        box = add_text_box(slide, "Text, left", room.left, top, room.column, height)
        add_lines(box.text_frame, found.left, found.size)
    if found.picture:
        above = height_of(found.picture_title, room.column, found.size)
        if found.picture_title:
            box = add_text_box(slide, "Title of the chart", right, top, room.column, above)
            add_lines(box.text_frame, found.picture_title, found.size)
        add_picture(slide, found.picture, right, top + above, found.picture_width, found.picture_height)
        top += above + found.picture_height
        height -= above + found.picture_height
    if found.right:
        box = add_text_box(slide, "Text, right", right, top, room.column, height)
        add_lines(box.text_frame, found.right, found.size)


def _add_line(slide: Slide, name: str, text: str, top: float) -> None:
    width = WIDTH - 2 * MARGIN
    box = add_text_box(slide, name, MARGIN, top, width, _SMALL * 1.3)
    runs = shortened((Words(text),), width, _SMALL, 1)
    add_runs(box.text_frame.paragraphs[0], runs, _SMALL, SOFT_INK)


def _add_faults(slide: Slide, faults: Sequence[Fault], top: float, width: float) -> float:
    """A box of one row for each of the first faults; gives its height."""
    inner = width - 20
    lines = [Line("text", (Words(f"{faults_heading(faults)}:", strong=True),))]
    for fault in faults[:_MOST_FAULTS]:
        runs = (Words(f"{one_line(fault.where)}: ", strong=True), Words(one_line(fault.problem)))
        lines.append(Line("text", shortened(runs, inner, _FAULT_SIZE, 1)))
    if len(faults) > _MOST_FAULTS:
        lines.append(Line("text", (Words(MORE),)))
    height = height_of(lines, inner, _FAULT_SIZE) + 10
    box = add_text_box(slide, "Faults", MARGIN, top, width, height)
    box.fill.solid()
    box.fill.fore_color.rgb = colour_of(DOUBT_GROUND)
    box.line.color.rgb = colour_of(DOUBT)
    box.line.width = Pt(1)
    frame = box.text_frame
    frame.margin_left = frame.margin_right = Pt(10)
    frame.margin_top = frame.margin_bottom = Pt(5)
    add_lines(frame, lines, _FAULT_SIZE)
    return height
