"""An answer's Markdown, laid out by Rich; its import takes a tenth of a second: not before there is an answer."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Markdown, TableElement
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


class AnswerMarkdown(Markdown):
    """Markdown in which marks may stand anywhere, and of which nothing is cut off."""

    elements = {**Markdown.elements, "table_open": _FoldedTable}

    def __init__(self, text: str) -> None:
        super().__init__(text, hyperlinks=False)
        for token in self._flatten_tokens(self.parsed):
            token.content = without_escapes(token.content)
