"""The YAML head of a Markdown clip, read as plain texts: no tags, no anchors, no aliases, no types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LARGEST = 64 * 1024
"""Characters of a head that are read."""
_DEEPEST = 6
_HEAD = re.compile(r"\s*---[ \t]*\n(?P<head>.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL | re.MULTILINE)
_OPENED = re.compile(r"\s*---[ \t]*\n")
_LINE = re.compile(r"(?P<key>[\"']?[A-Za-z][\w .:-]{0,40}?[\"']?)\s*:(?:\s+(?P<value>.*))?")
_ITEM = re.compile(r"\s*-\s+(?P<value>.+)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a clip's head, by normalised key, with the body that follows it."""

    body: str
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def texts(self, *keys: str) -> tuple[str, ...]:
        """The values of the first of the keys that has any."""
        return next((self.fields[key] for key in keys if self.fields.get(key)), ())

    def text(self, *keys: str) -> str:
        """The first value of the first of the keys that has any, or an empty text."""
        return next(iter(self.texts(*keys)), "")


class _RefusedError(Exception):
    """The head is not one that is read as YAML; the message says why."""


def split_front_matter(text: str) -> FrontMatter:
    """Head and body of a cleaned text. Never raises: a malformed head is read line by line, and that is told.

    Keys are lower case without spaces, hyphens and underscores; a value is a list of texts, never a date or number.
    """
    match = _HEAD.match(text)
    if match is None:
        return _unclosed(text)
    head, body = match["head"], text[match.end() :]
    if not any(_LINE.match(line) for line in head.splitlines()):
        return FrontMatter(text)
    if len(head) > LARGEST:
        return FrontMatter(body, {}, ("The front matter is larger than 64 KB and was not read.",))
    try:
        return FrontMatter(body, _fields_of_yaml(head))
    except _RefusedError as refused:
        if "\n\n" in head:
            return _unclosed(text)
        return FrontMatter(body, _fields_of_lines(head), (f"The front matter {refused}; it was read line by line.",))


def _unclosed(text: str) -> FrontMatter:
    """A head that is opened and never closed ends before the first line that is no field."""
    opened = _OPENED.match(text)
    if opened is None:
        return FrontMatter(text)
    lines = text[opened.end() :].split("\n")
    length = next((n for n, line in enumerate(lines) if not (_LINE.match(line) or _ITEM.match(line))), len(lines))
    if length == 0:
        return FrontMatter(text)
    head = "\n".join(lines[:length])[:LARGEST]
    remark = "The front matter does not end; it was read line by line."
    return FrontMatter("\n".join(lines[length:]), _fields_of_lines(head), (remark,))


def _key(written: str) -> str:
    return re.sub(r"[\s_:.-]", "", written.strip("\"' ").lower())


def _fields_of_yaml(head: str) -> dict[str, tuple[str, ...]]:
    import yaml

    try:
        events = _plain_events(yaml.parse(head, Loader=yaml.SafeLoader))
        value = _value(next(events), events, 0)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in its line {mark.line + 1}" if mark else ""
        raise _RefusedError(f"is no valid YAML{line}") from error
    except (RecursionError, ValueError, StopIteration) as error:
        raise _RefusedError("is no valid YAML") from error
    if not isinstance(value, dict):
        raise _RefusedError("holds no fields")
    return {key: tuple(_texts(value)) for key, value in value.items()}


def _plain_events(events: Iterator[Any]) -> Iterator[Any]:
    """The events of one document, without what YAML could do harm with."""
    import yaml

    for event in events:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError("uses anchors or aliases, which are not read")
        if getattr(event, "tag", None):
            raise _RefusedError("uses tags, which are not read")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent | yaml.CollectionEndEvent):
            yield event


def _value(event: Any, events: Iterator[Any], depth: int) -> Any:
    """The value that an event begins: a text, a list or a mapping of which the first of equal keys counts."""
    import yaml

    if depth > _DEEPEST:
        raise _RefusedError("is nested too deeply")
    if isinstance(event, yaml.ScalarEvent):
        return "" if event.implicit[0] and event.value in ("~", "null", "Null", "NULL") else event.value
    inside: list[Any] = []
    for following in events:
        if isinstance(following, yaml.CollectionEndEvent):
            break
        inside.append(_value(following, events, depth + 1))
    if isinstance(event, yaml.SequenceStartEvent):
        return inside
    fields: dict[str, Any] = {}
    for key, value in zip(inside[::2], inside[1::2], strict=False):
        if isinstance(key, str):
            fields.setdefault(_key(key), value)
    return fields


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value; of a mapping in a list (`- name: …`) its name."""
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for key in ("name", "title", "url"):
            if value.get(key):
                yield from _texts(value[key])
                return


def _fields_of_lines(head: str) -> dict[str, tuple[str, ...]]:
    """The fields that stand on a line of their own, `- item` lines added to the field above them."""
    fields: dict[str, tuple[str, ...]] = {}
    current = ""
    for line in head.splitlines():
        if current and (item := _ITEM.match(line)):
            fields[current] = (*fields[current], item["value"].strip("\"' "))
        elif match := _LINE.fullmatch(line.rstrip()):
            current = _key(match["key"])
            value = (match["value"] or "").strip().strip("\"'")
            fields.setdefault(current, (value,) if value and value[0] not in "&*!|>{[" else ())
    return fields
