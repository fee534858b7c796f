"""What the user is asked before sources are added or removed, and the removing."""

from __future__ import annotations

import asyncio
import glob
import shlex
from collections.abc import Callable
from pathlib import Path

from textual.app import App

from aidx_assistant.errors import AidxError
from aidx_assistant.evidence import Source
from aidx_assistant.library.records import FailedImport
from aidx_assistant.tui.bringing_in import forget, remove
from aidx_assistant.tui.path_suggester import PathSuggester
from aidx_assistant.tui.screens.dialogs import AskText, Confirm
from aidx_assistant.tui.screens.saving import typed_path
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.wording import what_to_do

_WHAT = (
    "What is to be added? The path of a file or of a folder with all below it, several of them, a pattern (*.pdf), or "
    "the address of a page (https://…). → completes a path."
)
_ADDRESS = ("https://", "http://")


async def ask_what_to_add(app: App[object]) -> tuple[str, ...]:
    """The paths, patterns and addresses that are typed or dropped; none where the user adds nothing after all.

    Await it in a worker, which the dialog needs; so do the others.
    """
    typed = await app.push_screen_wait(AskText(_WHAT, "", check=_problem, accept="Add", suggester=PathSuggester()))
    return names_in(typed) if typed else ()


async def ask_for_password(app: App[object], failed: FailedImport) -> str | None:
    """The password of a file that is encrypted; None where the user gives none."""
    question = f"Password of {Path(failed.origin).name} (it is used once and not kept)"
    return await app.push_screen_wait(AskText(question, "", check=_no_password, accept="Read it", hidden=True))


async def remove_source(app: App[object], session: Session, source: Source) -> None:
    """Removes a source, if the user says yes, and tells so."""
    question = (
        f"Remove “{source.title}” from the library? The file that it was read from stays where it is; so do old "
        "answers, with what they quote."
    )
    if await app.push_screen_wait(Confirm(question, "Remove", "Keep it")):
        if await _done(app, lambda: remove(session, source.id)):
            app.notify(f"Removed “{source.title}”.", markup=False)


async def forget_failed(app: App[object], session: Session, failed: FailedImport) -> None:
    """Gives up what could not be read."""
    await _done(app, lambda: forget(session, failed.origin))


async def _done(app: App[object], change: Callable[[], None]) -> bool:
    """Whether the library could be changed, in a thread; what kept it from that is told."""
    try:
        await asyncio.to_thread(change)
    except AidxError as error:
        app.notify(what_to_do(error.hint, error.remedies), title=error.title, severity="error", markup=False)
        return False
    return True


def names_in(text: str) -> tuple[str, ...]:
    """The names in a text: one that is there as it stands, else as a shell reads them, since terminals quote what is
    dropped onto them."""
    text = text.strip()
    if not text or typed_path(text).exists():
        return (text,) if text else ()
    try:
        return tuple(shlex.split(text))
    except ValueError:  # a quotation mark without its second
        return (text,)


def _problem(text: str) -> str | None:
    """Why nothing can be added by what was typed."""
    names = names_in(text)
    if not names:
        return "Type a path or an address."
    missing = [name for name in names if not _is_there(name)]
    if not missing:
        return None
    name = text.strip() if len(missing) == len(names) else missing[0]
    return f"There is no file or folder {name}. The address of a page begins with https://."


def _is_there(name: str) -> bool:
    try:
        return name.startswith(_ADDRESS) or glob.has_magic(name) or typed_path(name).exists()
    except (OSError, ValueError):  # this is no name for a file
        return False


def _no_password(text: str) -> str | None:
    return None if text else "Type the password."
