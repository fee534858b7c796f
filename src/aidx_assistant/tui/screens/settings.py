"""What can be set, each change kept and in force at once; and what questions cost."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Input, Static, Switch

from aidx_assistant.errors import AidxError
from aidx_assistant.settings import CITATION_STYLES
from aidx_assistant.tui import costs
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.key_setting import KeySetting
from aidx_assistant.tui.widgets.setting import Setting, choice
from aidx_assistant.tui.widgets.theme_select import ThemeSelect
from aidx_assistant.tui.widgets.top_bar import TopBar


class SettingsScreen(Screen[None]):
    """A page of settings; they are written in threads, one after the other."""

    CSS_PATH = "../styles/settings.tcss"
    AUTO_FOCUS = ""  # the first field is known once the key has been looked for
    HELP = "**Tab** and **Shift+Tab** go from setting to setting. Changes are kept in config.toml as they are made."
    BINDINGS = [
        Binding("tab", "app.focus_next", "Next"),
        Binding("shift+tab", "app.focus_previous", "Previous", show=False),
    ]

    class Saved(Message):
        """A setting has its new value."""

        def __init__(self, setting: Setting) -> None:
            super().__init__()
            self.setting = setting

    class Refused(Message):
        """A setting has kept its old value."""

        def __init__(self, setting: Setting, error: AidxError) -> None:
            super().__init__()
            self.setting = setting
            self.error = error

    class Costed(Message):
        def __init__(self, of_next: str, so_far: str) -> None:
            super().__init__()
            self.of_next = of_next
            self.so_far = so_far

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        settings = self.session.settings
        yield TopBar("settings")
        with VerticalScroll(id="page", can_focus=False):
            yield KeySetting(self.session)
            yield Setting("model", "Model", "The Claude model that answers.", choice([*settings.prices]))
            yield Setting("model", "Another model", "The name of a model that is not listed.", _field(), id="other")
            yield Setting("offline", "Offline", "Claude is never asked, even where there is a key.", Switch())
            yield Setting(
                "token_budget", "Token budget", "Of passages for one question: from 200 to 500,000.", _field()
            )
            yield Setting("max_answer_tokens", "Longest answer", "In tokens: from 16 to 64,000.", _field())
            yield Setting("citation_style", "Citation style", "Of references that are copied.", choice(CITATION_STYLES))
            yield Setting("theme", "Theme", "The app's colours, seen while you look through them.", ThemeSelect())
            with Vertical(classes="costs"):
                yield Static("The next question costs", classes="title")
                yield Static("…", id="cost-of-next", markup=False)
                yield Static("This conversation has cost", classes="title")
                yield Static("…", id="cost-so-far", markup=False)
        yield Footer()

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

    @work(thread=True, group="saving")
    def _save(self, setting: Setting, value: str | bool) -> None:
        try:
            self.session.save_setting(setting.setting, value)
        except AidxError as error:
            self.post_message(self.Refused(setting, error))
        else:
            self.post_message(self.Saved(setting))

    def on_settings_screen_saved(self, message: Saved) -> None:
        for setting in self.query(Setting):
            if setting.setting == message.setting.setting:
                self._show(setting)
        message.setting.show_saved()
        self._count_costs()

    def on_settings_screen_refused(self, message: Refused) -> None:
        message.setting.show_problem(message.error.title)

    def on_key_setting_looked(self) -> None:
        if self.focused is None:
            self.focus_next()

    def on_key_setting_changed(self) -> None:
        self._count_costs()

    @work(thread=True, exclusive=True, group="costs")
    def _count_costs(self) -> None:
        try:
            of_next = costs.cost_of_next(self.session.reader())
        except AidxError as error:
            of_next = f"{error.title} {error.hint}"
        try:
            conversation = self.session.conversation_id
            so_far = costs.cost_so_far(self.session.conversations.turns(conversation) if conversation else ())
        except AidxError as error:
            so_far = f"{error.title} {error.hint}"
        self.post_message(self.Costed(of_next, so_far))

    def on_settings_screen_costed(self, message: Costed) -> None:
        self.query_one("#cost-of-next", Static).update(Content(message.of_next))
        self.query_one("#cost-so-far", Static).update(Content(message.so_far))

    def _show(self, setting: Setting) -> None:
        """Shows what holds."""
        value: object = getattr(self.session.settings, setting.setting)
        if setting.id == "other":
            value = ""
        elif setting.setting == "theme":
            value = self.app.theme
        setting.show(value if isinstance(value, bool) else str(value), self.session.fixed_by(setting.setting))


def _field() -> Input:
    return Input(compact=True, select_on_focus=False)
