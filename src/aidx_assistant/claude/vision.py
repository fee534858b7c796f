"""What Claude reads in a picture, as plain data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from aidx_assistant.answers import Usage
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.messages import Claude, MessageEnded, MessageRequest, Picture, Retrying, TextDelta
from aidx_assistant.errors import ClaudeError, InterruptedByUserError, ReadingError

ItemKind = Literal["text", "row", "value", "caption"]

_KINDS: tuple[ItemKind, ...] = ("text", "row", "value", "caption")
_TEXT: Mapping[str, object] = {"type": "string"}
_TEXTS: Mapping[str, object] = {"type": "array", "items": _TEXT}
_ITEM: Mapping[str, object] = {
    "kind": {"type": "string", "enum": list(_KINDS)},
    "text": _TEXT,
    "figure": _TEXT,
    "headers": _TEXTS,
    "cells": _TEXTS,
}


def _object(fields: Mapping[str, object]) -> dict[str, object]:
    return {"type": "object", "properties": dict(fields), "required": list(fields), "additionalProperties": False}


SCHEMA = _object({"title": _TEXT, "items": {"type": "array", "items": _object(_ITEM)}, "unread": _TEXTS})
"""Of a transcription, see `prompts/transcription.md`."""


@dataclass(frozen=True, slots=True)
class TranscribedItem:
    """A paragraph, a row of a table, a figure with its label (`text`), or a caption."""

    kind: ItemKind
    text: str = ""
    figure: str = ""
    headers: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcription:
    """What a picture says, and in a few words what of it could not be read."""

    title: str
    items: tuple[TranscribedItem, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """How a picture is to be read."""

    model: str
    max_tokens: int
    instructions: str


def transcribe(
    claude: Claude,
    picture: Picture,
    asked: Asked,
    cancellation: Cancellation,
    count: Callable[[Usage], None],
) -> Transcription:
    """Has Claude read one picture; `count` is told what it took, also where nothing usable came back.

    Raises ReadingError where Claude does not read this picture, ClaudeError where it cannot be asked,
    InterruptedByUserError.
    """
    request = MessageRequest(
        model=asked.model,
        max_tokens=asked.max_tokens,
        system=asked.instructions,
        evidence=(),
        question="Transcribe this picture.",
        pictures=(picture,),
        answer_schema=SCHEMA,
    )
    text = ""
    ended: MessageEnded | None = None
    for event in claude.stream(request, cancellation):
        match event:
            case TextDelta(text=more):
                text += more
            case MessageEnded():
                ended = event
            case Retrying() if cancellation.cancelled:
                break
    if cancellation.cancelled:
        raise InterruptedByUserError("Reading was cancelled.")
    assert ended is not None
    count(ended.usage)
    _check_end(ended)
    return _transcription(text)


def _check_end(ended: MessageEnded) -> None:
    match ended.stop_reason:
        case None:
            raise ClaudeError(ended.fault or "The connection to Claude was cut.", remedies=("ask again",))
        case "max_tokens":
            raise ReadingError("The picture holds more than Claude transcribes at once.", "Cut it into parts.")
        case "refusal":
            raise ReadingError("Claude refused to read the picture.", remedies=("ocr",))


def _transcription(text: str) -> Transcription:
    """Checks what came: an endpoint may not know of schemas. Raises ReadingError where it is of another form."""
    try:
        told = json.loads(text[text.index("{") : text.rindex("}") + 1])
        items = tuple(_item(item) for item in told["items"])
        return Transcription(_string(told["title"]), items, _strings(told["unread"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ReadingError("What Claude sent as its transcription cannot be read.", remedies=("ocr",)) from error


def _item(item: Any) -> TranscribedItem:
    if item["kind"] not in _KINDS:
        raise ValueError(item["kind"])
    return TranscribedItem(
        cast(ItemKind, item["kind"]),
        _string(item["text"]),
        _string(item["figure"]),
        _strings(item["headers"]),
        _strings(item["cells"]),
    )


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(type(value))
    return tuple(map(_string, value))
