"""One reply, from the SDK's stream events to `MessageEvent`s."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from aidx_assistant.answers import Usage
from aidx_assistant.claude.events import (
    BlockEnded,
    BlockStarted,
    CitationDelta,
    MessageEnded,
    MessageEvent,
    TextDelta,
)
from aidx_assistant.claude.reply_content import ReplyContent

_TOKEN_COUNTS = (
    "input_tokens",
    "output_tokens",
    "cache_read_input_tokens",
    "cache_creation_input_tokens",
)


class ReplyReader:
    """Reads the events of one reply in their order.

    The SDK builds its events without validating them, so any field may be missing or of another type:
    whatever is not known by its `type` is passed over.
    """

    def __init__(self, tokens_in: Callable[[str], int]) -> None:
        """`tokens_in` estimates the tokens of a text."""
        self._tokens_in = tokens_in
        self.begun = False
        """Whether anything of the answer has been given out."""
        self.stopped = False
        """Whether the end of the message has been read."""
        self.stop_reason: str | None = None
        self._content = ReplyContent()
        self._open_blocks: list[int] = []
        self._other_blocks: list[int] = []
        self._refusal: str | None = None
        self._model = ""
        self._tokens = dict.fromkeys(_TOKEN_COUNTS, 0)

    def read(self, event: Any) -> Iterator[MessageEvent]:
        """The events that follow from one event of the SDK: none, one or two."""
        self._content.note(event)
        match getattr(event, "type", None):
            case "message_start":
                self._note_start(event)
            case "content_block_start":
                yield from self._start_block(event.index, event.content_block)
            case "content_block_delta" if event.index not in self._other_blocks:
                yield from self._delta(event.index, event.delta)
            case "content_block_stop" if event.index in self._open_blocks:
                self._open_blocks.remove(event.index)
                yield BlockEnded(event.index)
            case "message_delta":
                self._note_end(event)
            case "message_stop":
                self.stopped = True

    def ended(self, fault: str | None = None) -> Iterator[MessageEvent]:
        """The events that close the reply; `fault` says why it broke off and counts only if it has no stop reason."""
        for index in self._open_blocks:
            yield BlockEnded(index)
        yield MessageEnded(
            stop_reason=self.stop_reason,
            refusal=self._refusal,
            model=self._model,
            usage=self.usage,
            fault=None if self.stop_reason else fault,
            content=self._content.blocks(),
            calls=self._content.calls(),
        )

    @property
    def model(self) -> str:
        """The model that answers, as the API named it; empty where it did not."""
        return self._model

    @property
    def usage(self) -> Usage:
        """What the reply has taken so far. The API tells what it wrote only at its end: until then by estimate."""
        given, told_out, read, cached = (self._tokens[name] for name in _TOKEN_COUNTS)
        told = Usage(given, told_out, read, cached)
        written = "" if self.stop_reason else self._content.written()
        if not written:
            return told
        estimated = max(told.output_tokens, self._tokens_in(written))
        return replace(told, output_tokens=estimated, output_is_estimated=True)

    def _start_block(self, index: Any, block: Any) -> Iterator[MessageEvent]:
        if getattr(block, "type", None) == "text":
            yield from self._text(index, block.text)
        else:
            self._other_blocks.append(index)

    def _delta(self, index: Any, delta: Any) -> Iterator[MessageEvent]:
        match getattr(delta, "type", None):
            case "text_delta":
                yield from self._text(index, delta.text)
            case "citations_delta" if isinstance(index, int) and delta.citation is not None:
                yield from self._opened(index)
                yield _citation(index, delta.citation)

    def _text(self, index: Any, text: Any) -> Iterator[MessageEvent]:
        if isinstance(index, int) and isinstance(text, str) and text:
            yield from self._opened(index)
            yield TextDelta(index, text)

    def _opened(self, index: int) -> Iterator[MessageEvent]:
        self.begun = True
        if index not in self._open_blocks:
            self._open_blocks.append(index)
            yield BlockStarted(index)

    def _note_start(self, event: Any) -> None:
        self._model = _text_or_empty(getattr(event.message, "model", None))
        self._note_usage(getattr(event.message, "usage", None))

    def _note_end(self, event: Any) -> None:
        self._note_usage(event.usage)
        stop_reason = getattr(event.delta, "stop_reason", None)
        if isinstance(stop_reason, str):
            self.stop_reason = stop_reason
        explanation = getattr(getattr(event.delta, "stop_details", None), "explanation", None)
        if isinstance(explanation, str):
            self._refusal = explanation

    def _note_usage(self, usage: Any) -> None:
        """Counts are totals so far: a later one replaces an earlier one, a missing one leaves it."""
        for name in _TOKEN_COUNTS:
            count = getattr(usage, name, None)
            if isinstance(count, int):
                self._tokens[name] = count


def _citation(index: int, citation: Any) -> CitationDelta:
    search_result, start, end = _positions(citation)
    return CitationDelta(
        index=index,
        search_result_index=search_result,
        start_block=start,
        end_block=end,
        cited_text=_text_or_empty(getattr(citation, "cited_text", None)),
        source=_text_or_empty(getattr(citation, "source", None)),
        title=_text_or_empty(getattr(citation, "title", None)),
    )


def _positions(citation: Any) -> tuple[int, int, int] | tuple[None, None, None]:
    if getattr(citation, "type", None) != "search_result_location":
        return None, None, None
    match citation.search_result_index, citation.start_block_index, citation.end_block_index:
        case int() as search_result, int() as start, int() as end:
            return search_result, start, end
    return None, None, None


def _text_or_empty(value: Any) -> str:
    return value if isinstance(value, str) else ""
