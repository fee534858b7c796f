"""Pictures of slides are read by OCR, and what is not read surely is told, never stated."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from aidx_assistant.errors import ReadingError
from aidx_assistant.evidence import Locator, Passage, Source, passage_label
from aidx_assistant.reading import ocr
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.picture import read_picture

pytestmark = pytest.mark.slow

needs_ocr = pytest.mark.skipif(not ocr.is_available(), reason="the extra ocr (rapidocr) is not installed")


def as_file(picture: Image.Image, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def slide(*texts: tuple[int, int, int, str]) -> Image.Image:
    """Texts by left, top and size in pixels."""
    picture = Image.new("RGB", (1280, 720), "white")
    draw = ImageDraw.Draw(picture)
    for left, top, size, text in texts:
        draw.text((left, top), text, font=ImageFont.load_default(size), fill="black")
    return picture


CHART = slide(
    (60, 40, 48, "AI budgets outpace IT spending"),
    (60, 220, 28, "Large providers"),
    (700, 220, 28, "46%"),
    (60, 300, 28, "Payers"),
    (600, 300, 28, "39%"),
    (60, 670, 18, "Source: survey of 400 leaders"),
)


def read(content: bytes, name: str = "chart.png") -> Document:
    return read_picture(content, name, ReadingOptions())


@needs_ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_slide_is_read_with_its_title_and_values_with_their_labels(kind: str) -> None:
    document = read(as_file(CHART, kind), "deck/slide-08.png")
    (part,) = document.parts

    assert part.locator == Locator("slide", 8, "AI budgets outpace IT spending")
    assert part.read == "by OCR"
    assert {"Large providers: 46%", "Payers: 39%", "Source: survey of 400 leaders"} < {b.text for b in part.blocks}
    assert not {"46%", "39%"} & {block.text for block in part.blocks}
    assert document.remarks == ()


@needs_ocr
def test_a_picture_without_text_is_one_sentence() -> None:
    with pytest.raises(ReadingError, match="No text could be read"):
        read(as_file(Image.new("RGB", (800, 600), "white")))


class Engine:
    """Says what it is told for the whole picture, and something else for a crop."""

    def __init__(self, whole: list[tuple[str, float]], crop: list[tuple[str, float]]) -> None:
        self._whole, self._crop = whole, crop

    def __call__(self, picture: np.ndarray) -> object:
        lines = self._whole if picture.shape[1] >= 1000 and picture.shape[0] >= 500 else self._crop

        class Output:
            boxes = np.array(
                [[[50, 60 * n], [900, 60 * n], [900, 60 * n + 40], [50, 60 * n + 40]] for n in range(len(lines))]
            )
            txts = tuple(text for text, _ in lines)
            scores = tuple(score for _, score in lines)

        return Output()


@needs_ocr
def test_an_unsure_line_is_tried_again_as_a_crop(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine([("Hea1thc4re 8udg", 0.73)], [("Healthcare Al budgets", 0.99)])
    monkeypatch.setattr(ocr, "_engine", lambda: engine)

    document = read(as_file(CHART))

    assert [block.text for block in document.parts[0].blocks] == ["Healthcare AI budgets"]
    assert document.parts[0].locator.kind == "picture"


@needs_ocr
def test_a_line_that_stays_unsure_is_told_and_not_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine([("The title of it", 0.99), ("8 of 1O payers", 0.7)], [("8 of 1O payers", 0.8)])
    monkeypatch.setattr(ocr, "_engine", lambda: engine)

    document = read(as_file(CHART))

    assert [block.text for block in document.parts[0].blocks] == ["The title of it"]
    assert document.remarks == (
        "One line of the picture could not be read surely and is left out (it looks like “8 of 1O payers”).",
    )


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [("Al and GenAl", "AI and GenAI"), ("Al-powered", "AI-powered"), ("Alabama", "Alabama"), ("et al", "et al")],
)
def test_ai_is_not_taken_for_a_name(monkeypatch: pytest.MonkeyPatch, read_as: str, meant: str) -> None:
    monkeypatch.setattr(ocr, "_engine", lambda: Engine([(read_as, 0.99)], []))

    assert ocr.read_lines(CHART).lines[0].text == meant


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rapidocr", None)
    monkeypatch.setitem(__import__("sys").modules, "cv2", None)

    with pytest.raises(ReadingError) as error:
        read(as_file(CHART))

    assert "pip install 'aidx-assistant[ocr]'" in error.value.hint


@pytest.mark.parametrize(
    ("kind", "read_by", "label"),
    [
        ("slide", "by OCR", "Report, slide 8 (slide picture, read by OCR)"),
        ("page", "by Claude", "Report, page 8 (page picture, read by Claude)"),
        ("picture", "by OCR", "Report, picture 8 (picture, read by OCR)"),
        ("slide", "yes", "Report, slide 8"),
    ],
)
def test_a_citation_says_who_read_the_picture(kind: str, read_by: str, label: str) -> None:
    source = Source("report", "Report", (), "", None, None, False, (), 0, "")
    passage = Passage("p", "report", Locator(kind, 8), ("It.",), ("all",), read=read_by)  # type: ignore[arg-type]

    assert passage_label(passage, source) == label


@pytest.mark.parametrize(
    ("heading", "read_by", "label"),
    [
        ("What hospitals pay", "yes", "Report, slide 2 “What hospitals pay”"),
        ("What hospitals pay", "by OCR", "Report, slide 2 “What hospitals pay” (slide picture, read by OCR)"),
        ("A chart", "no", "Report, slide 2 (known by its alt text only)"),
        ("Report", "yes", "Report, slide 2"),
    ],
)
def test_a_citation_shows_the_title_of_its_slide(heading: str, read_by: str, label: str) -> None:
    source = Source("report", "Report", (), "", None, None, False, (), 0, "")
    locator = Locator("slide", 2, heading)
    passage = Passage("p", "report", locator, ("City clinics: 31%",), ("all",), read=read_by)  # type: ignore[arg-type]

    assert passage_label(passage, source) == label


def test_a_picture_for_somebody_else_is_made_anew() -> None:
    noise = Image.effect_noise((2400, 1600), 90).convert("RGB")
    document = read_picture(as_file(noise), "slide-8.png", ReadingOptions(pictures_apart=True))
    (part,) = document.parts
    assert (part.locator, part.read, part.blocks) == (Locator("slide", 8), "no", ())
    medium, _, content = part.pixels.partition(";base64,")
    assert medium == "data:image/jpeg"
    assert Image.open(io.BytesIO(base64.b64decode(content))).size == (1568, 1045)
