"""What python-docx has no method for within a paragraph: fields, bookmarks, links."""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """An element of Word's own namespace, `w:`, with attributes of it."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def run(style: str | None = None, *content: BaseOxmlElement) -> BaseOxmlElement:
    """A run in a character style, by its id."""
    made = element("r")
    if style:
        properties = element("rPr")
        properties.append(element("rStyle", val=style))
        made.append(properties)
    made.extend(content)
    return made


def text(words: str) -> BaseOxmlElement:
    made = element("t")
    made.text = words
    made.set(qn("xml:space"), "preserve")
    return made


def field(code: str, result: str, style: str | None = None) -> tuple[BaseOxmlElement, ...]:
    """The runs of a field; `result` is shown until the program that opens the file computes it anew."""
    instruction = element("instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    return (
        run(style, element("fldChar", fldCharType="begin")),
        run(style, instruction),
        run(style, element("fldChar", fldCharType="separate")),
        run(style, text(result)),
        run(style, element("fldChar", fldCharType="end")),
    )


def add_field(paragraph: Paragraph, code: str, result: str) -> None:
    paragraph._p.extend(field(code, result))


def bookmarked(name: str, number: int, *runs: BaseOxmlElement) -> tuple[BaseOxmlElement, ...]:
    """Runs within a bookmark; `number` is its own in the document."""
    start = element("bookmarkStart", id=str(number), name=name)
    return (start, *runs, element("bookmarkEnd", id=str(number)))


def linked(part: Part, address: str) -> BaseOxmlElement:
    """The address as a link, in the part that its relationship belongs to."""
    link = element("hyperlink")
    link.set(qn("r:id"), part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run("Hyperlink", text(address)))
    return link
