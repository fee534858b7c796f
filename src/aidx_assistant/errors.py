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
    └── InterruptedByUserError  exit 130

Each carries a title (what is wrong, with which file or setting), a hint (what to do) and an exit code.
One place prints them: `cli/failures.py`.
"""

from __future__ import annotations

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_API = 3
EXIT_NOT_ANSWERED = 4
EXIT_PARTLY_DONE = 5
EXIT_INTERRUPTED = 130


class AidxError(Exception):
    """Base of every error that is shown to the user as one clear sentence and what to do."""

    exit_code = EXIT_FAILED

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint


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


class InterruptedByUserError(AidxError):
    """The user ended the command before there was anything to keep."""

    exit_code = EXIT_INTERRUPTED
