"""What was to be added when aidx ended before it came to it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from os import path

from textual.content import Content

from aidx_assistant.library.unfinished import Unfinished


def told_at_start(left: Sequence[Unfinished]) -> str:
    """What the user is told when the app opens; "" where nothing was left."""
    if not left:
        return ""
    where = "F5 shows what it was; r there goes on with it."
    if not all(one.total for one in left):
        return f"aidx ended while sources were being added, before all of them were read. {where}"
    unread, total = sum(one.total - one.done for one in left), sum(one.total for one in left)
    return f"aidx ended while sources were being added: {unread:,} of {total:,} were not read. {where}"


def entry(unfinished: Unfinished) -> Content:
    """One of them in the list of sources."""
    return Content.assemble((_name(unfinished), "bold"), (f"\n{_how_far(unfinished)}", "$text-warning"))


def details(unfinished: Unfinished) -> tuple[tuple[str, Content], ...]:
    """All that is known of one, as headings with their text; the first heading is empty."""
    about = [
        Content.assemble((_name(unfinished), "bold")),
        Content.assemble((_how_far(unfinished), "$text-warning")),
        Content.assemble(("Begun on: ", "dim"), unfinished.begun_at[:10]),
        *(Content.assemble((f"{name.capitalize()}: ", "dim"), value) for name, value in unfinished.given),
    ]
    return (
        ("", Content("\n").join(about)),
        ("What was to be added", Content("\n").join(map(Content, unfinished.names))),
        ("Why it was not read", Content("aidx ended before it came to it. What it had come to is in the library.")),
        ("What to do", Content("r goes on with the rest, d forgets it.")),
    )


def _name(unfinished: Unfinished) -> str:
    first, *others = unfinished.names
    name = path.basename(first.rstrip("/")) or first
    return f"{name} and {len(others):,} more" if others else name


def _how_far(unfinished: Unfinished) -> str:
    if not unfinished.total:
        return "Not read"
    return f"Not read to the end: {unfinished.done:,} of {unfinished.total:,}"
