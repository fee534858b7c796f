"""How times and memory grow with the library: `python -m tests.bench_scale [SENTENCES …] [--keep FOLDER]`.

For each size a library of generated text with synthetic vectors is made (see tests/fakes/large.py: to embed a million
sentences would take a day), in one child process; another opens it, asks, and adds a little. Questions are embedded for
real. Prints one JSON object a line; `--keep` leaves the libraries in a folder, and takes those that are there.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aidx_assistant import locations
from aidx_assistant.library.library import Library
from aidx_assistant.retrieval.expressions import match_expression
from aidx_assistant.retrieval.search import find
from tests.fakes.large import SENTENCES_A_PASSAGE, GeneratedText, fill, open_large, store_source

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_QUESTIONS = 60
_WORDS_A_QUESTION = 9
_NOT_COUNTED = 5
_PASSAGES_LISTED = 100
_ADDED_PASSAGES = 20
_BUILT = "built.json"


@dataclass(frozen=True, slots=True)
class Built:
    """What making a library took, without embedding."""

    sentences: int
    vectors: int
    stored_seconds: float
    """Text into SQLite, its words included."""
    indexed_seconds: float
    """Vectors into Chroma."""
    memory: int
    """The most that the process held, in bytes."""
    load: float
    """Load average of the machine over the last minute, at the end."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What using it takes: milliseconds, medians over the questions where nothing else is said."""

    opened_seconds: float
    """From nothing to able to answer, once the modules are imported."""
    found: float
    """The whole of retrieval."""
    found_p95: float
    found_fastest: float
    """The fastest of three times for each question: other work on the machine weighs less on it."""
    found_processor: float
    """Of processor time, in all threads."""
    embedded: float
    words: float
    passages: float
    """The nearest passages by Chroma, alone."""
    sentences: float
    of_a_segment: float
    """The whole of retrieval with a filter that every passage passes."""
    nothing_changed: float
    """A sync."""
    added: float
    """A sync after a source of 20 passages was added; its vectors are synthetic too."""
    memory: int
    """Bytes held after all that."""
    library_bytes: int
    index_bytes: int
    load: float


def build(home: Path, sentences: int) -> Built:
    library = open_large(home)
    started = time.perf_counter()
    fill(library, sentences)
    stored = time.perf_counter()
    library.sync(home / "corpus")
    ended = time.perf_counter()
    with library.searching() as index:
        assert index is not None
        vectors = sum(index.sizes)
    library.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Built(sentences, vectors, stored - started, ended - stored, memory, os.getloadavg()[0])


def ask(home: Path) -> Asked:
    started = time.perf_counter()
    library = open_large(home)
    text = GeneratedText(seed=2)
    questions = [text.sentence(_WORDS_A_QUESTION) for _ in range(_QUESTIONS + _NOT_COUNTED)]
    find(library, questions[0], limit=_PASSAGES_LISTED)
    opened = time.perf_counter() - started
    whole = [_times(questions, lambda question: find(library, question, limit=_PASSAGES_LISTED)) for _ in range(3)]
    found = [took for took, _ in whole[0]]
    of_a_segment = _times(questions, lambda question: find(library, question, segment="payer", limit=_PASSAGES_LISTED))
    vectors = {question: library.embedder.embed([question])[0] for question in questions}
    store = library.store
    with library.searching() as index:
        assert index is not None
        passages = _times(questions, lambda question: index.nearest_passages(vectors[question], 400))
        sentences = _times(questions, lambda question: index.nearest_sentences(vectors[question], 400))
    return Asked(
        opened_seconds=opened,
        found=statistics.median(found),
        found_p95=sorted(found)[int(0.95 * len(found))],
        found_fastest=statistics.median(map(min, *([took for took, _ in times] for times in whole))),
        found_processor=statistics.median(processor for times in whole for _, processor in times),
        embedded=_median(_times(questions, lambda question: library.embedder.embed([question]))),
        words=_median(
            _times(questions, lambda question: store.match_words(match_expression(question), 400, None, None))
        ),
        passages=_median(passages),
        sentences=_median(sentences),
        of_a_segment=_median(of_a_segment),
        nothing_changed=_sync_milliseconds(library, home),
        added=_add_milliseconds(library, home),
        memory=_resident(),
        library_bytes=(home / locations.LIBRARY).stat().st_size,
        index_bytes=sum(file.stat().st_size for file in (home / locations.INDEXES).rglob("*") if file.is_file()),
        load=os.getloadavg()[0],
    )


def _times(questions: list[str], run: Callable[[str], object]) -> list[tuple[float, float]]:
    """Milliseconds by the clock and of processor time, of each but the first few."""
    times = []
    for question in questions:
        start, used = time.perf_counter(), time.process_time()
        run(question)
        times.append(((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000))
    return times[_NOT_COUNTED:]


def _median(times: list[tuple[float, float]]) -> float:
    return statistics.median(took for took, _ in times)


def _sync_milliseconds(library: Library, home: Path) -> float:
    start = time.perf_counter()
    library.sync(home / "corpus")
    return (time.perf_counter() - start) * 1000


def _add_milliseconds(library: Library, home: Path) -> float:
    """The source is taken away again, so that a kept library stays as it was."""
    store_source(library, "added", GeneratedText(seed=3).passages("added", _ADDED_PASSAGES))
    taken = _sync_milliseconds(library, home)
    library.store.remove_source("added")
    library.sync(home / "corpus")
    return taken


def _resident() -> int:
    """Bytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def measured(sentences: int, folder: Path) -> dict[str, Any]:
    """Builds where nothing is built yet, and asks; each in a process of its own."""
    home = folder / str(sentences)
    file = home / _BUILT
    if not file.exists():
        built = _child("--build", str(home), str(sentences))
        file.write_text(json.dumps(built), encoding="utf-8")
    asked = _child("--ask", str(home))
    return {
        "passages": sentences // SENTENCES_A_PASSAGE,
        "built": json.loads(file.read_text(encoding="utf-8")),
        "asked": asked,
    }


def _child(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench_scale", *arguments]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    result: dict[str, Any] = json.loads(told.splitlines()[-1])
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SENTENCES")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--build", nargs=2, metavar=("HOME", "SENTENCES"), help=argparse.SUPPRESS)
    parser.add_argument("--ask", type=Path, metavar="HOME", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.build:
        print(json.dumps(asdict(build(Path(chosen.build[0]), int(chosen.build[1])))))
    elif chosen.ask:
        print(json.dumps(asdict(ask(chosen.ask))))
    else:
        with tempfile.TemporaryDirectory() as folder:
            for sentences in chosen.sizes:
                print(json.dumps(measured(sentences, chosen.keep or Path(folder))), flush=True)


if __name__ == "__main__":
    main()
