"""A disk that is full or read-only gets one clear sentence, and loses nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.fakes.command import aidx
from tests.fakes.disks import mounted


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("mount") is None, reason="there is no mount command")
@pytest.mark.parametrize("kilobytes", [64, 2500])
def test_a_full_disk(tmp_path: Path, kilobytes: int) -> None:
    """Whatever fills up first: the library, the token table or the index."""
    with mounted(tmp_path / "disk", f"size={kilobytes}k") as disk:
        ran = aidx("ask", "Why do so few pilots reach production?", home=disk / "home")
        assert ran.code == 1, ran.err
        assert ran.out == ""
        assert "Traceback" not in ran.err
        assert "space" in ran.err
        subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
        again = aidx("ask", "Why do so few pilots reach production?", home=disk / "home")
        assert again.code == 0, again.err


@pytest.mark.skipif(shutil.which("mount") is None, reason="there is no mount command")
def test_a_read_only_home(tmp_path: Path, home: Path) -> None:
    with mounted(tmp_path / "disk", "size=200m") as disk:
        shutil.copytree(home, disk / "home")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        ran = aidx("ask", "Why do so few pilots reach production?", home=disk / "home")
        assert ran.code == 1
        assert ran.out == ""
        assert "AIDX_HOME" in ran.err
        assert "Traceback" not in ran.err
        assert os.listdir(disk / "home")
