"""All that is known of one source, to be read through."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from aidx_assistant.tui import source_overview as wording
from aidx_assistant.tui.source_overview import SourceOverview


class SourceDetails(VerticalScroll, can_focus=True):
    """Title, caveat, counts; what is complete and what has not been read."""

    HELP = (
        "All that is known of a report. The arrow keys scroll, **Esc** goes back to the list; **a** asks questions of "
        "this report alone, **o** opens its address in a browser."
    )

    def compose(self) -> ComposeResult:
        yield Static(id="known", markup=False)

    def show(self, overview: SourceOverview) -> None:
        paragraphs = [
            Content("\n").join([Content.assemble((heading, "bold $text-primary")), text] if heading else [text])
            for heading, text in wording.details(overview)
        ]
        self.query_one("#known", Static).update(Content("\n\n").join(paragraphs))
        self.scroll_home(animate=False)
