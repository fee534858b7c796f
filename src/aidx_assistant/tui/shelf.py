"""What the screen of sources lists: what is being read or was just now, what was not read, and the sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from aidx_assistant.library.records import FailedImport
from aidx_assistant.library.unfinished import Unfinished, UnfinishedAdditions
from aidx_assistant.tui import failed_imports, import_account, left_unread, source_overview
from aidx_assistant.tui.import_account import Account
from aidx_assistant.tui.source_overview import SourceOverview, source_overviews

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant

ACCOUNT = "account"
"""The key of what is being read, or was just now."""

Shelved = Account | Unfinished | FailedImport | SourceOverview


@dataclass(frozen=True, slots=True)
class Held:
    """What the library holds, and what it could not take in."""

    overviews: tuple[SourceOverview, ...] = ()
    failed: tuple[FailedImport, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()
    """What aidx did not come to before it ended."""

    @property
    def shelved(self) -> tuple[Shelved, ...]:
        """In the order in which it is listed: what there is to do something about goes first."""
        return (*self.unfinished, *self.failed, *self.overviews)


def held_by(assistant: Assistant) -> Held:
    unfinished = UnfinishedAdditions(assistant.library.home).left()
    return Held(source_overviews(assistant), assistant.failed_imports(), unfinished)


def key_of(shelved: Shelved) -> str:
    """By which a thing is known again when it is looked anew."""
    match shelved:
        case SourceOverview():
            return f"source {shelved.source.id}"
        case FailedImport():
            return f"failed {shelved.origin}"
        case Unfinished():
            return f"unfinished {shelved.number}"
        case _:
            return ACCOUNT


def entry_of(shelved: Shelved) -> Content:
    """A thing in the list."""
    match shelved:
        case SourceOverview():
            return source_overview.entry(shelved)
        case FailedImport():
            return failed_imports.entry(shelved)
        case Unfinished():
            return left_unread.entry(shelved)
        case _:
            return import_account.entry(shelved)


def details_of(shelved: Shelved) -> tuple[tuple[str, Content], ...]:
    """All that is known of a thing, as headings with their text."""
    match shelved:
        case SourceOverview():
            return source_overview.details(shelved)
        case FailedImport():
            return failed_imports.details(shelved)
        case Unfinished():
            return left_unread.details(shelved)
        case _:
            return import_account.details(shelved)


def possible_with(
    chosen: Shelved | None, is_reading: bool, is_known: bool = True, is_opening: bool = False
) -> dict[str, bool]:
    """Which actions what is chosen and what goes on allow; where it is not known what the library holds, hardly any.

    While it opens, sources can be named: they are read when it is open. An action's parameter stands after a space.
    """
    source = chosen if isinstance(chosen, SourceOverview) else None
    is_the_users = source is not None and source.imported is not None
    has_failed, is_left = isinstance(chosen, FailedImport), isinstance(chosen, Unfinished)
    return {
        "add": is_known or is_opening,
        "read_all_again": is_known,
        "stop": is_reading,
        "clear": isinstance(chosen, Account) and not is_reading,
        "go_on": is_left or isinstance(chosen, Account) and chosen.can_go_on,
        "give_password": isinstance(chosen, FailedImport) and failed_imports.wants_password(chosen),
        "take_away unread": has_failed or is_left,
        "read_again": has_failed or is_the_users,
        "take_away source": is_the_users,
        "fetch": source is not None and source.plan is not None,
        "take_away copy": source is not None and bool(source.copied),
        "ask_only": source is not None,
        "open_address": source is not None,
    }
