"""The Anthropic API key, and the token of a team's Chroma server: from the environment or the system keyring, and never
in a file, a log or an error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal

from aidx_assistant.errors import StorageError, UsageError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

KeyOrigin = Literal["ANTHROPIC_API_KEY", "keyring"]

_VARIABLE: Final = "ANTHROPIC_API_KEY"
_CHROMA_VARIABLE: Final = "CHROMA_API_KEY"
_SERVICE = "aidx"
_USER = "anthropic"
_CHROMA_USER = "chroma"
_INSTEAD = f"Set {_VARIABLE} instead."


def api_key() -> str | None:
    """The key from `ANTHROPIC_API_KEY`, else from the system keyring; None where neither has one."""
    return _from_environment() or _from_keyring()


def key_origin() -> KeyOrigin | None:
    """Where `api_key` takes the key from; None where there is none."""
    if _from_environment():
        return _VARIABLE
    return "keyring" if _from_keyring() else None


def chroma_token() -> str | None:
    """The token from `CHROMA_API_KEY`, else what the system keyring keeps of aidx for `chroma`; None for neither."""
    return os.environ.get(_CHROMA_VARIABLE, "").strip() or _from_keyring(_CHROMA_USER)


def has_keyring() -> bool:
    """Whether the system has a keyring that could keep a key."""
    try:
        return _keyring_possible() and _fit_keyring() is not None
    except Exception:  # a keyring that cannot be asked cannot keep anything
        return False


def possible_key(text: str) -> bool:
    """Whether a key could look like this: visible ASCII characters, which a header can carry."""
    return bool(text) and all("!" <= char <= "~" for char in text)


def store_api_key(key: str) -> None:
    """Keeps the key in the system keyring; `ANTHROPIC_API_KEY`, where it is set, still goes before it.

    Raises UsageError for what cannot be a key, and StorageError where the system has no keyring, or one that
    refuses. May wait for the user to unlock the keyring.
    """
    usable = key.strip()
    if not usable:
        raise UsageError("The API key is empty.", "Paste the key, which begins with sk-ant-.")
    if not possible_key(usable):
        raise UsageError("The API key holds characters that no key has.", "Copy it again.")
    _ask_keyring(lambda backend: backend.set_password(_SERVICE, _USER, usable))


def forget_api_key() -> None:
    """Takes the key out of the system keyring, where it holds one. Raises StorageError as `store_api_key` does."""

    def delete(backend: KeyringBackend) -> None:
        if backend.get_password(_SERVICE, _USER) is not None:
            backend.delete_password(_SERVICE, _USER)

    _ask_keyring(delete)


def _from_environment() -> str:
    return os.environ.get(_VARIABLE, "").strip()


def _from_keyring(user: str = _USER) -> str | None:
    if not _keyring_possible():
        return None
    try:
        import keyring

        return keyring.get_password(_SERVICE, user) or None
    except Exception:  # whatever ails a keyring's backend, the assistant works without
        return None


def _keyring_possible() -> bool:
    """Spares the import of keyring, a tenth of a second, where no desktop session could hold a key."""
    named = {"DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND", "KDE_FULL_SESSION"}
    return sys.platform in {"darwin", "win32"} or bool(named & os.environ.keys())


def _ask_keyring(action: Callable[[KeyringBackend], None]) -> None:
    fault = None
    try:
        backend = _fit_keyring() if _keyring_possible() else None
        if backend is not None:
            action(backend)
    except Exception as error:  # backends raise errors of their own, whose texts could hold the key
        fault = type(error).__name__
    if fault:
        raise StorageError(f"The system keyring cannot be used ({fault}).", f"Unlock it and try again. Or: {_INSTEAD}")
    if backend is None:
        raise StorageError("This system has no keyring that could keep the key.", _INSTEAD)


def _fit_keyring() -> KeyringBackend | None:
    """The keyring that would take the key; none where it would forget it or put it into a plain file.

    keyring gives what protects secrets a priority of 1 or more; a chain of keyrings writes to its first.
    """
    import keyring

    backend = keyring.get_keyring()
    first: KeyringBackend = next(iter(getattr(backend, "backends", ())), backend)
    return backend if first.priority >= 1 else None
