"""Sync is incremental, and an index that cannot be used is rebuilt without losing anything."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from aidx_assistant import locations
from aidx_assistant.errors import CorpusError, StorageError
from aidx_assistant.evidence import Passage
from aidx_assistant.library import store as store_module
from aidx_assistant.library.layout import prepare_tables
from aidx_assistant.library.library import Library
from aidx_assistant.library.passage_rows import put_passage
from aidx_assistant.library.progress import Progress
from aidx_assistant.library.records import StoredPassage
from aidx_assistant.library.store import Store
from aidx_assistant.retrieval.search import search
from tests.fakes.sources import HashEmbedder, write_source


class Told(Progress):
    def __init__(self) -> None:
        self.notices: list[str] = []

    def notice(self, text: str) -> None:
        self.notices.append(text)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write_source(folder, "one", [["Scribes save time.", "Payers wait."], ["Pilots stall."]])
    write_source(folder, "two", [["Budgets grow by 5%."]])
    return folder


def synced(home: Path, corpus: Path) -> tuple[Library, HashEmbedder, Told]:
    embedder, told = HashEmbedder(), Told()
    library = Library(home, lambda: embedder, told)
    library.sync(corpus)
    return library, embedder, told


def index_of(home: Path) -> Path:
    (folder,) = (entry for entry in (home / "chroma").iterdir() if entry.is_dir())
    return folder


def sizes(library: Library) -> tuple[int, int] | None:
    """How many passages and sentences the index holds; None where there is none to be used."""
    with library.searching() as index:
        return index.sizes if index is not None else None


def test_a_second_sync_embeds_nothing(tmp_path: Path, corpus: Path) -> None:
    synced(tmp_path / "home", corpus)
    embedder = HashEmbedder()
    report = Library(tmp_path / "home", lambda: embedder).sync(corpus)
    assert embedder.embedded == []
    assert (report.unchanged, report.embedded) == (3, 0)


def test_only_the_changed_passage_is_embedded_again(tmp_path: Path, corpus: Path) -> None:
    synced(tmp_path / "home", corpus)
    write_source(corpus, "one", [["Scribes save time.", "Payers wait."], ["Pilots scale."]])
    library, embedder, _ = synced(tmp_path / "home", corpus)
    assert embedder.embedded == ["Main\nPilots scale.", "Main", "Pilots scale."]
    assert sizes(library) == (3, 4)
    assert search(library, "pilots scale")[0].passage.text == "Pilots scale."


def test_what_left_the_corpus_leaves_words_and_vectors(tmp_path: Path, corpus: Path) -> None:
    synced(tmp_path / "home", corpus)
    write_source(corpus, "one", [["Scribes save time."]])
    shutil.rmtree(corpus / "two")
    library, embedder, _ = synced(tmp_path / "home", corpus)
    assert [source.id for source in library.store.sources()] == ["one"]
    assert sizes(library) == (1, 1)
    assert library.store.match_words('"budgets"', 10, None, None) == []
    assert [item.passage.text for item in search(library, "budgets")] == ["Scribes save time."]


def test_a_faulty_source_changes_nothing(tmp_path: Path, corpus: Path) -> None:
    synced(tmp_path / "home", corpus)
    write_source(corpus, "one", [["Something new."]])
    (corpus / "two" / "source.toml").write_text("title = ")
    with pytest.raises(CorpusError, match="two"):
        synced(tmp_path / "home", corpus)
    store = Store(tmp_path / "home" / "library.sqlite")
    assert store.passages_of("one")[0].text == "Scribes save time. Payers wait."


def damage_missing(index: Path) -> None:
    shutil.rmtree(index)


def damage_database(index: Path) -> None:
    (index / "chroma.sqlite3").write_bytes(b"not a database at all" * 500)


def damage_truncated(index: Path) -> None:
    with (index / "chroma.sqlite3").open("r+b") as file:
        file.truncate(8192)


def damage_version(index: Path) -> None:
    stamp = json.loads((index / "aidx-index.json").read_text())
    (index / "aidx-index.json").write_text(json.dumps({**stamp, "chroma": "0.4.1"}))


def damage_embedding(index: Path) -> None:
    stamp = json.loads((index / "aidx-index.json").read_text())
    (index / "aidx-index.json").write_text(json.dumps({**stamp, "embedding": "another/1"}))


def damage_stamp(index: Path) -> None:
    (index / "aidx-index.json").write_text("{")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (damage_missing, "it is missing"),
        (damage_database, "Chroma cannot open it"),
        (damage_truncated, "Chroma cannot open it"),
        (damage_version, "made by Chroma 0.4.1"),
        (damage_embedding, "another embedding model"),
        (damage_stamp, "its stamp cannot be read"),
    ],
)
def test_an_unusable_index_is_told_and_rebuilt(tmp_path: Path, corpus: Path, damage: object, reason: str) -> None:
    assert callable(damage)
    home = tmp_path / "home"
    before = {item.passage.id for item in search(synced(home, corpus)[0], "pilots")}
    former = index_of(home)
    damage(former)
    library, embedder, told = synced(home, corpus)
    assert len(told.notices) == 1
    assert reason in told.notices[0]
    assert "Rebuilding it; nothing is lost" in told.notices[0]
    assert {item.passage.id for item in search(library, "pilots")} == before
    assert index_of(home) != former
    assert synced(home, corpus)[2].notices == []


def test_an_index_that_lacks_passages_is_rebuilt(tmp_path: Path, corpus: Path) -> None:
    home = tmp_path / "home"
    library, _, _ = synced(home, corpus)
    with library.searching() as index:
        assert index is not None
        index.delete(["two/section/main/1"])
    _, _, told = synced(home, corpus)
    assert "does not hold what the library holds" in told.notices[0]


KILLING_CHROMA = """
import os, pathlib, chromadb
opening = chromadb.PersistentClient
def client(path, **options):
    if (pathlib.Path(path) / "poison").exists():
        os.abort()
    return opening(path=path, **options)
chromadb.PersistentClient = client
"""
SYNC = """
import sys, pathlib
exec(pathlib.Path(sys.argv[3]).read_text())
from aidx_assistant.evidence import Passage
from aidx_assistant.library import store as store_module
from aidx_assistant.library.library import Library
from aidx_assistant.library.progress import Progress
from aidx_assistant.library.passage_rows import put_passage
from aidx_assistant.library.store import Store
from aidx_assistant.retrieval.search import search
from tests.fakes.sources import HashEmbedder
class Told(Progress):
    def notice(self, text): print(text)
library = Library(pathlib.Path(sys.argv[1]), HashEmbedder, Told())
library.sync(pathlib.Path(sys.argv[2]))
print(search(library, "pilots stall")[0].passage.text)
"""


@pytest.mark.slow
def test_an_index_whose_opening_kills_the_process_is_rebuilt_at_the_next_start(tmp_path: Path, corpus: Path) -> None:
    """The first start dies; the second tries in a child, sees it die, and rebuilds."""
    home = tmp_path / "home"
    synced(home, corpus)
    (index_of(home) / "poison").touch()
    patch = tmp_path / "sitecustomize.py"
    patch.write_text(KILLING_CHROMA)
    command = [sys.executable, "-c", SYNC, str(home), str(corpus), str(patch)]
    checkout = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{checkout}"}
    first = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert first.returncode < 0
    second = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert second.returncode == 0, second.stderr
    assert "opening it ended the process. Rebuilding it; nothing is lost" in second.stdout
    assert second.stdout.endswith("Pilots stall.\n")
    assert not list((home / "chroma").glob("*.opening"))


def test_a_marker_left_by_accident_costs_nothing(tmp_path: Path, corpus: Path) -> None:
    home = tmp_path / "home"
    synced(home, corpus)
    index = index_of(home)
    index.with_name(f"{index.name}.opening").touch()
    assert synced(home, corpus)[2].notices == []
    assert index_of(home) == index


def damaged_library(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0" + b"damaged" * 1000)


def no_database(file: Path) -> None:
    file.write_text("nothing of the kind")


def other_layout(file: Path) -> None:
    store = Store(file)
    store.set_meta("layout", "1")
    store.close()


def lost_table(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE findings")
    connection.close()


@pytest.mark.parametrize("damage", [damaged_library, no_database, other_layout, lost_table])
def test_a_library_that_cannot_be_used_is_set_aside(tmp_path: Path, corpus: Path, damage: object) -> None:
    assert callable(damage)
    home = tmp_path / "home"
    library, _, _ = synced(home, corpus)
    library.close()
    damage(home / "library.sqlite")
    library, _, told = synced(home, corpus)
    assert "The library cannot be used" in told.notices[0]
    assert search(library, "pilots stall")[0].passage.text == "Pilots stall."
    assert len(list(home.glob("library.sqlite.*.old"))) == 1


def test_another_process_sees_no_half_made_library(tmp_path: Path) -> None:
    seen: list[int] = []

    def look(_: str) -> None:
        with contextlib.closing(sqlite3.connect(file)) as other:
            seen.append(other.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0])

    file = tmp_path / "library.sqlite"
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.set_trace_callback(look)
        prepare_tables(connection)
        connection.execute("SELECT 1")
    assert len(seen) > 10 and len(set(seen)) == 2 and min(seen) == 0


def test_a_library_that_another_process_has_set_aside_meanwhile_is_left(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    library, _, _ = synced(home, corpus)
    library.close()
    damaged_library(home / "library.sqlite")
    acquire = FileLock.acquire
    others: list[Library] = []

    def after_the_other(self: FileLock, *arguments: Any, **options: Any) -> Any:
        monkeypatch.setattr(FileLock, "acquire", acquire)
        others.append(Library(home, HashEmbedder))
        return acquire(self, *arguments, **options)

    monkeypatch.setattr(FileLock, "acquire", after_the_other)
    library = Library(home, HashEmbedder)
    others[0].store.set_meta("written", "by the other")
    assert library.store.meta("written") == "by the other"
    assert len(list(home.glob("library.sqlite.*.old"))) == 1
    library.close()
    others[0].close()


def test_a_home_inside_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError) as refusal:
        Store(tmp_path / "file" / "library.sqlite")
    assert "AIDX_HOME" in refusal.value.hint


def test_the_shipped_corpus_fits_into_the_default_budget_whole(library: Library) -> None:
    ids = [passage.id for source in library.store.sources() for passage in library.store.passages_of(source.id)]
    assert sum(stored.tokens for stored in library.store.stored_passages(ids).values()) <= 8000
    assert library.store.passage_count() == len(ids)
    assert locations.corpus_folder().is_dir()


def test_another_thread_searches_and_writes(tmp_path: Path, corpus: Path) -> None:
    library, _, _ = synced(tmp_path / "home", corpus)
    write_source(corpus, "two", [["Budgets shrink."]])
    with ThreadPoolExecutor(1) as other:
        assert other.submit(library.sync, corpus).result().changed == 1
        assert other.submit(search, library, "budgets shrink").result()[0].passage.text == "Budgets shrink."


def test_no_thread_sees_a_source_half_written(tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, _, _ = synced(tmp_path / "home", corpus)
    write_source(corpus, "three", [["One."], ["Two."]])
    seen: list[Future[tuple[Passage, ...]]] = []

    def put_while_another_looks(connection: sqlite3.Connection, stored: StoredPassage) -> str:
        outcome = put_passage(connection, stored)
        seen.append(other.submit(library.store.passages_of, "three"))
        wait(seen, timeout=0.05)
        return outcome

    monkeypatch.setattr(store_module, "put_passage", put_while_another_looks)
    with ThreadPoolExecutor(1) as other:
        library.read(corpus)
    assert {len(passages.result()) for passages in seen} <= {0, 2}
    assert len(library.store.passages_of("three")) == 2


@pytest.mark.parametrize("interruption", [ValueError, KeyboardInterrupt])
def test_a_source_is_written_whole_or_not_at_all(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch, interruption: type[BaseException]
) -> None:
    library, _, _ = synced(tmp_path / "home", corpus)
    before = [source.id for source in library.store.sources()], library.store.passage_count()

    def interrupted(*_: object) -> None:
        raise interruption

    monkeypatch.setattr(store_module, "put_passage", interrupted)
    write_source(corpus, "three", [["Something new."]])
    with pytest.raises(interruption):
        library.sync(corpus)
    assert ([source.id for source in library.store.sources()], library.store.passage_count()) == before


def test_a_change_of_what_is_known_about_a_source_is_noticed(tmp_path: Path, corpus: Path) -> None:
    library, _, _ = synced(tmp_path / "home", corpus)
    library.close()
    table = corpus / "one" / "source.toml"
    table.write_text(f'{table.read_text()}authors = ["Doe, Jane"]\n')
    library, embedder, _ = synced(tmp_path / "home", corpus)
    assert library.store.sources()[0].authors == ("Doe, Jane",)
    assert embedder.embedded == []
    library.close()


def test_a_source_stored_before_authors_were_known_has_none(tmp_path: Path, corpus: Path) -> None:
    library, _, _ = synced(tmp_path / "home", corpus)
    library.close()
    with sqlite3.connect(tmp_path / "home" / "library.sqlite") as connection:
        connection.execute("UPDATE sources SET record = json_remove(record, '$.authors')")
    connection.close()
    store = Store(tmp_path / "home" / "library.sqlite")
    assert [source.authors for source in store.sources()] == [(), ()]
    store.close()


def test_the_size_of_what_may_be_searched(tmp_path: Path, corpus: Path) -> None:
    library, _, _ = synced(tmp_path / "home", corpus)
    passages, tokens = library.store.size()
    of_one, of_payers = library.store.size(source_id="one"), library.store.size(segment="payer")
    assert (passages, of_one[0]) == (3, 2)
    assert 0 < of_one[1] < tokens
    assert of_payers == (3, tokens)  # the first passage names payers, the others speak of all
    assert library.store.size(source_id="none") == (0, 0)
    library.close()


def test_a_home_of_the_version_before_gets_one_question_a_sentence_and_keeps_its_vectors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = locations.corpus_folder()
    with monkeypatch.context() as before:
        before.setattr("aidx_assistant.library.library.with_one_question", lambda passage: passage)
        before.setattr("aidx_assistant.library.fingerprint._KEPT", "passages, all their questions")
        library, _, _ = synced(tmp_path / "home", corpus)
        library.close()
    embedder = HashEmbedder()
    library = Library(tmp_path / "home", lambda: embedder)
    assert library.sync(corpus).embedded == 0
    passages = [one for source in library.store.sources() for one in library.store.passages_of(source.id)]
    library.close()
    assert any(passage.asked for passage in passages)
    for passage in passages:
        positions = [position for position, _ in passage.asked]
        assert len(positions) == len(set(positions))
