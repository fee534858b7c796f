"""A file is written whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from aidx_assistant import atomic


def test_a_new_file_is_made_and_an_old_one_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    atomic.write_text(file, "é\r\n")
    assert file.read_bytes() == b"\xc3\xa9\r\n"
    atomic.write_bytes(file, b"new")
    assert file.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_permissions_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.touch()
    file.chmod(0o640)
    atomic.write_text(file, "x")
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    file, target = tmp_path / "a.toml", tmp_path / "dotfiles" / "a.toml"
    target.write_text("old")
    file.symlink_to(target)
    atomic.write_text(file, "new")
    assert file.is_symlink()
    assert target.read_text() == "new"


def test_a_failure_leaves_the_old_content_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "a.toml"
    file.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        atomic.write_text(file, "new")
    assert file.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.toml"]
