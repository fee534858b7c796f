"""What the index does not hold yet is found all the same, and told; others at work with it do not get in the way."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidx_assistant.library import waiting
from aidx_assistant.library.kept_index import SYNC_LOCK
from aidx_assistant.library.known_vectors import write_known_vectors
from aidx_assistant.library.library import Library
from aidx_assistant.retrieval.search import find, search
from tests.fakes.backlogs import LINEN, bring_unindexed
from tests.fakes.sources import HashEmbedder, write_source

CHECKOUT = Path(__file__).parents[2]
MANY = 60
"""More than a question waits for."""
HOLDING = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
WRITING = """
import sys
from pathlib import Path
from aidx_assistant.library.library import Library
from tests.fakes.backlogs import bring_unindexed
from tests.fakes.sources import HashEmbedder
library = Library(Path(sys.argv[1]), HashEmbedder)
bring_unindexed(library, Path(sys.argv[3]), int(sys.argv[4]))
library.sync(Path(sys.argv[2]))
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = write_source(tmp_path / "corpus", "shipped", [["Pilots stall."], ["Payers wait for claims."]]).parent
    write_known_vectors(folder, ["Main\nPilots stall.", "Main", "Pilots stall."], HashEmbedder())
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path / "home", HashEmbedder)
    yield opened
    opened.close()


def held(library: Library) -> int | None:
    """How many passages the index holds; None where there is none to be used."""
    with library.searching() as index:
        return index.sizes[0] if index is not None else None


def in_a_child(code: str, *arguments: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


@pytest.fixture
def another_at_work(library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """Another process indexes, until its input ends."""
    monkeypatch.setattr(waiting, "_PATIENCE", 0.05)
    other = in_a_child(HOLDING, library.home / SYNC_LOCK)
    assert other.stdout is not None and other.stdout.readline() == "held\n"
    yield other
    other.communicate(timeout=60)


def test_a_little_is_indexed_before_the_question(library: Library, corpus: Path, tmp_path: Path) -> None:
    bring_unindexed(library, tmp_path / "brought", 20)
    library.open(corpus)
    assert held(library) == 22
    assert find(library, "robot linen").by_words_only == 0


def test_much_is_left_for_later_and_found_all_the_same(library: Library, corpus: Path, tmp_path: Path) -> None:
    bring_unindexed(library, tmp_path / "brought", MANY)
    library.open(corpus)
    assert held(library) == 1, "what comes with its vectors"
    found = find(library, "Which robot carries the linen in that case?")
    assert found.by_words_only == MANY + 1 - 12
    best = found.passages[0]
    assert best.passage.text == LINEN
    assert best.rank_by_words == 1 and best.rank_by_meaning is not None
    assert best.sentence_similarities[0] > 0.3
    library.sync(corpus)
    assert held(library) == MANY + 2
    complete = find(library, "Which robot carries the linen in that case?")
    assert complete.by_words_only == 0
    assert complete.passages[0].passage.text == LINEN
    assert complete.passages[0].sentence_similarities == pytest.approx(best.sentence_similarities, abs=1e-3)


def test_only_what_may_be_searched_counts(library: Library, corpus: Path, tmp_path: Path) -> None:
    library.sync(corpus)
    bring_unindexed(library, tmp_path / "brought", MANY)
    library.open(corpus)
    assert find(library, "pilots", source_id="shipped").by_words_only == 0
    assert find(library, "pilots", source_id="mine").by_words_only == MANY


def test_an_earlier_text_of_a_passage_is_not_found_any_more(library: Library, corpus: Path, tmp_path: Path) -> None:
    bring_unindexed(library, tmp_path / "brought", MANY, last="The linen is carried by hand.")
    library.sync(corpus)
    bring_unindexed(library, tmp_path / "brought", MANY)
    (best, *_) = search(library, "a delivery robot carries the linen")
    assert best.passage.text == LINEN
    assert best.sentence_similarities[0] == pytest.approx(best.similarity, abs=0.2)


def test_while_another_process_indexes_a_question_does_without(
    library: Library, corpus: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    bring_unindexed(library, tmp_path / "brought", MANY)
    library.sync(corpus)
    library.close()
    again = Library(library.home, HashEmbedder)
    request.addfinalizer(again.close)
    other: subprocess.Popen[str] = request.getfixturevalue("another_at_work")
    again.open(corpus)
    assert held(again) is None
    found = find(again, "Which robot carries the linen in that case? Which pilots?")
    assert found.passages[0].passage.text == LINEN
    assert found.by_words_only == MANY + 2 - 13, "one with its vector from the corpus, and a few"
    other.communicate(timeout=60)
    assert find(again, "Which robot carries the linen?").by_words_only == 0
    assert held(again) == MANY + 2


def test_what_another_process_has_indexed_is_found(library: Library, corpus: Path, tmp_path: Path) -> None:
    library.sync(corpus)
    assert held(library) == 2
    other = in_a_child(WRITING, library.home, corpus, tmp_path / "brought", 5)
    _, err = other.communicate(timeout=60)
    assert other.returncode == 0, err
    assert held(library) == 7
    found = find(library, "Which robot carries the linen?", source_id="mine")
    assert (found.passages[0].passage.text, found.by_words_only) == (LINEN, 0)
    bring_unindexed(library, tmp_path / "brought", 9)
    library.sync(corpus)
    assert len(search(library, "claims", source_id="mine")) == 9


def test_threads_search_while_another_brings_the_index_up_to_date(
    library: Library, corpus: Path, tmp_path: Path
) -> None:
    library.sync(corpus)
    over = threading.Event()
    faults: list[BaseException] = []

    def ask() -> None:
        try:
            while not over.is_set():
                assert search(library, "pilots stall", source_id="shipped")[0].passage.text == "Pilots stall."
        except BaseException as error:
            faults.append(error)

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    for count in (3, 40, 2, MANY):
        bring_unindexed(library, tmp_path / "brought" / str(count), count)
        library.sync(corpus)
    over.set()
    for asker in askers:
        asker.join()
    assert faults == []
    assert held(library) == MANY + 2


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are listed by Linux")
def test_a_sync_closes_the_index_that_was_open(library: Library, corpus: Path, tmp_path: Path) -> None:
    def open_files() -> int:
        links = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
        return sum(str(library.home / "chroma") in os.readlink(link) for link in links if os.path.lexists(link))

    for _ in range(3):
        library.sync(corpus)
    assert open_files()
    library.close()
    given_up = time.monotonic() + 30
    while open_files() and time.monotonic() < given_up:  # Chroma's own threads let go of them
        time.sleep(0.05)
    assert not open_files()
