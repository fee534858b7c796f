"""Who is let in: every request is checked for its Host, its Origin and the token, before anything else is done.

Browsers send a cookie to every port of a machine, so to whatever else listens there. Hence the app lies under a path
that cannot be guessed, and the cookie belongs to that path alone. The address that is opened first does not tell it:
other users of this machine may have seen that address.
"""

from __future__ import annotations

import secrets
from typing import Final

from aiohttp import web

from aidx_assistant.serving.listening import Listening

PARAMETER: Final = "token"
_COOKIE: Final = "aidx"

_FOREIGN = "This request comes from another site."
_NO_TOKEN = "This page opens only by the address that `aidx serve` printed."


class Entrance:
    """The token of one server, and the tickets that stand in for it once."""

    def __init__(self, listening: Listening) -> None:
        self._listening = listening
        self._token = secrets.token_urlsafe(32)
        self._tickets: set[str] = set()
        self.path: Final = f"/{secrets.token_urlsafe(16)}/"
        """Under which the app lies."""

    @property
    def address(self) -> str:
        """What to open; whoever has it may use the app."""
        return self._address(self._token)

    def one_time_address(self) -> str:
        """An address that lets in once: other users of this machine can read the arguments of the browser's process."""
        ticket = secrets.token_urlsafe(32)
        self._tickets.add(ticket)
        return self._address(ticket)

    def refusal(self, request: web.Request) -> str | None:
        """Why a request is turned away, in a sentence; None where it may pass."""
        hosts = request.headers.getall("Host", [])
        if len(hosts) != 1 or not self._listening.answers_to(hosts[0]):
            return _FOREIGN
        origins = request.headers.getall("Origin", [])
        if any(origin != f"http://{hosts[0]}" for origin in origins):
            return _FOREIGN
        if "Upgrade" in request.headers and not origins:  # browsers always say where a WebSocket comes from
            return _FOREIGN
        return None if self._has_token(request) else _NO_TOKEN

    def admit(self, response: web.StreamResponse) -> None:
        """Gives the browser the token as a cookie, which only the app's own requests carry and no script reads."""
        response.set_cookie(_COOKIE, self._token, httponly=True, samesite="Strict", path=self.path)

    def _has_token(self, request: web.Request) -> bool:
        shown = request.query.get(PARAMETER, "")
        if _same(request.cookies.get(_COOKIE, ""), self._token) or _same(shown, self._token):
            return True
        ticket = next((ticket for ticket in self._tickets if _same(shown, ticket)), None)
        self._tickets.discard(ticket or "")
        return ticket is not None

    def _address(self, token: str) -> str:
        return f"{self._listening.origin}/?{PARAMETER}={token}"


def _same(shown: str, expected: str) -> bool:
    """Takes the same time whatever is shown."""
    return secrets.compare_digest(shown.encode(errors="replace"), expected.encode())
