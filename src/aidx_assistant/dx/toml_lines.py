"""On which line of a TOML text each job and each of its keys stands: the standard library's parser does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}=\n]",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_JOBS = ("jobs",)


@dataclass(slots=True)
class JobLines:
    """Where one job stands."""

    line: int
    keys: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Lines of the keys that have one of their own, by their path within the job: `("stages", "pilot")`."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """A header, a key before its value, or a table within braces."""

    kind: str
    """`header`, `key` or `inline`."""
    text: str
    line: int


def job_lines(text: str) -> list[JobLines]:
    """The jobs of a valid TOML text in their order, whether written as `[[jobs]]` or as `jobs = [{…}]`."""
    jobs: list[JobLines] = []
    table: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    for statement in _statements(text):
        if statement.kind == "header":
            table = _path(statement.text.strip("[] \t"))
            if table == _JOBS:
                jobs.append(JobLines(statement.line))
            elif table[:1] == _JOBS and jobs:
                jobs[-1].keys.setdefault(table[1:], statement.line)
        elif statement.kind == "key":
            key = (*table, *_path(statement.text))
            if table[:1] == _JOBS and jobs:
                jobs[-1].keys[key[1:]] = statement.line
        elif key == _JOBS:
            jobs.append(JobLines(statement.line))
    return jobs


def _statements(text: str) -> Iterator[_Statement]:
    line, counted = 1, 0
    begun, depth, in_value = 0, 0, False
    for token in _TOKEN.finditer(text):
        line, counted = line + text.count("\n", counted, token.start()), token.start()
        mark = token[0]
        if mark == "=" and not depth and not in_value:
            yield _Statement("key", text[begun : token.start()].strip(), line)
            in_value = True
        elif mark in {"[", "{"}:
            if mark == "{" and depth == 1:
                yield _Statement("inline", "", line)
            depth += 1
        elif mark in {"]", "}"}:
            depth -= 1
            if not depth and not in_value:
                yield _Statement("header", text[begun : token.end()].strip(), line)
        if (mark == "\n" or mark[0] == "#") and not depth:
            begun, in_value = token.end(), False


def _path(key: str) -> tuple[str, ...]:
    """The parts of a key that may be dotted and quoted."""
    if _BARE.fullmatch(key):
        return (key,)
    parts: list[str] = []
    content: object = tomllib.loads(f"{key} = 0")
    while isinstance(content, dict):
        ((part, content),) = content.items()
        parts.append(part)
    return tuple(parts)
