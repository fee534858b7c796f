"""How the linter words its faults."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from aidx_assistant.answers import UnsupportedFigure
from aidx_assistant.answers_in_words import fault_in_words
from aidx_assistant.briefs.linting.surroundings import Near
from aidx_assistant.checking import Evidence
from aidx_assistant.checking.telling import telling_words
from aidx_assistant.figures import Figure, figures_in

_ENDED = re.compile(r"[.!?…][”\"’)]?$")
_ANSWER = re.compile(r"\bthe answer\b")
_INSTEAD = re.compile(r"(?P<value>.*?): “(?P<sentence>.*)”", re.DOTALL)
_LEAST_SHARED = 0.5
"""Share of the words of what a finding measures that a text has to have for the finding to be told instead."""


def as_sentence(text: str) -> str:
    """A text with one full stop at its end, that of a quotation included."""
    return text if _ENDED.search(text) else f"{text}."


def of_document(figure: UnsupportedFigure) -> str:
    """What is wrong with a figure of a document, in sentences."""
    return fault_in_words(replace(figure, reason=_ANSWER.sub("the document", figure.reason)))


def with_like_hint(figure: UnsupportedFigure, near: Near, evidence: Evidence, *, is_quoted: bool) -> UnsupportedFigure:
    """The verdict without what the sources say instead where that is about something else than the text.

    It is about the same where it has the same number, or counts the same things, or what the text says of its figure
    has half the words of what it measures; of a sentence that the text quotes as its source (`is_quoted`) one word is
    enough.
    """
    found = _INSTEAD.fullmatch(figure.found_instead or "")
    if found is None or found["value"] == figure.text:
        return figure
    stated = (one for one in figures_in(found["sentence"]) if one.text == found["value"])
    if _things_counted(stated) & _things_counted(near.figures):
        return figure
    measured = [one.measure for one in evidence.findings() if one.statement == found["sentence"] and one.value]
    said = telling_words(near.claim)
    if is_quoted and said & telling_words(" ; ".join([found["sentence"], *measured])):
        return figure
    for words in map(telling_words, measured or [found["sentence"]]):
        if words and len(words & said) >= _LEAST_SHARED * len(words):
            return figure
    return replace(figure, found_instead=None)


def _things_counted(figures: Iterable[Figure]) -> set[str]:
    return {one.unit for one in figures if one.kind == "count" and one.unit}
