"""Killed at any moment of an import, the library opens, holds all that was told as added, and nothing half.

Ten homes, each killed five times: what one run left is what the next one finds. Moments are drawn by a seed: after so
many lines, so that reading and writing are hit however fast the machine is, or while what was read is embedded.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from aidx_assistant.evidence import Passage
from aidx_assistant.library.store import Store
from aidx_assistant.locations import LIBRARY
from tests.fakes.clips import held, none_half_added, told_as_added, write_clips
from tests.fakes.command import aidx

CLIPS = 10
KILLS = 5
"""Of each home."""

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """An import that nothing disturbed: what came of it, and when."""

    clips: Path
    holds: dict[str, tuple[Passage, ...]]
    lines_at: list[float]
    """Seconds from the start to each line."""
    seconds: float


def start(home: Path, clips: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "aidx_assistant", "sources", "add", str(clips)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={**os.environ, "AIDX_HOME": str(home), "COLUMNS": "200"},
    )


def copied(home: Path, to: Path) -> Path:
    return Path(shutil.copytree(home, to))


@pytest.fixture(scope="module")
def undisturbed(pristine_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    clips, own = write_clips(folder / "clips", CLIPS), copied(pristine_home, folder / "home")
    begun = time.monotonic()
    lines_at = []
    with start(own, clips) as process:
        assert process.stdout
        for line in process.stdout:
            if line.startswith("added: "):
                lines_at.append(time.monotonic() - begun)
    assert process.returncode == 0
    assert len(lines_at) == CLIPS
    holds = held(own)
    assert len(holds) == CLIPS
    return Undisturbed(clips, holds, lines_at, time.monotonic() - begun)


def killed(home: Path, undisturbed: Undisturbed, chance: random.Random) -> str:
    """What was told until the process was killed, at a moment of the seed's."""
    line = chance.choice([0, *range(CLIPS), CLIPS, CLIPS, CLIPS, CLIPS])
    reading = undisturbed.lines_at[-1] - undisturbed.lines_at[0]
    spans = {0: undisturbed.lines_at[0], CLIPS: undisturbed.seconds - undisturbed.lines_at[-1]}
    delay = chance.uniform(0, spans.get(line, 1.5 * reading / CLIPS))
    with start(home, undisturbed.clips) as process:
        assert process.stdout
        out = ""
        while out.count("“Report") < line and (told := process.stdout.readline()):
            out += told
        ending = threading.Timer(delay, process.kill)
        ending.start()
        out += process.stdout.read()
        ending.cancel()
    stage = "before the first line" if line == 0 else "embedding" if line == CLIPS else f"after line {line}"
    print(f"killed: {stage}, {delay * 1000:.0f} ms later; exit {process.returncode}")
    return out


@pytest.mark.parametrize("seed", range(10))
def test_killed_at_any_moment(pristine_home: Path, tmp_path: Path, undisturbed: Undisturbed, seed: int) -> None:
    chance = random.Random(seed)
    own = copied(pristine_home, tmp_path / "own")
    told: set[str] = set()
    for _ in range(KILLS):
        told |= set(told_as_added(killed(own, undisturbed, chance)))
        none_half_added(own, undisturbed.holds, told)
    rest = aidx("sources", "add", str(undisturbed.clips), "--json", home=own)
    assert rest.code == 0, rest.err
    assert rest.json["summary"]["added"] + rest.json["summary"]["unchanged"] == CLIPS
    assert {one["source_id"] for one in rest.json["sources"] if one["outcome"] == "unchanged"} >= told
    assert held(own) == undisturbed.holds
    everything_is_found(own)


def everything_is_found(home: Path) -> None:
    """The index holds what the library holds, and an answer comes from it."""
    synced = aidx("sync", home=home)
    assert (synced.code, synced.err) == (0, "")
    store = Store(home / LIBRARY)
    assert (store.passages_to_index(), store.stale_vectors()) == ((), ())
    sentence = store.passages_of("report-7")[0].sentences[0]
    store.close()
    found = aidx("search", sentence, "--json", home=home).json["passages"]
    assert found[0]["source_id"] == "report-7"
