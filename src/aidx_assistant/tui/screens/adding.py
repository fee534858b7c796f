"""What the user is asked before the library is changed, and the changes that are done at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from aidx_assistant.errors import AidxError
from aidx_assistant.evidence import Source
from aidx_assistant.library.records import FailedImport
from aidx_assistant.library.unfinished import Unfinished, UnfinishedAdditions
from aidx_assistant.tui import bringing_in
from aidx_assistant.tui.screens.dialogs import AskText, Confirm
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.source_overview import SourceOverview, copy_in_words
from aidx_assistant.tui.wording import what_to_do

if TYPE_CHECKING:
    from aidx_assistant.assistant.fetch_plan import FetchPlan


async def ask_for_password(app: App[object], failed: FailedImport) -> str | None:
    """The password of a file that is encrypted; None where the user gives none.

    Await it in a worker, which the dialog needs; so do the others.
    """
    question = f"Password of {Path(failed.origin).name} (it is used once and not kept)"
    return await app.push_screen_wait(AskText(question, "", check=_no_password, accept="Read it", hidden=True))


async def may_fetch(app: App[object], plan: FetchPlan) -> bool:
    """Whether the user wants a copy, told what it is made of and where it comes from."""
    lines = [f"Fetch your own copy of “{plan.title}”?\n"]
    if plan.article:
        lines.append(f"– the article, from {plan.article}")
    for host, count in plan.hosts:
        lines.append(f"– {count:,} {'slide picture' if count == 1 else 'slide pictures'}, from {host}")
    lines.append("\nIt is kept in your home folder. What is there already comes only where it has changed.")
    return await app.push_screen_wait(Confirm("\n".join(lines), "Fetch it", "Not now", takes_away=False))


async def take_away(app: App[object], session: Session, chosen: SourceOverview | FailedImport | Unfinished) -> None:
    """Removes a source of the user's, or their own copy of one that ships; forgets what was not read."""
    if not isinstance(chosen, SourceOverview):
        await forget_unread(app, session, chosen)
    elif chosen.imported is not None:
        await _remove_source(app, session, chosen.source)
    elif chosen.plan is not None:
        await _forget_copy(app, session, chosen.plan)


async def _remove_source(app: App[object], session: Session, source: Source) -> None:
    """Removes a source, if the user says yes, and tells so."""
    question = (
        f"Remove “{source.name}” from the library{_from_all(session)}? The file that it was read from stays where it "
        "is; so do old answers, with what they quote."
    )
    if await app.push_screen_wait(Confirm(question, "Remove", "Keep it")):
        if await _done(app, lambda: bringing_in.remove(session.assistant, source.id)):
            app.notify(f"Removed “{source.name}”.", markup=False)


def _from_all(session: Session) -> str:
    """Whose library it is besides."""
    return ", for everybody who shares the index" if session.settings.chroma_url else ""


async def _forget_copy(app: App[object], session: Session, plan: FetchPlan) -> None:
    """Removes the user's own copy of a source, if the user says yes, and tells so."""
    question = (
        f"Remove your own copy of “{plan.title}”, {copy_in_words(plan)}, and what was read of it? The notes stay, and "
        "so do pictures that you put there yourself."
    )
    if await app.push_screen_wait(Confirm(question, "Remove", "Keep it")):
        if await _done(app, lambda: bringing_in.forget_copy(session.assistant, plan)):
            app.notify(f"Your own copy of “{plan.title}” is removed; the notes remain.", markup=False)


async def forget_unread(app: App[object], session: Session, unread: FailedImport | Unfinished) -> None:
    """Gives up what could not be read, or what aidx did not come to."""
    if isinstance(unread, FailedImport):
        await _done(app, lambda: bringing_in.forget_failed(session.assistant, unread.origin))
    else:
        await _done(app, lambda: UnfinishedAdditions(session.home).forget(unread.number))


async def _done(app: App[object], change: Callable[[], None]) -> bool:
    """Whether the library could be changed, in a thread; what kept it from that is told."""
    try:
        await asyncio.to_thread(change)
    except AidxError as error:
        app.notify(what_to_do(error.hint, error.remedies), title=error.title, severity="error", markup=False)
        return False
    return True


def _no_password(text: str) -> str | None:
    return None if text else "Type the password."
