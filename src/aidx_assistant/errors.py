"""Errors that a user can act on.

    AidxError
    ├── UsageError            exit 2   a wrong argument, an unknown slide or source
    │   └── SettingsError     exit 2   config.toml or an AIDX_* variable
    ├── StorageError          exit 1   home not writable, disk full, library unreadable
    ├── CorpusError           exit 1   a corpus file breaks its schema
    ├── ReadingError          exit 1   a file that the user brings cannot be read
    ├── EmbeddingError        exit 1   the embedding model is missing or not the expected one
    ├── FetchError            exit 3   an address cannot be fetched; raised only by the fetching package
    ├── SharedIndexError      exit 3   the Chroma server of a team cannot be reached, or refuses
    ├── ClaudeError           exit 3   network or API; raised only by the claude package
    │   └── SpendingLimitError  exit 2   a request could cost more than the user allows; it was not sent
    ├── NotAnsweredError      exit 4   the sources hold nothing on what a brief is to be about
    └── InterruptedByUserError  exit 130

Each carries a title (what is wrong, with which file or setting), a hint (what to do) and an exit code; where what to
do differs from face to face, also the remedies: a face words those that it has (`cli/wording.py`, `tui/wording.py`,
`mcp_server/wording.py`), and the hint says what holds for whoever imports the package. One place prints them:
`cli/failures.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

Remedy = Literal[
    "ask again", "ask later", "ask then", "enter key", "key", "permission", "model", "budget", "address", "network",
    "proxy", "offline", "online", "not deep", "password", "ocr", "limit", "no limit", "this once", "price",
    "column",
]  # fmt: skip
"""What the user can do about an error: each face has its own words for it, or none where it has no such way."""

_ANYWHERE: Mapping[Remedy, str] = {
    "ask again": "ask again",
    "ask later": "ask again in a while",
    "ask then": "ask again then",
    "enter key": "set ANTHROPIC_API_KEY",
    "key": "check ANTHROPIC_API_KEY",
    "permission": "check what the key may be used for",
    "model": "choose another (the setting model)",
    "budget": "lower the setting token_budget",
    "address": "check ANTHROPIC_BASE_URL and the setting base_url",
    "network": "check the network",
    "proxy": "check the proxy and certificate variables (HTTPS_PROXY, SSL_CERT_FILE …)",
    "offline": "set offline to true to be answered from the sources without Claude",
    "online": "set offline to false",
    "not deep": "ask it as an ordinary question",
    "password": "give its password",
    "ocr": "have it read by OCR",
    "limit": "raise that setting",
    "no limit": "lift the limit by setting it to 0",
    "price": "give the model's price under prices in config.toml",
    "column": "rename it",
}
"""What helps whichever way aidx is used."""

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_API = 3
EXIT_NOT_ANSWERED = 4
EXIT_PARTLY_DONE = 5
EXIT_INTERRUPTED = 130


def advice(remedies: Sequence[Remedy], words: Mapping[Remedy, str]) -> str:
    """Remedies as one sentence, in these words; "" where they have a word for none."""
    text = ", or ".join(words[remedy] for remedy in remedies if remedy in words)
    return f"{text[0].upper()}{text[1:]}." if text else ""


class AidxError(Exception):
    """Base of every error that is shown to the user as one clear sentence and what to do."""

    exit_code = EXIT_FAILED

    def __init__(self, title: str, hint: str = "", remedies: Sequence[Remedy] = ()) -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint or advice(remedies, _ANYWHERE)
        self.remedies = tuple(remedies)


class UsageError(AidxError):
    """An argument that cannot be used as given."""

    exit_code = EXIT_USAGE


class SettingsError(UsageError):
    """A setting that cannot be used as given."""


class StorageError(AidxError):
    """The library on disk cannot be read or written."""


class CorpusError(AidxError):
    """A file of the corpus breaks its schema; the title names the file."""


class ReadingError(AidxError):
    """A file that the user brings cannot be read; the title says why, without its name."""


class EmbeddingError(AidxError):
    """The embedding model cannot be loaded, or its file is not the one expected."""


class FetchError(AidxError):
    """An address of the user's cannot be fetched; the title says which and why."""

    exit_code = EXIT_API

    def __init__(self, title: str, hint: str = "", *, unreachable: str = "") -> None:
        """`unreachable` names the server where no connection to it came about: nothing else of it can be fetched."""
        super().__init__(title, hint)
        self.unreachable = unreachable


class SharedIndexError(AidxError):
    """The Chroma server that the settings name cannot be reached, refuses, or has failed; the title says which."""

    exit_code = EXIT_API


class ClaudeError(AidxError):
    """A request to Claude failed for good."""

    exit_code = EXIT_API


class SpendingLimitError(ClaudeError):
    """A request was not sent, as it could cost more than a limit leaves; what came before it stays."""

    exit_code = EXIT_USAGE


class NotAnsweredError(AidxError):
    """The sources hold nothing on what is to be written about."""

    exit_code = EXIT_NOT_ANSWERED


class InterruptedByUserError(AidxError):
    """The user ended the command before there was anything to keep."""

    exit_code = EXIT_INTERRUPTED
