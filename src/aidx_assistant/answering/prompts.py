"""The one loader of the prompts, which are Markdown files at the top of the repository."""

from __future__ import annotations

from aidx_assistant import locations
from aidx_assistant.errors import StorageError


def prompt(name: str) -> str:
    """The text of `prompts/<name>.md`. Raises StorageError where the file cannot be read."""
    file = locations.prompts_folder() / f"{name}.md"
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise StorageError(f"The prompt {file} cannot be read: {error.strerror}.", "Install aidx again.") from error
