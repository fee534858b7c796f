"""What the user brought and could not be read, in words: why, and what helps."""

from __future__ import annotations

from collections.abc import Sequence
from os import path

from textual.content import Content

from aidx_assistant.errors import Remedy
from aidx_assistant.library.records import FailedImport


def wants_password(failed: FailedImport) -> bool:
    """Whether a password may open it."""
    return "password" in failed.remedies


def what_helps(hint: str, remedies: Sequence[Remedy], password: str) -> str:
    """A hint as the app says it; `password` is how a password is given there."""
    return password if "password" in remedies else hint


def entry(failed: FailedImport) -> Content:
    """A failure in the list of sources."""
    return Content.assemble(
        (path.basename(failed.origin) or failed.origin, "bold"),
        ("\nNot read: ", "$text-error"),
        (failed.reason, "$text-error"),
    )


def details(failed: FailedImport) -> tuple[tuple[str, Content], ...]:
    """All that is known of a failure, as headings with their text; the first heading is empty."""
    helps = what_helps(failed.hint, failed.remedies, "Press p and type its password.")
    about = [
        Content.assemble((path.basename(failed.origin) or failed.origin, "bold")),
        Content.assemble(("From: ", "dim"), failed.origin),
        Content.assemble(("Tried on: ", "dim"), failed.failed_at[:10]),
    ]
    return (
        ("", Content("\n").join(about)),
        ("Why it was not read", Content.assemble((failed.reason, "$text-error"))),
        (
            "What to do",
            Content("\n").join([*([Content(helps)] if helps else []), Content("r tries it again, d forgets it.")]),
        ),
    )
