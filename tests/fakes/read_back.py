"""Exported briefs, read back by other means than they were written with: which citations, in what order, what notes.

Every reader gives what a reader of the file meets: the marks in the text, and the notes as numbered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a file says of its citations."""

    marks: tuple[int, ...]
    """In the order of the text, the list of sources left out."""
    notes: tuple[tuple[int, str], ...]
    """Number and text, in the order of the file; white space as single spaces."""
    text: str
    """All words before the notes, in one line."""


def squeezed(text: str) -> str:
    """A text by its characters alone: what a line break does to white space is no difference."""
    return "".join(text.split())


def read_markdown(content: bytes) -> ReadBack:
    body, notes = [], []
    for line in content.decode().split("\n"):
        definition = re.match(r"\[\^(\d+)\]: (.*)", line)
        if definition:
            notes.append((int(definition[1]), _rendered(definition[2])))
        else:
            body.append(line)
    shown = _rendered("\n".join(body))
    marks = tuple(int(number) for number in re.findall(r"\[\^(\d+)\]", shown))
    return ReadBack(marks, tuple(notes), re.sub(r"\[\^(\d+)\]", "", shown))


def _rendered(markdown: str) -> str:
    """The words of a Markdown text as they are shown."""
    parts = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        assert token.type not in ("html_block", "code_block", "fence", "hr"), token
        for child in token.children or []:
            assert child.type not in ("html_inline", "code_inline", "image"), child
            parts.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
        parts.append(" " if token.type == "inline" else "")
    return " ".join("".join(parts).split())
