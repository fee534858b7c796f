"""The title that a chart or table has of its own, and with it what its values and rows measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aidx_assistant.evidence import Locator
from aidx_assistant.reading.document import Part
from aidx_assistant.reading.lone_figures import LONE_FIGURE
from aidx_assistant.reading.rows import UNLABELLED, cells_of

_LONGEST = 16
"""Words of a title that is no sentence."""
_NO_TITLE = re.compile(r"\s*(?:sources?|notes?|n|base|legend)\b\s*[:=.]|.*[.!?;]\s*$", re.IGNORECASE | re.DOTALL)
_LABELLED = re.compile(r"(?P<label>.*\S):\s+(?P<figure>\S.*)", re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_FIGURES = re.compile(r"(?!(?:19|20)\d\d\b)\d+(?:[.,]\d+)*")


def label_of(sentence: str) -> str:
    """What names the lone figure at a sentence's end: `Payers` of `Payers: 39%`; empty where it is of another form."""
    match = _LABELLED.fullmatch(sentence)
    if match is None or cells_of(sentence) or sentence.startswith(UNLABELLED):
        return ""
    return match["label"] if LONE_FIGURE.fullmatch(match["figure"]) else ""


def heading_over(locator: Locator) -> str:
    """The title of a slide, page or picture; a section's heading is none: it says what many charts are about."""
    return (locator.heading or "") if locator.kind != "section" else ""


def titles_over(sentences: Sequence[str], heading: str) -> list[str]:
    """For each value of a chart and each row the title over it, else the heading; empty for every other sentence.

    A title is a few words, without a figure, that stand by themselves between the heading, or other rows, and its own
    rows. What stands after a line of text may be its last one, and is none.
    """
    titles: list[str] = []
    title, is_first = heading, True
    for sentence in sentences:
        is_row = bool(label_of(sentence) or cells_of(sentence))
        titles.append(title if is_row else "")
        if not is_row and sentence != heading:
            title = sentence.rstrip(": ") if is_first and _may_be_title(sentence) else heading
        is_first = is_row or sentence == heading
    return titles


def titled(part: Part) -> Part:
    """The part, each value of a chart with the chart's own title before its label, so that it is quoted with it."""
    heading = heading_over(part.locator)
    texts = [" ".join(block.text.split()) for block in part.blocks]
    blocks = [
        replace(block, text=f"{title}: {text}") if title not in ("", heading) and _lacks_title(text) else block
        for block, text, title in zip(part.blocks, texts, titles_over(texts, heading), strict=True)
    ]
    return replace(part, blocks=tuple(blocks))


def measure_under(title: str, measure: str) -> str:
    """What a value measures, the title first, where it does not begin with one of its own."""
    return f"{title}: {measure}" if title and not measure.startswith(title) else measure


def has_title(sentence: str) -> bool:
    """Whether a value tells its chart's title itself: `AI budgets: Providers: 46%`."""
    return ": " in label_of(sentence)


def _lacks_title(text: str) -> bool:
    return bool(label_of(text)) and not has_title(text)


def _may_be_title(sentence: str) -> bool:
    return (
        len(sentence.split()) <= _LONGEST
        and _LETTERS.search(sentence) is not None
        and not _NO_TITLE.match(sentence)
        and not _FIGURES.search(sentence)
    )
