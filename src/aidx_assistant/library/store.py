"""The rows of the library: sources, passages, findings, their words (FTS5), and what of them is in the vector index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aidx_assistant.evidence import Finding, Passage, Segment, Source
from aidx_assistant.library import index_rows
from aidx_assistant.library.file import LibraryFile
from aidx_assistant.library.import_rows import change_import, put_import
from aidx_assistant.library.passage_rows import delete_passages, put_passage
from aidx_assistant.library.records import (
    Changes,
    Extent,
    FailedImport,
    Import,
    StoredPassage,
    failed_import_from_json,
    finding_from_json,
    import_from_json,
    passage_from_json,
    source_from_json,
    to_json,
)
from aidx_assistant.library.word_rows import matched_words, searched, searched_among


class Store(LibraryFile):
    """What the library holds; used and opened like its file."""

    # Writing

    def replace_source(
        self,
        source: Source,
        position: int,
        passages: Sequence[StoredPassage],
        findings: Sequence[Finding],
        imported: tuple[Import, bytes] | None = None,
    ) -> Changes:
        """Makes the library hold exactly this of a source, in one transaction.

        `imported`, of a source that the user brought: where it came from, and its signature.
        """
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?)", (source.id, position, to_json(source))
            )
            kept = {stored.passage.id for stored in passages}
            gone = [id_ for id_ in self._passage_ids(source.id) if id_ not in kept]
            delete_passages(connection, gone)
            outcomes = [put_passage(connection, stored) for stored in passages]
            connection.execute("DELETE FROM findings WHERE source_id = ?", (source.id,))
            connection.executemany(
                "INSERT INTO findings VALUES (?, ?, ?, ?, ?)",
                [(f.id, f.source_id, place, f.passage_id, to_json(f)) for place, f in enumerate(findings)],
            )
            if imported is not None:
                put_import(connection, *imported)
        return Changes(outcomes.count("added"), outcomes.count("changed"), len(gone), outcomes.count("unchanged"))

    def remove_source(self, source_id: str) -> Changes:
        with self._transaction() as connection:
            gone = self._passage_ids(source_id)
            delete_passages(connection, gone)
            connection.execute("DELETE FROM findings WHERE source_id = ?", (source_id,))
            connection.execute("DELETE FROM sources WHERE id = ?", (source_id,))
            connection.execute("DELETE FROM imports WHERE source_id = ?", (source_id,))
        return Changes(removed=len(gone))

    def put_import(self, imported: Import) -> None:
        """Changes what is known of where a source came from."""
        with self._transaction() as connection:
            change_import(connection, imported)

    def put_failed_import(self, failed: FailedImport) -> None:
        """Keeps why something could not be read, until it can or is given up."""
        with self._transaction() as connection:
            row = (failed.origin, to_json(failed))
            connection.execute("INSERT OR REPLACE INTO failed_imports VALUES (?, ?)", row)

    def forget_failed_import(self, origin: str) -> bool:
        """Whether there was one."""
        with self._transaction() as connection:
            return connection.execute("DELETE FROM failed_imports WHERE origin = ?", (origin,)).rowcount > 0

    # What the vector index should hold

    def passages_to_index(self) -> tuple[Passage, ...]:
        return self._passages(index_rows.UNINDEXED)

    def unindexed_among(self, passage_ids: Sequence[str]) -> frozenset[str]:
        """Those of some passages that the index does not hold as they are now."""
        with self._alone():
            return index_rows.unindexed_among(self._connection, passage_ids)

    def count_unindexed(self, segment: Segment | None = None, source_id: str | None = None) -> int:
        """How many passages of a segment and a source the index does not hold as they are now."""
        with self._alone():
            return index_rows.count_unindexed(self._connection, searched(segment, source_id))

    def stale_vectors(self) -> tuple[str, ...]:
        with self._alone():
            return tuple(row[0] for row in self._connection.execute("SELECT passage_id FROM stale_vectors"))

    def mark_indexed(self, passage_ids: Iterable[str]) -> None:
        with self._transaction() as connection:
            index_rows.mark_indexed(connection, passage_ids)

    def mark_unindexed(self, passage_ids: Iterable[str]) -> None:
        """The index has lost them."""
        with self._transaction() as connection:
            index_rows.mark_unindexed(connection, passage_ids)

    def clear_stale_vectors(self, passage_ids: Iterable[str]) -> None:
        with self._transaction() as connection:
            index_rows.clear_stale_vectors(connection, passage_ids)

    def begin_index(self, identity: str) -> None:
        """A new, empty vector index takes the place of the former one."""
        with self._transaction() as connection:
            index_rows.begin_index(connection, identity)

    def begin_writing(self) -> None:
        """Lets every process know that the index is another one than it has open."""
        with self._transaction() as connection:
            index_rows.begin_writing(connection)

    def index_state(self) -> tuple[str, ...]:
        """Changes whenever an index takes the place of another, and with every process that begins to write to it."""
        with self._alone():
            return index_rows.index_state(self._connection)

    def indexed_counts(self) -> tuple[int, int]:
        """How many vectors of passages, and of sentences, the index should hold."""
        with self._alone():
            return index_rows.indexed_counts(self._connection)

    def extent(self) -> Extent:
        with self._alone():
            return index_rows.extent(self._connection)

    # Reading

    def sources(self) -> tuple[Source, ...]:
        with self._alone():
            rows = self._connection.execute("SELECT record FROM sources ORDER BY position, id").fetchall()
        return tuple(source_from_json(row[0]) for row in rows)

    def source(self, source_id: str) -> Source | None:
        with self._alone():
            row = self._connection.execute("SELECT record FROM sources WHERE id = ?", (source_id,)).fetchone()
        return source_from_json(row[0]) if row else None

    def imports(self) -> tuple[Import, ...]:
        """Where the sources that the user brought came from, in the order of their ids."""
        with self._alone():
            rows = self._connection.execute("SELECT record FROM imports ORDER BY source_id").fetchall()
        return tuple(import_from_json(row[0]) for row in rows)

    def import_from(self, origin: str) -> Import | None:
        """What was brought from a file or an address."""
        return self._import("origin = ?", origin)

    def import_of(self, sha256: str) -> Import | None:
        """What was brought with this content, wherever from."""
        return self._import("sha256 = ? ORDER BY source_id LIMIT 1", sha256)

    def signed(self) -> dict[str, str]:
        """The hash of the content of every source that the user brought, by its id: it changes with the signature."""
        with self._alone():
            return dict(self._connection.execute("SELECT source_id, sha256 FROM imports"))

    def signature(self, source_id: str) -> bytes | None:
        """Of a source that the user brought."""
        with self._alone():
            row = self._connection.execute("SELECT signature FROM imports WHERE source_id = ?", (source_id,)).fetchone()
        return row[0] if row else None

    def failed_imports(self) -> tuple[FailedImport, ...]:
        """What could not be read, in the order of where it is."""
        with self._alone():
            rows = self._connection.execute("SELECT record FROM failed_imports ORDER BY origin").fetchall()
        return tuple(failed_import_from_json(row[0]) for row in rows)

    def passage(self, passage_id: str) -> Passage | None:
        found = self._passages("id = ?", (passage_id,))
        return found[0] if found else None

    def stored_passages(self, passage_ids: Sequence[str]) -> dict[str, StoredPassage]:
        """Passages by id; ids that the library does not hold are left out."""
        marks = ", ".join("?" * len(passage_ids))
        with self._alone():
            rows = self._connection.execute(
                f"SELECT record, tokens, position FROM passages WHERE id IN ({marks})",
                tuple(passage_ids),
            ).fetchall()
        stored = (StoredPassage(passage_from_json(record), tokens, position) for record, tokens, position in rows)
        return {item.passage.id: item for item in stored}

    def passages_of(self, source_id: str) -> tuple[Passage, ...]:
        """A source's passages in reading order."""
        return self._passages("source_id = ? ORDER BY position", (source_id,))

    def passages_searched(self, segment: Segment | None = None, source_id: str | None = None) -> tuple[Passage, ...]:
        """All passages that may be searched for a segment and a source, each source's in reading order."""
        condition, parameters = searched(segment, source_id)
        with self._alone():
            rows = self._connection.execute(
                f"SELECT p.record FROM passages p WHERE {condition} ORDER BY p.source_id, p.position", parameters
            ).fetchall()
        return tuple(passage_from_json(row[0]) for row in rows)

    def passage_count(self) -> int:
        with self._alone():
            return int(self._connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    def size(self, segment: Segment | None = None, source_id: str | None = None) -> tuple[int, int]:
        """How many passages may be searched for a segment and a source, and their tokens (an estimate) in all."""
        condition, parameters = searched(segment, source_id)
        with self._alone():
            row = self._connection.execute(
                f"SELECT count(*), coalesce(sum(p.tokens), 0) FROM passages p WHERE {condition}", parameters
            ).fetchone()
        return int(row[0]), int(row[1])

    def findings_in(self, passage_ids: Sequence[str]) -> tuple[Finding, ...]:
        """The findings stated in some passages."""
        marks = ", ".join("?" * len(passage_ids))
        with self._alone():
            rows = self._connection.execute(
                f"SELECT record FROM findings WHERE passage_id IN ({marks}) ORDER BY source_id, position",
                tuple(passage_ids),
            ).fetchall()
        return tuple(finding_from_json(row[0]) for row in rows)

    def findings(self) -> tuple[Finding, ...]:
        """All findings, source by source, in the order their source gives them."""
        with self._alone():
            rows = self._connection.execute(
                "SELECT f.record FROM findings f JOIN sources s ON s.id = f.source_id"
                " ORDER BY s.position, s.id, f.position"
            ).fetchall()
        return tuple(finding_from_json(row[0]) for row in rows)

    def match_words(
        self, expression: str, limit: int, segment: Segment | None, source_id: str | None
    ) -> list[tuple[str, float]]:
        """Passage ids with BM25 scores (higher is better), best first, for an FTS5 expression."""
        with self._alone():
            return matched_words(self._connection, expression, limit, searched(segment, source_id))

    def searched_among(
        self, passage_ids: Sequence[str], segment: Segment | None, source_id: str | None
    ) -> frozenset[str]:
        """Those of some passages that may be searched for a segment and a source."""
        with self._alone():
            return searched_among(self._connection, passage_ids, searched(segment, source_id))

    # Inside

    def _passages(self, condition: str, parameters: tuple[str, ...] = ()) -> tuple[Passage, ...]:
        with self._alone():
            rows = self._connection.execute(f"SELECT record FROM passages WHERE {condition}", parameters).fetchall()
        return tuple(passage_from_json(row[0]) for row in rows)

    def _import(self, condition: str, value: str) -> Import | None:
        with self._alone():
            row = self._connection.execute(f"SELECT record FROM imports WHERE {condition}", (value,)).fetchone()
        return import_from_json(row[0]) if row else None

    def _passage_ids(self, source_id: str) -> list[str]:
        rows = self._connection.execute("SELECT id FROM passages WHERE source_id = ?", (source_id,))
        return [row[0] for row in rows]
