"""Times what a user waits for, against the budgets: `python -m tests.bench [--passages N] [--runs N]`.

Whole commands are timed as child processes on a warm home, the median of several runs. Retrieval is timed in
this process, over generated text with synthetic vectors (see tests/fakes/large.py); questions are embedded for real.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as aidx does, before numpy is imported here

from aidx_assistant import locations
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library
from aidx_assistant.retrieval.search import search
from tests.fakes.large import SENTENCES_A_PASSAGE, GeneratedText, fill, open_large

_QUESTIONS = 100
_WORDS_A_QUESTION = 9
KEEPS_COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
QUESTION = "How do large providers compare at getting pilots into production?"
BARE = """
import os, sys
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
from concurrent.futures import ThreadPoolExecutor
import numpy, onnxruntime
from aidx_assistant.library.embedding import MiniLmEmbedder
with ThreadPoolExecutor(1) as background:
    loading = background.submit(MiniLmEmbedder)
    import chromadb
    from chromadb.config import Settings
    client = chromadb.PersistentClient(path=sys.argv[1], settings=Settings(anonymized_telemetry=False))
    passages = client.get_collection("passages", embedding_function=None)
    embedder = loading.result()
passages.query(query_embeddings=embedder.embed([sys.argv[2]]), n_results=10, include=["distances"])
"""


def median_seconds(run: Callable[[], object], runs: int) -> float:
    """After one run that is not counted."""
    return medians_in_turns(runs, run)[0]


def medians_in_turns(rounds: int, *runs: Callable[[], object]) -> list[float]:
    """Of each in seconds, one after the other in every round, so that a machine that changes its speed changes all; a
    first round is not counted.
    """
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds + 1):
        for run, of_run in zip(runs, times, strict=True):
            start = time.perf_counter()
            run()
            of_run.append(time.perf_counter() - start)
    return [statistics.median(of_run[1:]) for of_run in times]


def command(home: Path, *arguments: str) -> Callable[[], object]:
    environment = as_installed(home)
    return lambda: subprocess.run(arguments, env=environment, capture_output=True, check=True)


def as_installed(home: Path) -> dict[str, str]:
    """The environment of a command: no keys, and compiled modules are kept, which a container may have turned off."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ANTHROPIC_")}
    return kept | {"AIDX_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"} | KEEPS_COMPILED


def retrieval_seconds(home: Path, passages: int, runs: int) -> float:
    """The median over questions, asked of a library of so many passages."""
    library = open_large(home)
    fill(library, passages * SENTENCES_A_PASSAGE)
    library.sync(home / "corpus")
    text = GeneratedText(seed=2)
    questions = iter([text.sentence(_WORDS_A_QUESTION) for _ in range(runs + 1)])
    return median_seconds(lambda: search(library, next(questions), limit=20), runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1000, help="size of the library for retrieval")
    parser.add_argument("--runs", type=int, default=11)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        library = Library(home, MiniLmEmbedder)
        library.sync(locations.corpus_folder())
        (index,) = (entry for entry in (home / "chroma").iterdir() if entry.is_dir())
        python = (sys.executable, "-m", "aidx_assistant")
        show("aidx --version", median_seconds(command(home, *python, "--version"), chosen.runs), 0.25)
        show("aidx --help", median_seconds(command(home, *python, "--help"), chosen.runs), 0.25)
        bare, asked = medians_in_turns(
            chosen.runs,
            command(home, sys.executable, "-c", BARE, str(index), QUESTION),
            command(home, *python, "ask", QUESTION),
        )
        show("bare: import, open, load, embed, query", bare, None)
        show(f"aidx ask, no model ({asked / bare:.2f} × bare)", asked, 1.5 * bare)
        show("aidx sync, nothing changed", median_seconds(command(home, *python, "sync"), chosen.runs), None)
        seconds = retrieval_seconds(Path(folder) / "large", chosen.passages, _QUESTIONS)
        show(f"retrieval at {chosen.passages} passages", seconds, 0.010 if chosen.passages <= 1000 else 0.040)


def show(what: str, seconds: float, budget: float | None) -> None:
    limit = f"budget {budget * 1000:7.1f} ms" if budget else ""
    print(f"{what:<48} {seconds * 1000:8.1f} ms   {limit}", flush=True)


if __name__ == "__main__":
    main()
