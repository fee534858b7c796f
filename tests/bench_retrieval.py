"""Retrieval against its parts and its peers: `python -m tests.bench_retrieval FOLDER… [--peers]`.

Each folder is a collection in BEIR's layout (corpus.jsonl, queries.jsonl, qrels/test.tsv). Every system has the same
embedding model; a document is one passage. Gains are binary. `--peers` adds LangChain's ensemble retriever over Chroma
and BM25, and LlamaIndex's fusion retriever: pip install -c constraints.txt -e '.[bench]'.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import math
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from aidx_assistant.evidence import Locator, Passage, Source
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.library import Library
from aidx_assistant.library.records import StoredPassage
from aidx_assistant.reading.sentences import sentences_of
from aidx_assistant.retrieval.expressions import match_expression
from aidx_assistant.retrieval.search import search
from tests.fakes.sources import write_source

_DEPTH = 10
_RESAMPLES = 2_000
_COLUMNS = ("system", "nDCG@10", "R@3", "R@10", "MRR@3", "index", "p50", "p95", "processor")
"""The last: what a query takes of the processor, which other work on the machine changes little."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents as title and text, queries, and which documents answer each."""

    name: str
    documents: Mapping[str, tuple[str, str]]
    queries: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]


class System(Protocol):
    """What is measured."""

    name: str

    def build(self, collection: Collection) -> None: ...

    def rank(self, query: str) -> list[str]:
        """Ids of the best ten documents, best first."""
        ...


def read_collection(folder: Path) -> Collection:
    documents = {one["_id"]: (one.get("title", ""), one["text"]) for one in _lines(folder / "corpus.jsonl")}
    queries = {one["_id"]: one["text"] for one in _lines(folder / "queries.jsonl")}
    relevant: dict[str, set[str]] = {}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0 and row["corpus-id"] in documents:
                relevant.setdefault(row["query-id"], set()).add(row["corpus-id"])
    known = {query: frozenset(ids) for query, ids in relevant.items() if query in queries}
    return Collection(folder.name, documents, {query: queries[query] for query in known}, known)


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


class Held:
    """A collection in a library of the product, made once for all ways to rank it."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.ids: dict[str, str] = {}

    def library(self, collection: Collection) -> Library:
        if not self.ids:
            self._library = Library(self._home, MiniLmEmbedder)
            self._library.store.replace_source(*self._content(collection), ())
            write_source(self._home / "corpus", "tiny", [["Nothing of this collection."]])
            self._library.sync(self._home / "corpus")
        return self._library

    def _content(self, collection: Collection) -> tuple[Source, int, list[StoredPassage]]:
        stored = []
        for number, (id_, (title, text)) in enumerate(collection.documents.items()):
            body = text.removeprefix(title).strip() or title or "–"
            sentences = sentences_of(body) or (body,)
            passage = Passage(f"c/{number}", "c", Locator("section", heading=title or None), sentences, ("all",))
            self.ids[passage.id] = id_
            stored.append(StoredPassage(passage, 60, number))
        return Source("c", collection.name, (), "", None, None, False, (), 0, ""), 0, stored


class Ours:
    """The product's search; by words alone and by passages alone as well, for what fusion brings."""

    def __init__(self, name: str, rank: Callable[[Library, str], list[str]], held: Held) -> None:
        self.name = name
        self._rank = rank
        self._held = held

    def build(self, collection: Collection) -> None:
        self._library = self._held.library(collection)

    def rank(self, query: str) -> list[str]:
        ids = self._held.ids
        return [ids[id_] for id_ in self._rank(self._library, query) if id_ in ids][:_DEPTH]


def _by_all(library: Library, query: str) -> list[str]:
    return [one.passage.id for one in search(library, query, limit=_DEPTH + 1)]


def _by_words(library: Library, query: str) -> list[str]:
    return [id_ for id_, _ in library.store.match_words(match_expression(query), _DEPTH, None, None)]


def _by_passages(library: Library, query: str) -> list[str]:
    with library.searching() as index:
        assert index is not None
        return list(index.nearest_passages(library.embedder.embed([query])[0], _DEPTH, None, None).scores)


class LangChain:
    """EnsembleRetriever (reciprocal rank fusion) over Chroma and BM25, by their defaults."""

    name = "LangChain ensemble"

    def build(self, collection: Collection) -> None:
        from langchain_chroma import Chroma
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_core.documents import Document
        from langchain_core.embeddings import Embeddings

        embedder = MiniLmEmbedder()

        class Embedding(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return embedder.embed(texts).tolist()

            def embed_query(self, text: str) -> list[float]:
                return embedder.embed([text])[0].tolist()

        documents = [
            Document(page_content=_whole(*document), metadata={"id": id_})
            for id_, document in collection.documents.items()
        ]
        store = Chroma(embedding_function=Embedding(), collection_metadata={"hnsw:space": "cosine"})
        store.add_documents(documents)
        words = BM25Retriever.from_documents(documents, k=4 * _DEPTH)
        meaning = store.as_retriever(search_kwargs={"k": 4 * _DEPTH})
        self._retriever = EnsembleRetriever(retrievers=[words, meaning], weights=[0.5, 0.5])

    def rank(self, query: str) -> list[str]:
        return [one.metadata["id"] for one in self._retriever.invoke(query)][:_DEPTH]


class LlamaIndex:
    """QueryFusionRetriever (reciprocal rank) over its vector index and BM25, without made-up queries."""

    name = "LlamaIndex fusion"

    def build(self, collection: Collection) -> None:
        from llama_index.core import VectorStoreIndex
        from llama_index.core.base.embeddings.base import BaseEmbedding
        from llama_index.core.llms import MockLLM
        from llama_index.core.retrievers import QueryFusionRetriever
        from llama_index.core.schema import TextNode
        from llama_index.retrievers.bm25 import BM25Retriever

        embedder = MiniLmEmbedder()

        class Embedding(BaseEmbedding):
            def _get_text_embedding(self, text: str) -> list[float]:
                return embedder.embed([text])[0].tolist()

            def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
                return embedder.embed(texts).tolist()

            def _get_query_embedding(self, query: str) -> list[float]:
                return self._get_text_embedding(query)

            async def _aget_query_embedding(self, query: str) -> list[float]:
                return self._get_text_embedding(query)

        nodes = [TextNode(text=_whole(*document), id_=id_) for id_, document in collection.documents.items()]
        index = VectorStoreIndex(nodes, embed_model=Embedding())
        words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=4 * _DEPTH)
        self._retriever = QueryFusionRetriever(
            [index.as_retriever(similarity_top_k=4 * _DEPTH), words],
            llm=MockLLM(),
            similarity_top_k=_DEPTH,
            num_queries=1,
            mode="reciprocal_rerank",
            use_async=False,
        )

    def rank(self, query: str) -> list[str]:
        return [one.node.node_id for one in self._retriever.retrieve(query)][:_DEPTH]


def _whole(title: str, text: str) -> str:
    return text if not title or text.startswith(title) else f"{title}\n{text}"


@dataclass(frozen=True, slots=True)
class Quality:
    """Of one query's ranking."""

    ndcg: float
    recall_3: float
    recall_10: float
    reciprocal_rank_3: float


def quality(ranked: Sequence[str], relevant: frozenset[str]) -> Quality:
    """nDCG@10 with binary gain, recall at 3 and 10, and the reciprocal rank of the first right one within three."""
    gain = sum(1 / math.log2(place + 1) for place, id_ in enumerate(ranked[:_DEPTH], 1) if id_ in relevant)
    best = sum(1 / math.log2(place + 1) for place in range(1, min(len(relevant), _DEPTH) + 1))
    first = next((place for place, id_ in enumerate(ranked[:3], 1) if id_ in relevant), None)
    return Quality(
        gain / best,
        len(relevant & set(ranked[:3])) / len(relevant),
        len(relevant & set(ranked[:_DEPTH])) / len(relevant),
        1 / first if first else 0.0,
    )


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """In which 95% of the mean differences of resampled queries lie."""
    draw = random.Random(0)
    means = sorted(statistics.fmean(draw.choices(differences, k=len(differences))) for _ in range(_RESAMPLES))
    return means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES) - 1]


def measure(system: System, collection: Collection) -> list[Quality]:
    start = time.perf_counter()
    system.build(collection)
    built = time.perf_counter() - start
    times, found = [], []
    worked = time.process_time()
    for id_, query in collection.queries.items():
        start = time.perf_counter()
        ranked = system.rank(query)
        times.append(1000 * (time.perf_counter() - start))
        found.append(quality(ranked, collection.relevant[id_]))
    worked = 1000 * (time.process_time() - worked) / len(times)
    means = [statistics.fmean(getattr(one, name) for one in found) for name in Quality.__slots__]
    figures = " | ".join(f"{mean:.3f}" for mean in means)
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"| {system.name} | {figures} | {built:.1f} s | {p50:.1f} ms | {p95:.1f} ms | {worked:.1f} ms |", flush=True)
    return found


def times_its_parts(whole: System, parts: Sequence[System], queries: Sequence[str]) -> float:
    """How many times as long the whole takes as its parts one after the other: the median over queries.

    Each is asked in turns, and its fastest of three times counts: what else the machine does weighs less on that.
    """

    def fastest(system: System, query: str) -> float:
        times = []
        for _ in range(3):
            start = time.perf_counter()
            system.rank(query)
            times.append(time.perf_counter() - start)
        return min(times)

    return statistics.median(fastest(whole, query) / sum(fastest(part, query) for part in parts) for query in queries)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--peers", action="store_true")
    chosen = parser.parse_args()
    logging.disable(logging.WARNING)
    for folder in chosen.folders:
        collection = read_collection(folder)
        print(f"\n{collection.name}: {len(collection.documents)} documents, {len(collection.queries)} queries\n")
        print(f"| {' | '.join(_COLUMNS)} |\n|{'---|' * len(_COLUMNS)}")
        with tempfile.TemporaryDirectory() as homes:
            held = Held(Path(homes) / "home")
            ours: list[System] = [
                Ours("aidx", _by_all, held),
                Ours("of it FTS5 alone", _by_words, held),
                Ours("of it vectors alone", _by_passages, held),
            ]
            peers: list[System] = [LangChain(), LlamaIndex()] if chosen.peers else []
            found = {system.name: measure(system, collection) for system in [*ours, *peers]}
            ratio = times_its_parts(ours[0], ours[1:], list(collection.queries.values()))
            print(f"\naidx takes {ratio:.2f} times as long as FTS5 and the vectors one after the other")
        for name in found.keys() - {"aidx"}:
            differences = [one.ndcg - other.ndcg for one, other in zip(found["aidx"], found[name], strict=True)]
            low, high = interval(differences)
            print(f"\naidx less {name}: nDCG@10 {statistics.fmean(differences):+.3f} ({low:+.3f} to {high:+.3f})")


if __name__ == "__main__":
    main()
