"""Fetches the user's own copy of a shipped source, reads it apart, and keeps it as a supplement of the notes."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aidx_assistant import atomic
from aidx_assistant.assistant.fetch_journal import FetchJournal
from aidx_assistant.assistant.fetch_plan import FetchPlan, Item
from aidx_assistant.assistant.imported import Outcome
from aidx_assistant.assistant.obtaining import FETCHED
from aidx_assistant.assistant.pictures import SUFFIXES, picture_file, pictures_folder
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import AidxError, FetchError, InterruptedByUserError, ReadingError, StorageError, UsageError
from aidx_assistant.library.progress import Progress
from aidx_assistant.library.supplements import ARTICLE, Supplements, Supplied, cannot_keep
from aidx_assistant.reading import ocr
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.isolation import ReadingProcess

if TYPE_CHECKING:
    from aidx_assistant.fetching.fetched import Fetched, Kind
    from aidx_assistant.fetching.fetcher import Fetcher

NO_OCR = (
    "The pictures of the slides are kept and shown, but not read. "
    "To have them read, install OCR, pip install 'aidx-assistant[ocr]', and fetch again."
)
_LARGEST = {"page": 10_000_000, "picture": 50_000_000}
"""Bytes."""
_MOST_IN_A_ROW = 5
"""Failures to fetch, one after the other, after which the rest is not tried."""


@dataclass(frozen=True, slots=True)
class Supplementation:
    """What became of one thing that was to be fetched."""

    name: str
    """In words: `the article`, `slide 8`."""
    address: str
    outcome: Outcome
    reason: str = ""
    hint: str = ""
    remarks: tuple[str, ...] = ()
    """What the user must know of the reading, each in one sentence."""
    of_network: bool = False
    """Whether it failed for the network or the server."""


class _NotTriedError(AidxError):
    """Something would fail as what came before it did; the title says why, in one sentence."""


class Supplementing:
    """Fetches one thing after the other over one connection. Used by one thread at a time.

    What is told as added is kept whatever happens next; the library takes it up with its next sync.
    """

    def __init__(
        self,
        home: Path,
        plan: FetchPlan,
        progress: Progress,
        *,
        cancellation: Cancellation | None = None,
        allow_private: bool = False,
    ) -> None:
        self.plan = plan
        self._home = home
        self._progress = progress
        self._cancellation = cancellation or Cancellation()
        self._allow_private = allow_private
        self._supplements = Supplements(home)
        self._journal = FetchJournal(self._supplements.folder / plan.source_id)
        self._known: dict[str, Supplied] = {}
        self._process = ReadingProcess()
        self._fetcher: Fetcher | None = None
        self._in_a_row = 0
        """Failures to fetch, one after the other."""
        self._unreachable: set[str] = set()
        """Servers that no connection came about to."""

    def __enter__(self) -> Supplementing:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.close()
        if self._fetcher is not None:
            self._fetcher.close()
            self._fetcher = None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the user must know of the whole, each in one sentence."""
        kept = self._supplements.of(self.plan.source_id)
        is_unread = any(name != ARTICLE and supplied.document is None for name, supplied in kept.items())
        return (NO_OCR,) if is_unread and not ocr.is_available() else ()

    def fetch(self) -> Iterator[Supplementation]:
        """Fetches and reads what is new; gives what became of each as it is done.

        What an interrupted fetch has done is passed over. Raises InterruptedByUserError where it is cancelled,
        StorageError where nothing can be kept, UsageError where another process fetches the same.
        """
        with self._journal.alone():
            self._known = self._supplements.of(self.plan.source_id)
            done = [name for name in self._journal.done() if self._is_there(name)]
            for place, item in enumerate(self.plan.items):
                if self._cancellation.cancelled:
                    raise InterruptedByUserError("Fetching was cancelled; what was told as added is kept.")
                if item.name in done:
                    yield Supplementation(item.label, item.address, "unchanged", "It came before the interruption.")
                    continue
                outcome = self._tried(item, place)
                if outcome.outcome not in ("failed", "skipped"):
                    done.append(item.name)
                    self._journal.write(done)
                yield outcome
            self._journal.end()

    def forget(self) -> int:
        """Removes what was fetched and read of the source; the number of things removed.

        Pictures that the user put there, or changed, stay. Raises UsageError where there is nothing.
        """
        with self._journal.alone():
            kept = self._supplements.of(self.plan.source_id)
            if not self._supplements.has(self.plan.source_id):
                raise UsageError(f"There is no copy of your own of “{self.plan.source_id}”.")
            for supplied in kept.values():  # before what tells that they are ours
                self._remove_picture(supplied)
            with contextlib.suppress(OSError):
                pictures_folder(self._home, self.plan.source_id).rmdir()
            self._supplements.forget(self.plan.source_id)
        return len(kept)

    def _tried(self, item: Item, place: int) -> Supplementation:
        known = self._known.get(item.name)
        if known and known.address not in ("", item.address):
            known = replace(known, address=item.address, validators={})
        self._tell("fetching", item, place)
        try:
            if item.slide is None:
                return self._article(item, known, place)
            return self._slide(item, item.slide, known, place)
        except (InterruptedByUserError, StorageError):
            raise
        except _NotTriedError as error:
            return Supplementation(item.label, item.address, "skipped", error.title)
        except AidxError as error:
            of_network = isinstance(error, FetchError)
            return Supplementation(item.label, item.address, "failed", error.title, error.hint, of_network=of_network)

    def _article(self, item: Item, known: Supplied | None, place: int) -> Supplementation:
        known = known if known and known.document else None
        fetched = self._fetched(item, known)
        sha256 = _hash(fetched.content) if fetched.content else ""
        if known and (fetched.content is None or sha256 == known.sha256):
            self._supplements.put(self.plan.source_id, replace(known, validators=fetched.validators))
            return Supplementation(item.label, item.address, "unchanged")
        assert fetched.content is not None
        document = self._read(fetched.content, "article.html", fetched.address, item, place)
        supplied = Supplied(item.name, item.address, sha256, None, fetched.validators, document)
        self._supplements.put(self.plan.source_id, supplied)
        outcome: Outcome = "updated" if known else "added"
        return Supplementation(item.label, item.address, outcome, remarks=document.remarks)

    def _slide(self, item: Item, slide: int, known: Supplied | None, place: int) -> Supplementation:
        file = picture_file(self._home, self.plan.source_id, slide)
        if file is not None and not (known and self._is_ours(file, known)):
            return self._put_by_user(item, file, known, place)
        held = known if file is not None else None
        fetched = self._fetched(item, held)
        sha256 = _hash(fetched.content) if fetched.content else ""
        if file is not None and held and (fetched.content is None or sha256 == held.sha256):
            supplied = replace(held, validators=fetched.validators)
            self._supplements.put(self.plan.source_id, supplied)
            return self._read_slide(item, file, supplied, held, place)
        assert fetched.content is not None
        if held:  # before another picture is told to be ours
            self._remove_picture(held)
        name = f"{item.name}{SUFFIXES[fetched.content_type]}"
        supplied = Supplied(item.name, item.address, sha256, name, fetched.validators)
        self._supplements.put(self.plan.source_id, supplied)
        file = self._keep_picture(fetched.content, name)
        return self._read_slide(item, file, supplied, held, place)

    def _fetched(self, item: Item, held: Supplied | None) -> Fetched:
        """What is at an address, where it has changed. Raises FetchError, _NotTriedError where it would fail too."""
        host = urlsplit(item.address).hostname or ""
        if host in self._unreachable:
            raise _NotTriedError(f"Not tried: {host} cannot be reached.")
        if self._in_a_row >= _MOST_IN_A_ROW:
            raise _NotTriedError(f"Not tried: {self._in_a_row} in a row could not be fetched.")
        validators = held.validators if held else None
        kind: Kind = "page" if item.slide is None else "picture"
        try:
            fetched = self._opened().fetch(item.address, kind=kind, largest=_LARGEST[kind], validators=validators)
        except FetchError as error:
            self._in_a_row += 1
            if error.unreachable:
                self._unreachable.add(error.unreachable)
            raise
        self._in_a_row = 0
        return fetched

    def _put_by_user(self, item: Item, file: Path, known: Supplied | None, place: int) -> Supplementation:
        """The picture is there already, by the user's hand: it is read, and nothing is fetched."""
        sha256 = _hash(file)
        supplied = known
        if known is None or known.picture or known.sha256 != sha256:
            if known:
                self._remove_picture(known)
            supplied = Supplied(item.name, "", sha256)
            self._supplements.put(self.plan.source_id, supplied)
        assert supplied is not None
        return self._read_slide(item, file, supplied, known, place)

    def _read_slide(
        self, item: Item, file: Path, supplied: Supplied, known: Supplied | None, place: int
    ) -> Supplementation:
        """Reads a picture that is there, if it has not been read and there is OCR."""
        changed: Outcome = "updated" if known and known.sha256 != supplied.sha256 else "added"
        if supplied.document is not None or not ocr.is_available():
            is_same = known is not None and known.sha256 == supplied.sha256
            return Supplementation(item.label, item.address, "unchanged" if is_same else changed)
        document = self._read(file, file.name, item.address, item, place)
        self._supplements.put(self.plan.source_id, replace(supplied, document=document))
        return Supplementation(item.label, item.address, changed, remarks=document.remarks)

    def _keep_picture(self, content: Path, name: str) -> Path:
        """Puts a picture where the app shows it."""
        file = pictures_folder(self._home, self.plan.source_id) / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_bytes(file, content.read_bytes())
        except OSError as error:
            raise cannot_keep(file, error) from error
        return file

    def _is_there(self, name: str) -> bool:
        """Whether something is kept, and read as far as it can be."""
        known = self._known.get(name)
        return known is not None and (known.document is not None or not ocr.is_available())

    def _is_ours(self, file: Path, known: Supplied) -> bool:
        return file.name == known.picture and _hash(file) == known.sha256

    def _remove_picture(self, supplied: Supplied) -> None:
        """Removes a picture that was fetched, unless the user has put another in its place."""
        if supplied.picture:
            file = pictures_folder(self._home, self.plan.source_id) / supplied.picture
            with contextlib.suppress(OSError, ReadingError):
                if _hash(file) == supplied.sha256:
                    file.unlink()

    def _read(self, content: Path, name: str, address: str, item: Item, place: int) -> Document:
        self._tell("reading", item, place)
        options = ReadingOptions(fetched_from=address)
        return self._process.read(content, name, options, self._cancellation)

    def _tell(self, doing: str, item: Item, place: int) -> None:
        self._progress.advance(f"{doing} {item.label}", place, len(self.plan.items))

    def _opened(self) -> Fetcher:
        if self._fetcher is None:
            from aidx_assistant.fetching.fetcher import Fetcher

            self._fetcher = Fetcher(
                self._home / FETCHED, allow_private=self._allow_private, cancellation=self._cancellation
            )
        return self._fetcher


def _hash(file: Path) -> str:
    """SHA-256. Raises ReadingError where it cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ReadingError(f"{file} cannot be read: {error.strerror or error}.") from error
