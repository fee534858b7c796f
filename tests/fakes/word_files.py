"""Word files made part by part, as Word itself writes them: notes, tracked changes, fields, lists."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
    for key, name, more in (
        ("Title", "Title", ""),
        ("Heading1", "heading 1", ""),
        ("Heading2", "heading 2", ""),
        ("Mine", "Mine", '<w:basedOn w:val="Heading2"/>'),
        ("Outlined", "Outlined", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        ("ListBullet", "List Bullet", ""),
    )
)
_NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/></w:lvl></w:abstractNum>'
    for number, kind in enumerate(("bullet", "decimal"))
) + "".join(
    f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number - 1}"/></w:num>' for number in (1, 2)
)  # fmt: skip
BULLETS, NUMBERS = 1, 2
"""Ids of lists."""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*content: str, style: str | None = None, of_list: int | None = None, level: int = 0) -> str:
    """A paragraph of runs, or of plain text where a part does not begin with `<`."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if of_list:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of_list}"/></w:numPr>'
    runs = "".join(part if part.startswith("<") else run(part) for part in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def footnote(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def endnote(number: int) -> str:
    return f'<w:r><w:endnoteReference w:id="{number}"/></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    """Each cell is the XML of its paragraphs, or plain text."""
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row) for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def word_file(
    *body: str,
    footnotes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    links: Mapping[str, str] | None = None,
    pages: int | None = None,
) -> bytes:
    """A .docx; notes are plain text by their ids, links addresses by their relationships."""
    relations = {"rId1": ("styles", "styles.xml"), "rId2": ("numbering", "numbering.xml")}
    parts = {
        "word/document.xml": f"<w:document {_W} {_R} {_MC}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {_W}>{_STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_W}>{_NUMBERING}</w:numbering>",
    }
    for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes:
            separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:t>99%</w:t></w:r></w:p></w:{kind}>'
            written = "".join(
                f'<w:{kind} w:id="{number}">{paragraph(f"<w:r><w:{kind}Ref/></w:r>", text)}</w:{kind}>'
                for number, text in notes.items()
            )
            parts[f"word/{kind}s.xml"] = f"<w:{kind}s {_W}>{separator}{written}</w:{kind}s>"
            relations[f"rId-{kind}"] = (f"{kind}s", f"{kind}s.xml")
    related = "".join(
        f'<Relationship Id="{key}" Type="{_KIND}/{kind}" Target="{target}"/>'
        for key, (kind, target) in relations.items()
    )
    related += "".join(
        f'<Relationship Id="{key}" Type="{_KIND}/hyperlink" Target="{escape(target)}" TargetMode="External"/>'
        for key, target in (links or {}).items()
    )
    parts["word/_rels/document.xml.rels"] = f"<Relationships>{related}</Relationships>"
    start = f'<Relationship Id="rId1" Type="{_KIND}/officeDocument" Target="word/document.xml"/>'
    if pages is not None:
        start += f'<Relationship Id="rId2" Type="{_KIND}/extended-properties" Target="docProps/app.xml"/>'
        parts["docProps/app.xml"] = f"<Properties><Pages>{pages}</Pages><Words>120</Words></Properties>"
    parts["_rels/.rels"] = f"<Relationships>{start}</Relationships>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, _HEAD + text)
    return file.getvalue()
