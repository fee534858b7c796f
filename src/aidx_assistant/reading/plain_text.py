"""Reads plain text in any common encoding: blank lines divide blocks, few things count as headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.cleaning import clean, hidden_remarks, one_line
from aidx_assistant.reading.decoding import decoded
from aidx_assistant.reading.document import Block, Document, ReadingOptions
from aidx_assistant.reading.sections import Heading, Item, Written, sections_of

_UNDERLINE = re.compile(r"[ \t]*(?P<line>={3,}|-{3,}|~{3,})[ \t]*")
_ITEM = re.compile(r"[ \t]*(?:[-*•‣◦–]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t]+\S")
_BULLET = re.compile(r"^[ \t]*[-*•‣◦–][ \t]+")
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|(?:Chapter|Section|Part)\s+\w{1,5}[.:]?)\s+[A-Z“\"].*"
)
_HASHED = re.compile(r"(?P<level>#{1,6})[ \t]+(?P<text>\S.*?)[ \t#]*")
_PROSE_WORDS = 8


def read_text(content: bytes, name: str, options: ReadingOptions) -> Document:
    """A text by section. Raises ReadingError where it is no text, or empty.

    A heading is a line underlined with = or -, one that begins with #, and, where prose follows it, a short line in
    capitals or with a section's number that stands alone. The title is an underlined heading that begins the text.
    """
    raw = decoded(content)
    blocks = [block for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", clean(raw).strip("\n")) if block.strip()]
    items = [item for position, block in enumerate(blocks) for item in _items(block, blocks[position + 1 :][:1])]
    first = items[0] if items else None
    title = first.text if isinstance(first, Heading) and first.level == 1 else ""
    sections = sections_of(items, title)
    if not sections.parts:
        raise ReadingError("It holds no text.")
    return Document(medium="text", parts=sections.parts, title=title, remarks=hidden_remarks(raw))


def _items(block: str, following: list[str]) -> Iterator[Item]:
    lines = [line for line in block.split("\n") if line.strip()]
    if len(lines) > 1 and (underline := _UNDERLINE.fullmatch(lines[1])) and _can_head(lines[0]):
        yield Heading(1 if underline["line"][0] == "=" else 2, one_line(lines[0]))
        lines = lines[2:]
    elif hashed := _HASHED.fullmatch(lines[0]):
        yield Heading(len(hashed["level"]), one_line(hashed["text"]))
        lines = lines[1:]
    elif len(lines) == 1 and following and _stands_as_heading(lines[0].strip(), following[0]):
        yield Heading(2, one_line(lines[0]))
        return
    lines = [line for line in lines if not _UNDERLINE.fullmatch(line)]
    if lines:
        yield from _written(lines)


def _written(lines: list[str]) -> Iterator[Item]:
    """One block for a paragraph whose lines were broken, one for each item where lines begin as items do."""
    starts = [position for position, line in enumerate(lines) if _ITEM.match(line)]
    listed = len(starts) > 1 or starts == [0]
    ends = [*(starts if listed else []), len(lines)]
    for start, end in zip([0, *ends], ends, strict=False):
        if text := one_line(_BULLET.sub("", "\n".join(lines[start:end])) if listed else "\n".join(lines[start:end])):
            yield Written(Block(text), in_list=listed and start in starts)


def _can_head(line: str) -> bool:
    return len(line.split()) <= 20 and any(character.isalpha() for character in line)


def _stands_as_heading(line: str, following: str) -> bool:
    words = len(line.split())
    if words > 10 or line.endswith((".", ",", ";", ":", "!", "?")) or len(following.split()) < _PROSE_WORDS:
        return False
    if _NUMBERED.fullmatch(line):
        return True
    letters = [character for character in line if character.isalpha()]
    return len(letters) >= 4 and all(map(str.isupper, letters)) and len(letters) * 2 > len(line.replace(" ", ""))
