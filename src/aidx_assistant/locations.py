"""Where things are: the user's home of everything, and the corpus and prompts that ship with the package."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from aidx_assistant.errors import SettingsError, StorageError

_PACKAGE = Path(__file__).parent

SETTINGS = "config.toml"
LIBRARY = "library.sqlite"
CONVERSATIONS = "conversations.sqlite"
ASKED = "asked.json"
USAGE = "usage.sqlite"
INDEXES = "chroma"
PICTURES = "pictures"
SUPPLEMENTS = "supplements"
UNFINISHED = "unfinished"
BRIEFS = "briefs"
APP_LOG = "app.log"
TOKEN_TABLES = "tiktoken"
"""What the home holds."""

_WRITABLE = "Set AIDX_HOME to a folder you can write to."


def home() -> Path:
    """The folder that holds settings, library and index: `AIDX_HOME`, else the platform's data directory."""
    chosen = os.environ.get("AIDX_HOME")
    if not chosen:
        return platformdirs.user_data_path("aidx", appauthor=False)
    try:
        chosen.encode()
        return Path(chosen).expanduser().absolute()
    except (UnicodeEncodeError, RuntimeError):
        raise SettingsError("AIDX_HOME does not name a folder.", "Its name must be valid UTF-8.") from None


def make_home(folder: Path) -> None:
    """Makes a home where it does not exist. Raises StorageError where it cannot be made, or not be written to."""
    named = f"The home folder {folder}{' (from AIDX_HOME)' if _is_from_variable(folder) else ''}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if folder.exists():
            raise StorageError(f"{named} is a file, not a folder.", "Set AIDX_HOME to a folder.") from error
        raise StorageError(f"{named} cannot be made: {error.strerror}.", _WRITABLE) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StorageError(f"{named} cannot be written to.", _WRITABLE)


def _is_from_variable(folder: Path) -> bool:
    return bool(os.environ.get("AIDX_HOME")) and folder == home()


def corpus_folder() -> Path:
    return _shipped("corpus")


def prompts_folder() -> Path:
    return _shipped("prompts")


def questions_folder() -> Path:
    """The questions whose answers are known."""
    return _shipped("known_questions", "evaluation/questions")


def _shipped(name: str, in_checkout: str | None = None) -> Path:
    """A folder that travels inside the wheel; an editable install has it in the checkout."""
    inside_wheel = _PACKAGE / name
    return inside_wheel if inside_wheel.is_dir() else _PACKAGE.parents[1] / (in_checkout or name)
