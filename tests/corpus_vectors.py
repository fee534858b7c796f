"""Makes what ships beside the corpus, its vectors and the classifier: `make vectors`, after every change to it
or to the questions that tests/classifier/fit.py reads."""

from __future__ import annotations

from aidx_assistant import locations
from aidx_assistant.library.classifier import write_classifier
from aidx_assistant.library.embedded import embedded_texts
from aidx_assistant.library.embedding import MiniLmEmbedder
from aidx_assistant.library.known_vectors import write_known_vectors
from aidx_assistant.reading.corpus import read_corpus
from tests.classifier.fit import Fitting


def corpus_texts() -> list[str]:
    """All that is embedded of the shipped corpus."""
    passages = [passage for read in read_corpus(locations.corpus_folder()) for passage in read.passages]
    return [text for passage in passages for text in embedded_texts(passage)]


if __name__ == "__main__":
    corpus, embedder = locations.corpus_folder(), MiniLmEmbedder()
    write_known_vectors(corpus, corpus_texts(), embedder)
    fitting = Fitting(embedder)
    write_classifier(corpus, embedder.fingerprint, fitting.fitted(), fitting.shipped)
