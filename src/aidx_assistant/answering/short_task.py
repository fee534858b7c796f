"""A short reply of one text in a JSON object, for tasks beside the answer: no evidence, no citations."""

from __future__ import annotations

import json
from dataclasses import dataclass

from aidx_assistant.answering.reply import close
from aidx_assistant.answers import Usage
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.messages import Claude, MessageEnded, MessageRequest, Retrying, TextDelta
from aidx_assistant.errors import ClaudeError, InterruptedByUserError


@dataclass(frozen=True, slots=True)
class ShortTask:
    """What is asked for: the field `name` of an object, a text of at most `longest` characters."""

    model: str
    instructions: str
    content: str
    name: str
    longest: int
    max_tokens: int


@dataclass(frozen=True, slots=True)
class ShortReply:
    """What came: the text, or None and why there is none, as a sentence."""

    text: str | None
    fault: str = ""


def short_reply(claude: Claude, task: ShortTask, cancellation: Cancellation) -> ShortReply:
    """Asks once: whoever asks can do without the reply, and waits for no second try.

    Raises InterruptedByUserError where it is cancelled, and nothing else of what may go wrong.
    """
    text, ended = "", MessageEnded(None, None, "", Usage(0, 0))
    stream = claude.stream(request_of(task), cancellation)
    try:
        for event in stream:
            match event:
                case TextDelta(text=more):
                    text += more
                case MessageEnded():
                    ended = event
                case Retrying(reason=reason):
                    return ShortReply(None, reason)
    except ClaudeError as error:
        return ShortReply(None, error.title)
    finally:
        close(stream)
        if cancellation.cancelled:
            raise InterruptedByUserError("Cancelled before any of the answer had come.")
    if ended.stop_reason != "end_turn":
        return ShortReply(None, ended.fault or f"The reply of {task.model} broke off.")
    found = _field(text, task)
    return ShortReply(found, "" if found else f"The reply of {task.model} cannot be read.")


def request_of(task: ShortTask) -> MessageRequest:
    """What is sent for it."""
    schema = {
        "type": "object",
        "properties": {task.name: {"type": "string"}},
        "required": [task.name],
        "additionalProperties": False,
    }
    return MessageRequest(
        model=task.model,
        max_tokens=task.max_tokens,
        system=task.instructions,
        evidence=(),
        question=task.content,
        answer_schema=schema,
    )


def _field(text: str, task: ShortTask) -> str | None:
    """None where the reply is of another form: a server may not know of schemas."""
    try:
        value = json.loads(text[text.index("{") : text.rindex("}") + 1])[task.name]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return value.strip() or None if isinstance(value, str) and len(value) <= task.longest else None
