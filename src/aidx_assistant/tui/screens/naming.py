"""Asks what is to be added, and, folded away, what is known of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Collapsible, Input, Static
from textual.widgets.collapsible import CollapsibleTitle

from aidx_assistant.errors import AidxError
from aidx_assistant.evidence import SEGMENTS
from aidx_assistant.tui.path_suggester import PathSuggester
from aidx_assistant.tui.screens.dialog import Form
from aidx_assistant.tui.tasks import Add
from aidx_assistant.tui.typed_names import names_in, names_problem
from aidx_assistant.tui.widgets.said import Said
from aidx_assistant.tui.widgets.setting import Choice
from aidx_assistant.tui.wording import told

if TYPE_CHECKING:
    from aidx_assistant.assistant.given import Given

_WHAT = (
    "What is to be added? The path of a file or of a folder with all below it, several of them, a pattern (*.pdf), or "
    "the address of a page (https://…). → completes a path."
)
_DETAILS = "Details: title, publisher, date, segment, private networks"
_ONE_TITLE = "One title cannot be that of several sources: add them one by one, or leave it out."
_NOT_SAID = "not said"
_PUBLIC, _PRIVATE = "the public internet only", "private networks too"

Problem = tuple[str, str]
"""The id of a field, and why what it holds cannot be taken."""


class AskWhatToAdd(Form[Add | None]):
    """Gives what is to be added; None where the user adds nothing after all."""

    CSS_PATH: ClassVar = ["../styles/dialogs.tcss", "../styles/naming.tcss"]
    HELP = """
        Type the path or the address and press **Enter**; **Esc** leaves all as it is. **Tab** goes to the details and
        **Enter** unfolds them. What you say there goes before what the file says: a title, who published it, when, and
        which segment figures are about that name none. Pages are fetched from the public internet only, unless you
        allow private networks: do so only for an address that you trust.
    """

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            with VerticalScroll(id="asked", can_focus=False):
                yield Static(Content(_WHAT), classes="question", markup=False)
                yield Input(select_on_focus=False, compact=True, suggester=PathSuggester(), id="what")
                with Collapsible(title=_DETAILS):
                    yield from self._details()
            yield Said()
            with Horizontal(classes="buttons"):
                yield Button("Add", variant="primary", id="accept", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    def _details(self) -> Iterator[Horizontal]:
        hints = {
            "Title": "where the file gives none, or a wrong one",
            "Publisher": "who published it",
            "Date": "2026-03-01, 2026-03 or 2026",
        }
        for name, hint in hints.items():
            yield _field(name, Input(placeholder=hint, select_on_focus=False, compact=True, id=name.lower()))
        yield _field("Segment", Choice((_NOT_SAID, *SEGMENTS), id="segment"))
        yield _field("Fetch from", Choice((_PUBLIC, _PRIVATE), id="networks"))

    def on_mount(self) -> None:
        self.query_one("#what", Input).focus()

    def on_collapsible_expanded(self) -> None:
        if self.focused is self.query_one(CollapsibleTitle):  # by hand; else what was wrong there has the focus
            self.query_one("#title", Input).focus()

    @work(exclusive=True)
    async def take(self) -> None:
        names, given = names_in(self._typed("what")), self._given()
        problem = await asyncio.to_thread(_problem, self._typed("what"), given)
        if problem is None:
            self.dismiss(Add(names, given, self.query_one("#networks", Choice).value == _PRIVATE))
            return
        field, reason = problem
        self.query_one(Said).say(reason, problem=True)
        if field != "what":
            self.query_one(Collapsible).collapsed = False
        self.query_one(f"#{field}", Input).focus()

    def _given(self) -> Given:
        from aidx_assistant.assistant.given import Given

        chosen = self.query_one("#segment", Choice).value
        segment = next((segment for segment in SEGMENTS if segment == chosen), None)
        return Given(self._typed("title"), self._typed("publisher"), self._typed("date"), segment)

    def _typed(self, field: str) -> str:
        return self.query_one(f"#{field}", Input).value.strip()


def _field(name: str, control: Input | Choice) -> Horizontal:
    return Horizontal(Static(name, classes="name"), control, classes="field")


def _problem(typed: str, given: Given) -> Problem | None:
    """Why it cannot be added as it is; looks through folders, which may take a moment."""
    from aidx_assistant.assistant.given import date_problem
    from aidx_assistant.assistant.origins import origins_of

    if problem := names_problem(typed):
        return "what", problem
    if problem := date_problem(given.date):
        return "date", problem
    try:
        if given.title and len(origins_of(names_in(typed))) > 1:
            return "title", _ONE_TITLE
    except AidxError as error:
        return "what", told(error)
    return None
