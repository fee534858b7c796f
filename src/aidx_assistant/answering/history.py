"""What has been said in a conversation, and how it goes back to Claude: text with its citations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aidx_assistant.answers import DECLINE, Answer, Citation
from aidx_assistant.claude.earlier_turns import AnsweredText, EarlierTurn, Pointer
from aidx_assistant.evidence import Passage

_MARKERS = re.compile(r"(?:[ \t]*\[\d+\])+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, as it was understood, and its answer. `text` has [1] markers that name `citations` by number."""

    question: str
    text: str
    citations: tuple[Citation, ...] = ()
    position: int = 0
    """0-based, in its conversation."""


@dataclass(frozen=True, slots=True)
class History:
    """A conversation up to a question."""

    exchanges: tuple[Exchange, ...] = ()
    """Those that are not summed up, in order."""
    summary: str = ""
    """What was said before them; empty where nothing was."""

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids of the passages that the answers cite, each once, in the order of their first citations."""
        ids = (citation.passage_id for exchange in self.exchanges for citation in exchange.citations)
        return tuple(dict.fromkeys(id_ for id_ in ids if id_))


def exchange_of(answer: Answer, position: int = 0) -> Exchange:
    """A question and its checked answer. What was not verified is not told as cited."""
    verified = tuple(citation for citation in answer.citations if citation.verified)
    return Exchange(answer.question_understood, answer.text or DECLINE, verified, position)


def without_markers(text: str) -> str:
    """An answer's text, its citation markers left out."""
    return _MARKERS.sub("", text)


def earlier_turns(history: History, passages: Sequence[Passage]) -> tuple[EarlierTurn, ...]:
    """The conversation as a request shows it whose evidence are these passages.

    A citation whose sentences are not in view, or are no longer what was quoted, is left out, its text is not.
    """
    in_view = {passage.id: (at, passage) for at, passage in enumerate(passages)}
    turns = [
        EarlierTurn(exchange.question, parts) for exchange in history.exchanges if (parts := _parts(exchange, in_view))
    ]
    if turns and history.summary:
        first = turns[0]
        told = f"What was said before, in short:\n{history.summary}\n\nThe next question:\n{first.question}"
        turns[0] = EarlierTurn(told, first.answer)
    return tuple(turns)


def _parts(exchange: Exchange, in_view: Mapping[str, tuple[int, Passage]]) -> tuple[AnsweredText, ...]:
    """The text cut at its markers, each part with what the markers behind it name."""
    pointers = {citation.number: _pointer(citation, in_view) for citation in exchange.citations}
    parts: list[AnsweredText] = []
    start, held = 0, ""
    for markers in [*_MARKERS.finditer(exchange.text), None]:
        text = held + exchange.text[start : markers.start() if markers else None]
        start = markers.end() if markers else start
        named = [pointers.get(int(number)) for number in _NUMBER.findall(markers.group())] if markers else []
        found = tuple(dict.fromkeys(pointer for pointer in named if pointer))
        if text.strip():
            parts.append(AnsweredText(text, found))
            held = ""
        else:
            held = text
    return tuple(parts)


def _pointer(citation: Citation, in_view: Mapping[str, tuple[int, Passage]]) -> Pointer | None:
    at, passage = in_view.get(citation.passage_id, (0, None))
    start, end = citation.sentences
    if passage is None or not 0 <= start < end <= len(passage.sentences):
        return None
    same = _words(" ".join(passage.sentences[start:end])) == _words(citation.quote)
    return Pointer(at, start, end) if same else None


def _words(text: str) -> list[str]:
    return "".join(char if char.isprintable() else " " for char in text).split()
