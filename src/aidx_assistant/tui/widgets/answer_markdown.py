"""An answer's Markdown, laid out by Rich; its import takes a tenth of a second: not before there is an answer."""

from __future__ import annotations

from typing import ClassVar

from rich.console import Console, ConsoleOptions, JustifyMethod, RenderResult
from rich.markdown import Heading, ListItem, Markdown, TableElement
from rich.segment import Segment
from rich.table import Table

from aidx_assistant.tui.widgets.answer_marks import without_escapes


class _FoldedTable(TableElement):
    """Breaks words that a column is too narrow for; Rich would cut them off."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for table in super().__rich_console__(console, options):
            assert isinstance(table, Table)
            for column in table.columns:
                column.overflow = "fold"
            yield table


class _PlainHeading(Heading):
    """At the left, whatever its rank."""

    LEVEL_ALIGN: ClassVar[dict[str, JustifyMethod]] = dict.fromkeys(Heading.LEVEL_ALIGN, "left")


class _NumberedItem(ListItem):
    """With a full stop behind its number."""

    def render_number(self, console: Console, options: ConsoleOptions, number: int, last_number: int) -> RenderResult:
        width = len(str(last_number)) + 3
        style = console.get_style("markdown.item.number", default="none")
        lines = console.render_lines(self.elements, options.update(width=options.max_width - width), style=self.style)
        for place, line in enumerate(lines):
            yield Segment(f"{number}. ".rjust(width) if place == 0 else " " * width, style)
            yield from line
            yield Segment.line()


class AnswerMarkdown(Markdown):
    """Markdown in which marks may stand anywhere, and of which nothing is cut off."""

    elements = {
        **Markdown.elements,
        "table_open": _FoldedTable,
        "heading_open": _PlainHeading,
        "list_item_open": _NumberedItem,
    }

    def __init__(self, text: str) -> None:
        super().__init__(text, hyperlinks=False)
        for token in self._flatten_tokens(self.parsed):
            token.content = without_escapes(token.content)
