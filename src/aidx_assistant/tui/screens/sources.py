"""What is in the library, and what of it has been read; bringing in, reading again and removing what is the user's."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding

from aidx_assistant.library.records import FailedImport
from aidx_assistant.library.unfinished import Unfinished
from aidx_assistant.tui.handing_on import open_address
from aidx_assistant.tui.screens.adding import ask_for_password, forget_unread, may_fetch, take_away
from aidx_assistant.tui.screens.library_screen import LibraryScreen
from aidx_assistant.tui.screens.naming import AskWhatToAdd
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.shelf import ACCOUNT, Held, Shelved, held_by, possible_with
from aidx_assistant.tui.source_overview import SourceOverview
from aidx_assistant.tui.tasks import Add, Fetch, ReadAgain, Task, TryAgain
from aidx_assistant.tui.widgets.asker import Asker
from aidx_assistant.tui.widgets.import_line import ImportLine
from aidx_assistant.tui.widgets.key_line import KeyLine
from aidx_assistant.tui.widgets.said import Said
from aidx_assistant.tui.widgets.shelf_view import ShelfView
from aidx_assistant.tui.widgets.source_list import SourceList
from aidx_assistant.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.tui.app import AidxApp


class SourcesScreen(LibraryScreen):
    """A list of the sources, and beside it all that is known of the one chosen; above it, how far reading is."""

    CSS_PATH = ["../styles/library_screen.tcss", "../styles/sources.tcss"]
    HELP = """
        The reports that answers are drawn from. **n** adds your own: Markdown clips, HTML, PDF, PowerPoint, pictures,
        text; a folder with all below it; a page by its address. What is there already is recognised and not read in
        twice. Reading goes on while you ask; **x** stops it at once, and what was added by then stays.

        **r** reads a report of yours again where it has changed, or tries again what could not be read; **R** does so
        with all. **d** removes a report of yours, or forgets what could not be read. **f** fetches your own full copy
        of a report that ships as notes, after a yes to what it will fetch and from where; there **d** removes the copy.
        **Enter** goes into the details, **Esc** comes back; **a** asks questions of one report alone, **o** opens its
        address in a browser.
    """
    BINDINGS = [
        Binding("escape", "leave_details", "Back to the list", show=False),
        Binding("n", "add", "Add", tooltip="Add files, folders or a page"),
        Binding("x", "stop", "Stop", tooltip="Stop reading"),
        Binding("escape", "stop", "Stop", show=False),
        Binding("p", "give_password", "Password", tooltip="Read it with its password"),
        Binding("f", "fetch", "Fetch", tooltip="Fetch your own full copy"),
        Binding("r", "go_on", "Go on", tooltip="Go on with what was not read"),
        Binding("r", "read_again", "Read again", tooltip="Read again what is chosen"),
        Binding("R", "read_all_again", "Read all again", show=False, tooltip="Read all again, and what failed"),
        Binding("d", "take_away('source')", "Remove", tooltip="Remove the source"),
        Binding("d", "take_away('copy')", "Remove copy", tooltip="Remove your own copy"),
        Binding("d", "take_away('unread')", "Forget", tooltip="Forget what was not read"),
        Binding("d", "clear", "Clear", tooltip="Clear away what became of the last reading"),
        Binding("a", "ask_only", "Ask it", tooltip="Ask only this source"),
        Binding("o", "open_address", "Open", tooltip="Open the address of the source"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._held: Held | None = None
        """None while it is not known."""
        self._possible = possible_with(None, is_reading=False, is_known=False, is_opening=True)
        """Which actions can be done now."""

    def compose(self) -> ComposeResult:
        yield TopBar("sources")
        yield ImportLine(self.session)
        yield Said("Opening the library …")
        yield ShelfView()
        yield KeyLine()

    # What is shown

    def read(self, assistant: Assistant) -> Held:
        return held_by(assistant)

    def show_held(self, held: object) -> None:
        first = self._held is None
        if held != self._held:
            self._held = cast(Held, held)
            self._show()
        if first:
            self._shelf.focus_list()

    def hide_all(self) -> None:
        self._held = None
        self._possible = possible_with(None, self._line.is_reading, is_known=False)
        self._shelf.display = False
        self.refresh_bindings()

    def _show(self, choose: str | None = None) -> None:
        """Shows what there is; `choose` is the key of what is to be chosen, else it stays what it was."""
        if self._held is None:
            return
        account = (self._line.account,) if self._line.account else ()
        shelved: tuple[Shelved, ...] = (*account, *self._held.shelved)
        self._shelf.show(shelved, choose)
        self._see_what_is_possible()
        self.say("" if shelved else "The library holds no source. Press n to add one, Ctrl+R to look again.")

    def on_import_line_moved(self) -> None:
        if self.is_current:
            self._show()

    def on_screen_resume(self) -> None:
        self._show()  # what reading has come to meanwhile

    @on(SourceList.OptionHighlighted)
    def _see_what_is_possible(self) -> None:
        possible = possible_with(self._chosen, self._line.is_reading)
        if possible != self._possible:  # else the footer would be made anew as often as reading gets on
            self._possible = possible
            self.refresh_bindings()

    def action_leave_details(self) -> None:
        self._shelf.focus_list()

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "leave_details":
            return self._shelf.is_read
        return self._possible.get(" ".join((action, *map(str, parameters))), True)

    @work
    async def action_add(self) -> None:
        """Adds what the user names."""
        if self._may_change() and (addition := await self.app.push_screen_wait(AskWhatToAdd())):
            self._begin(addition)

    def action_read_again(self) -> None:
        """Reads the source that is chosen again where it has changed, or tries again what could not be read."""
        chosen = self._chosen
        if isinstance(chosen, SourceOverview):
            self._begin(ReadAgain((chosen.source.id,)))
        elif isinstance(chosen, FailedImport):
            self._begin(TryAgain(chosen.origin))

    def action_read_all_again(self) -> None:
        self._begin(ReadAgain())

    @work
    async def action_go_on(self) -> None:
        """Goes on with what was stopped or broke off, or with what aidx did not come to before it ended."""
        chosen = self._chosen
        if isinstance(chosen, Unfinished) and self._may_change():
            self._begin(Add.rest_of(chosen))
            await forget_unread(self.app, self.session, chosen)
            self._look_everywhere()
        elif self.session.run is not None:
            self._begin(self.session.run.task)

    @work
    async def action_give_password(self) -> None:
        chosen = self._chosen
        if isinstance(chosen, FailedImport) and self._may_change():
            password = await ask_for_password(self.app, chosen)
            if password is not None:
                self._begin(TryAgain(chosen.origin, password))

    @work
    async def action_fetch(self) -> None:
        """Fetches the user's own copy of the source that is chosen."""
        chosen = self._chosen
        if isinstance(chosen, SourceOverview) and chosen.plan is not None and self._may_change():
            if await may_fetch(self.app, chosen.plan):
                self._begin(Fetch(chosen.plan))

    def action_stop(self) -> None:
        self._line.stop()

    @work
    async def action_take_away(self, _what: str) -> None:
        """Removes a source or its copy, or forgets what was not read: what there is to take away of what is chosen."""
        chosen = self._chosen
        if isinstance(chosen, SourceOverview | FailedImport | Unfinished) and self._may_change():
            await take_away(self.app, self.session, chosen)
            self._look_everywhere()

    def action_clear(self) -> None:
        """Clears away what became of the last reading."""
        self._line.clear()
        self._show()

    def action_open_address(self) -> None:
        """Opens the source's address in a browser."""
        if isinstance(self._chosen, SourceOverview):
            open_address(self.app, self._chosen.source.url)

    async def action_ask_only(self) -> None:
        """Goes to the prompt, with questions to come asked of this source alone."""
        chosen = self._chosen
        if isinstance(chosen, SourceOverview):
            await self.app.switch_mode("ask")
            self.app.screen.query_one(Asker).ask_only(chosen.source.id)

    def _begin(self, task: Task) -> None:
        if self._may_change():
            self._line.begin(task)
            self._show(ACCOUNT)
            self._shelf.focus_list()

    def _may_change(self) -> bool:
        """Whether nothing is being read: one change of the library at a time."""
        if self._line.is_reading:
            self.notify("Sources are being read. Wait for that, or stop it with x.", severity="warning")
        return not self._line.is_reading

    @on(ImportLine.Changed)
    def _look_everywhere(self) -> None:
        """What the library holds now is shown, on every screen."""
        cast("AidxApp", self.app).action_look()

    @property
    def _line(self) -> ImportLine:
        return self.query_one(ImportLine)

    @property
    def _shelf(self) -> ShelfView:
        return self.query_one(ShelfView)

    @property
    def _chosen(self) -> Shelved | None:
        return self._shelf.chosen
