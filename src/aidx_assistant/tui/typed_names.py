"""The paths and addresses that are typed or dropped where something is to be added."""

from __future__ import annotations

import glob
import shlex

from aidx_assistant.tui.screens.saving import typed_path

_ADDRESS = ("https://", "http://")


def names_in(text: str) -> tuple[str, ...]:
    """The names in a text: one that is there as it stands, else as a shell reads them, since terminals quote what is
    dropped onto them."""
    text = text.strip()
    if not text or typed_path(text).exists():
        return (text,) if text else ()
    try:
        return tuple(shlex.split(text))
    except ValueError:  # a quotation mark without its second
        return (text,)


def names_problem(text: str) -> str | None:
    """Why nothing can be added by what was typed."""
    names = names_in(text)
    if not names:
        return "Type a path or an address."
    missing = [name for name in names if not _is_there(name)]
    if not missing:
        return None
    name = text.strip() if len(missing) == len(names) else missing[0]
    return f"There is no file or folder {name}. The address of a page begins with https://."


def _is_there(name: str) -> bool:
    try:
        return name.lower().startswith(_ADDRESS) or glob.has_magic(name) or typed_path(name).exists()
    except (OSError, ValueError):  # this is no name for a file
        return False
