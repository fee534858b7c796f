"""PDFs are read in the order of a person, page by page, without what only repeats."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import Locator
from aidx_assistant.reading import ocr
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.pdf import read_pdf
from tests.fakes.pdfs import SLIDE, lines, pdf, say

needs_ocr = pytest.mark.skipif(not ocr.is_available(), reason="the extra ocr (rapidocr) is not installed")


def read(content: bytes, name: str = "report.pdf", password: str | None = None) -> Document:
    return read_pdf(content, name, ReadingOptions(password=password))


def said(document: Document, part: int = 0) -> list[str]:
    return [block.text for block in document.parts[part].blocks]


def test_two_columns_are_read_one_after_the_other_under_the_title() -> None:
    def page(canvas: Canvas) -> None:
        say(canvas, 60, 770, "Top takeaways of the year", 20, bold=True)
        for number in range(4):  # Drawn line by line across the columns.
            say(canvas, 60, 720 - 12 * number, f"left {number} with words that fill it up")
            say(canvas, 320, 720 - 12 * number, f"right {number} with words that fill it")

    document = read(pdf(page))

    assert document.parts[0].locator == Locator("page", 1, "Top takeaways of the year")
    assert said(document) == [
        "Top takeaways of the year",
        " ".join(f"left {number} with words that fill it up" for number in range(4)),
        " ".join(f"right {number} with words that fill it" for number in range(4)),
    ]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("The survey finds that bud-", "gets rise by 46%.", "The survey finds that budgets rise by 46%."),
        ("Most pilots are of AI-", "powered scribes.", "Most pilots are of AI-powered scribes."),
        ("Contracts run for 18-", "month terms.", "Contracts run for 18-month terms."),
        ("It is a long-", "term plan: long-term plans last.", "It is a long-term plan: long-term plans last."),
    ],
)
def test_words_broken_at_a_line_end_are_mended(first: str, second: str, whole: str) -> None:
    assert said(read(pdf(lambda canvas: lines(canvas, 60, 700, first, second)))) == [whole]


def test_headers_footers_and_page_numbers_are_dropped_and_figures_there_are_kept() -> None:
    def page(number: int) -> object:
        def draw(canvas: Canvas) -> None:
            say(canvas, 60, 815, "The Index 2025", 8)
            say(canvas, 60, 700, f"Sentence {number} of the text.")
            say(canvas, 60, 60, f"{40 + 3 * number}% of providers agree", 8)
            say(canvas, 60, 40, "Source: survey of 400 leaders", 8)
            say(canvas, 290, 30, str(number + 4), 8)

        return draw

    document = read(pdf(*(page(number) for number in range(1, 6))))  # type: ignore[arg-type]

    assert [said(document, part) for part in range(5)] == [
        [f"Sentence {n} of the text.", f"{40 + 3 * n}% of providers agree", "Source: survey of 400 leaders"]
        for n in range(1, 6)
    ]


def test_a_table_is_read_by_rows_that_keep_their_headers() -> None:
    rows = [("Segment", "In production", "In pilot"), ("Providers", "30%", "46%"), ("Payers", "22%", "39%")]

    def page(canvas: Canvas) -> None:
        say(canvas, 60, 770, "Where AI stands", 20)
        for number, row in enumerate(rows):
            for left, cell in zip((60, 220, 340), row, strict=True):
                say(canvas, left, 700 - 14 * number, cell)

    blocks = read(pdf(page)).parts[0].blocks

    assert [(block.kind, block.text) for block in blocks[1:]] == [
        ("row", "Segment: Providers; In production: 30%; In pilot: 46%"),
        ("row", "Segment: Payers; In production: 22%; In pilot: 39%"),
    ]


def test_a_label_over_two_lines_stays_with_its_row() -> None:
    rows = [
        ("Job", "Ideation", "Pilot"),
        ("Ambient scribing", "12%", "25%"),
        ("Clinical decision", "40%", "41%"),
        ("support", "", ""),
    ]

    def page(canvas: Canvas) -> None:
        for number, row in enumerate(rows):
            for left, cell in zip((60, 220, 340), row, strict=True):
                say(canvas, left, 700 - 14 * number, cell)

    assert said(read(pdf(page))) == [
        "Job: Ambient scribing; Ideation: 12%; Pilot: 25%",
        "Job: Clinical decision support; Ideation: 40%; Pilot: 41%",
    ]


def test_bars_of_unequal_length_keep_their_labels_at_the_left() -> None:
    def page(canvas: Canvas) -> None:
        say(canvas, 60, 480, "Share in production", 30)
        for number, (label, share) in enumerate((("Scribing", 62), ("Coding", 48), ("Authorisation", 35))):
            say(canvas, 60, 400 - 60 * number, label, 14)
            say(canvas, 300 + 5 * share, 400 - 60 * number, f"{share}%", 14)

    assert said(read(pdf(page, size=SLIDE)))[1:] == ["Scribing: 62%", "Coding: 48%", "Authorisation: 35%"]


def test_grouped_columns_are_not_guessed() -> None:
    def page(canvas: Canvas) -> None:
        say(canvas, 60, 480, "AI budgets by year", 30)
        for left, category, shares in ((100, "Providers", ("30%", "46%")), (400, "Payers", ("22%", "39%"))):
            say(canvas, left, 300, shares[0], 14)
            say(canvas, left + 60, 330, shares[1], 14)
            say(canvas, left + 20, 80, category, 14)

    blocks = read(pdf(page, size=SLIDE)).parts[0].blocks

    assert [block.kind for block in blocks] == ["text", "text", "text", "caption"]
    assert blocks[-1].text.startswith("Figures whose label could not be told: ")


def cards(canvas: Canvas) -> None:
    say(canvas, 60, 480, "Budgets outpace IT spending", 32, bold=True)
    for left, figure, label in (
        (60, "46%", "of large providers"),
        (360, "39%", "of payers"),
        (660, "$1.4B", "Spend in 2025"),
    ):
        say(canvas, left, 300, figure, 48)
        say(canvas, left, 260, label, 16)


def test_wide_pages_with_little_text_are_slides_and_figures_keep_their_labels() -> None:
    document = read(pdf(cards, cards, size=SLIDE))

    assert [part.locator for part in document.parts] == [
        Locator("slide", 1, "Budgets outpace IT spending"),
        Locator("slide", 2, "Budgets outpace IT spending"),
    ]
    assert [(block.kind, block.text) for block in document.parts[0].blocks[1:]] == [
        ("value", "46% of large providers"),
        ("value", "39% of payers"),
        ("value", "Spend in 2025: $1.4B"),
    ]


def test_values_over_their_columns_keep_the_categories_below() -> None:
    def page(canvas: Canvas) -> None:
        say(canvas, 60, 480, "Share with an AI budget", 32)
        for left, height, figure, category in ((100, 330, "46%", "Providers"), (400, 300, "39%", "Payers")):
            say(canvas, left + 10, height, figure, 16)
            say(canvas, left, 80, category, 16)

    assert said(read(pdf(page, size=SLIDE)))[1:] == ["Providers: 46%", "Payers: 39%"]


def test_a_figure_without_a_label_is_named_as_such() -> None:
    def page(canvas: Canvas) -> None:
        say(canvas, 60, 480, "Share with an AI budget", 32)
        say(canvas, 800, 100, "46%", 16)

    blocks = read(pdf(page, size=SLIDE)).parts[0].blocks

    assert blocks[1].text == "Figures whose label could not be told: 46%."
    assert blocks[1].kind == "caption"


def test_the_number_of_a_note_does_not_become_part_of_a_figure() -> None:
    def page(canvas: Canvas) -> None:
        say(canvas, 60, 700, "Budgets rise by 46%")
        say(canvas, 60 + canvas.stringWidth("Budgets rise by 46%", "Helvetica", 10), 704, "1", 6)
        say(canvas, 60, 680, "It began in 2024")
        say(canvas, 60 + canvas.stringWidth("It began in 2024", "Helvetica", 10), 684, "2", 6)

    assert " ".join(said(read(pdf(page)))) == "Budgets rise by 46% It began in 2024 ²"


def test_metadata_is_taken_where_it_says_something() -> None:
    words = pdf(cards, size=SLIDE, title="The State of AI", author="Jane Doe; John Roe")

    document = read(words)

    assert (document.title, document.authors) == ("The State of AI", ("Doe, Jane", "Roe, John"))
    assert document.date and any(document.date in remark for remark in document.remarks)
    assert read(pdf(cards, size=SLIDE, title="Microsoft PowerPoint - x.pptx")).title == "Budgets outpace IT spending"


def test_page_labels_that_differ_are_told() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(*[lambda canvas: say(canvas, 60, 700, "Some text here.")] * 4)))
    writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(2, 3, style=PageLabelStyle.DECIMAL)
    file = io.BytesIO()
    writer.write(file)

    assert any("page 3 is labelled “1”" in remark for remark in read(file.getvalue()).remarks)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_an_encrypted_file_asks_for_its_password(algorithm: str) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(cards, size=SLIDE)))
    writer.encrypt("secret", algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)

    with pytest.raises(ReadingError, match="asks for a password") as missing:
        read(file.getvalue())
    with pytest.raises(ReadingError, match="password given does not open it") as wrong:
        read(file.getvalue(), password="wrong")
    assert missing.value.remedies == wrong.value.remedies == ("password",)
    assert said(read(file.getvalue(), password="secret"))[1] == "46% of large providers"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_read_as_they_are_shown(turn: int) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(cards, size=SLIDE))))
    writer.pages[0].rotate(360 - turn)
    writer.pages[0].transfer_rotation_to_content()
    writer.pages[0].rotate(turn)
    file = io.BytesIO()
    writer.write(file)

    assert PdfReader(io.BytesIO(file.getvalue())).pages[0].rotation == turn
    assert read(file.getvalue()).parts[0] == read(pdf(cards, size=SLIDE)).parts[0]


def picture_of_text(text: str, size: tuple[int, int] = (1200, 675)) -> Image.Image:
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).text((80, 200), text, font=ImageFont.load_default(60), fill="black")
    return picture


def pictured(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(picture_of_text("46% of large providers")), 0, 0, *SLIDE)


def test_pages_that_are_pictures_are_unread_without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)

    document = read(pdf(cards, pictured, pictured, size=SLIDE))

    assert [part.read for part in document.parts] == ["yes", "no", "no"]
    remark = next(remark for remark in document.remarks if "pictures" in remark)
    assert remark.startswith("Slides 2–3 are pictures and have not been read (2 of 3).")
    assert "pip install 'aidx-assistant[ocr]'" in remark
    with pytest.raises(ReadingError, match="not installed") as error:
        read(pdf(pictured, size=SLIDE))
    assert "pip install 'aidx-assistant[ocr]'" in error.value.hint


@needs_ocr
def test_pages_that_are_pictures_are_read_by_ocr() -> None:
    document = read(pdf(cards, pictured, size=SLIDE))

    assert document.parts[1].read == "by OCR"
    assert said(document, 1) == ["46% of large providers"]


@pytest.mark.slow
def test_more_pictures_than_are_handed_on_are_refused() -> None:
    pages = [picture_of_text(str(number)).convert("RGB").resize((300, 200)) for number in range(201)]
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:])
    with pytest.raises(ReadingError, match="201 of its pages are pictures; up to 200 are sent."):
        read_pdf(file.getvalue(), "scan.pdf", ReadingOptions(pictures_apart=True))
