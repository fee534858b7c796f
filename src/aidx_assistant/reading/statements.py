"""Finds the sentence that a table of the corpus names by its words and its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from aidx_assistant.errors import CorpusError
from aidx_assistant.evidence import Locator, Passage, Source


def contains(statement: str, value: str) -> bool:
    """Whether a sentence has a value as a whole: "30%" does not contain "0%"."""
    return re.search(rf"(?<![\w.,]){re.escape(value)}(?!\w)", statement) is not None


def find_statement(
    table: dict[str, Any], source: Source, passages: Sequence[Passage], name: str
) -> tuple[Passage, int]:
    """The passage that holds the table's `statement` at its `section` or `slide`, and the sentence's position.

    `name` is what an error calls the table. Raises CorpusError where there is no such place or sentence, KeyError
    where the table has no statement.
    """
    if "slide" in table:
        if not 1 <= table["slide"] <= source.slide_count:
            raise CorpusError(f"{name}: slide {table['slide']} is out of range (1 to {source.slide_count}).")
        inside = [p for p in passages if p.locator.kind == "slide" and p.locator.number == table["slide"]]
    elif "section" in table:
        inside = [p for p in passages if p.locator == Locator("section", heading=table["section"] or None)]
    else:
        raise CorpusError(f"{name} has no locator: give it a section or a slide.")
    for passage in inside:
        if table["statement"] in passage.sentences:
            return passage, passage.sentences.index(table["statement"])
    raise CorpusError(f"{name}: its statement is not a sentence of the section or slide it names.")
