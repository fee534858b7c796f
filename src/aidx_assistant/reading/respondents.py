"""Whom a report asked, by its own sentences: what it tells of nobody else it tells of these."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aidx_assistant.evidence import Passage
from aidx_assistant.figures import figures_in

_ASKED = re.compile(
    r"\b(?:survey\w*|interview\w*|poll(?:s|ed|ing)?|questionnaires?|asked|respondents|panel|fielded)\b", re.IGNORECASE
)


def respondents_in(passages: Iterable[Passage]) -> str:
    """The sentences on whom was asked, from the first that tells how many they were to the end of its passage; empty
    where none tells it.
    """
    for passage in passages:
        for at, sentence in enumerate(passage.sentences):
            if _ASKED.search(sentence) and any(figure.kind == "count" for figure in figures_in(sentence)):
                return " ".join(passage.sentences[at:])
    return ""
