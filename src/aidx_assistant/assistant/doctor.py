"""Examines the installation, one thing at a time, so that one fault does not hide another."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from aidx_assistant import __version__, locations
from aidx_assistant.assistant.connecting import chroma_server, endpoint, needs_no_key
from aidx_assistant.errors import AidxError, SettingsError, StorageError
from aidx_assistant.keys import key_origin
from aidx_assistant.library.classifier import CLASSIFIER, Classifier
from aidx_assistant.library.embedded import embedded_soon
from aidx_assistant.library.embedding import MODEL_SHA256, MiniLmEmbedder, model_file, verified_model
from aidx_assistant.library.fingerprint import fingerprint
from aidx_assistant.library.kept_index import SYNC_LOCK, is_on_a_server, on_a_server
from aidx_assistant.library.known_vectors import KnownVectors
from aidx_assistant.library.opening import IndexUnusableError, open_index
from aidx_assistant.library.server import ChromaServer
from aidx_assistant.library.store import Store
from aidx_assistant.library.vectors import connect
from aidx_assistant.library.waiting import alone_soon
from aidx_assistant.plurals import counted
from aidx_assistant.settings import load_settings

_PACKAGES = ("anthropic", "chromadb", "onnxruntime", "tokenizers", "tiktoken", "numpy", "click", "rich")


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str


def examine() -> tuple[Examined, ...]:
    """Looks at everything; raises nothing that a user could mend."""
    looks: dict[str, Callable[[], str]] = {
        "versions": _versions,
        "home": _home,
        "settings": _settings,
        "embedding model": _model,
        "model": _answering_model,
        "library": _library,
        "search index": _index,
        "API key": _key,
        "network": _network,
    }
    return tuple(_look(name, look) for name, look in looks.items())


def _look(name: str, look: Callable[[], str]) -> Examined:
    try:
        return Examined(name, True, look())
    except AidxError as error:
        return Examined(name, False, f"{error.title} {error.hint}".strip())
    except Exception as error:  # whatever it is, the other looks go on
        return Examined(name, False, str(error) or type(error).__name__)


def _versions() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return f"aidx {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}"


def _home() -> str:
    home = locations.home()
    locations.make_home(home)
    chosen = " (from AIDX_HOME)" if os.environ.get("AIDX_HOME") else ""
    return f"{home}{chosen}; corpus {locations.corpus_folder()}; prompts {locations.prompts_folder()}"


def _settings() -> str:
    settings = load_settings()
    file = locations.home() / locations.SETTINGS
    origin = str(file) if file.exists() else f"{file} does not exist, defaults in force"
    return f"{origin}; model {settings.model}, token budget {settings.token_budget}"


def _model() -> str:
    verified_model(model_file())
    classifier = Classifier(locations.corpus_folder(), MiniLmEmbedder.fingerprint, MiniLmEmbedder.dimensions)
    if not classifier.size:
        raise StorageError(
            f"{locations.corpus_folder() / CLASSIFIER} cannot be used: answers without a model are less sure.",
            "Install aidx again.",
        )
    answering = "answers" if classifier.size == 1 else "answer"
    known = f"it is known what {counted(classifier.size, 'sentence')} of the shipped reports {answering}"
    return f"{model_file()}, SHA-256 {MODEL_SHA256[:12]}… as expected; {known}"


def _answering_model() -> str:
    """Raises SettingsError where it is to be asked, and the SDK knows that it is retired."""
    from aidx_assistant.claude.models import end_of_life

    try:
        settings = load_settings()
    except SettingsError:  # told where the settings are looked at
        return "not known, as the settings cannot be read"
    end = end_of_life(settings.model)
    if end is None:
        return f"{settings.model}; the installed SDK knows of no end of it"
    if end.has_come and key_origin() and not settings.offline:
        raise SettingsError(end.told, "aidx models lists what there is; set model in config.toml.")
    return end.told


def _library() -> str:
    if not _library_file().exists():
        return _not_there_yet(f"{_library_file()} does not exist yet")
    with closing(Store(_library_file())) as store:
        store.check_integrity()
        read, current = store.meta("corpus"), fingerprint(locations.corpus_folder(), locations.home())
        extent = store.extent()
        counts = (
            f"{counted(len(store.sources()), 'source')}, {counted(extent.passages, 'passage')} of"
            f" {counted(extent.sentences, 'sentence')}, {counted(len(store.findings()), 'finding')}"
        )
    if read is None:
        return f"{_library_file()}: the reports that come with aidx are not read in yet; the next question does"
    state = "up to date" if read == current else "the corpus has changed; the next question reads it in"
    return f"{_library_file()}: {counts}; {state}"


def _index() -> str:
    if not _library_file().exists():
        return _not_there_yet("does not exist yet")
    with closing(Store(_library_file())) as store:
        server = _server()
        if server is not None:
            return _shared_index(server, store)
        identity = store.meta("index")
        if identity is None or is_on_a_server(identity):
            return _not_there_yet("does not exist yet")
        folder = locations.home() / locations.INDEXES / identity
        with alone_soon(locations.home() / SYNC_LOCK) as is_alone:  # else opening it could end the process
            held = _held(folder) if is_alone else None
        return f"{folder}: {_extent_indexed(store, held)}"


def _server() -> ChromaServer | None:
    """The one of the settings, which may name none, or none that can be used: SettingsError.

    Where they cannot be read at all, that is told where the settings are looked at.
    """
    try:
        settings = load_settings()
    except SettingsError:
        return None
    return chroma_server(settings)


def _shared_index(server: ChromaServer, store: Store) -> str:
    """What a team's index holds. Raises SharedIndexError, SettingsError."""
    connection = connect(server, MiniLmEmbedder.fingerprint)
    with closing(connection.index):
        passages, sentences = connection.index.sizes
    is_in_use = store.meta("index") == on_a_server(connection.identity)
    held = _extent_indexed(store, store.indexed_counts()) if is_in_use else "the next question puts this library there"
    where = f"{server.url} ({'with' if server.token else 'without'} a token)"
    there = f"{counted(passages, 'passage')}, {counted(sentences, 'sentence')}"
    return f"shared, on the Chroma server at {where}: {there}; of this library: {held}"


def _held(folder: Path) -> tuple[int, int]:
    """How many vectors of passages, and of sentences, the index holds."""
    try:
        index = open_index(folder, MiniLmEmbedder.fingerprint, MiniLmEmbedder.dimensions)
    except IndexUnusableError as fault:
        raise IndexUnusableError(f"{folder}: {fault}; the next question rebuilds it, nothing is lost") from fault
    with closing(index):
        return index.sizes


def _extent_indexed(store: Store, held: tuple[int, int] | None) -> str:
    """What the index holds of the library; None where another process is at work with it."""
    extent = store.extent()
    so_far = counted(extent.indexed, "passage", of=extent.passages)
    if held is None:
        return f"another aidx is at work with it; {so_far} so far"
    waiting = store.passages_to_index()
    if waiting:
        known = KnownVectors(locations.corpus_folder(), MiniLmEmbedder.fingerprint, MiniLmEmbedder.dimensions)
        is_little = len(embedded_soon(waiting, known)) == len(waiting)
        return f"unfinished: {so_far}; {'the next question' if is_little else 'aidx sync'} finishes it"
    if held != store.indexed_counts() and not store.stale_vectors():
        raise IndexUnusableError(
            "it does not hold what the library holds; the next question rebuilds it, nothing is lost"
        )
    all_of_them = "the 1 passage with its" if extent.passages == 1 else f"all {extent.passages:,} passages with their"
    return f"{all_of_them} {counted(extent.sentences, 'sentence')}"


def _not_there_yet(what: str) -> str:
    """What the first question makes, if it can."""
    if not os.access(locations.home(), os.W_OK | os.X_OK):
        raise PermissionError(f"{what}, and cannot be made in this home.")
    return f"{what}; the first question makes it"


def _library_file() -> Path:
    return locations.home() / locations.LIBRARY


def _key() -> str:
    match key_origin():
        case None:
            local = _local_model()
            return f"none, and none needed: {local} answers" if local else "none: answers are quoted from the sources"
        case "keyring":
            return "present (system keyring)"
        case variable:
            return f"present ({variable})"


def _network() -> str:
    try:
        shared = load_settings().chroma_url
    except SettingsError:  # told where the settings are looked at
        shared = ""
    return "needed for the shared index, and to ask Claude" if shared else "not needed, except to ask Claude"


def _local_model() -> str | None:
    """A model on this machine that answers without a key; faults of the settings are told where these are looked at."""
    try:
        settings = load_settings()
    except SettingsError:
        return None
    return f"{settings.model} at {endpoint(settings)}" if needs_no_key(settings) else None
