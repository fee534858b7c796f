"""Two imports at once, a disk that is full or read-only, Ctrl-C: what was told as added is there, the rest is next."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.fakes.clips import clip, held, none_half_added, told_as_added, write_clips
from tests.fakes.command import aidx
from tests.fakes.disks import mounted

pytestmark = pytest.mark.slow

ADDING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests started in the background would hand on that it is ignored
os.execv(sys.executable, [sys.executable, "-m", "aidx_assistant", "sources", "add", *sys.argv[1:]])
"""


def adding(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ADDING, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "AIDX_HOME": str(home), "COLUMNS": "200"},
    )


def test_the_same_folder_twice_at_once(own_home: Path, tmp_path: Path) -> None:
    clips = write_clips(tmp_path / "clips", 4)
    runs = [adding(own_home, str(clips)) for _ in range(2)]
    ended = [run.communicate(timeout=100) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], ended
    told = Counter(id_ for out, _ in ended for id_ in told_as_added(out))
    assert told == {f"report-{number}": 1 for number in range(1, 5)}
    assert held(own_home).keys() == told.keys()
    assert "Traceback" not in ended[0][1] + ended[1][1]


def test_overlapping_folders_at_once(own_home: Path, tmp_path: Path) -> None:
    """With files of one title, and one file under two names."""
    everything, part = tmp_path / "all", tmp_path / "all" / "part"
    write_clips(part, 2)
    (part / "same.md").write_text(clip("Same title", 101))
    (everything / "same.md").write_text(clip("Same title", 102))
    (everything / "a-copy.md").write_text((part / "clip-001.md").read_text())
    runs = [adding(own_home, str(everything)), adding(own_home, str(part))]
    ended = [run.communicate(timeout=100) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], ended
    told = sorted(id_ for out, _ in ended for id_ in told_as_added(out))
    assert told == ["report-1", "report-2", "same-title", "same-title-2"] == sorted(held(own_home))
    found = aidx("search", "cases of", "--json", "--limit", "100", home=own_home)
    assert found.code == 0, found.err


@pytest.mark.skipif(shutil.which("mount") is None, reason="there is no mount command")
@pytest.mark.parametrize(
    "kilobytes", [pytest.param(60, marks=pytest.mark.slow), pytest.param(1100, marks=pytest.mark.slow), 3000]
)
def test_a_full_disk(pristine_home: Path, tmp_path: Path, kilobytes: int) -> None:
    """Whatever fills up: the library, or the index while what was read is embedded."""
    clips = write_clips(tmp_path / "clips", 6, sections=30)
    with mounted(tmp_path / "disk", "size=200m") as disk:
        own = Path(shutil.copytree(pristine_home, disk / "home"))
        used = shutil.disk_usage(disk).used
        subprocess.run(["mount", "-o", f"remount,size={used // 1024 + kilobytes}k", str(disk)], check=True)
        full = aidx("sources", "add", str(clips), home=own, COLUMNS="200")
        assert full.code == 1, full.err
        told = told_as_added(full.out)
        faults = [line for line in full.err.splitlines() if not line.endswith("done) …")]
        assert len(faults) == 2 and faults[0].startswith("aidx: ") and "space" in faults[1], full.err
        there = held(own) if told else {}
        assert set(told) <= there.keys()
        subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
        rest = aidx("sources", "add", str(clips), "--json", home=own)
        assert rest.code == 0, rest.err
        assert rest.json["summary"]["added"] + rest.json["summary"]["unchanged"] == 6
        none_half_added(own, {**held(own), **there}, [f"report-{number}" for number in range(1, 7)])
        assert aidx("search", "cases of nurse", "--json", home=own).code == 0


@pytest.mark.skipif(shutil.which("mount") is None, reason="there is no mount command")
def test_a_full_disk_in_json(pristine_home: Path, tmp_path: Path) -> None:
    """What was added before the disk was full, and why there is no more."""
    clips = write_clips(tmp_path / "clips", 6, sections=30)
    with mounted(tmp_path / "disk", "size=200m") as disk:
        own = Path(shutil.copytree(pristine_home, disk / "home"))
        used = shutil.disk_usage(disk).used
        subprocess.run(["mount", "-o", f"remount,size={used // 1024 + 1100}k", str(disk)], check=True)
        full = aidx("sources", "add", str(clips), "--json", home=own)
        there = held(own)
    assert full.code == full.json["error"]["exit_code"] == 1
    assert "space" in full.json["error"]["hint"]
    added = [one["source_id"] for one in full.json["sources"] if one["outcome"] == "added"]
    assert added and full.json["summary"]["added"] == len(added)
    assert set(added) <= there.keys()


@pytest.mark.skipif(shutil.which("mount") is None, reason="there is no mount command")
def test_a_read_only_disk(pristine_home: Path, tmp_path: Path) -> None:
    clips = write_clips(tmp_path / "clips", 1)
    with mounted(tmp_path / "disk", "size=200m") as disk:
        shutil.copytree(pristine_home, disk / "home")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        ran = aidx("sources", "add", str(clips), home=disk / "home")
    assert (ran.code, ran.out) == (1, "")
    assert re.fullmatch(r"aidx: The home folder .+ cannot be written to\.\n +Set AIDX_HOME to .+\n", ran.err), ran.err


@pytest.mark.parametrize("moment", ["reading", "embedding"])
def test_ctrl_c(own_home: Path, tmp_path: Path, moment: str) -> None:
    clips = write_clips(tmp_path / "clips", 12, sections=12)
    process = adding(own_home, str(clips))
    assert process.stdout
    out = "".join(process.stdout.readline() for _ in range(3))
    while moment == "embedding" and out.count("\n") < 12:
        out += process.stdout.readline()
    time.sleep(1.5 if moment == "embedding" else 0)
    process.send_signal(signal.SIGINT)
    interrupted = time.monotonic()
    rest, err = process.communicate(timeout=60)
    assert time.monotonic() - interrupted < 5
    assert process.returncode == 130, err
    assert "Interrupted; what was told as added is in the library." in err
    assert "Traceback" not in err
    told = told_as_added(out + rest)
    assert len(told) >= 3
    assert set(told) <= held(own_home).keys()


def test_ctrl_c_in_json(own_home: Path, tmp_path: Path) -> None:
    """What was added until then, and that it was interrupted."""
    clips = write_clips(tmp_path / "clips", 12, sections=12)
    process = adding(own_home, str(clips), "--json")
    while len(held(own_home)) < 3:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    told = json.loads(out)
    assert process.returncode == told["error"]["exit_code"] == 130, err
    assert told["error"]["title"] == "Interrupted; what was told as added is in the library."
    assert 2 <= told["summary"]["added"] == len(told["sources"]) <= 12
    assert {one["source_id"] for one in told["sources"]} <= held(own_home).keys()
