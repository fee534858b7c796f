"""What importing costs beside embedding: `python -m tests.bench_import [--clips N] [--kilobytes K]`.

N clips of different sentences, made of the words of the shipped corpus, are brought in by `aidx sources add FOLDER` in
a child process, into a home that holds the corpus. Then another child process embeds the very same texts, from
nothing but the library's own batches. Told are seconds on the clock and seconds of processor time of each, and the
ratio of both: the clock tells little where other work runs beside. Memory is the largest sum over the command and
the process that reads for it, sampled ten times a second.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from aidx_assistant import locations
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library
from tests.bench import as_installed

EMBEDDING_ALONE = """
import sys
from pathlib import Path
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.embedded import vectors
from aidx_assistant.library.store import Store
store = Store(Path(sys.argv[1]))
passages = [passage for one in store.imports() for passage in store.passages_of(one.source_id)]
embedder = MiniLmEmbedder()
for start in range(0, len(passages), 32):
    vectors(passages[start : start + 32], embedder)
"""
BUDGET_RATIO = 1.3
BUDGET_MEMORY = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What a finished child process took."""

    clock: float
    """Seconds."""
    processor: float
    """Seconds, with all its own child processes."""
    memory: int
    """Bytes held at most, with all its own child processes at the same time."""
    out: str


def write_clips(folder: Path, count: int, kilobytes: int) -> None:
    """Clips of about so many kilobytes, no two alike."""
    told = "\n".join(file.read_text() for file in sorted(locations.corpus_folder().rglob("*.md")))
    words = re.findall(r"[a-z]{2,}", told)
    chance = random.Random(0)
    folder.mkdir()
    for number in range(count):
        lines = [f"---\ntitle: Report {number} on {chance.choice(words)}\npublished: 2026-01-02\n---\n"]
        while sum(map(len, lines)) < kilobytes * 1000:
            if len(lines) % 6 == 0:
                lines.append(f"\n## {' '.join(chance.choices(words, k=4)).capitalize()}\n\n")
            sentences = [_sentence(words, chance) for _ in range(4)]
            lines.append(" ".join(sentences) + "\n\n")
        (folder / f"clip-{number:04}.md").write_text("".join(lines))


def _sentence(words: list[str], chance: random.Random) -> str:
    said = chance.choices(words, k=chance.randint(10, 24))
    if chance.random() < 0.25:
        said.insert(len(said) // 2, f"{chance.randint(1, 99)}%")
    return f"{' '.join(said).capitalize()}."


def cost_of(*arguments: str, home: Path) -> Cost:
    """Runs a command to its end. Raises CalledProcessError where it fails."""
    begun = time.monotonic()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(arguments, env=as_installed(home), stdout=out, stderr=subprocess.DEVNULL)
        most = _Memory(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        most.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
        clock = time.monotonic() - begun
        out.seek(0)
        told = out.read()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments, told)
    return Cost(clock, used.ru_utime + used.ru_stime, max(most.bytes, used.ru_maxrss * 1024), told)


class _Memory(threading.Thread):
    """The most that a process and its children held at the same time, as far as the system tells (/proc)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.bytes = 0
        self._pid = pid
        self._ended = threading.Event()
        self.start()

    def stop(self) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        while not self._ended.wait(0.1):
            self.bytes = max(self.bytes, sum(map(_held, [self._pid, *_children(self._pid)])))


def _held(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in _listed(task / "children")]
    except OSError:
        return []


def _listed(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except OSError:
        return []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=10)
    parser.add_argument("--kilobytes", type=int, default=10, help="size of each")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, clips = Path(folder) / "home", Path(folder) / "clips"
        library = Library(home, MiniLmEmbedder)
        library.sync(locations.corpus_folder())
        library.close()
        write_clips(clips, chosen.clips, chosen.kilobytes)
        python = (sys.executable, "-m", "aidx_assistant")
        imported = cost_of(*python, "sources", "add", str(clips), "--json", home=home)
        added = json.loads(imported.out)["summary"]["added"]
        alone = cost_of(sys.executable, "-c", EMBEDDING_ALONE, str(home / locations.LIBRARY), home=home)
        again = cost_of(*python, "sources", "add", str(clips), "--json", home=home)
    print(f"{added} of {chosen.clips} clips of {chosen.kilobytes} KB added")
    show("import", imported)
    show("embedding alone", alone)
    show("the same again, nothing changed", again)
    clock, processor = imported.clock / alone.clock, imported.processor / alone.processor
    print(f"ratio: {clock:.2f} by the clock, {processor:.2f} by processor time (budget {BUDGET_RATIO})")
    print(f"memory: {imported.memory / 1e6:.0f} MB (budget {BUDGET_MEMORY / 1e6:.0f} MB)")


def show(what: str, cost: Cost) -> None:
    print(f"{what:<32} {cost.clock:8.1f} s   {cost.processor:8.1f} s of processor   {cost.memory / 1e6:6.0f} MB")


if __name__ == "__main__":
    main()
