"""Counts with their nouns, in the singular where there is one."""

from __future__ import annotations


def counted(count: int, noun: str, of: int | None = None) -> str:
    """`1 passage`, `2,000 passages`; with the whole that the count is part of: `0 of 1 passage`, `1 of 2 passages`."""
    whole = count if of is None else of
    return f"{f'{count:,} of ' if of is not None else ''}{whole:,} {noun}{'' if whole == 1 else 's'}"
