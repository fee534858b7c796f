"""A Chroma server on which a team keeps one index together: where it is, and how its failures are told."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from aidx_assistant.errors import SettingsError, SharedIndexError

if TYPE_CHECKING:
    import httpx

_Result = TypeVar("_Result")

_PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between two attempts: a server that is started anew is back within a quarter of a minute."""
_PATIENCE = 30.0
"""Seconds after which nothing is tried again, however long each attempt took."""
_ANSWER_SECONDS = 60.0
"""Seconds without a byte after which a request counts as lost."""
_PASSING = {429, 502, 503, 504}
"""Answers of a server that is busy, or not there yet: the same request may succeed in a moment."""
_REFUSED = {401, 403}
_CLOUD = "trychroma.com"
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_NOTHING_LOST = "nothing is lost: what is not there yet goes there next time."
_SET_TOKEN = "Set CHROMA_API_KEY, or keep the token by: keyring set aidx chroma"


class ServerBusyError(SharedIndexError):
    """It answers that it cannot do just now what it was asked."""


class ServerAwayError(SharedIndexError):
    """Nobody takes the connection, or holds it."""


class CollectionsGoneError(SharedIndexError):
    """The server no longer has what this process connected to; it may have been made anew there."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much goes to Chroma in one request."""

    written: int
    """Records."""
    deleted: int
    """Passages."""
    listed: int
    """Neighbours, or ids."""
    read: int
    """Records with what they hold."""


ON_THIS_MACHINE = Limits(written=1000, deleted=1000, listed=1_000_000, read=1_000_000)
_ON_A_SERVER = Limits(written=300, deleted=20, listed=10_000, read=300)
_ON_CLOUD = Limits(written=300, deleted=20, listed=300, read=300)
"""Chroma Cloud's own: 300 records a write, 300 results, 4,096 bytes of a condition."""


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """Where a team's index is. Raises SettingsError for an address that cannot be used."""

    url: str
    tenant: str = ""
    database: str = ""
    token: str | None = field(default=None, repr=False)
    connect_seconds: float = 10.0

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            known = False
        if not known or parts.query or parts.fragment:
            raise SettingsError(f"The setting chroma_url is no address: “{self.url}”.", "Write https://host:port.")
        if parts.username is not None:
            raise SettingsError("The setting chroma_url holds a name or a password.", f"Take it out. {_SET_TOKEN}")
        if self.token and parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise SettingsError(
                f"The token for {self.url} would cross the network for all to read.", "Give chroma_url as https://…"
            )

    @property
    def limits(self) -> Limits:
        host = urlsplit(self.url).hostname or ""
        return _ON_CLOUD if host == _CLOUD or host.endswith(f".{_CLOUD}") else _ON_A_SERVER

    @property
    def headers(self) -> dict[str, str]:
        """The token as Chroma Cloud takes it, and as a proxy before a server of one's own does."""
        return {"X-Chroma-Token": self.token, "Authorization": f"Bearer {self.token}"} if self.token else {}

    @property
    def timeout(self) -> httpx.Timeout:
        import httpx

        return httpx.Timeout(_ANSWER_SECONDS, connect=self.connect_seconds)

    def place(self) -> tuple[str, str]:
        """Tenant and database: the settings', else the token's.

        Raises SharedIndexError, SettingsError and httpx's errors.
        """
        import httpx

        address = f"{self.url.rstrip('/')}/api/v2/auth/identity"
        response = httpx.get(address, headers=self.headers, timeout=self.timeout)
        self.check(response)
        try:
            told = response.raise_for_status().json()
            tenant, databases = str(told["tenant"]), [str(name) for name in told["databases"]]
        except (httpx.HTTPStatusError, ValueError, KeyError, TypeError):
            raise SharedIndexError(
                f"What answers at {self.url} is no Chroma server of this kind ({response.status_code}).",
                "Check chroma_url; aidx works with Chroma 1.x.",
            ) from None
        is_one = len(databases) == 1 and databases != ["*"]
        if not self.database and not is_one:
            raise SettingsError(f"The token for {self.url} is for several databases.", "Name one in chroma_database.")
        return self.tenant or tenant, self.database or databases[0]

    def watch(self, session: httpx.Client) -> None:
        """No request waits for ever, and each answer is checked."""
        session.timeout = self.timeout
        session.event_hooks = {"response": [self.check]}

    def check(self, response: httpx.Response) -> None:
        """Raises for an answer by which the server refuses, or cannot do just now what it was asked."""
        if response.status_code in _REFUSED:
            told = "does not take the token" if self.token else "wants a token"
            raise SharedIndexError(f"The Chroma server at {self.url} {told} ({response.status_code}).", _SET_TOKEN)
        if response.status_code in _PASSING:
            raise ServerBusyError(
                f"The Chroma server at {self.url} is busy: it answers {response.status_code}.",
                f"Try again in a while; {_NOTHING_LOST}",
            )

    def failed(self, error: Exception) -> SharedIndexError:
        """A failure of a request in one sentence."""
        import httpx

        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            return ServerAwayError(
                f"The Chroma server at {self.url} cannot be reached.",
                f'Check that it runs, and chroma_url ("" goes back to the index of this machine); {_NOTHING_LOST}',
            )
        reason = "it does not answer in time" if isinstance(error, httpx.TimeoutException) else str(error).rstrip(".")
        has_gone = isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError)
        return (ServerAwayError if has_gone else SharedIndexError)(
            f"The Chroma server at {self.url} failed: {reason or type(error).__name__}.",
            f"Try again; {_NOTHING_LOST}",
        )

    def check_made_with(self, told: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
        """Raises SettingsError where a collection tells of another schema or embedding model than is expected."""
        other = "Name another database in chroma_database, or use the aidx that made it."
        if told.get("schema") != expected["schema"]:
            raise SettingsError(f"The shared index at {self.url} is of another version of aidx.", other)
        if told.get("embedding") != expected["embedding"]:
            raise SettingsError(
                f"The shared index at {self.url} was made with another embedding model ({told.get('embedding')}); this"
                f" aidx has {expected['embedding']}.",
                other,
            )

    def patiently(
        self,
        action: Callable[[], _Result],
        passing: tuple[type[Exception], ...],
        told: Callable[[Exception], None] = lambda _: None,
    ) -> _Result:
        """What an action gives, which may be done twice: after a `passing` fault it is tried again for a moment, and
        the first of these is `told`.
        """
        given_up = time.monotonic() + _PATIENCE
        for place, pause in enumerate(_PAUSES):
            try:
                return action()
            except passing as fault:
                if time.monotonic() + pause > given_up:
                    raise
                if place == 0:
                    told(fault)
                time.sleep(pause)
        return action()
