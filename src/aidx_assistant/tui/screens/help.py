"""What the focused part is for, and the keys that work there."""

from __future__ import annotations

from inspect import cleandoc

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Markdown, Static

from aidx_assistant.tui.deeds import Deed, deeds
from aidx_assistant.tui.screens.dialog import Dialog


class HelpScreen(Dialog[None]):
    """Over the screen that it explains."""

    CSS_PATH = "../styles/help.tcss"
    BINDINGS = [Binding("escape,f1,q", "close", "Close the help")]
    HELP = ""

    def __init__(self, explained: Screen[object]) -> None:
        super().__init__()
        self._explanation = help_text(explained)
        self._keys = key_groups(explained)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help", can_focus=True) as page:
            page.border_title = "Help"
            page.border_subtitle = "Esc closes"
            yield Markdown(self._explanation, open_links=False)
            for title, group in self._keys:
                with Vertical(classes="group"):
                    yield Static(Content.assemble((title, "bold $text-primary")), markup=False)
                    for deed in group:
                        with Horizontal(classes="deed"):
                            yield Static(Content(", ".join(deed.keys)), classes="keys", markup=False)
                            yield Static(Content(deed.name), classes="does", markup=False)

    def on_mount(self) -> None:
        self.query_one("#help").focus()

    def on_click(self) -> None:
        """A click beside the page closes it; one on the page goes to the page."""
        if not self.query_one("#help").is_mouse_over:
            self.dismiss()

    def action_close(self) -> None:
        self.dismiss()


def help_text(screen: Screen[object]) -> str:
    """Markdown on the focused part, and on what it lies in, the nearest first."""
    parts = (screen.focused or screen).ancestors_with_self
    texts = [cleandoc(text) for part in parts if (text := getattr(part, "HELP", None))]
    return "\n\n".join(dict.fromkeys(texts)) or "Nothing is to be explained here."


def key_groups(screen: Screen[object]) -> list[tuple[str, list[Deed]]]:
    """The keys of the focused part, of the screen, and those that work everywhere."""
    groups: dict[str, list[Deed]] = {"Here": [], "On this screen": [], "Everywhere": []}
    for deed in deeds(screen):
        groups[_reach(deed.node, screen)].append(deed)
    return [(title, group) for title, group in groups.items() if group]


def _reach(node: DOMNode, screen: Screen[object]) -> str:
    if node is screen:
        return "On this screen"
    return "Everywhere" if node is screen.app else "Here"
