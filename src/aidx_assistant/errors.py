"""Errors that a user can act on.

    AidxError
    ├── UsageError            exit 2   a wrong argument, an unknown slide or source
    │   └── SettingsError     exit 2   config.toml or an AIDX_* variable
    ├── StorageError          exit 1   home not writable, disk full, library unreadable
    ├── CorpusError           exit 1   a corpus file breaks its schema
    ├── ReadingError          exit 1   a file that the user brings cannot be read
    ├── EmbeddingError        exit 1   the embedding model is missing or not the expected one
    ├── FetchError            exit 3   an address cannot be fetched; raised only by the fetching package
    ├── ClaudeError           exit 3   network or API; raised only by the claude package
    │   └── SpendingLimitError  exit 2   a request could cost more than the user allows; it was not sent
    ├── NotAnsweredError      exit 4   the sources hold nothing on what a brief is to be about
    └── InterruptedByUserError  exit 130

Each carries a title (what is wrong, with which file or setting), a hint (what to do) and an exit code; where the app
words what to do otherwise than a command, also the remedies. One place prints them: `cli/failures.py`; in the app,
`tui/wording.py` words them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

Remedy = Literal[
    "ask again", "ask later", "ask then", "key", "permission", "model", "budget", "address", "network", "proxy",
    "offline", "password", "limit", "price",
]  # fmt: skip
"""What the user can do about an error: each face has its own words for it."""

_IN_A_SHELL: Mapping[Remedy, str] = {
    "ask again": "ask again",
    "ask later": "ask again in a while",
    "ask then": "ask again then",
    "key": "check ANTHROPIC_API_KEY",
    "permission": "check what the key may be used for",
    "model": "choose another with --model or AIDX_MODEL",
    "budget": "lower the token budget (token_budget in config.toml, or AIDX_TOKEN_BUDGET)",
    "address": "check ANTHROPIC_BASE_URL and the setting base_url",
    "network": "check the network",
    "proxy": "check the proxy and certificate variables (HTTPS_PROXY, SSL_CERT_FILE …)",
    "offline": "use --offline to answer from the sources without Claude",
    "password": "give it with --password",
    "limit": "raise the setting, or add --yes to go on this once",
    "price": "give its price in config.toml, under prices",
}

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_API = 3
EXIT_NOT_ANSWERED = 4
EXIT_PARTLY_DONE = 5
EXIT_INTERRUPTED = 130


def advice(remedies: Sequence[Remedy], words: Mapping[Remedy, str]) -> str:
    """Remedies as one sentence, in these words; "" where there is none."""
    text = ", or ".join(words[remedy] for remedy in remedies)
    return f"{text[0].upper()}{text[1:]}." if text else ""


class AidxError(Exception):
    """Base of every error that is shown to the user as one clear sentence and what to do."""

    exit_code = EXIT_FAILED

    def __init__(self, title: str, hint: str = "", remedies: Sequence[Remedy] = ()) -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint or advice(remedies, _IN_A_SHELL)
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
