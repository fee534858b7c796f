"""The user's own copies of shipped sources, as they were read: one file in the home for each thing fetched.

    supplements/<source-id>/article.json     the page, as a document
    supplements/<source-id>/slide-08.json    the picture of a slide, as a document once it has been read
    pictures/<source-id>/slide-08.png        the picture itself

Each is written whole or not at all, so that a process may end at any moment.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aidx_assistant import atomic, locations
from aidx_assistant.errors import StorageError

if TYPE_CHECKING:
    from aidx_assistant.reading.document import Document
    from aidx_assistant.reading.read_source import ReadSource

ARTICLE = "article"
_NAME = re.compile(r"article|slide-(\d{2,4})")


@dataclass(frozen=True, slots=True)
class Supplied:
    """One thing that was fetched."""

    name: str
    """`article`, or `slide-08`."""
    address: str
    """What was asked for; empty where the user had put the picture there."""
    sha256: str
    """Of the content."""
    picture: str | None = None
    """The file in the folder of pictures, where it was fetched."""
    validators: Mapping[str, str] = field(default_factory=dict)
    """By which the next request is made conditional."""
    document: Document | None = None
    """What was read; None for a picture that has been kept only."""


class Supplements:
    """What the home holds of all shipped sources. Raises StorageError where it cannot be written."""

    def __init__(self, home: Path) -> None:
        self.folder = home / locations.SUPPLEMENTS

    def files(self) -> list[Path]:
        """All that was fetched, by source and name."""
        return sorted(file for file in self.folder.glob("*/*.json") if _NAME.fullmatch(file.stem))

    def of(self, source_id: str) -> dict[str, Supplied]:
        """What there is of a source, by name. A file that cannot be read counts as not there: it is fetched again."""
        found = (_supplied(file) for file in self.files() if file.parent.name == source_id)
        return {supplied.name: supplied for supplied in found if supplied is not None}

    def has(self, source_id: str) -> bool:
        """Whether anything of a source was fetched."""
        return any(file.parent.name == source_id for file in self.files())

    def put(self, source_id: str, supplied: Supplied) -> None:
        file = self.folder / source_id / f"{supplied.name}.json"
        text = json.dumps({**asdict(supplied), "validators": dict(supplied.validators)})
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.exists() or file.read_text(encoding="utf-8") != text:
                atomic.write_text(file, text)
        except OSError as error:
            raise cannot_keep(file, error) from error

    def forget(self, source_id: str) -> None:
        """Removes all that was read of a source; the pictures stay."""
        folder = self.folder / source_id
        try:
            if folder.exists():
                shutil.rmtree(folder)
        except OSError as error:
            raise cannot_keep(folder, error) from error


def cannot_keep(place: Path, error: OSError) -> StorageError:
    """The error of a disk that refuses."""
    return StorageError(
        f"Your copy cannot be kept at {place}: {error.strerror or error}.",
        "Free some disk space, or set AIDX_HOME to a folder you can write to.",
    )


def read_supplemented(corpus: Path, home: Path) -> tuple[ReadSource, ...]:
    """All sources of the corpus, each with the user's own copy where there is one. Raises CorpusError as it does."""
    from aidx_assistant.reading.corpus import read_corpus

    supplements = Supplements(home)
    return tuple(_with_copy(read, supplements.of(read.source.id)) for read in read_corpus(corpus))


def _with_copy(read: ReadSource, copy: Mapping[str, Supplied]) -> ReadSource:
    documents = {name: supplied.document for name, supplied in copy.items() if supplied.document is not None}
    article = documents.pop(ARTICLE, None)
    if article is None and not documents:
        return read
    from aidx_assistant.reading.supplement import supplemented

    slides = {int(name.removeprefix("slide-")): document for name, document in documents.items()}
    return supplemented(read, article, slides)


def _supplied(file: Path) -> Supplied | None:
    from aidx_assistant.reading import document_json

    try:
        table: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        document = document_json.from_table(table["document"]) if table["document"] else None
        supplied = Supplied(**{**table, "document": document})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return supplied if supplied.name == file.stem else None
