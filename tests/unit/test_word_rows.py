"""In a large library only passages with rare words are scored, as far as there are enough of them; by all words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aidx_assistant.evidence import Locator, Passage, Source
from aidx_assistant.library import word_rows
from aidx_assistant.library.records import StoredPassage
from aidx_assistant.library.store import Store

_SAID = ("Common words and a pelican", "Common words again", "Common words still", "Common words and a heron")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(word_rows, "_LARGE", 3)
    monkeypatch.setattr(word_rows, "_SCORED", 3)
    opened = Store(tmp_path / "library.sqlite")
    for source_id in ("one", "other"):
        passages = [
            StoredPassage(Passage(f"{source_id}/{at}", source_id, Locator("section"), (said,), ("all",)), 5, at)
            for at, said in enumerate(_SAID)
        ]
        opened.replace_source(Source(source_id, "", (), "", None, None, False, (), 0, ""), 0, passages, ())
    yield opened
    opened.close()


def _matched(store: Store, expression: str, wanted: int, source_id: str | None = None) -> set[str]:
    return {id_ for id_, _ in store.match_words(expression, wanted, None, source_id)}


def test_a_frequent_word_finds_nothing_by_itself_where_enough_have_the_others(store: Store) -> None:
    assert _matched(store, '"common" OR "pelican"', 2) == {"one/0", "other/0"}
    assert _matched(store, '"common" OR "pelican" OR "still" OR "heron"', 2) == {"one/0", "other/0"}


def test_a_frequent_word_counts_where_too_few_have_the_others(store: Store) -> None:
    assert len(_matched(store, '"common" OR "pelican"', 3)) == 3
    assert len(_matched(store, '"common" OR "albatross"', 8)) == 8
    assert len(_matched(store, '"common" OR "words"', 8)) == 8


def test_a_frequent_word_counts_for_what_has_a_rare_one(store: Store) -> None:
    """As much beside it as where every passage is scored, and every word once."""
    narrowed = dict(store.match_words('"common" OR "pelican" OR "still" OR "heron" OR "again"', 2, None, None))
    every = dict(store.match_words('"common" OR "pelican" OR "still" OR "heron" OR "again"', 9, None, None))
    assert narrowed.keys() < every.keys()
    ratios = [score / every[id_] for id_, score in narrowed.items()]
    assert ratios == pytest.approx([2.0] * len(ratios))


def test_within_one_source_every_word_counts(store: Store) -> None:
    assert _matched(store, '"common" OR "pelican"', 4, "one") == {f"one/{at}" for at in range(4)}


def test_what_stands_nowhere_finds_nothing(store: Store) -> None:
    assert _matched(store, '"albatross"', 10) == set()
    assert _matched(store, '""', 10) == set()
