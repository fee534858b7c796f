"""The vector index: two Chroma collections, of passages and of their sentences, that can be rebuilt at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aidx_assistant.errors import AidxError, SettingsError, StorageError
from aidx_assistant.evidence import Passage, Segment
from aidx_assistant.library.chroma_import import lean_import
from aidx_assistant.library.nearest import Nearest, NearestSentences, SentencePlaces, listed_sentences, vector_ids
from aidx_assistant.library.neighbours import Neighbours
from aidx_assistant.library.server import ON_THIS_MACHINE, ChromaServer, CollectionsGoneError, Limits, ServerBusyError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COLLECTIONS = ("passages", "sentences")
_SHARED_COLLECTIONS = ("aidx-passages", "aidx-sentences", "aidx-sources")
_SHARED_SCHEMA = 2
_AGAIN = "Ask again; what this library holds goes there then."
_CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_search": 200}}


class VectorIndex:
    """An open index; opening.py makes and opens one."""

    def __init__(
        self,
        let_go: Callable[[], None],
        passages: Any,
        sentences: Any,
        deal: Callable[..., Any],
        shared: Limits | None = None,
    ) -> None:
        """`deal` calls what it is given with the arguments that follow, and tells Chroma's faults as ours."""
        self._let_go = let_go
        self._passages = passages
        self._sentences = sentences
        self._deal = deal
        self._shared = shared
        self._limits = shared or ON_THIS_MACHINE
        self._places: SentencePlaces | None = None
        self._look_anew()

    @property
    def sizes(self) -> tuple[int, int]:
        """How many passages and how many sentences have vectors."""
        held: tuple[int, int] = self._deal(lambda: (self._near_passages.size, self._near_sentences.size))
        return held

    @property
    def is_shared(self) -> bool:
        """Whether it is on a server, where others write to it as well."""
        return self._shared is not None

    def close(self) -> None:
        """Gives back the files or the connections that Chroma holds open; nothing can be asked afterwards."""
        self._let_go()

    def put(
        self,
        passages: Sequence[Passage],
        passage_vectors: NDArray[np.float32],
        sentence_vectors: NDArray[np.float32],
        documents: Sequence[str] | None = None,
    ) -> None:
        """Adds or replaces passages; for each in turn come the vectors of its sentences.

        `documents` go beside the passages, one for each.
        """
        labels = [_metadata(passage) for passage in passages]
        ids = [passage.id for passage in passages]
        texts = list(documents) if documents else None
        self._deal(self._passages.upsert, ids, embeddings=passage_vectors, metadatas=labels, documents=texts)
        self._put_sentences(passages, labels, sentence_vectors)
        self._look_anew()

    def _put_sentences(
        self, passages: Sequence[Passage], labels: Sequence[dict[str, str | bool]], vectors: NDArray[np.float32]
    ) -> None:
        ids, of_passage = [], []
        for passage, label in zip(passages, labels, strict=True):
            places = vector_ids(passage)
            ids += places
            of_passage += [label] * len(places)
        for start in range(0, len(ids), self._limits.written):
            part = slice(start, start + self._limits.written)
            self._deal(self._sentences.upsert, ids[part], embeddings=vectors[part], metadatas=of_passage[part])

    def delete(self, passage_ids: Sequence[str]) -> None:
        for start in range(0, len(passage_ids), self._limits.deleted):
            batch = list(passage_ids[start : start + self._limits.deleted])
            self._deal(self._passages.delete, ids=batch)
            self._deal(self._sentences.delete, where={"passage": {"$in": batch}})
        self._look_anew()

    def nearest_passages(
        self, vector: NDArray[np.float32], limit: int, segment: Segment | None = None, source_id: str | None = None
    ) -> Nearest:
        """The passages nearest to a unit vector."""
        found, complete = self._deal(self._near_passages.nearest, vector, limit, _where(segment, source_id))
        return Nearest(dict(found), complete)

    def nearest_sentences(
        self, vector: NDArray[np.float32], limit: int, segment: Segment | None = None, source_id: str | None = None
    ) -> NearestSentences:
        """The sentences nearest to a unit vector."""
        where = _where(segment, source_id)
        if where is None and (held := self._deal(self._near_sentences.all_near, vector, limit)):
            ids, similarities = held
            if self._places is None:
                self._places = SentencePlaces(ids)
            return self._places.nearest(similarities)
        found, complete = self._deal(self._near_sentences.nearest, vector, limit, where)
        return listed_sentences(found, complete)

    def _look_anew(self) -> None:
        """What is written is found from here on."""
        self._near_passages, self._near_sentences = (
            Neighbours(collection, self._shared) for collection in (self._passages, self._sentences)
        )
        self._places = None


@cache
def import_chroma() -> Any:
    """Chroma, imported leanly: half a second the first time."""
    with lean_import():
        import chromadb
    return chromadb


def _chroma_settings() -> Any:
    settings: Any = import_chroma().config.Settings
    return settings(_env_file=None, anonymized_telemetry=False)


@contextmanager
def chroma_faults() -> Iterator[None]:
    """A fault of Chroma becomes one sentence; the next sync mends what it left."""
    chroma_error: type[Exception] = import_chroma().errors.ChromaError
    try:
        yield
    except chroma_error as error:
        raise StorageError(
            f"The search index failed: {error}.",
            "Free some disk space, or set AIDX_HOME to a folder you can write to; then ask again.",
        ) from error


def open_collections(folder: Path) -> VectorIndex:
    """The index in a folder, its collections made where they do not exist; raises whatever Chroma raises."""
    client: Any = import_chroma().PersistentClient(path=str(folder), settings=_chroma_settings())
    passages, sentences = (
        client.get_or_create_collection(name, embedding_function=None, configuration=_CONFIGURATION)
        for name in _COLLECTIONS
    )
    return VectorIndex(client.close, passages, sentences, _told_faults)


def _told_faults(action: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    with chroma_faults():
        return action(*arguments, **named)


@dataclass(frozen=True, slots=True)
class Connection:
    """Open collections on a server, for shared_collections.py."""

    identity: str
    """Of this set of collections and no other, not even one that takes its place at the same address."""
    index: VectorIndex
    passages: Any
    sentences: Any
    sources: Any
    deal: Callable[..., Any]
    limits: Limits


def connect(server: ChromaServer, fingerprint: str) -> Connection:
    """The collections that a team shares, made where they do not exist.

    Nothing is tried twice: whoever connects knows whether to wait. Raises SharedIndexError where the server cannot be
    used, SettingsError where it has not what the settings name, or holds an index of another embedding model or schema.
    """
    import httpx

    gone: type[Exception] = import_chroma().errors.NotFoundError

    def deal(action: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        passing = httpx.TransportError, ServerBusyError
        return once(server.patiently, lambda: action(*arguments, **named), passing)

    def once(action: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        try:
            return action(*arguments, **named)
        except AidxError:
            raise
        except gone as error:
            raise CollectionsGoneError(f"The Chroma server at {server.url} has another index now.", _AGAIN) from error
        except Exception as error:  # an answer that it does not know Chroma raises as a bare Exception
            raise server.failed(error) from error

    client = _client(server)
    apis = client._server, client._admin_client._server
    with ExitStack() as open_until_checked:
        for api in apis:
            server.watch(api._session)
            open_until_checked.callback(api._session.close)  # Chroma leaves it open
        open_until_checked.callback(client.close)
        made_with = {"schema": _SHARED_SCHEMA, "embedding": fingerprint}
        as_wanted = {"embedding_function": None, "metadata": made_with, "configuration": _CONFIGURATION}
        passages, sentences, sources = (
            once(client.get_or_create_collection, name, **as_wanted) for name in _SHARED_COLLECTIONS
        )
        for collection in (passages, sentences, sources):
            server.check_made_with(collection.metadata or {}, made_with)
        index = VectorIndex(open_until_checked.pop_all().close, passages, sentences, deal, server.limits)
    return Connection(str(passages.id), index, passages, sentences, sources, deal, server.limits)


def _client(server: ChromaServer) -> Any:
    """Raises SharedIndexError, SettingsError."""
    chromadb = import_chroma()
    try:
        tenant, database = server.place()
        return chromadb.HttpClient(
            host=server.url,
            ssl=server.url.startswith("https"),
            headers=server.headers,
            settings=_chroma_settings(),
            tenant=tenant,
            database=database,
        )
    except AidxError:
        raise
    except chromadb.errors.NotFoundError as error:
        raise SettingsError(
            f"The Chroma server at {server.url} has no database “{database}” of a tenant “{tenant}”.",
            "Check chroma_database and chroma_tenant, or have it made there.",
        ) from error
    except Exception as error:  # its ValueError may stand for anything
        raise server.failed(error) from error


def _metadata(passage: Passage) -> dict[str, str | bool]:
    named = {f"segment_{segment}": True for segment in passage.segments}
    return {"passage": passage.id, "source": passage.source_id, **named}


def _where(segment: Segment | None, source_id: str | None) -> dict[str, Any] | None:
    """The same rule as the store's: a passage belongs to a segment when it speaks of it or of all."""
    conditions: list[dict[str, Any]] = []
    if segment and segment != "all":
        conditions.append({"$or": [{f"segment_{segment}": True}, {"segment_all": True}]})
    if source_id:
        conditions.append({"source": source_id})
    return {"$and": conditions} if len(conditions) > 1 else (conditions[0] if conditions else None)
