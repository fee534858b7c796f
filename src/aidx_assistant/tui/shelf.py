"""What the screen of sources lists: what is being read or was just now, the sources, what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from aidx_assistant.library.records import FailedImport
from aidx_assistant.tui import failed_imports, import_account, source_overview
from aidx_assistant.tui.import_account import Account
from aidx_assistant.tui.source_overview import SourceOverview, source_overviews

if TYPE_CHECKING:
    from aidx_assistant.assistant import Assistant

ACCOUNT = "account"
"""The key of what is being read, or was just now."""

Shelved = Account | SourceOverview | FailedImport


@dataclass(frozen=True, slots=True)
class Held:
    """What the library holds, and what it could not take in."""

    overviews: tuple[SourceOverview, ...] = ()
    failed: tuple[FailedImport, ...] = ()


def held_by(assistant: Assistant) -> Held:
    return Held(source_overviews(assistant), assistant.failed_imports())


def key_of(shelved: Shelved) -> str:
    """By which a thing is known again when it is looked anew."""
    if isinstance(shelved, SourceOverview):
        return f"source {shelved.source.id}"
    return f"failed {shelved.origin}" if isinstance(shelved, FailedImport) else ACCOUNT


def entry_of(shelved: Shelved) -> Content:
    """A thing in the list."""
    if isinstance(shelved, SourceOverview):
        return source_overview.entry(shelved)
    return failed_imports.entry(shelved) if isinstance(shelved, FailedImport) else import_account.entry(shelved)


def details_of(shelved: Shelved) -> tuple[tuple[str, Content], ...]:
    """All that is known of a thing, as headings with their text."""
    if isinstance(shelved, SourceOverview):
        return source_overview.details(shelved)
    return failed_imports.details(shelved) if isinstance(shelved, FailedImport) else import_account.details(shelved)


def possible_with(chosen: Shelved | None, is_reading: bool, is_known: bool = True) -> dict[str, bool]:
    """Which actions what is chosen and what goes on allow; where it is not known what the library holds, hardly any."""
    return {
        "add": is_known,
        "read_all_again": is_known,
        "stop": is_reading,
        "clear": isinstance(chosen, Account) and not is_reading,
        "give_password": isinstance(chosen, FailedImport) and failed_imports.wants_password(chosen),
        "forget": isinstance(chosen, FailedImport),
        "read_again": isinstance(chosen, FailedImport) or _is_the_users(chosen),
        "remove": _is_the_users(chosen),
        "ask_only": isinstance(chosen, SourceOverview),
        "open_address": isinstance(chosen, SourceOverview),
    }


def _is_the_users(chosen: Shelved | None) -> bool:
    """Whether it is a source that the user brought; what ships with aidx is neither removed nor read again."""
    return isinstance(chosen, SourceOverview) and chosen.imported is not None
