"""A file of conversations that is not in order, or cannot be written, is told in a sentence and left as it is."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from aidx_assistant.conversations import ConversationStore
from aidx_assistant.errors import AidxError, StorageError
from tests.fakes.answers import an_answer
from tests.fakes.disks import mounted


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "conversations.sqlite"


def contents(folder: Path) -> dict[str, bytes]:
    """What the files of a folder hold, but for SQLite's shared memory and logs without content."""
    found = {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}
    return {name: content for name, content in found.items() if content and not name.endswith("-shm")}


def refusal(file: Path) -> StorageError:
    """The error on opening; the file and all beside it must stay as they were."""
    before = contents(file.parent)
    with pytest.raises(StorageError) as caught:
        ConversationStore(file)
    assert contents(file.parent) == before
    assert str(file) in caught.value.title
    assert "\n" not in caught.value.title
    return caught.value


@pytest.fixture
def full(file: Path) -> Path:
    """A file with several pages of conversations."""
    with closing(ConversationStore(file)) as store:
        for number in range(30):
            store.finish(store.begin(None, f"Question {number}?").id, an_answer("Pilots stall. [1] " * 50))
    return file


@pytest.mark.parametrize("content", [b"no database at all, only words", b"SQLite format 3\x00" + b"\x07" * 5000])
def test_what_is_no_database_is_refused_and_kept(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    error = refusal(file)
    assert "damaged" in error.title
    assert "away" in error.hint


def test_a_damaged_page_is_refused_and_kept(full: Path) -> None:
    content = bytearray(full.read_bytes())
    content[3 * 4096 : 4 * 4096] = b"\xa5" * 4096
    full.write_bytes(bytes(content))
    assert "damaged" in refusal(full).title


def test_half_a_file_is_refused_and_kept(full: Path) -> None:
    full.write_bytes(full.read_bytes()[: 5 * 4096 + 100])
    assert "damaged" in refusal(full).title


def test_damage_is_told_once_it_is_met(full: Path) -> None:
    with closing(sqlite3.connect(full)) as connection, connection:
        connection.execute("UPDATE turns SET answer = '{'")
    with closing(ConversationStore(full)) as store, pytest.raises(StorageError, match="cannot be read"):
        store.turns(store.conversations()[0].id)


def test_a_log_without_its_file_is_kept(file: Path, tmp_path: Path) -> None:
    """As a process that was killed leaves it, of which the file proper was then lost."""
    with closing(ConversationStore(file)) as store:
        store.begin(None, "Why?")
        lost = shutil.copytree(file.parent, tmp_path / "lost") / file.name
    lost.write_bytes(b"")
    assert "damaged" in refusal(lost).title
    lost.unlink()
    assert "damaged" in refusal(lost).title


def test_a_file_of_something_else_is_refused_and_kept(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    assert "not a file of conversations" in refusal(file).title


def test_a_later_version_is_refused_and_kept(full: Path) -> None:
    with closing(sqlite3.connect(full)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    error = refusal(full)
    assert "later version" in error.title
    assert "Upgrade" in error.hint


def test_a_folder_in_its_place_is_refused(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(StorageError, match="cannot be used"):
        ConversationStore(file)


def test_a_home_that_is_a_file_is_refused(file: Path) -> None:
    file.parent.write_text("")
    with pytest.raises(StorageError) as caught:
        ConversationStore(file)
    assert "AIDX_HOME" in caught.value.hint


def test_a_closed_store_says_so(file: Path) -> None:
    store = ConversationStore(file)
    store.close()
    with pytest.raises(StorageError, match="closed"):
        store.conversations()


def test_a_full_disk_keeps_what_was_saved(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=300k") as disk:
        file = disk / "home" / "conversations.sqlite"
        with closing(ConversationStore(file)) as store:
            turn = store.begin(None, "Why?")
            with pytest.raises(StorageError) as caught:
                for count in range(1, 100):
                    store.keep_text(turn.id, "A sentence. " * 1000 * count)
            assert "space" in caught.value.hint
            kept = store.turns(turn.conversation_id)[0].text
            assert kept.startswith("A sentence. ")
            subprocess.run(["mount", "-o", "remount,size=10m", str(disk)], check=True)
            store.finish(turn.id, an_answer())
        with closing(ConversationStore(file)) as store:
            assert store.turns(turn.conversation_id)[0].answer == an_answer()


@pytest.mark.parametrize("kilobytes", [4, 40])
def test_a_disk_too_full_to_begin(tmp_path: Path, kilobytes: int) -> None:
    with mounted(tmp_path / "disk", f"size={kilobytes}k") as disk, pytest.raises(AidxError) as caught:
        ConversationStore(disk / "home" / "conversations.sqlite").begin(None, "Why?" * 10_000)
    assert isinstance(caught.value, StorageError)
    assert "space" in caught.value.hint


def test_a_read_only_home_is_refused(tmp_path: Path, full: Path) -> None:
    with mounted(tmp_path / "disk", "size=10m") as disk:
        shutil.copytree(full.parent, disk / "home")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert "AIDX_HOME" in refusal(disk / "home" / full.name).hint
