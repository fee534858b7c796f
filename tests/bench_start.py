"""Start-up beside peers: `python -m tests.bench_start [--peers FOLDER] [--runs N]`. Prints one JSON object a line.

FOLDER holds an environment for each peer, under its name: `python -m venv FOLDER/llm`, then `FOLDER/llm/bin/pip install
llm`; likewise posting, harlequin and paper-qa. All run in turns, so that whatever else the machine does meets all.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from aidx_assistant import locations
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library
from tests.bench import KEEPS_COMPILED
from tests.fakes.terminal import Terminal

QUESTION = "How do large providers compare at getting pilots into production?"
_NO_FIRST = 1
"""The first run of each is not counted."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that starts: how, and what its screen shows when it is there."""

    name: str
    command: str
    painted: str | None = None
    """A text of the first screen; None where it has none of its own, or ends before, as posting 2.11.1 does here."""
    tells_version: bool = True


@dataclass(frozen=True, slots=True)
class Started:
    """Median seconds."""

    name: str
    version: str
    told_version: float | None
    """By --version; None where it has none."""
    told_help: float
    first_paint: float | None
    asked: float | None
    """A question answered from the sources, without a model; aidx alone has such a thing."""
    load: float


PEERS = (
    Peer("llm", "llm"),
    Peer("posting", "posting", tells_version=False),
    Peer("harlequin", "harlequin", "Data Catalog"),
    Peer("paper-qa", "pqa", tells_version=False),
)


def started(home: Path, peers: Path | None, runs: int) -> list[Started]:
    """aidx, and every peer that is installed in the folder."""
    commands = {"aidx": [str(Path(sys.executable).with_name("aidx"))]}
    versions = {"aidx": version("aidx-assistant")}
    painted: dict[str, str | None] = {"aidx": "Ask the sources"}
    for peer in PEERS if peers else ():
        python = peers / peer.name / "bin" / "python"  # type: ignore[operator]
        if python.exists():
            commands[peer.name] = [str(python.with_name(peer.command))]
            versions[peer.name] = _version_of(python, peer.name)
            painted[peer.name] = peer.painted
    environment = _environment(home)
    silent = {peer.name for peer in PEERS if not peer.tells_version}
    telling = {name: command for name, command in commands.items() if name not in silent}
    told = _in_turns(_each(telling, ["--version"], environment), runs)
    helped = _in_turns(_each(commands, ["--help"], environment), runs)
    paints = {name: _painting(commands[name], text, environment) for name, text in painted.items() if text}
    seen = _in_turns(paints, runs)
    asked = _in_turns(_each({"aidx": commands["aidx"]}, ["ask", QUESTION], environment), runs)
    return [
        Started(name, versions[name], told.get(name), helped[name], seen.get(name), asked.get(name), os.getloadavg()[0])
        for name in commands
    ]


def _each(
    commands: Mapping[str, Sequence[str]], arguments: Sequence[str], environment: Mapping[str, str]
) -> dict[str, Callable[[], float]]:
    return {name: _running([*command, *arguments], environment) for name, command in commands.items()}


def _running(command: Sequence[str], environment: Mapping[str, str]) -> Callable[[], float]:
    def run() -> float:
        start = time.perf_counter()
        subprocess.run(command, env=environment, capture_output=True, check=True, stdin=subprocess.DEVNULL)
        return time.perf_counter() - start

    return run


def _painting(command: Sequence[str], text: str, environment: Mapping[str, str]) -> Callable[[], float]:
    def run() -> float:
        with Terminal(*command, environment=environment) as terminal:
            return terminal.wait_for(text) - terminal.started

    return run


def _in_turns(runs_of: Mapping[str, Callable[[], float]], runs: int) -> dict[str, float]:
    """The median of each."""
    times: dict[str, list[float]] = {name: [] for name in runs_of}
    for _ in range(runs + _NO_FIRST):
        for name, run in runs_of.items():
            times[name].append(run())
    return {name: statistics.median(taken[_NO_FIRST:]) for name, taken in times.items()}


def _version_of(python: Path, package: str) -> str:
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def _environment(home: Path) -> dict[str, str]:
    """A home of its own for everybody, and no keys."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANTHROPIC_", "AIDX_"))}
    own = str(home / "others")
    return kept | {
        "AIDX_HOME": str(home),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "HOME": own,
        "XDG_CONFIG_HOME": own,
        "XDG_DATA_HOME": own,
        **KEEPS_COMPILED,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--runs", type=int, default=11)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "others").mkdir()
        library = Library(home, MiniLmEmbedder)
        library.sync(locations.corpus_folder())
        library.close()
        for one in started(home, chosen.peers, chosen.runs):
            print(json.dumps(asdict(one)), flush=True)


if __name__ == "__main__":
    main()
