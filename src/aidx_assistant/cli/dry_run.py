"""`aidx ask --dry-run`: what would be sent to Claude, to where, and what it would cost."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from aidx_assistant.answers import Answer
from aidx_assistant.cli.terminal import print_json
from aidx_assistant.evidence import Segment
from aidx_assistant.printable import printable

if TYPE_CHECKING:
    from aidx_assistant.assistant.dry_run import WouldSend
    from aidx_assistant.cli.continuing import Before

_NO_KEY = "There is no API key: the answer is quoted from the sources."


def dry_run(
    question: str,
    segment: Segment | None,
    source_id: str | None,
    conversation: Before,
    *,
    deep: bool,
    as_json: bool,
    settings: Mapping[str, Any],
) -> int:
    """Shows the request on standard output, as text or as one JSON object, and sends nothing."""
    from aidx_assistant.assistant.dry_run import DryRun
    from aidx_assistant.cli.progress import ShownProgress
    from aidx_assistant.settings import load_settings

    in_force = load_settings(settings)
    with closing(ShownProgress()) as progress, DryRun(in_force, progress=progress) as service:
        told = service.would_send(question, segment=segment, source_id=source_id, deep=deep, **conversation)
    if isinstance(told, Answer):
        why = "Offline: the answer is quoted from the sources." if in_force.offline else told.reason or ""
        _show_nothing(why, as_json=as_json)
    elif as_json:
        print_json({"schema": 1, "would_send": told.is_sent, "reason": _why_not(told), **_as_json(told)})
    else:
        _show(told, deep=deep, model=in_force.model)
    return 0


def _show_nothing(why: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"schema": 1, "would_send": False, "reason": why})
    else:
        print(f"Nothing would be sent. {printable(why)}")


def _as_json(told: WouldSend) -> dict[str, Any]:
    sent = told.outgoing
    return {
        "method": sent.method,
        "address": sent.address,
        "headers": dict(sent.headers),
        "body": sent.body,
        "has_key": told.has_key,
        "input_tokens_estimated": told.input_tokens,
        "output_tokens_at_most": told.output_tokens_at_most,
        "cost_usd_at_most": told.cost_usd_at_most,
        "stopped_by": told.stopped_by,
    }


def _show(told: WouldSend, *, deep: bool, model: str) -> None:
    """The request as HTTP has it, what is to be known about it on standard error."""
    sent = told.outgoing
    head = [f"{sent.method} {sent.address}", *(f"{name}: {value}" for name, value in sent.headers.items())]
    print("\n".join(map(printable, head)), f"\n{_readable(sent.body)}", sep="\n")
    cost = "at a price not known" if told.cost_usd_at_most is None else f"at most ${told.cost_usd_at_most:.4f}"
    tokens = f"About {told.input_tokens:,} tokens in by estimate, at most {told.output_tokens_at_most:,} out"
    _tell(f"Nothing was sent. {tokens}; {cost}{told.counts_in}.")
    if sent.body.get("model") != model:
        _tell("This is the first request: a small model says what the question means; the question itself follows.")
    elif deep:
        _tell("This is the first request of a deep question; what follows depends on what Claude looks up.")
    if why_not := _why_not(told):
        _tell(f"Without --dry-run it would not be sent. {why_not}")


def _why_not(told: WouldSend) -> str | None:
    """Why the question would not send it, in sentences; None where it would."""
    reasons = [] if told.has_key else [_NO_KEY]
    return " ".join([*reasons, *([told.stopped_by] if told.stopped_by else ())]) or None


def _readable(body: Mapping[str, Any]) -> str:
    """As JSON; what a terminal would not show as it is, is escaped."""
    text = json.dumps(body, ensure_ascii=False, indent=2)
    shows_as_it_is = printable(text) == text
    return text if shows_as_it_is else json.dumps(body, indent=2)


def _tell(text: str) -> None:
    print(f"aidx: {printable(text)}", file=sys.stderr)
