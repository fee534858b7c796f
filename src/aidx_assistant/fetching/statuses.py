"""What a server's status means, where it is not the content."""

from __future__ import annotations

import email.utils
import time

from aidx_assistant.fetching.faults import Fault
from aidx_assistant.fetching.fetched import Patience

_BUSY = frozenset({408, 425, 429})
_IN_WORDS = {
    401: "it asks for a login (401)",
    402: "it asks for payment (402)",
    403: "the server refuses it (403)",
    404: "there is nothing at this address (404)",
    407: "the proxy asks for a login (407)",
    410: "it is no longer there (410)",
    429: "the server has had too many requests (429)",
    451: "it is withheld for legal reasons (451)",
}
_OF_THE_USER = frozenset({401, 402, 403, 451})


def fault_of_status(status: int, retry_after: str | None, patience: Patience) -> Fault:
    """Why a status other than that of content is a failure, and whether and when to ask again."""
    reason = _IN_WORDS.get(status) or f"the server answers with {status}"
    if status in _BUSY or status >= 500:
        pause = _seconds(retry_after)
        if pause is not None and pause > patience.longest_pause:
            reason = f"{reason} and asks to wait {_duration(pause)}"
            return Fault(reason, "Try again after that.")
        return Fault(reason, "Try again later.", transient=True, pause=pause)
    if status in _OF_THE_USER:
        return Fault(reason, "If you may read it, open it in a browser, save it, and add the file.")
    return Fault(reason, "Check the address.")


def _seconds(retry_after: str | None) -> float | None:
    """Seconds until the moment that a Retry-After header gives, as a number or as a date."""
    if not retry_after:
        return None
    if retry_after.strip().isascii() and retry_after.strip().isdigit():
        return float(retry_after.strip()[:9])
    try:
        moment = email.utils.parsedate_to_datetime(retry_after).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return max(0.0, moment - time.time())


def _duration(seconds: float) -> str:
    for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} seconds"
