"""Who published a PDF, where its pages or its properties say so."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from aidx_assistant.reading.document import Document
from tests.fakes.pdfs import lines, pdf, say
from tests.unit.test_reading_pdf import read


def report(*first: str, last: str = "", author: str = "") -> Document:
    """A report of three pages: a cover, a page of text, one with its end."""
    body = ("Robots fetch and carry in most clinics, and research on them is young.", "Budgets rise by 46%.")
    ends = ("Method", "We asked 212 leaders.", *([last] if last else []))
    drawn = [lambda canvas, told=told: lines(canvas, 60, 700, *told) for told in (first, body, ends)]
    return read(pdf(*drawn, title="Robots in Clinics", author=author))


@pytest.mark.parametrize(
    ("cover", "last", "author", "publishers"),
    [
        (("Robots in Clinics", "Northgate Research, March 2026"), "", "", ("Northgate Research",)),
        (("Robots in Clinics", "March 2026", "Northgate Research"), "", "", ("Northgate Research",)),
        (("Robots in Clinics", "Kestrel Institute for Care | 2026"), "", "", ("Kestrel Institute for Care",)),
        (("Robots in Clinics",), "© 2026 Northgate Research. All rights reserved.", "", ("Northgate Research",)),
        (("Robots in Clinics",), "Copyright (c) 2025–2026 by Northgate, Inc. | 3", "", ("Northgate, Inc",)),
        (("Robots in Clinics",), "Copyright 2026 Northgate", "", ("Northgate",)),
        (("Robots in Clinics",), "Published by the Northgate Council, Leeds", "", ("Northgate Council",)),
        (("Robots in Clinics", "Northgate"), "", "Northgate", ("Northgate",)),
        (("Robots in Clinics", "Northgate"), "", "", ()),
        (("Robots in Clinics", "Boston, March 2026"), "", "", ()),
        (("Robots in Clinics", "Jane Doe, March 2026"), "© 2026 Jane Doe", "", ()),
        (("Robots in Clinics", "Research Group, March 2026"), "", "", ()),
        (("Robots in Clinics",), "Published by the U.S. Department of Robots", "", ("U.S. Department of Robots",)),
        (("Robots in Clinics",), "© 2026 St. Jude Research Institute", "", ("St. Jude Research Institute",)),
        (("Robots in Clinics", "Copyright Notice"), "", "", ()),
        (("Robots in Clinics",), "© Picturestock", "", ()),
        (("Robots in Clinics",), "A report from Germany", "", ()),
        (("Robots in Clinics",), "Photo © 2026 Pictures Inc.", "", ()),
        (("Robots in Clinics", "Northgate Research, March 2026", "Kestrel Institute, March 2026"), "", "", ()),
    ],
)
def test_a_publisher_is_told_where_the_pages_say_so(
    cover: tuple[str, ...], last: str, author: str, publishers: tuple[str, ...]
) -> None:
    assert report(*cover, last=last, author=author).publishers == publishers


def test_the_date_beside_the_publisher_is_that_of_the_report() -> None:
    assert report("Robots in Clinics", "Northgate Research, March 2026").date == "2026-03"


def test_a_notice_at_the_foot_of_every_page_tells_the_publisher() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, 60, 700, "Robots fetch and carry in most clinics, and more will.")
        say(canvas, 60, 30, f"© 2026 Northgate Research  {canvas.getPageNumber()}", 7)

    document = read(pdf(page, page, page))
    assert (document.publishers, document.authors) == (("Northgate Research",), ())


def test_a_publisher_in_the_properties_is_taken() -> None:
    writer = PdfWriter(
        clone_from=io.BytesIO(pdf(lambda canvas: lines(canvas, 60, 700, "Robots fetch and carry."), title="Robots"))
    )
    description = '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:publisher><rdf:Bag>'
    writer.xmp_metadata = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f"{description}<rdf:li>Northgate</rdf:li></rdf:Bag></dc:publisher></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()
    file = io.BytesIO()
    writer.write(file)
    assert read(file.getvalue()).publishers == ("Northgate",)
