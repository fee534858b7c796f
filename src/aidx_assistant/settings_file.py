"""Writes settings to config.toml in the home."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit

from aidx_assistant import atomic, locations
from aidx_assistant.errors import SettingsError, StorageError
from aidx_assistant.settings import checked, settings_in, settings_text


def save_settings(changes: Mapping[str, Any], home: Path | None = None) -> None:
    """Gives settings new values in config.toml; None takes one out, so that its default holds again.

    Comments, order and other settings stay as they are. A value may be text, as a form gives it. Raises
    SettingsError for a value that loading would refuse and for a file that is broken already, StorageError where
    the file cannot be written; then nothing has changed. A variable AIDX_* goes on overriding what is saved.
    """
    file = (home or locations.home()) / locations.SETTINGS
    text = settings_text(file)
    settings_in(text, file)
    for key, value in changes.items():
        text = _changed(text, key, None if value is None else checked(key, value, "the new settings"))
    for key, value in settings_in(text, file).items():
        checked(key, value, str(file))
    _write(file, text)


def _changed(text: str, key: str, value: Any) -> str:
    """The file's text with one setting replaced, taken out (None) or added below the others."""
    document = tomlkit.parse(text)
    if value is None:
        document.pop(key, None)
    elif key in document or isinstance(value, dict):
        document[key] = value
    else:
        return _with_line(text, f"{key} = {tomlkit.item(value).as_string()}")
    return document.as_string()


def _with_line(text: str, line: str) -> str:
    """The text with a line below the settings and above the first table and the comment that belongs to it."""
    carriage_return = "\r" if "\r\n" in text else ""
    lines = text.split("\n")
    place = next((at for at, other in enumerate(lines) if _begins(other, "[", lines[:at])), None)
    if place is None:
        lines = [*lines[:-1], lines[-1] + carriage_return, ""] if lines[-1] else lines
        place = len(lines)
    else:
        while place and _begins(lines[place - 1], "#", lines[: place - 1]):
            place -= 1
    while place and not lines[place - 1].strip():
        place -= 1
    return "\n".join([*lines[:place], line + carriage_return, *lines[place:]])


def _begins(line: str, mark: str, lines_before: Sequence[str]) -> bool:
    """Whether a line begins with a mark that means what it says: not inside a text or a list of several lines,
    of which the lines before would be no TOML by themselves."""
    if not line.lstrip().startswith(mark):
        return False
    try:
        tomllib.loads("\n".join([*lines_before, ""]))
    except tomllib.TOMLDecodeError:
        return False
    return True


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_text(file, text)
    except UnicodeEncodeError:
        raise SettingsError("A setting holds characters that cannot be written.", "Type it again.") from None
    except OSError as error:
        raise StorageError(
            f"The settings cannot be written to {file}: {error.strerror or error}.",
            "Free some disk space, or set AIDX_HOME to a folder you can write to.",
        ) from error
