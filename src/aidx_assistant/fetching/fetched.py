"""What is asked of a fetch, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from yarl import URL

    from aidx_assistant.fetching.addresses import Reach

Kind = Literal["page", "picture", "any"]
"""page: HTML; picture: PNG, JPEG or WebP; any: whatever a reader takes, which is these, PDF, PowerPoint and text."""

OnProgress = Callable[[str, int, int | None], None]
"""Told the address, the bytes so far and the bytes in all, None where the server does not say. Called for every piece
that comes, so it should be quick; what it raises ends the fetch."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a fetch."""

    address: str
    """The final one, after redirects."""
    content_type: str
    """As the content shows it, where it does, else as the server says; empty where nothing is modified."""
    charset: str | None
    """As the server says, if Python knows it."""
    content: Path | None
    """The whole content, decompressed. Move it: what is left is removed when the fetcher closes. None: not modified."""
    validators: Mapping[str, str]
    """What makes the next fetch of it conditional: `etag`, `last_modified`, as far as the server gives them."""
    not_modified: bool = False
    """The content is still the one that came with the validators of the request."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a fetcher waits and how often it tries; all in seconds but `retries`."""

    connect: float = 10.0
    """For the look-up of the name, the connection and its encryption together."""
    silence: float = 30.0
    """Without a byte."""
    whole: float = 900.0
    """For one fetch with all its tries and redirects."""
    between_requests: float = 0.25
    """From the end of a request to the next one to the same host."""
    first_pause: float = 0.5
    """Before the second try, doubling with each further one, unless the server says how long."""
    longest_pause: float = 60.0
    """A server that asks for more is not waited for."""
    retries: int = 3
    """Tries after the first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to fetch."""

    address: str
    """As the user gave it."""
    url: URL
    """The same, checked."""
    reach: Reach
    kind: Kind
    largest: int
    """Bytes, of what comes and of what it decompresses to."""
    validators: Mapping[str, str]
    on_progress: OnProgress
