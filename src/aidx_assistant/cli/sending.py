"""Reading with Claude: the options, and the question before a picture leaves this machine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from aidx_assistant.cli.terminal import has_user
from aidx_assistant.errors import UsageError
from aidx_assistant.printable import printable

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.assistant.transcribing import Offer, Transcriber

Command = TypeVar("Command", bound=Callable[..., Any])


def read_with(command: Command) -> Command:
    """The options of a command that reads."""
    sent_unasked = "Do not ask before pictures are sent to Claude, whatever the settings allow it to cost."
    command = click.option("--yes", is_flag=True, help=sent_unasked)(command)
    return click.option(
        "--read-with",
        "reader",
        type=click.Choice(["ocr", "claude"]),
        default="ocr",
        help="What reads pictures and scanned pages: OCR on this machine, or Claude, which they are sent to.",
    )(command)


@contextmanager
def transcriber_for(service: Assistant, reader: str, yes: bool) -> Iterator[Transcriber | None]:
    """What reads pictures by Claude; None where OCR does. Raises UsageError where Claude cannot be asked."""
    if reader != "claude":
        yield None
        return
    from aidx_assistant.assistant.transcribing import transcriber

    def agree(offer: Offer) -> bool:
        service.progress.pause()
        print(printable(_told(offer)), file=sys.stderr, flush=True)
        return yes or _asked()

    settings = service.settings
    if yes:
        settings = replace(settings, max_cost_per_question=0.0, max_cost_per_month=0.0)
    reading = transcriber(settings, agree)
    try:
        yield reading
    finally:
        reading.close()


def _told(offer: Offer) -> str:
    pictures = "1 picture" if offer.pictures == 1 else f"Up to {offer.pictures:,} pictures"
    of = f" of {offer.of}" if offer.of else ""
    cost = "what it costs is not known" if offer.cost_usd_at_most is None else f"at most ${offer.cost_usd_at_most:.2f}"
    verb = "is" if offer.pictures == 1 else "are"
    return f"{pictures}{of} {verb} sent to Claude ({offer.model} at {offer.host}): {cost}."


def _asked() -> bool:
    """Raises UsageError where there is no terminal to ask on."""
    if not has_user():
        raise UsageError("Sending pictures to Claude needs your yes, and there is no terminal to ask on.", "Add --yes.")
    return click.confirm("Send?", default=False, err=True)
