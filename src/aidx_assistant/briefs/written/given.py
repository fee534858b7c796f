"""The user's own texts in a brief: the figures in them (“3 vendors by 2028”) are no claims of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aidx_assistant.briefs.request import states_share_or_money
from aidx_assistant.briefs.written.brief_form import topic_of_brief
from aidx_assistant.briefs.written.document import NOTE_MARK
from aidx_assistant.briefs.written.piece import Piece
from aidx_assistant.figures import figures_in

_DECISION = re.compile(r"\W*decision\s+to\s+take\W*", re.IGNORECASE)
_UNANSWERED = re.compile(r"The sources do not answer: (?P<question>.+)")
_LABEL = re.compile(r"\*\*[^*]+?:?\*\*:?\s*")


def without_given_figures(pieces: Iterable[Piece], given: Iterable[str]) -> Iterator[Piece]:
    """The pieces with letters in place of figures wherever one of the given texts stands; every offset stays."""
    blanked = {text: _without_figures(text) for text in given}
    for piece in pieces:
        text = piece.text
        for own, other in blanked.items():
            text = text.replace(own, other)
        yield piece if text == piece.text else replace(piece, text=text)


def given_in(document: Sequence[Piece]) -> tuple[str, ...]:
    """What a written brief holds of its user's own: topic, decision, who decides by when, and unanswered questions.

    What cites a source is no text of the user's; nor is a topic that states a share or a sum of money.
    """
    topic = topic_of_brief(document)
    found = [topic] if topic and not states_share_or_money(topic) else []
    in_decision = False
    for piece in document:
        if piece.kind == "heading":
            in_decision = _DECISION.fullmatch(piece.text) is not None
        elif in_decision and not NOTE_MARK.search(piece.text):
            found.append(_LABEL.sub("", piece.text))
        elif unanswered := _UNANSWERED.fullmatch(piece.text):
            found.append(unanswered["question"])
    return tuple(text for text in found if text)


def _without_figures(text: str) -> str:
    for figure in reversed(figures_in(text)):
        text = f"{text[: figure.start]}{'n' * (figure.end - figure.start)}{text[figure.end :]}"
    return text
