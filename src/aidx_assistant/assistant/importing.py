"""Brings the user's files and pages into the library: each read apart, kept whole or not at all, and only once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from aidx_assistant.assistant.given import Given
from aidx_assistant.assistant.import_lock import alone_among_imports
from aidx_assistant.assistant.imported import Imported, not_there
from aidx_assistant.assistant.likenesses import Like, Likenesses
from aidx_assistant.assistant.obtaining import Obtained, Obtainer
from aidx_assistant.assistant.origins import Origin, once_more, origins_of
from aidx_assistant.assistant.source_made import source_of_document, told_of_length, told_of_title
from aidx_assistant.assistant.versions import Version, version_of
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import (
    AidxError,
    ClaudeError,
    InterruptedByUserError,
    ReadingError,
    StorageError,
    UsageError,
)
from aidx_assistant.library.library import Library
from aidx_assistant.library.progress import Progress
from aidx_assistant.library.records import FailedImport, Import
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.isolation import ReadingProcess
from aidx_assistant.reading.likeness import Signature, signature
from aidx_assistant.reading.read_source import ReadSource
from aidx_assistant.reading.slugs import slug_of

if TYPE_CHECKING:
    from aidx_assistant.assistant.transcribing import Transcriber

_LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class _Step:
    """One of so many things to read."""

    progress: Progress
    origin: Origin
    place: int
    count: int

    def at(self, where: str = "") -> None:
        """Tells where reading is, e.g. `page 3 of 37`."""
        name = Path(self.origin.name).name
        self.progress.advance(f"reading {name}, {where}" if where else f"reading {name}", self.place, self.count)


class Importing:
    """Reads what it is told to, one after the other. Used by one thread at a time.

    What is told as added or updated is in the library whatever happens next; its vectors come with the next sync.
    """

    def __init__(
        self,
        library: Library,
        progress: Progress,
        *,
        cancellation: Cancellation | None = None,
        allow_private: bool = False,
        transcriber: Transcriber | None = None,
    ) -> None:
        """With a transcriber, pictures are read by Claude, else by OCR.

        What is added with `allow_private` is read again with it.
        """
        self._library = library
        self._allow_private = allow_private
        self._transcriber = transcriber
        self._progress = progress
        self._cancellation = cancellation or Cancellation()
        self._process = ReadingProcess()
        self._obtainer = Obtainer(library.home, progress, self._cancellation)

    def __enter__(self) -> Importing:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.close()
        self._obtainer.close()

    def add(self, names: Sequence[str], given: Given) -> Iterator[Imported]:
        """Reads files, folders, patterns and addresses; gives what became of each as it is done.

        Raises InterruptedByUserError where it is cancelled, StorageError where the library cannot be written, and
        ClaudeError where Claude is to read and cannot be asked.
        """
        origins = origins_of(names, allow_private=self._allow_private)
        if given.title and len(origins) > 1:
            raise UsageError("One title cannot be that of several sources.", "Add them one by one, or leave it out.")
        if self._transcriber:
            self._transcriber.expect(sum(origin.is_picture and not origin.passed_over for origin in origins))
        for place, origin in enumerate(origins):
            yield self._added(origin, given, _Step(self._progress, origin, place, len(origins)))

    def refresh(self, source_ids: Sequence[str] = ()) -> Iterator[Imported]:
        """Reads again what has changed where it came from, and tries again what once failed; all where none is named.

        Raises as `add` does.
        """
        store = self._library.store
        imports = [
            one for one in store.imports() if one.source_id in source_ids or not (source_ids or one.is_of_another)
        ]
        again: list[Import | FailedImport] = [*imports, *(() if source_ids else store.failed_imports())]
        todo = [(once_more(one, self._allow_private), Given.of(one.given)) for one in again]
        if self._transcriber:
            self._transcriber.expect(sum(origin.is_picture for origin, _ in todo))
        for place, (origin, given) in enumerate(todo):
            yield self._added(origin, given, _Step(self._progress, origin, place, len(todo)))

    def retry(self, origin: str, password: str | None = None) -> Iterator[Imported]:
        """Tries one thing again that could not be read, with what was said of it then. Raises as `add` does."""
        for one in self._library.store.failed_imports():
            if one.origin == origin:
                again = once_more(one, self._allow_private)
                yield self._added(
                    again, replace(Given.of(one.given), password=password), _Step(self._progress, again, 0, 1)
                )

    def _added(self, origin: Origin, given: Given, step: _Step) -> Imported:
        if self._cancellation.cancelled:
            raise InterruptedByUserError("Reading was cancelled; what was told as added is in the library.")
        if origin.passed_over:
            return Imported(origin.name, origin.outcome, reason=origin.passed_over)
        known = self._library.store.import_from(origin.name)
        if not origin.is_address and not os.path.exists(origin.name):
            return not_there(origin.name, known)
        step.at()
        try:
            obtained = self._obtainer.obtain(origin, dict(known.validators) if known else {})
            judged = self._judged(origin, given, known, obtained, step)
        except (InterruptedByUserError, StorageError, ClaudeError):
            raise
        except AidxError as error:
            failed = FailedImport(
                origin.name, error.title, error.hint, _now(), given.kept, error.remedies, origin.allow_private
            )
            self._library.store.put_failed_import(failed)
            return Imported(origin.name, "failed", reason=error.title, hint=error.hint, remedies=error.remedies)
        if any(one.origin == origin.name for one in self._library.store.failed_imports()):
            self._library.store.forget_failed_import(origin.name)  # it could be read, whether it was kept or not
        return judged

    def _judged(
        self, origin: Origin, given: Given, known: Import | None, obtained: Obtained | None, step: _Step
    ) -> Imported:
        """What is new of something that is there; `obtained` is None where it has not changed since."""
        if obtained is None:
            assert known is not None
            return self._unchanged(known, origin)
        with alone_among_imports(self._library.home, self._progress):
            already = self._already(origin, given, obtained)
        if already:
            return already
        by_claude = self._transcriber is not None
        options = ReadingOptions(given.password, fetched_from=obtained.address, pictures_apart=by_claude)
        document = self._process.read(obtained.content, obtained.name, options, self._cancellation, step.at)
        if self._transcriber:
            document = self._transcriber.transcribed(document, obtained.name, step.at, self._cancellation)
        signed = signature(document)
        with alone_among_imports(self._library.home, self._progress):  # another may have read the same meanwhile
            return self._already(origin, given, obtained) or self._kept(origin, given, obtained, document, signed)

    def _already(self, origin: Origin, given: Given, obtained: Obtained) -> Imported | None:
        """What there is to tell of content that the library holds; None where it is to be read."""
        known = self._library.store.import_from(origin.name)
        if known and (obtained.sha256, given.kept) == (known.sha256, known.given):
            return None if self._is_wanted_by_claude(known) else self._unchanged(known, origin)
        twin = self._library.store.import_of(obtained.sha256)
        if twin is None or twin.origin == origin.name:
            return None
        title = self._title(twin.source_id)
        is_there = origin.is_address or twin.origin.startswith("http") or Path(twin.origin).exists()
        if known or (is_there and not twin.is_of_another):
            return Imported(origin.name, "skipped", twin.source_id, title, f"It is the same as {twin.came_from}.")
        self._library.store.put_import(replace(twin, origin=origin.name))
        told = "Another of the team has added it." if twin.is_of_another else f"It was known as {twin.origin}."
        return Imported(origin.name, "unchanged", twin.source_id, title, told)

    def _is_wanted_by_claude(self, known: Import) -> bool:
        """Whether it has pictures, or may have, that Claude is to read now and has not read."""
        if self._transcriber is None or known.medium not in ("picture", "pdf", "deck"):
            return False
        return all(passage.read != "by Claude" for passage in self._library.store.passages_of(known.source_id))

    def _unchanged(self, known: Import, origin: Origin) -> Imported:
        if origin.allow_private and not known.allow_private:
            self._library.store.put_import(replace(known, allow_private=True))
        return Imported(known.origin, "unchanged", known.source_id, self._title(known.source_id))

    def _kept(
        self, origin: Origin, given: Given, obtained: Obtained, document: Document, signed: Signature
    ) -> Imported:
        known = self._library.store.import_from(origin.name)
        self._likenesses.bring_up_to_date()
        like = self._likenesses.nearest(signed, but=known.source_id if known else None)
        new_id = known.source_id if known else self._new_id(given, document, origin, obtained)
        read = self._read(document, new_id, given, obtained)
        version = self._version(read, like) if like else Version("added", "")
        if version.outcome == "skipped" and not (known and version.is_older):  # its own place holds what it says now
            assert like is not None
            return Imported(origin.name, "skipped", like.source_id, self._title(like.source_id), version.told)
        if known:
            version = Version("updated", "")
        elif like and version.outcome == "updated":
            read = self._read(document, like.source_id, given, obtained)
        record = _record(origin, read.source.id, given, obtained, document)
        self._library.add_import(read, record, signed.to_bytes())
        told = (version.told,) if version.told else ()
        remarks = (*document.remarks, *told_of_title(read.source), *told_of_length(read))
        beside = version.outcome == "added"
        return Imported(
            origin.name,
            version.outcome,
            read.source.id,
            read.source.title,
            "" if beside else version.told,
            remarks=(*remarks, *told) if beside else remarks,
            figures=len(read.findings),
        )

    def _version(self, read: ReadSource, like: Like) -> Version:
        store = self._library.store
        known = store.source(like.source_id)
        assert known is not None
        return version_of(read, like, known, store.passages_of(like.source_id))

    def _read(self, document: Document, source_id: str, given: Given, obtained: Obtained) -> ReadSource:
        others = (source for source in self._library.store.sources() if source.id != source_id)
        read = source_of_document(document, source_id, given, obtained, others)
        if not read.passages:
            raise ReadingError("There is no text in it.")
        return read

    @cached_property
    def _likenesses(self) -> Likenesses:
        return Likenesses(self._library.store)

    def _title(self, source_id: str) -> str:
        source = self._library.store.source(source_id)
        return source.title if source else source_id

    def _new_id(self, given: Given, document: Document, origin: Origin, obtained: Obtained) -> str:
        """A short name for commands: by the title, else by the file's name; in a shared index, where somebody else may
        add another of that title at this moment, with a part of its content's hash.
        """
        base = slug_of(given.title or document.title or Path(origin.name).stem)[:_LONGEST_ID].strip("-") or "source"
        if self._library.is_shared:
            base = f"{base}-{obtained.sha256[:6]}"
        return next(name for name in _numbered(base) if self._library.store.source(name) is None)


def _numbered(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}-{number}" for number in count(2))


def _record(origin: Origin, source_id: str, given: Given, obtained: Obtained, document: Document) -> Import:
    return Import(
        source_id=source_id,
        origin=origin.name,
        sha256=obtained.sha256,
        medium=document.medium,
        imported_at=_now(),
        remarks=document.remarks,
        given=given.kept,
        validators=tuple(sorted(obtained.validators.items())),
        allow_private=origin.allow_private,
    )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
