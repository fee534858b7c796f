"""An empty Word document in the look of a brief: styles, lists, page, footer with page numbers, properties."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from aidx_assistant.briefs.brief import Brief
from aidx_assistant.briefs.exports.marked import one_line
from aidx_assistant.briefs.exports.reading_order import LANGUAGE, about_of
from aidx_assistant.briefs.exports.word_fields import add_field

_FOLDER = Path(__file__).parent
_NEEDED = frozenset(
    {
        RELATIONSHIP_TYPE.STYLES,
        RELATIONSHIP_TYPE.SETTINGS,
        RELATIONSHIP_TYPE.THEME,
        RELATIONSHIP_TYPE.NUMBERING,
        RELATIONSHIP_TYPE.CORE_PROPERTIES,
        RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    }
)
"""What of the library's own template is kept: its picture, its fonts and its counts are of another document."""
_SETTINGS = f"""<w:settings {nsdecls("w")}>
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="720"/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
  <w:compat>
    <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
  </w:compat>
  <w:themeFontLang w:val="{LANGUAGE}"/>
  <w:decimalSymbol w:val="."/>
  <w:listSeparator w:val=","/>
</w:settings>"""
_WIDTH = Mm(210 - 2 * 19)
"""Of the text, between the margins."""


def empty_document(brief: Brief) -> Document:
    """A document without a paragraph."""
    document = docx.Document()
    for rels in (document.part.rels, document.part.package.rels):
        for name in [name for name, relation in rels.items() if relation.reltype not in _NEEDED]:
            del rels[name]
    document.styles.element[:] = parse_xml((_FOLDER / "word_styles.xml").read_bytes())[:]
    document.part.numbering_part.element[:] = parse_xml((_FOLDER / "word_numbering.xml").read_bytes())[:]
    document.settings.element[:] = parse_xml(_SETTINGS)[:]
    _set_page(document, one_line(brief.title))
    _set_properties(document, brief)
    return document


def text_width() -> int:
    """Of the text between the margins, in EMU."""
    return _WIDTH


def _set_page(document: Document, title: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(19)
    section.top_margin, section.bottom_margin = Mm(14), Mm(16)
    section.footer_distance = Mm(8)
    properties = document.element.body.sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    _write_footer(section.footer.paragraphs[0], title)


def _write_footer(paragraph: Paragraph, title: str) -> None:
    paragraph.add_run(f"{title}\tPage ")
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(" of ")
    add_field(paragraph, "NUMPAGES", "1")


def _set_properties(document: Document, brief: Brief) -> None:
    """Nothing of who or what wrote the file but what the brief says; times are its day."""
    properties = document.core_properties
    made = datetime.combine(brief.made_on, time())
    properties.title = one_line(brief.title)[:255]
    properties.subject = one_line(" · ".join(about_of(brief)))[:255]
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.language = LANGUAGE
    properties.created = properties.modified = made
    properties.revision = 1
