"""The API key is kept in the system keyring or nowhere, and no error shows it."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

from aidx_assistant.errors import AidxError, StorageError, UsageError
from aidx_assistant.keys import api_key, forget_api_key, key_origin, possible_key, store_api_key
from tests.fakes.keyrings import MemoryKeyring

KEY = "sk-ant-a-secret-0123456789"


class PlainFileKeyring(MemoryKeyring):
    """A keyring that says it protects nothing."""

    priority = 0.5


class LockedKeyring(MemoryKeyring):
    """A keyring that the user does not unlock, and that says too much."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.PasswordSetError(f"cannot keep {password}")


class Chain(MemoryKeyring):
    """Several keyrings in a row; the first is written to."""

    priority = 10

    def __init__(self, *backends: MemoryKeyring) -> None:
        super().__init__()
        self.backends = backends


def use(monkeypatch: pytest.MonkeyPatch, backend: MemoryKeyring) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    monkeypatch.setattr(keyring, "get_password", backend.get_password)


def test_the_key_comes_from_the_variable_or_from_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (api_key(), key_origin()) == (None, None)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "  a-key ")
    assert (api_key(), key_origin()) == ("a-key", "ANTHROPIC_API_KEY")


def test_a_key_is_kept_found_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = MemoryKeyring()
    use(monkeypatch, backend)
    store_api_key(f" {KEY}\n")
    assert backend.kept == {("aidx", "anthropic"): KEY}
    assert (api_key(), key_origin()) == (KEY, "keyring")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "another")
    assert (api_key(), key_origin()) == ("another", "ANTHROPIC_API_KEY")
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    forget_api_key()
    assert (api_key(), key_origin(), backend.kept) == (None, None, {})
    forget_api_key()


@pytest.mark.parametrize("key", ["", "  ", "sk-naïve", "sk-two\nlines", "sk with spaces", "sk-\x1b[31m"])
def test_what_cannot_be_a_key_is_not_kept(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    backend = MemoryKeyring()
    use(monkeypatch, backend)
    assert not possible_key(key)
    with pytest.raises(UsageError, match="API key") as refusal:
        store_api_key(key)
    assert backend.kept == {}
    assert not key.strip() or key.strip() not in f"{refusal.value.title} {refusal.value.hint}"


def test_a_system_without_a_keyring_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for ask in (lambda: store_api_key(KEY), forget_api_key):
        with pytest.raises(StorageError, match="no keyring") as refusal:  # the tests' own forgets everything
            ask()
        assert "ANTHROPIC_API_KEY" in refusal.value.hint
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("PYTHON_KEYRING_BACKEND", "DBUS_SESSION_BUS_ADDRESS", "KDE_FULL_SESSION"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(StorageError, match="no keyring"):
        store_api_key(KEY)


@pytest.mark.parametrize("backend", [PlainFileKeyring(), Chain(PlainFileKeyring(), MemoryKeyring())])
def test_a_keyring_that_protects_nothing_gets_no_key(monkeypatch: pytest.MonkeyPatch, backend: MemoryKeyring) -> None:
    use(monkeypatch, backend)
    with pytest.raises(StorageError, match="no keyring"):
        store_api_key(KEY)
    assert backend.kept == {}


def test_a_chain_of_keyrings_is_fit_where_its_first_is(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = Chain(MemoryKeyring(), PlainFileKeyring())
    use(monkeypatch, chain)
    store_api_key(KEY)
    assert list(chain.kept.values()) == [KEY]


def test_no_error_no_log_and_no_file_holds_the_key(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    use(monkeypatch, LockedKeyring())
    with caplog.at_level(logging.DEBUG):
        failures: list[AidxError] = []
        for ask in (lambda: store_api_key(KEY), forget_api_key):
            with pytest.raises(StorageError, match="cannot be used") as refusal:
                ask()
            failures.append(refusal.value)
    assert api_key() is None
    for failure in failures:
        shown = "".join(traceback.format_exception(failure, chain=True))
        texts = [
            failure.title,
            failure.hint,
            repr(failure.__cause__),
            repr(failure.__context__),
            shown,
        ]
        assert not any(KEY in text for text in texts)
        assert "ANTHROPIC_API_KEY" in failure.hint
    assert KEY not in caplog.text
    assert not any(KEY in file.read_text() for file in tmp_path.rglob("*") if file.is_file())
