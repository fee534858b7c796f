"""The screen of briefs: one is drafted, read, followed to its sources, mended section by section, saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import InterruptedByUserError, SpendingLimitError
from aidx_assistant.tui.brief_basis import Basis, basis_of_request
from aidx_assistant.tui.drafting import At, Done, Failed, Job, Remarked, Written, how_it_ended, how_it_failed
from aidx_assistant.tui.screens.exporting import copy_brief, export_brief
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.brief_desk import BriefDesk
from aidx_assistant.tui.widgets.drafting_line import DraftingLine
from aidx_assistant.tui.widgets.key_line import KeyLine
from aidx_assistant.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from aidx_assistant.briefs.request import BriefRequest
    from aidx_assistant.tui.brief_text import Page

_MAKING = (
    "**F9** makes a brief: on a topic that you type; on the Ask screen on the answers of the conversation; on the "
    "Findings screen on the findings chosen."
)
_NO_BRIEF = f"There is no brief here yet. {_MAKING.replace('*', '')}"
_OF_A_BRIEF = {"save", "redraft", "copy"}
"""Actions for which there must be a whole brief."""


class BriefScreen(Screen[None]):
    """Shows one brief; while it is drafted, what is finished of it, and in the line on top how far it is."""

    CSS_PATH: ClassVar = ["../styles/brief.tcss"]
    AUTO_FOCUS = ""
    HELP = f"{_MAKING} **l** opens the last one again."
    BINDINGS = [
        Binding("escape", "close_source", "Close"),
        Binding("escape,x", "cancel", "Cancel", tooltip="Cancel the drafting; what is finished is kept"),
        Binding("escape", "back", "Back", show=False),
        Binding("s", "save", "Save", tooltip="Save the brief"),
        Binding("r", "redraft", "Redraft", tooltip="Draft a section anew"),
        Binding("c", "copy", "Copy", tooltip="Copy the brief as Markdown"),
        Binding("f9", "make", "New", tooltip="Make another brief"),
        Binding("f8", "next_citation(1)", "Next citation", show=False),
        Binding("shift+f8", "next_citation(-1)", "Previous citation", show=False),
        Binding("o", "open_address", "Open address", show=False, tooltip="Open the address of the citation's source"),
        Binding("l", "open_last", "Open the last brief", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.job: Job | None = None
        """What was begun last."""
        self._page: Page | None = None
        """The brief that is shown, once it is whole."""
        self._request: BriefRequest | None = None
        """What it was made of, or was to be."""
        self.came_from = "ask"
        """The screen that Esc leads back to."""
        self._remarks: list[str] = []

    def compose(self) -> ComposeResult:
        yield TopBar("brief")
        yield DraftingLine(self.session, _NO_BRIEF)
        yield BriefDesk(self.session)
        yield KeyLine()

    def on_unmount(self) -> None:
        if self.job is not None:  # the app ends: it does not wait for the rest of a brief
            self.job.cancellation.cancel()

    @property
    def desk(self) -> BriefDesk:
        return self.query_one(BriefDesk)

    @property
    def is_drafting(self) -> bool:
        return self.job is not None and self.session.drafting is self.job

    @property
    def _line(self) -> DraftingLine:
        return self.query_one(DraftingLine)

    # Making

    def begin(self, job: Job) -> None:
        """Makes a brief, has sections of it drafted anew, or opens the last one."""
        self.job = self.session.drafting = job
        self._remarks.clear()
        self.desk.panel.clear()
        if job.brief is None:
            self._page, self._request = None, job.request
            self.desk.show(None)
        self._line.wait_for("opening the last brief" if job.opens else "reading what the sources have on it")
        self.desk.body.focus()
        self._run(job)
        self.refresh_bindings()

    @work(thread=True, group="briefs")
    def _run(self, job: Job) -> None:
        job.run(self.session.assistant, self.post_message)

    @on(At)
    def show_how_far(self, message: At) -> None:
        if message.job is self.job and not message.job.cancellation.cancelled:
            self._line.wait_for(message.doing)

    @on(Written)
    def show_so_far(self, message: Written) -> None:
        if message.job is self.job:
            self.desk.show(message.page)

    @on(Remarked)
    def keep_remark(self, message: Remarked) -> None:
        if message.job is self.job:
            self._remarks.append(message.text)

    @on(Done)
    def show_done(self, message: Done) -> None:
        if message.job is not self.job:
            return
        self.session.drafting = None
        self._page, self._request = message.page, message.request
        self.desk.show(message.page)
        self.desk.leave_marker()
        if message.job.brief is None:
            self.desk.scroll_to_top()
        finished = message.finished
        self._line.say(how_it_ended(finished, self._remarks), problem=finished.problem is not None)
        self.refresh_bindings()
        if isinstance(finished.problem, SpendingLimitError):
            self._offer_to_go_beyond(finished.problem, message.job.for_the_rest(message.request, finished.brief))
        if self.app.screen is not self:
            self.app.notify(f"{message.page.brief.title}: it is there.", markup=False)

    @on(Failed)
    def show_failed(self, message: Failed) -> None:
        if message.job is not self.job:
            return
        self.session.drafting = None
        error, is_there = message.error, self._page is not None
        if not is_there:
            self.desk.show(None)
        self._line.say(how_it_failed(error, is_there=is_there), problem=not isinstance(error, InterruptedByUserError))
        self.refresh_bindings()
        if isinstance(error, SpendingLimitError):
            self._offer_to_go_beyond(error, message.job)

    @work(exclusive=True, group="limit")
    async def _offer_to_go_beyond(self, error: SpendingLimitError, stopped: Job) -> None:
        """What is left to draft could cost more than the settings allow: the user decides."""
        from aidx_assistant.tui.screens.dialogs import Confirm

        question = f"{error.title} Draft it all the same, this once?"
        if await self.app.push_screen_wait(Confirm(question, "Draft it", "Leave it")) and not self.is_drafting:
            self.begin(replace(stopped, goes_beyond=True, cancellation=Cancellation()))

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc ends what is innermost: first the panel, then the drafting; else it leads back."""
        if action == "close_source":
            return self.desk.panel.is_open
        if action == "cancel":
            return self.is_drafting
        if action == "back":
            return not (self.desk.panel.is_open or self.is_drafting)
        if action in _OF_A_BRIEF:
            return self._page is not None and not self.is_drafting
        if action in {"make", "open_last"}:
            return not self.is_drafting
        return action != "open_address" or self.desk.panel.citation is not None

    def action_close_source(self) -> None:
        self.desk.panel.action_close()

    def action_cancel(self) -> None:
        """Ends the drafting: what is finished is kept."""
        if self.job is not None:
            self.job.cancellation.cancel()
            self._line.wait_for("ending it, what is finished is kept")

    async def action_back(self) -> None:
        await self.app.switch_mode(self.came_from)

    @work
    async def action_make(self) -> None:
        """Another brief; what was asked for last is there to be changed."""
        from aidx_assistant.tui.screens.briefing import AskForBrief

        basis = basis_of_request(self._request) if self._request else Basis()
        wanted = await self.app.push_screen_wait(AskForBrief(self.session, basis))
        if wanted is not None:
            self.begin(wanted)

    def action_open_last(self) -> None:
        self.begin(Job())

    @work
    async def action_save(self) -> None:
        """Saves the brief in the format that the ending of the name says."""
        if self._page is not None:
            await export_brief(self.app, self._page.brief)

    @work
    async def action_redraft(self) -> None:
        """A section is drafted anew, chosen from a list; or all that are missing."""
        from aidx_assistant.tui.screens.briefing import section_to_redraft

        if self._page is not None:
            brief = self._page.brief
            key = await section_to_redraft(self.app, brief)
            if key is not None:
                self.begin(Job(self._request, brief, (key,)))

    def action_copy(self) -> None:
        """Copies the brief as Markdown, as it would be saved."""
        if self._page is not None:
            copy_brief(self.app, self._page.brief)

    def action_next_citation(self, step: int) -> None:
        self.desk.walk(step)

    def action_open_address(self) -> None:
        self.desk.panel.action_open()
