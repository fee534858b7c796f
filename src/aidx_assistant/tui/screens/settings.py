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
from textual.widgets import Input, Static, Switch

from aidx_assistant.errors import AidxError
from aidx_assistant.setting_values import CITATION_STYLES
from aidx_assistant.tui import costs
from aidx_assistant.tui.looking import at_every_look
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.key_line import KeyLine
from aidx_assistant.tui.widgets.key_setting import KeySetting
from aidx_assistant.tui.widgets.setting import Choice, Setting
from aidx_assistant.tui.widgets.theme_select import ThemeSelect
from aidx_assistant.tui.widgets.top_bar import TopBar
from aidx_assistant.tui.wording import told

if TYPE_CHECKING:
    from aidx_assistant.tui.app import AidxApp


class SettingsScreen(Screen[None]):
    """A page of settings; they are written in threads, one after the other."""

    CSS_PATH = "../styles/settings.tcss"
    PLACES = {
        "api-key": "API key", "model": "Model", "offline": "Offline", "token_budget": "Token budget",
        "max_answer_tokens": "Longest answer", "citation_style": "Citation style", "theme": "Theme",
    }  # fmt: skip
    AUTO_FOCUS = ""  # the first field is known once the key has been looked for
    HELP = "**Tab** and **Shift+Tab** go from setting to setting. Changes are kept in config.toml as they are made."
    BINDINGS = [
        Binding("tab", "app.focus_next", "Next", tooltip="Next setting"),
        Binding("shift+tab", "app.focus_previous", "Previous", show=False, tooltip="Previous setting"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._in_turn = asyncio.Lock()

    def compose(self) -> ComposeResult:
        settings = self.session.settings
        yield TopBar("settings")
        with VerticalScroll(id="page", can_focus=False):
            yield KeySetting(self.session)
            yield Setting("model", "Model", "The Claude model that answers.", Choice([*settings.prices]))
            yield Setting("model", "Another model", "The name of a model that is not listed.", _field(), id="other")
            yield Setting("offline", "Offline", "Claude is never asked, even where there is a key.", Switch())
            yield Setting(
                "token_budget", "Token budget", "Of passages for one question: from 200 to 500,000.", _field()
            )
            yield Setting("max_answer_tokens", "Longest answer", "In tokens: from 16 to 64,000.", _field())
            yield Setting("citation_style", "Citation style", "Of references that are copied.", Choice(CITATION_STYLES))
            yield Setting("theme", "Theme", "The app's colours, seen while you look through them.", ThemeSelect())
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
        await self._tell_cost("#cost-of-next", self.session.read(costs.cost_of_next))

    async def _tell_cost(self, place: str, cost: Awaitable[str]) -> None:
        try:
            text = await cost
        except AidxError as error:
            text = told(error)
        self.query_one(place, Static).update(Content(text))

    def _cost_so_far(self) -> str:
        conversation = self.session.conversation_id
        return costs.cost_so_far(self.session.conversations.turns(conversation) if conversation else ())

    def _show(self, setting: Setting) -> None:
        """Shows what holds."""
        value: object = getattr(self.session.settings, setting.setting)
        if setting.id == "other":
            value = ""
        elif setting.setting == "theme":
            value = cast("AidxApp", self.app).theme_kept
        setting.show(value if isinstance(value, bool) else str(value), self.session.fixed_by(setting.setting))


def _field() -> Input:
    return Input(compact=True, select_on_focus=False)
