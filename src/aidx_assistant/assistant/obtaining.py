"""Gets the content of what is to be read: a file as it is, a page fetched politely."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from aidx_assistant.assistant.origins import Origin
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import ReadingError
from aidx_assistant.library.progress import Progress

if TYPE_CHECKING:
    from aidx_assistant.fetching.fetcher import Fetcher

FETCHED = "fetched"
"""The folder in the home that takes what is coming."""
_LARGEST = 200_000_000
"""Bytes of one fetched file."""
_SUFFIXES = {
    "text/html": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
}


@dataclass(frozen=True, slots=True)
class Obtained:
    """Content to be read."""

    content: Path
    name: str
    """A file name that tells its kind."""
    sha256: str
    address: str | None
    """Where it was fetched from, after redirects."""
    validators: Mapping[str, str]


class Obtainer:
    """Fetches one thing after the other; what it fetched is gone when it closes."""

    def __init__(self, home: Path, progress: Progress, cancellation: Cancellation) -> None:
        self._folder = home / FETCHED
        self._progress = progress
        self._cancellation = cancellation
        self._fetchers: dict[bool, Fetcher] = {}
        """By whether they also fetch from private networks."""

    def close(self) -> None:
        while self._fetchers:
            self._fetchers.popitem()[1].close()

    def obtain(self, origin: Origin, validators: Mapping[str, str]) -> Obtained | None:
        """The content; None where an address says that it has not changed since `validators`.

        Raises ReadingError, FetchError, InterruptedByUserError.
        """
        if not origin.is_address:
            file = Path(origin.name)
            return Obtained(file, file.name, _hash(file), None, {})
        fetcher = self._opened(origin.allow_private)
        fetched = fetcher.fetch(origin.name, kind="any", largest=_LARGEST, validators=validators)
        if fetched.content is None:
            return None
        name = PurePosixPath(unquote(urlsplit(fetched.address).path)).name or "page"
        suffix = _SUFFIXES.get(fetched.content_type, "")
        if suffix and not name.lower().endswith(suffix):
            name += suffix
        return Obtained(fetched.content, name, _hash(fetched.content), fetched.address, fetched.validators)

    def _opened(self, allow_private: bool) -> Fetcher:
        if allow_private not in self._fetchers:
            from aidx_assistant.fetching.fetcher import Fetcher

            self._fetchers[allow_private] = Fetcher(
                self._folder, allow_private=allow_private, cancellation=self._cancellation
            )
        return self._fetchers[allow_private]


def _hash(file: Path) -> str:
    """SHA-256, read piece by piece. What is no file may never end, or wait for somebody who writes."""
    try:
        if not file.is_file():
            raise ReadingError("It is a folder." if file.is_dir() else "It is no file.")
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ReadingError(f"It cannot be opened: {error.strerror or error}.") from error
