"""What the user brought is kept with where it came from, whole or not at all, and outlives a change of layout."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from aidx_assistant.library import store as store_module
from aidx_assistant.library.library import Library
from aidx_assistant.library.records import FailedImport, Import
from aidx_assistant.reading.corpus import ReadSource, read_source
from aidx_assistant.retrieval.search import search
from tests.fakes.sources import HashEmbedder, write_source


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_source(tmp_path / "corpus", "shipped", [["Pilots stall."]]).parent


@pytest.fixture
def library(tmp_path: Path, corpus: Path) -> Library:
    library = Library(tmp_path / "home", HashEmbedder)
    library.sync(corpus)
    return library


def brought(tmp_path: Path, *sentences: str) -> ReadSource:
    return read_source(write_source(tmp_path / "brought", "mine", [[sentence] for sentence in sentences]))


def record(origin: str = "/reports/mine.md", sha256: str = "a" * 64) -> Import:
    return Import("mine", origin, sha256, "clip", "2026-11-26T12:00:00Z", ("It was short.",), (("title", "T"),))


def test_an_import_is_found_and_keeps_where_it_came_from(library: Library, corpus: Path, tmp_path: Path) -> None:
    assert library.add_import(brought(tmp_path, "Robots sort pills.", "Nurses wait."), record(), b"s").added == 2
    assert library.sync(corpus).embedded == 2
    assert search(library, "robots sort pills")[0].passage.source_id == "mine"
    assert library.store.imports() == (record(),)
    assert [source.id for source in library.store.sources()] == ["shipped", "mine"]


def test_it_stays_when_the_corpus_changes(library: Library, corpus: Path, tmp_path: Path) -> None:
    library.add_import(brought(tmp_path, "Robots sort pills."), record(), b"s")
    write_source(corpus, "another", [["Payers wait."]])
    library.sync(corpus)
    assert [source.id for source in library.store.sources()] == ["another", "shipped", "mine"]


def test_a_newer_reading_takes_the_place_of_the_former(library: Library, corpus: Path, tmp_path: Path) -> None:
    library.add_import(brought(tmp_path, "Robots sort pills.", "Nurses wait."), record(), b"s")
    library.sync(corpus)
    changes = library.add_import(brought(tmp_path, "Robots sort pills."), record(sha256="b" * 64), b"t")
    assert (changes.unchanged, changes.removed) == (1, 1)
    assert library.sync(corpus).embedded == 0
    assert [one.sha256 for one in library.store.imports()] == ["b" * 64]
    assert library.store.signature("mine") == b"t"


def test_removed_it_is_gone_with_its_vectors(library: Library, corpus: Path, tmp_path: Path) -> None:
    library.add_import(brought(tmp_path, "Robots sort pills."), record(), b"s")
    library.sync(corpus)
    library.remove_import("mine")
    library.sync(corpus)
    assert library.store.imports() == ()
    with library.searching() as index:
        assert index is not None
        assert index.sizes == library.store.indexed_counts() == (1, 1)


def test_an_interrupted_import_leaves_nothing(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store_module, "put_import", interrupted)
    with pytest.raises(KeyboardInterrupt):
        library.add_import(brought(tmp_path, "Robots sort pills."), record(), b"s")
    assert [source.id for source in library.store.sources()] == ["shipped"]
    assert library.store.passage_count() == 1


def test_a_failure_is_kept_until_it_can_be_read(library: Library, tmp_path: Path) -> None:
    failed = FailedImport(
        "/reports/mine.md", "It is encrypted.", "Give it.", "2026-11-26T12:00:00Z", remedies=("password",)
    )
    library.store.put_failed_import(failed)
    assert library.store.failed_imports() == (failed,)
    library.add_import(brought(tmp_path, "Robots sort pills."), record(), b"s")
    assert library.store.failed_imports() == ()


@pytest.mark.parametrize(
    ("layout", "lacking"),
    [
        ("2", "DROP TABLE imports; DROP TABLE failed_imports; DROP INDEX passages_unindexed"),
        ("3", "DROP INDEX passages_unindexed"),
    ],
)
def test_a_library_of_an_earlier_layout_gets_what_it_lacks(
    library: Library, corpus: Path, tmp_path: Path, layout: str, lacking: str
) -> None:
    library.close()
    with sqlite3.connect(tmp_path / "home" / "library.sqlite") as former:
        former.executescript(f"{lacking}; UPDATE meta SET value = '{layout}' WHERE key = 'layout'")
    former.close()
    embedder = HashEmbedder()
    again = Library(tmp_path / "home", lambda: embedder)
    again.sync(corpus)
    assert embedder.embedded == []
    assert again.store.imports() == ()
    assert search(again, "pilots")[0].passage.text == "Pilots stall."
