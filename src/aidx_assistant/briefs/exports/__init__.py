"""A brief as a file: Markdown, Word, PDF, HTML and PowerPoint, all with the same citations in the same order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, get_args

from aidx_assistant.briefs.brief import Brief, with_addresses_once

Format = Literal["md", "docx", "pdf", "html", "pptx"]
FORMATS: tuple[Format, ...] = get_args(Format)
"""By the ending of the file's name."""
_LETTERS_NAMED = 20


def write(brief: Brief, file_format: Format) -> bytes:
    """The content of a file in that format."""
    return _writer(file_format)(_printed(brief))


def _writer(file_format: Format) -> Callable[[Brief], bytes]:
    """What writes a format; only its own libraries are imported."""
    match file_format:
        case "md":
            from aidx_assistant.briefs.exports.markdown import as_markdown

            return lambda brief: as_markdown(brief).encode()
        case "docx":
            from aidx_assistant.briefs.exports.word import as_word

            return as_word
        case "pdf":
            from aidx_assistant.briefs.exports.pdf import as_pdf

            return as_pdf
        case "html":
            from aidx_assistant.briefs.exports.html import as_html

            return lambda brief: as_html(brief).encode()
        case "pptx":
            from aidx_assistant.briefs.exports.powerpoint import as_powerpoint

            return as_powerpoint


def page_count(brief: Brief) -> int:
    """The pages of the brief as PDF."""
    from aidx_assistant.briefs.exports import pdf

    return pdf.page_count(_printed(brief))


def pages_at_ease(brief: Brief) -> int:
    """The pages of the brief as PDF where nothing stands closer to make it fit: by them a brief is shortened."""
    from aidx_assistant.briefs.exports import pdf

    return pdf.pages_at_ease(_printed(brief))


def remark_on(brief: Brief, file_format: Format) -> str | None:
    """What a reader of the file will miss, in a sentence; None where nothing is."""
    if file_format != "pdf":
        return None
    from aidx_assistant.briefs.exports.fonts import HOW_TO_GET_FONTS, has_extra
    from aidx_assistant.briefs.exports.pdf import letters_without_font

    letters = letters_without_font(_printed(brief))
    if not letters:
        return None
    more = f" and {len(letters) - _LETTERS_NAMED} more" if len(letters) > _LETTERS_NAMED else ""
    boxes = f"No font here has {letters[:_LETTERS_NAMED]}{more}: in the PDF boxes stand for them."
    told = f"{boxes} Write it as .docx or .html"
    return f"{told}." if has_extra() else f"{told}, or {HOW_TO_GET_FONTS}"


def _printed(brief: Brief) -> Brief:
    """On paper an address repeated in every note only takes room."""
    return replace(brief, citations=with_addresses_once(brief.citations))
