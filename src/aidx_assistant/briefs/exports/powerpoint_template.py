"""An empty presentation in the look of a brief: wide slides, one layout with a title and a line below it."""

from __future__ import annotations

from datetime import datetime, time

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Pt

from aidx_assistant.briefs.brief import Brief
from aidx_assistant.briefs.exports.marked import one_line
from aidx_assistant.briefs.exports.reading_order import LANGUAGE, about_of

WIDTH, HEIGHT = 960, 540
"""Of a slide, in points."""
MARGIN = 44
RULE = 82
"""Where the line below the title is, from the top."""
FONT = "Arial"
ACCENT, INK, SOFT_INK, HAIRLINE, DOUBT, DOUBT_GROUND = "1B4F72", "1F2328", "57606A", "C9D1D9", "B35900", "FFF6EC"
_LAYOUT = "Title Only"


def empty_presentation(brief: Brief) -> Presentation:
    presentation = pptx.Presentation()
    presentation.slide_width, presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
    for layout in list(presentation.slide_layouts):
        if layout.name != _LAYOUT:
            presentation.slide_layouts.remove(layout)
    _shape_master(presentation.slide_master)
    _shape_layout(presentation.slide_layouts[0])
    relations = presentation.part.package._rels
    for name in [name for name, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        relations.pop(name)
    _set_properties(presentation, brief)
    return presentation


def _shape_master(master: SlideMaster) -> None:
    """The title's place and letters; Arial for all."""
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b'typeface="Calibri"', f'typeface="{FONT}"'.encode())
    for shape in list(master.placeholders):
        if "Title" in shape.name:
            shape.left, shape.top, shape.width, shape.height = Pt(MARGIN), Pt(6), Pt(WIDTH - 2 * MARGIN), Pt(50)
            shape.text_frame._txBody.bodyPr.set("anchor", "b")
            for side in ("lIns", "tIns", "rIns", "bIns"):
                shape.text_frame._txBody.bodyPr.set(side, "0")
        elif "Text" not in shape.name:
            shape._element.getparent().remove(shape._element)
        else:
            shape.left, shape.top = Pt(MARGIN), Pt(RULE + 12)
            shape.width, shape.height = Pt(WIDTH - 2 * MARGIN), Pt(HEIGHT - RULE - 60)
    title = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    letters = title.find(qn("a:defRPr"))
    letters.set("sz", "2600")
    letters.set("b", "1")
    letters.find(qn("a:solidFill"))[:] = [parse_xml(f'<a:srgbClr {nsdecls("a")} val="{ACCENT}"/>')]


def _shape_layout(layout: SlideLayout) -> None:
    """Only the title, and the line below it."""
    for shape in list(layout.placeholders):
        if "Title" not in shape.name:
            shape._element.getparent().remove(shape._element)
    layout.shapes._spTree.append(
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Rule"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
            f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{Pt(MARGIN)}" y="{Pt(RULE)}"/>'
            f'<a:ext cx="{Pt(WIDTH - 2 * MARGIN)}" cy="{Pt(1.5)}"/></a:xfrm>'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{ACCENT}"/></a:solidFill>'
            f"<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
        )
    )


def _set_properties(presentation: Presentation, brief: Brief) -> None:
    properties = presentation.core_properties
    properties.title = one_line(brief.title)[:255]
    properties.subject = one_line(" · ".join(about_of(brief)))[:255]
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.language = LANGUAGE
    properties.created = properties.modified = datetime.combine(brief.made_on, time())
    properties.revision = 1
