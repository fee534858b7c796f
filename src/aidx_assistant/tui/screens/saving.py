"""Saving a file of the user's choice: where to, over what, and what went wrong."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

from textual.app import App

from aidx_assistant import atomic
from aidx_assistant.errors import AidxError
from aidx_assistant.tui.screens.dialogs import AskText, Confirm
from aidx_assistant.tui.wording import told

_LONGEST_NAME = 80
_UNFIT_FOR_NAMES = re.compile(r"[^\w]+")


async def save_text(app: App[object], question: str, suggested_name: str, make_text: Callable[[], str]) -> Path | None:
    """Like `save_file`, for a text."""
    return await save_file(app, question, suggested_name, lambda file: make_text().encode())


async def save_file(
    app: App[object],
    question: str,
    suggested_name: str,
    make_content: Callable[[Path], bytes],
    check: Callable[[Path], str | None] = lambda file: None,
) -> Path | None:
    """Asks where to save a file, writes it there whole or not at all, and says where it is; None where it is not.

    The name is suggested in the working folder; `check` says why a file of another name cannot be made. `make_content`
    runs in a thread and may raise an AidxError. Await it in a worker, which the dialogs need.
    """
    typed, problem = str(_working_folder() / suggested_name), ""
    while True:
        answer = await app.push_screen_wait(
            AskText(
                question,
                typed,
                check=lambda text: path_problem(text) or check(typed_path(text)),
                accept="Save",
                problem=problem,
            )
        )
        if answer is None:
            return None
        typed, problem, file = answer, "", typed_path(answer)
        if file.exists() and not await app.push_screen_wait(_over(file)):
            continue
        problem = await asyncio.to_thread(_write, file, make_content)
        if not problem:
            app.notify(f"Saved as {file}", markup=False)
            return file


def path_problem(text: str) -> str | None:
    """Why a file cannot be saved under a path that was typed; None where nothing is known against it."""
    if not text.strip():
        return "Type the path of a file."
    file = typed_path(text)
    try:
        if file.is_dir():
            return f"{file} is a folder: add the name of a file."
        if not file.parent.is_dir():
            return f"There is no folder {file.parent}."
    except (OSError, ValueError) as error:
        return _unwritable(file, error)
    return None


def file_name(title: str, suffix: str) -> str:
    """A name for a file from a title: its words in small letters, joined by hyphens."""
    words = _UNFIT_FOR_NAMES.sub("-", title.casefold()).strip("-_")
    return f"{words[:_LONGEST_NAME].rstrip('-_') or 'untitled'}{suffix}"


def typed_path(text: str) -> Path:
    """The path that a text stands for, from the working folder."""
    try:
        return Path(text.strip()).expanduser().absolute()
    except RuntimeError:  # ~ of a user that is not known
        return Path(text.strip()).absolute()


def _write(file: Path, make_content: Callable[[Path], bytes]) -> str:
    """Writes the file; what kept it from that, in a sentence."""
    try:
        atomic.write_bytes(file, make_content(file))
    except (OSError, ValueError) as error:
        return _unwritable(file, error)
    except AidxError as error:
        return told(error)
    return ""


def _over(file: Path) -> Confirm:
    return Confirm(f"{file} exists already. Put the new file in its place?", "Overwrite", "Keep it")


def _unwritable(file: Path, error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return f"{file} cannot be written: {reason or 'this is no name for a file'}."


def _working_folder() -> Path:
    try:
        return Path.cwd()
    except OSError:  # it has been removed
        return Path.home()
