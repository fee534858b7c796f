"""What has come of one answer of Claude's, and the draft that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from aidx_assistant.answering.attribution import attributed
from aidx_assistant.answering.draft import Draft, Retrieved, citation, nearest_citations
from aidx_assistant.answering.markers import MarkedText
from aidx_assistant.answers import DECLINE, AnswerText, Citation, Notice, Status
from aidx_assistant.claude.messages import (
    BlockEnded,
    CitationDelta,
    MessageEnded,
    MessageEvent,
    Retrying,
    TextDelta,
)
from aidx_assistant.evidence import Locator, Passage
from aidx_assistant.vocabulary.grammar import CONTRASTING

_STATUS: dict[str | None, Status] = {
    "end_turn": "complete",
    "stop_sequence": "complete",
    "max_tokens": "cut",
    "model_context_window_exceeded": "cut",
    "refusal": "refused",
    None: "interrupted",
}
_INTERRUPTED_BY_USER = "Interrupted: this is what had come by then."


class Reply:
    """What has come of one answer."""

    def __init__(self, passages: Sequence[Passage], retrieved: Retrieved, *, answers: bool = True) -> None:
        self._answers = answers
        self.marked = MarkedText()
        self.interrupted = False
        self._passages = passages
        self._retrieved = retrieved
        self._citations: dict[tuple[str, int, int, str], Citation] = {}
        self._of_block: list[int] = []
        self._ended: MessageEnded | None = None

    def take(self, event: MessageEvent) -> Iterator[AnswerText | Notice]:
        match event:
            case TextDelta():
                yield from _shown(self.marked.add(event.text))
            case CitationDelta():
                number = self._numbered(event)
                if number not in self._of_block:
                    self._of_block.append(number)
            case BlockEnded():
                numbers, self._of_block = self._of_block, []
                cited = tuple(citation for citation in self._citations.values() if citation.number in numbers)
                yield from _shown(self.marked.end_block(numbers), cited)
            case Retrying():
                yield Notice(event.reason, event.seconds)
            case MessageEnded():
                self._ended = event
            case _:
                pass

    @property
    def complete(self) -> bool:
        """Whether the API said that the answer has ended."""
        return self._ended is not None and self._ended.stop_reason is not None

    @property
    def content(self) -> tuple[Mapping[str, Any], ...]:
        """All blocks as they came, to be sent back; empty before the end."""
        return self._ended.content if self._ended else ()

    def draft(self) -> Draft:
        if self._of_block:  # interrupted inside a block: what supports it has come already
            self.marked.end_block(self._of_block)
        ended = self._ended
        text = self.marked.text.strip()
        status: Status = "interrupted" if ended is None or self.interrupted else _status(ended, text)
        draft = Draft(
            text=text,
            citations=tuple(self._citations.values()) if text else (),
            answered=bool(text) and status != "refused",
            status=status,
            mode="claude",
            model=(ended.model if ended else "") or None,
            reason=_INTERRUPTED_BY_USER if self.interrupted else _reason(status, ended),
            usage=ended.usage if ended else None,
            stopped_by_user=self.interrupted,
        )
        only_lacks = self._answers and status == "complete" and not draft.citations and _only_says_what_lacks(text)
        if _is_decline(text) or only_lacks:
            return replace(
                draft, text=DECLINE, citations=(), answered=False, status="declined",
                reason=_DECLINED if _is_decline(text) else f"{_DECLINED} It said: “{text}”",
                nearest=nearest_citations(self._retrieved),
            )  # fmt: skip
        if text and not draft.citations and status != "refused":
            return attributed(draft, self._retrieved)
        return draft

    def _numbered(self, delta: CitationDelta) -> int:
        """The number of a citation: the same pointer keeps its number."""
        index, start, end = delta.search_result_index, delta.start_block, delta.end_block
        if index is None or start is None or end is None or not 0 <= index < len(self._passages):
            key = (delta.source, -1, -1, delta.cited_text)
        else:
            key = (self._passages[index].id, start, end, "")
        if key not in self._citations:
            number = len(self._citations) + 1
            self._citations[key] = self._citation(number, delta, key)
        return self._citations[key].number

    def _citation(self, number: int, delta: CitationDelta, key: tuple[str, int, int, str]) -> Citation:
        passage_id, start, end, _ = key
        if start < 0:  # a pointer to something other than a search result of this question
            locator = Locator("page")
            return Citation(
                number, delta.source, delta.title, "", (0, 0), locator, None, delta.title, delta.cited_text, None, None
            )
        passage = next(passage for passage in self._passages if passage.id == passage_id)
        source = self._retrieved.sources[passage.source_id]
        return citation(number, passage, start, end, source, quote=delta.cited_text or None)


_DECLINED = "Claude found no answer in the passages it was given."


_MARKDOWN = "*_`#> \n.[]0123456789"
_WHERE = (
    r"(?:sources?|passages?|reports?|documents?|search\s+results?|library|excerpts?|index|brief|texts?|evidence|materials?"
    r"|information|provided|available)"
)
_LACKING = re.compile(
    rf"\b{_WHERE}\b[^.?!]*(?:\b(?:not|cannot|no|nothing|none|neither|silent|lacks?|without)\b|n[’']t\b)"
    rf"|(?:\b(?:no|not|none|nothing|neither|cannot|unable)\b|n[’']t\b)[^.?!]*\b{_WHERE}\b",
    re.IGNORECASE,
)
_TELLING_MORE = re.compile(rf"\d|\b(?:{CONTRASTING}|but|however|yet|only)\b|[^.?!\s][.?!]\s*\[", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")


def _is_decline(text: str) -> bool:
    """Whether the text is the fixed sentence and nothing else, however it is dressed."""
    return text.strip(_MARKDOWN) == DECLINE.strip(_MARKDOWN)


def _only_says_what_lacks(text: str) -> bool:
    """Whether every sentence of a reply says that the sources lack something, and none says anything else."""
    sentences = [sentence for sentence in _SENTENCES.split(text) if sentence.strip(_MARKDOWN)]
    return bool(sentences) and all(_LACKING.search(one) and not _TELLING_MORE.search(one) for one in sentences)


def _status(ended: MessageEnded, text: str) -> Status:
    status = _STATUS.get(ended.stop_reason, "interrupted")
    return "interrupted" if status == "complete" and not text else status


def _reason(status: Status, ended: MessageEnded | None) -> str | None:
    match status:
        case "cut":
            return "The answer was cut at its longest length, which the setting max_answer_tokens gives."
        case "refused":
            explanation = ended.refusal if ended else None
            return f"Claude refused to answer. {explanation}" if explanation else "Claude refused to answer."
        case "interrupted":
            if ended and ended.fault:
                return f"The answer is incomplete. {ended.fault}"
            if ended and ended.stop_reason:
                return f"The answer is incomplete: Claude stopped without an answer ({ended.stop_reason})."
            return "The answer is incomplete: the stream ended early."
        case _:
            return None


def _shown(text: str, citations: tuple[Citation, ...] = ()) -> Iterator[AnswerText]:
    if text:
        yield AnswerText(text, citations)


def close(events: Iterator[MessageEvent]) -> None:
    """Ends a stream that may be a generator, and with it the connection under it."""
    closing = getattr(events, "close", None)
    if closing:
        closing()
