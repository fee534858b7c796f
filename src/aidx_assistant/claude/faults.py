"""What an exception of the SDK or its transport means for the user, and whether another try can help."""

from __future__ import annotations

import email.utils
import json
import math
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aidx_assistant.errors import ClaudeError, Remedy

if TYPE_CHECKING:
    import anthropic
    import httpx2

Remedies = tuple[Remedy, ...]

LONGEST_WAIT = 60.0
"""Seconds: where the API asks for a longer pause before the next try, the user is told instead of kept waiting."""

_LONGEST_MESSAGE = 300
_CHECK_ADDRESS: Remedies = ("address", "offline")

_TOO_LONG = ("too long", "context limit", "context window", "context length", "context size")
"""How the API, and servers that speak like it, say that a prompt does not fit: they give no code for it."""

_STATUS_OF_TYPE = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "rate_limit_error": 429,
    "timeout_error": 504,
    "overloaded_error": 529,
}
"""An error inside a stream has the status 200 of its response: its type says which status it would have had."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What was asked of whom: what a message about a fault may need to name."""

    api_key: str = field(repr=False)
    """Taken out of every text that names a fault."""
    address: str
    """Without credentials."""
    host: str
    model: str
    connect_timeout: float
    stream_timeout: float


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one try failed."""

    reason: str
    """One sentence."""
    remedies: Remedies
    transient: bool
    """Whether the same request may succeed later."""
    retry_after: float | None = None
    """Seconds that the API asked to wait before the next try; more than 0."""
    cause: Exception | None = None
    """None also where the exception's own text would give the key away."""

    def as_error(self) -> ClaudeError:
        """The error to raise where no further try is made; raise it `from` the cause."""
        return ClaudeError(self.reason, remedies=self.remedies)


def wire_errors() -> tuple[type[Exception], ...]:
    """All that the SDK, its transport and its decoding of a stream raise."""
    import anthropic
    import httpx2

    return (
        anthropic.AnthropicError,
        httpx2.HTTPError,
        httpx2.InvalidURL,
        json.JSONDecodeError,
        UnicodeDecodeError,
    )


def fault_of(error: Exception, circumstances: Circumstances) -> Fault:
    """The fault behind one of the `wire_errors`."""
    import anthropic

    if isinstance(error, anthropic.APIStatusError):
        fault = _status_fault(error, circumstances)
    elif isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
        fault = Fault(f"{circumstances.host} sent something that is not readable.", _CHECK_ADDRESS, True)
    else:
        fault = _connection_fault(list(_chain(error)), circumstances)
    gives_key_away = any(circumstances.api_key in f"{link} {link!r}" for link in _chain(error))
    return replace(fault, cause=None if gives_key_away else error)


def early_end(circumstances: Circumstances, *, event_stream: bool) -> Fault:
    """The fault of a response that ended, without an exception, before the message did."""
    if event_stream:
        reason = f"{circumstances.host} closed the connection before the answer was complete."
        return Fault(reason, ("ask again", "offline"), True)
    return _foreign_answer(circumstances)


def _foreign_answer(circumstances: Circumstances) -> Fault:
    return Fault(f"{circumstances.host} does not answer as the Messages API does.", _CHECK_ADDRESS, False)


def _status_fault(error: anthropic.APIStatusError, circumstances: Circumstances) -> Fault:
    status = error.status_code if error.status_code >= 400 else _STATUS_OF_TYPE.get(str(error.type), 500)
    if status in {408, 429, 500, 502, 503, 504, 529}:
        return _busy_fault(status, error.response.headers)
    message = _said(error, circumstances.api_key)
    return _refused_fault(status, message, circumstances)


def _refused_fault(status: int, message: str | None, circumstances: Circumstances) -> Fault:
    """A status that the same request would meet again; `message` is the API's own, None where it is not the API's."""
    remedies: Remedies
    match status:
        case 401:
            reason = f"The API key was refused by {circumstances.host}."
            remedies = ("key", "offline")
        case 403:
            reason = f"The API key has no permission for this: {message or 'no reason given'}"
            remedies = ("permission", "offline")
        case 413:
            reason, remedies = _too_long(circumstances)
        case 400 if message and any(words in message for words in _TOO_LONG):
            reason, remedies = _too_long(circumstances)
        case 404 if message and circumstances.model in message:
            reason = f"Claude has no model named “{circumstances.model}”."
            remedies = ("model", "offline")
        case _ if message and status != 404:
            reason = f"Claude refused the request: {message}"
            remedies = ("offline",)
        case _:
            return _foreign_answer(circumstances)
    return Fault(reason, remedies, transient=False)


def _too_long(circumstances: Circumstances) -> tuple[str, Remedies]:
    return f"The question and its evidence are too long for {circumstances.model}.", ("budget", "offline")


def _busy_fault(status: int, headers: httpx2.Headers) -> Fault:
    if status == 429:
        reason = "Claude's rate limit is reached."
    elif status == 529:
        reason = "Claude is overloaded."
    else:
        reason = f"Claude had a fault of its own (status {status})."
    wait = _retry_after(headers)
    if wait is not None and wait > LONGEST_WAIT:
        reason = f"{reason[:-1]}; it asks to be left alone until {_moment(wait)}."
        return Fault(reason, ("ask then", "offline"), False)
    worth_retrying = headers.get("x-should-retry") != "false"
    return Fault(reason, ("ask later", "offline"), worth_retrying, wait)


def _retry_after(headers: httpx2.Headers) -> float | None:
    """Seconds from now that the header asks for, as a number or as an HTTP date; None where it asks for none."""
    value = headers.get("retry-after", "")
    try:
        seconds = float(value)
    except ValueError:
        date = email.utils.parsedate_tz(value)
        seconds = email.utils.mktime_tz(date) - time.time() if date else 0.0
    return seconds if math.isfinite(seconds) and seconds > 0 else None


def _moment(seconds: float) -> str:
    """The moment `seconds` from now, with how far off it is: `14:05 UTC (in 12 minutes)`."""
    if seconds > 86_400:
        return f"more than {seconds // 86_400:.0f} days from now" if seconds >= 2 * 86_400 else "tomorrow"
    at = datetime.fromtimestamp(time.time() + seconds, UTC)
    return f"{at:%H:%M} UTC (in {math.ceil(seconds / 60)} minutes)"


def _connection_fault(chain: list[BaseException], circumstances: Circumstances) -> Fault:
    import httpx2

    host = circumstances.host
    remedies: Remedies = ("network", "offline")
    for link in chain:
        match link:
            case httpx2.InvalidURL() | httpx2.UnsupportedProtocol():
                return Fault(
                    f"“{circumstances.address}” cannot be the address of the Messages API.", _CHECK_ADDRESS, False
                )
            case httpx2.ConnectTimeout():
                waited = f"{circumstances.connect_timeout:g} seconds"
                return Fault(f"{host} did not take the connection within {waited}.", remedies, True)
            case httpx2.TimeoutException():
                waited = f"{circumstances.stream_timeout:g} seconds"
                return Fault(f"{host} sent nothing for {waited}.", ("ask again", "offline"), True)
            case httpx2.ConnectError():
                return Fault(f"{host} cannot be reached{_why(chain)}.", remedies, True)
    return Fault(f"The connection to {host} was cut.", remedies, True)


def _why(chain: list[BaseException]) -> str:
    for link in chain:
        match link:
            case socket.gaierror():
                return ": its name is not known"
            case ssl.SSLError():
                return ": its certificate is not accepted"
            case ConnectionRefusedError():
                return ": it refused the connection"
    return ""


def _said(error: anthropic.APIStatusError, api_key: str) -> str | None:
    """The API's message on one printable line without the key; None where the body is not an API error."""
    if not isinstance(error.api_message, str):
        return None
    message = error.api_message.replace(api_key, "(key)")
    line = " ".join("".join(char if char.isprintable() else " " for char in message).split())
    return line if len(line) <= _LONGEST_MESSAGE else f"{line[:_LONGEST_MESSAGE]}…"


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    seen: list[BaseException] = []
    while link is not None and link not in seen:
        seen.append(link)
        yield link
        link = link.__cause__ or link.__context__
