"""All that is known of what is chosen in the list of sources, to be read through."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from aidx_assistant.tui.shelf import Shelved, details_of, key_of


class SourceDetails(VerticalScroll, can_focus=True):
    """Of a source title, caveat, counts, what is complete and what is not read; of a failure, why and what helps."""

    HELP = "All that is known of what is chosen in the list. The arrow keys scroll, **Esc** goes back to the list."

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shelved | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="known", markup=False)

    def show(self, shelved: Shelved) -> None:
        before, self._shown = self._shown, shelved
        if shelved == before:
            return
        paragraphs = [
            Content("\n").join([Content.assemble((heading, "bold $text-primary")), text] if heading else [text])
            for heading, text in details_of(shelved)
        ]
        self.query_one("#known", Static).update(Content("\n\n").join(paragraphs))
        if before is None or key_of(shelved) != key_of(before):  # of the same, the user may have read on
            self.scroll_home(animate=False)
