"""Why a fetch fails, in words. This module imports no aiohttp; `wire_faults` turns its errors into these."""

from __future__ import annotations

from aidx_assistant.errors import FetchError


class Fault(Exception):
    """Why an address cannot be fetched; the reason follows “… cannot be fetched: ”, without a full stop."""

    def __init__(
        self, reason: str, hint: str, *, transient: bool = False, pause: float | None = None, unreachable: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.transient = transient
        """Another try may succeed."""
        self.pause = pause
        """Seconds after which the server wants to be asked again, None where it does not say."""
        self.unreachable = unreachable
        """No connection to the server came about: whatever else is asked of it fails as well."""
        self.host = ""
        """The server that was asked."""

    def as_error(self, address: str) -> FetchError:
        """The error that the user sees, for an address as it is shown."""
        title = f"{address or 'An empty address'} cannot be fetched: {self.reason}."
        return FetchError(title, self.hint, unreachable=self.host if self.unreachable else "")
