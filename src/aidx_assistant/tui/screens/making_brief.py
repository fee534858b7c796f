"""The way from any screen to a brief: it is asked for there, and made on the screen of briefs."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App

from aidx_assistant.tui.brief_basis import Basis
from aidx_assistant.tui.drafting import is_kept
from aidx_assistant.tui.screens.brief import BriefScreen
from aidx_assistant.tui.screens.briefing import AskForBrief
from aidx_assistant.tui.session import Session


async def make_brief(app: App[Any], session: Session, basis: Basis) -> None:
    """Asks for a brief and has it made on its own screen; where one is being made, goes there.

    Await it in a worker, which the dialog needs.
    """
    wanted = None
    if session.drafting is None:
        reopens = app.current_mode != "brief" and await asyncio.to_thread(is_kept, session.home)
        wanted = await app.push_screen_wait(AskForBrief(session, basis, reopens=reopens))
        if wanted is None:
            return
    came_from = app.current_mode
    await app.switch_mode("brief")
    screen = app.screen
    if isinstance(screen, BriefScreen):
        if came_from != "brief":
            screen.came_from = came_from
        if wanted is None:
            screen.notify("This brief is still being drafted; Esc cancels it.")
        else:
            screen.begin(wanted)
