"""Files of briefs as other programs open them: LibreOffice the Word document and the slides, Chromium the page."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from aidx_assistant.briefs.brief import Brief, Point, Points, note_of, with_addresses_once
from aidx_assistant.briefs.exports import Format, pages_at_ease, write
from tests.fakes.briefs import clean_brief
from tests.fakes.read_back import squeezed
from tests.fakes.whole_briefs import buyer_brief, founder_brief
from tests.serving.chromium import EXECUTABLE, opened_page
from tests.unit.test_briefs_exports_powerpoint import longer, slides
from tests.unit.test_briefs_own_jobs import with_jobs

_LIBREOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.slow
needs_libreoffice = pytest.mark.skipif(_LIBREOFFICE is None, reason="LibreOffice is not installed")
needs_chromium = pytest.mark.skipif(EXECUTABLE is None, reason="Chromium is not installed")


def as_libreoffice_prints(brief: Brief, file_format: Format, folder: Path) -> bytes:
    """The PDF that LibreOffice makes of a file."""
    assert _LIBREOFFICE
    file = folder / f"brief.{file_format}"
    file.write_bytes(write(brief, file_format))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [_LIBREOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return file.with_suffix(".pdf").read_bytes()


def full_brief(whole: Brief | None = None) -> Brief:
    """One that leaves no line free on the second page of its PDF."""
    whole = whole or buyer_brief()
    fuller = brief = whole
    count = 0
    while pages_at_ease(fuller) <= 2:
        brief, count = fuller, count + 1
        points = Points(tuple(Point("The vendor is asked in writing where recordings are kept.") for _ in range(count)))
        sections = (replace(one, blocks=(*one.blocks, points)) if one.key == "risks" else one for one in whole.sections)
        fuller = replace(whole, sections=tuple(sections))
    return brief


def full_brief_with_jobs() -> Brief:
    """The same with the user's own jobs, in place of the chart for which it then has no room."""
    return full_brief(replace(with_jobs(buyer_brief()), chart=None))


def text_of(pdf: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


@needs_libreoffice
@pytest.mark.parametrize("made", [full_brief, full_brief_with_jobs, founder_brief, clean_brief])
def test_a_word_document_has_two_pages_and_every_note(made: Callable[[], Brief], tmp_path: Path) -> None:
    brief = made()
    pdf = as_libreoffice_prints(brief, "docx", tmp_path)
    text = text_of(pdf)
    assert len(PdfReader(io.BytesIO(pdf)).pages) <= 2
    for citation in with_addresses_once(brief.citations):
        assert squeezed(note_of(citation).split(" http")[0]) in text


@needs_libreoffice
@pytest.mark.parametrize("times", [1, 3, 30])
def test_text_of_slides_stays_above_their_sources(times: int, tmp_path: Path) -> None:
    brief = longer(buyer_brief(), times)
    pdf = as_libreoffice_prints(brief, "pptx", tmp_path)
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 3
        for page, slide in zip(document, slides(brief), strict=True):
            width, height = page.get_size()
            words = page.get_textpage()
            letters = [place for place in range(words.count_chars()) if words.get_text_range(place, 1).strip()]
            drawn = [words.get_charbox(place) for place in letters]
            (foot,) = [shape for shape in slide.shapes if shape.name == "Sources"]
            above = height - foot.top.pt
            below = [box for box in drawn if box[3] < above]
            assert all(bottom > above - 1 for _, bottom, _, top in drawn if top >= above)
            assert len(below) == len(squeezed(foot.text_frame.text)) + 1  # and the slide's number
            assert min(bottom for _, bottom, _, _ in drawn) > 0.01 * height
            assert max(right for _, _, right, _ in drawn) <= width


@needs_chromium
@pytest.mark.parametrize("made", [full_brief, full_brief_with_jobs])
def test_the_page_fits_a_telephone_and_prints_on_two_pages(made: Callable[[], Brief], tmp_path: Path) -> None:
    file = tmp_path / "brief.html"
    file.write_bytes(write(made(), "html"))
    found = asyncio.run(_looked_at(file, tmp_path / "profile"))
    assert found["width"] == 360
    assert found["widest"] <= 360
    assert found["requests"] == [file.as_uri()]
    assert found["complaints"] == []
    for pdf in found["printed"]:
        assert len(PdfReader(io.BytesIO(pdf)).pages) == 2


async def _looked_at(file: Path, profile: Path) -> dict[str, Any]:
    async with opened_page(profile) as page:
        for domain in ("Page", "Network", "Log", "Runtime"):
            await page.call(f"{domain}.enable")
        await page.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
        await page.call("Page.navigate", url=file.as_uri())
        await page.until(lambda: bool(page.reported("Page.loadEventFired")))
        script = """JSON.stringify({width: innerWidth, widest: Math.max(
            ...[...document.querySelectorAll("main *:not(thead *)")].map(one => one.getBoundingClientRect().right))})"""
        answer = await page.call("Runtime.evaluate", expression=script)
        printed = [
            b64decode((await page.call("Page.printToPDF", paperWidth=width, paperHeight=height))["data"])
            for width, height in ((8.27, 11.69), (8.5, 11))
        ]
        return {
            **json.loads(answer["result"]["value"]),
            "requests": [sent["request"]["url"] for sent in page.reported("Network.requestWillBeSent")],
            "complaints": page.reported("Log.entryAdded"),
            "printed": printed,
        }
