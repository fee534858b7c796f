"""A brief as it is read on the screen, and what is told of it in one line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from aidx_assistant.briefs.brief import Brief
from aidx_assistant.briefs.exports import page_count
from aidx_assistant.briefs.exports.markdown import as_markdown
from aidx_assistant.claude.usage import usage_in_words

_FIRST_MARK = re.compile(r"(?<=[^\s\]])(?=\[\^\d)")
_MARK = re.compile(r"\[\^(\d+)\]")
_NOTE = re.compile(r"^(\[\^\d+\]):", re.MULTILINE)
_ADDRESS = re.compile(r" <https?://[^>]*>")


@dataclass(frozen=True, slots=True)
class Page:
    """A brief laid out for the screen."""

    brief: Brief
    text: str
    """Markdown, its citations as `[3]`."""
    standing: str
    """`2 pages · 17 citations · no faults`."""


def page_of(brief: Brief) -> Page:
    """Takes a moment, as its pages are counted by making them."""
    pages = page_count(brief)
    return Page(brief, text_of(brief), " · ".join((_counted(pages, "page"), *_standing(brief))))


def page_so_far(brief: Brief) -> Page:
    """A brief that is still being written: of what is not there yet nothing is shown."""
    written = tuple(section for section in brief.sections if section.drafted)
    return Page(brief, text_of(replace(brief, sections=written)), "")


def text_of(brief: Brief) -> str:
    """The brief's Markdown with its notes below it; their addresses are opened, not read."""
    text = _ADDRESS.sub("", _NOTE.sub(r"\1", as_markdown(brief)))
    return _MARK.sub(r"[\1]", _FIRST_MARK.sub(" ", text))


def _standing(brief: Brief) -> tuple[str, ...]:
    doubtful = sum(not citation.verified for citation in brief.citations)
    missing = sum(not section.drafted for section in brief.sections)
    faults = _counted(len(brief.faults), "fault") if brief.faults else "no faults"
    _, *cost = usage_in_words(brief.usage) if brief.usage else ("",)
    return (
        _counted(len(brief.citations), "citation") + (f", {doubtful} of them not verified" if doubtful else ""),
        faults + (f" ({_counted(missing, 'section')} missing)" if missing else ""),
        *cost,
    )


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
