"""Has Claude read pictures, where the user asked for it and agreed to what it sends and may cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from aidx_assistant import locations
from aidx_assistant.answering.prompts import prompt
from aidx_assistant.answers import Usage
from aidx_assistant.assistant.connecting import connection_of
from aidx_assistant.assistant.spending import Spending
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.messages import Claude, Picture
from aidx_assistant.claude.usage import cost, in_all
from aidx_assistant.claude.vision import Asked, TranscribedItem, Transcription, transcribe
from aidx_assistant.errors import (
    ClaudeError,
    InterruptedByUserError,
    ReadingError,
    Remedy,
    SpendingLimitError,
    UsageError,
)
from aidx_assistant.evidence import Locator
from aidx_assistant.keys import api_key
from aidx_assistant.reading.addressed_to_models import with_remark_on_orders
from aidx_assistant.reading.cleaning import one_line
from aidx_assistant.reading.document import Block, Document, Part
from aidx_assistant.reading.labelled_figures import unlabelled, with_label
from aidx_assistant.reading.pixels import LONGEST_SIDE
from aidx_assistant.reading.rows import row_text
from aidx_assistant.settings import Settings

_MOST_OUTPUT = 8_000
"""Tokens of a transcription: a slide full of small print has some 3,000."""
_PIXELS_OF_TOKEN = 750
"""By Anthropic's guide to vision."""
_MOST_INPUT = LONGEST_SIDE**2 // _PIXELS_OF_TOKEN + 1_000
"""Tokens of a picture as large as any that is sent, with the instructions."""
_BY_OCR: tuple[Remedy, ...] = ("ocr",)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the user is asked to agree to."""

    pictures: int
    of: str
    """The file that they are of; empty where they are files of their own."""
    model: str
    host: str
    cost_usd_at_most: float | None
    """None where the price of the model is not known."""


class Transcriber:
    """Sends pictures, one after the other, that the user agreed to; counts what they took."""

    def __init__(self, claude: Claude, settings: Settings, agree: Callable[[Offer], bool]) -> None:
        self._claude = claude
        self._settings = settings
        self._agree = agree
        self._expected = 0
        """Pictures, files of their own, that were agreed to before the first was read."""
        self._used = Usage(0, 0)

    @property
    def usage(self) -> Usage:
        """What all pictures took."""
        return replace(self._used, cost_usd=cost(self._used, self._settings.prices.get(self._settings.model)))

    def close(self) -> None:
        """Releases the connection."""
        self._claude.close()

    def expect(self, pictures: int) -> None:
        """Asks for so many files before the first is read. Raises InterruptedByUserError for a no."""
        if pictures and not self._has_agreed(pictures, ""):
            raise InterruptedByUserError("Nothing was sent to Claude.", remedies=_BY_OCR)
        self._expected = pictures

    def transcribed(
        self, document: Document, name: str, at: Callable[[str], None], cancellation: Cancellation
    ) -> Document:
        """The document with its pictures read. Raises ReadingError, ClaudeError, InterruptedByUserError."""
        pictures = [part for part in document.parts if part.pixels]
        if not pictures:
            return document
        if document.medium == "picture" and self._expected:
            self._expected -= 1
        elif not self._has_agreed(len(pictures), name):
            raise ReadingError("It was not sent to Claude, as you did not agree.", remedies=_BY_OCR)
        parts, remarks, count = [], list(document.remarks), 0
        for part in document.parts:
            if part.pixels:
                count += 1
                at(f"picture {count} of {len(pictures)} by Claude" if len(pictures) > 1 else "by Claude")
                transcription = self._read(part.pixels, cancellation)
                remarks.extend(_remarks(part.locator, transcription))
                parts.append(_part(part, transcription))
            else:
                parts.append(part)
        if not any(part.blocks for part in parts):
            raise ReadingError("Claude could read no text in it.")
        title = document.title or parts[0].locator.heading or ""
        return with_remark_on_orders(replace(document, parts=tuple(parts), title=title, remarks=tuple(remarks)))

    def _has_agreed(self, pictures: int, of: str) -> bool:
        settings = self._settings
        one = cost(Usage(_MOST_INPUT, _MOST_OUTPUT), settings.prices.get(settings.model))
        offer = Offer(pictures, of, settings.model, self._claude.host, None if one is None else pictures * one)
        return self._agree(offer)

    def _read(self, pixels: str, cancellation: Cancellation) -> Transcription:
        medium, _, content = pixels.removeprefix("data:").partition(";base64,")
        picture = Picture("image/jpeg" if medium == "image/jpeg" else "image/png", content)
        asked = Asked(self._settings.model, _MOST_OUTPUT, prompt("transcription"))
        try:
            return transcribe(self._claude, picture, asked, cancellation, self._count)
        except SpendingLimitError:
            raise
        except ClaudeError as error:
            remedies = [remedy for remedy in error.remedies if remedy != "offline"]
            if "budget" in remedies:
                raise ReadingError(f"The picture is too large for {asked.model}.", remedies=_BY_OCR) from error
            if not remedies:  # it is this request that was refused; the next picture may be taken
                raise ReadingError(error.title, remedies=_BY_OCR) from error
            raise ClaudeError(error.title, remedies=remedies) from error

    def _count(self, usage: Usage) -> None:
        self._used = in_all((self._used, usage))


def transcriber(settings: Settings, agree: Callable[[Offer], bool]) -> Transcriber:
    """A reader of pictures by Claude. Raises UsageError where there is no key, or the settings forbid to ask Claude."""
    if settings.offline:
        raise UsageError("Offline no picture is sent to Claude.", remedies=("online", "ocr"))
    key = api_key()
    if key is None:
        raise UsageError("Reading with Claude needs an API key, and there is none.", remedies=("enter key", "ocr"))
    account = Spending(locations.home(), lambda: settings)
    return Transcriber(Claude(connection_of(settings, key), account=account), settings, agree)


def _part(part: Part, transcription: Transcription) -> Part:
    """A place's text under the picture's title, which may be the sentence that says most: it is a block as well."""
    title = one_line(transcription.title)
    blocks = [Block(title)] if title else []
    untold = []
    for item in transcription.items:
        text, figure = one_line(item.text), one_line(item.figure)
        if item.kind == "value" and figure and not text:
            untold.append(figure)
        elif block := _block(item, text, figure):
            blocks.append(block)
    blocks.extend(unlabelled(untold))
    if len(blocks) > 1 and blocks[0] == blocks[1]:
        del blocks[0]
    return replace(
        part,
        locator=replace(part.locator, heading=title or None),
        blocks=tuple(blocks),
        read="by Claude" if blocks else "no",
        pixels="",
    )


def _block(item: TranscribedItem, text: str, figure: str) -> Block | None:
    kind: Literal["text", "row", "value", "caption"] = item.kind
    if kind == "row":
        text = row_text([one_line(header) for header in item.headers], [one_line(cell) for cell in item.cells])
    elif figure:
        text, kind = with_label(figure, text), "value"
    return Block(text, kind) if text else None


def _remarks(locator: Locator, transcription: Transcription) -> list[str]:
    unread = [text for name in transcription.unread if (text := one_line(name).rstrip("."))]
    if not unread:
        return []
    named = "; ".join(f"“{text[:80]}”" for text in unread[:5])
    return [f"Claude could not read of {locator.label}: {named}{'; …' if len(unread) > 5 else ''}."]
