"""Who lets a request to Claude pass, and is told what its reply took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from aidx_assistant.answers import Usage
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.requests import MessageRequest


@dataclass(frozen=True, slots=True)
class Left:
    """What a limit leaves."""

    usd: float
    setting: str
    """The name of the limit."""


class Account(Protocol):
    """Keeps what is spent. `work` stands for what the user asked for, however many requests that takes."""

    def admit(self, request: MessageRequest, count: Callable[[], int | None], work: Cancellation) -> None:
        """Called before a request is sent. Raises an AidxError where it is not to be sent.

        `count` asks the API for the tokens of the request; None where it does not tell.
        """

    def note(self, receipt: str, asked: str, answered: str, usage: Usage, work: Cancellation) -> None:
        """Called as soon as a reply begins and again at its end, with the same receipt; never raises.

        `asked` and `answered` are models: that of the request, and the one that the API named; empty where it did not.
        """

    def tokens_in(self, text: str) -> int:
        """The tokens of a text by estimate, for a reply that broke off before the API told them; never raises."""
