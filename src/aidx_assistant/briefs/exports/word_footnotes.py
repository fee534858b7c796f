"""Footnotes, which python-docx does not know: the part that holds them, and the references to them in the text.

Footnotes, not endnotes: LibreOffice sets endnotes on a page of their own, and a brief has two. A citation's second
naming is a cross-reference to the same note, so that Word keeps the numbers right when the text is edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.exports.marked import one_line
from aidx_assistant.briefs.exports.reading_order import note_around_address
from aidx_assistant.briefs.exports.word_fields import bookmarked, element, field, linked, run, text

_REFERENCE = "FootnoteReference"
_SEPARATORS = f"""<w:footnotes {nsdecls("w", "r")}>
  <w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
  <w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""


class Footnotes:
    """The notes of a document; the number of each is its citation's."""

    def __init__(self, document: Document, citations: Sequence[Citation], named: Iterable[int]) -> None:
        """`named`: all citations in the order in which the text first names them.

        Word counts notes as it meets them. Where that would not give the citations' own numbers, they are written
        as marks of our own. LibreOffice takes the notes in turn, so that their ids have to follow the text too.
        """
        self._places = {number: place for place, number in enumerate(named, 1)}
        self._counted = all(number == place for number, place in self._places.items())
        self._referred: set[int] = set()
        self._part = XmlPart(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            parse_xml(_SEPARATORS),
            document.part.package,
        )
        if citations:
            document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        for citation in sorted(citations, key=lambda citation: self._places[citation.number]):
            self._part.element.append(self._note(citation))

    def reference(self, number: int, *, follows_reference: bool) -> tuple[BaseOxmlElement, ...]:
        """The runs that stand for a citation in the text: the first time the note itself, then a pointer to it."""
        comma = (run("FootnoteComma", text(",")),) if follows_reference else ()
        bookmark = f"_Note{number}"
        if number in self._referred:
            return (*comma, *field(f"NOTEREF {bookmark} \\f \\h", str(number), _REFERENCE))
        self._referred.add(number)
        if self._counted:
            note = run(_REFERENCE, element("footnoteReference", id=str(self._places[number])))
        else:
            mark = element("footnoteReference", customMarkFollows="1", id=str(self._places[number]))
            note = run(_REFERENCE, mark, text(str(number)))
        return (*comma, *bookmarked(bookmark, number, note))

    def _note(self, citation: Citation) -> BaseOxmlElement:
        before, address, doubt = note_around_address(citation)
        paragraph = element("p")
        properties = element("pPr")
        properties.append(element("pStyle", val="FootnoteText"))
        own = element("footnoteRef") if self._counted else text(str(citation.number))
        paragraph.extend([properties, run("FootnoteNumber", own), run(None, element("tab"), text(one_line(before)))])
        if address:
            paragraph.extend([run(None, text(" ")), linked(self._part, address)])
        if doubt:
            paragraph.append(run("Strong", text(f" {one_line(doubt)}")))
        note = element("footnote", id=str(self._places[citation.number]))
        note.append(paragraph)
        return note
