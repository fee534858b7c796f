"""What can be set, each change kept and in force at once; and what questions cost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TYPE_CHECKING, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from aidx_assistant.errors import AidxError
from aidx_assistant.tui import costs
from aidx_assistant.tui.looking import at_every_look
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.settings_form import CLAUDE, GROUPS, OTHER_MODEL, PLACES, form_of, in_form
from aidx_assistant.tui.widgets.key_line import KeyLine
from aidx_assistant.tui.widgets.key_setting import KeySetting
from aidx_assistant.tui.widgets.setting import Setting
from aidx_assistant.tui.widgets.top_bar import TopBar
from aidx_assistant.tui.wording import told

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.tui.app import AidxApp


class SettingsScreen(Screen[None]):
    """A page of settings; they are written in threads, one after the other."""

    CSS_PATH = "../styles/settings.tcss"
    PLACES = {"api-key": "API key", **PLACES}
    AUTO_FOCUS = ""  # the first field is known once the key has been looked for
    HELP = (
        "**Tab** and **Shift+Tab** go from setting to setting, Page Up and Page Down through all of them. Changes are "
        "kept in config.toml as they are made."
    )
    BINDINGS = [
        Binding("tab", "app.focus_next", "Next", tooltip="Next setting"),
        Binding("shift+tab", "app.focus_previous", "Previous", show=False, tooltip="Previous setting"),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._in_turn = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield TopBar("settings")
        with VerticalScroll(id="page", can_focus=False):
            for group in GROUPS:
                yield Static(group.title, classes="group", markup=False)
                if group is CLAUDE:
                    yield KeySetting(self.session)
                yield from form_of(group, self.session.settings)
            with Vertical(classes="costs"):
                yield Static("The next question costs", classes="title")
                yield Static("…", id="cost-of-next", markup=False)
                yield Static("This conversation has cost", classes="title")
                yield Static("…", id="cost-so-far", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        at_every_look(self, self._count_costs)

    def on_screen_resume(self) -> None:
        for setting in self.query(Setting):
            self._show(setting)
        self.query_one(KeySetting).look()
        self._count_costs()

    def on_screen_suspend(self) -> None:
        for setting in self.query(Setting):
            setting.give()

    def action_scroll_page(self, step: int) -> None:
        """Also where no setting has the focus, as before the key has been looked for."""
        page = self.query_one("#page")
        if step < 0:
            page.scroll_page_up(animate=False)
        else:
            page.scroll_page_down(animate=False)

    def on_setting_given(self, message: Setting.Given) -> None:
        self._save(message.setting, message.value)

    @work(group="saving")
    async def _save(self, setting: Setting, value: str | bool) -> None:
        """One after the other: what was given last holds."""
        async with self._in_turn:
            try:
                await asyncio.to_thread(self.session.save_setting, setting.setting, value)
            except AidxError as error:
                self._show(setting)
                setting.show_problem(error.title)
            else:
                for alike in self.query(Setting):
                    if alike.setting == setting.setting:
                        self._show(alike)
                setting.show_saved()
                self._count_costs()

    def on_key_setting_looked(self) -> None:
        if self.focused is None:
            self.focus_next()

    def on_key_setting_changed(self) -> None:
        self._count_costs()

    @work(exclusive=True, group="costs")
    async def _count_costs(self) -> None:
        await self._tell_cost("#cost-so-far", asyncio.to_thread(self._cost_so_far))
        await self._tell_cost("#cost-of-next", self.session.assistant.read(self._cost_of_next))

    async def _tell_cost(self, place: str, cost: Awaitable[str]) -> None:
        try:
            text = await cost
        except AidxError as error:
            text = told(error)
        self.query_one(place, Static).update(Content(text))

    def _cost_of_next(self, assistant: Assistant) -> str:
        return costs.cost_of_next(assistant, costs.history_now(self.session))

    def _cost_so_far(self) -> str:
        conversation = self.session.conversation_id
        return costs.cost_so_far(self.session.conversations.turns(conversation) if conversation else ())

    def _show(self, setting: Setting) -> None:
        """Shows what holds."""
        value = in_form(getattr(self.session.settings, setting.setting))
        if setting.id == OTHER_MODEL:
            value = ""
        elif setting.setting == "theme":
            value = cast("AidxApp", self.app).theme_kept
        setting.show(value, self.session.fixed_by(setting.setting))
