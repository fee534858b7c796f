"""What can be brought into the library, each kind with what it does and how it is spoken of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.assistant.fetch_plan import FetchPlan
    from aidx_assistant.assistant.given import Given
    from aidx_assistant.assistant.imported import Imported
    from aidx_assistant.assistant.importing import Importing
    from aidx_assistant.assistant.supplementing import Supplementation
    from aidx_assistant.cancellation import Cancellation
    from aidx_assistant.library.unfinished import Unfinished


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind of task is spoken of."""

    doing: str = "Reading"
    done: str = "read"
    later: str = ""
    """What there is to do about the rest once aidx has been left, in one sentence."""


class Underway(Protocol):
    """The run that a task is done in, as far as the task is concerned with it."""

    remarks: tuple[str, ...]
    """What the user must know of the whole, each in one sentence."""

    @property
    def cancellation(self) -> Cancellation:
        """Ends the task."""
        ...

    @property
    def is_quit(self) -> bool:
        """Whether it is ended because the app ends."""
        ...


class Task(Protocol):
    """Something to be done in a thread. Done again, it goes on with the rest."""

    @property
    def words(self) -> Words: ...

    @property
    def supplements(self) -> bool:
        """Whether the sources that ship are to be read anew after it."""
        ...

    def outcomes(self, assistant: Assistant, run: Underway) -> Iterator[Imported]:
        """Does it, and gives what became of each thing. Raises AidxError where it cannot go on or is stopped."""
        ...


@dataclass(frozen=True)
class Add:
    """Files, folders, patterns and addresses. What of it is left unread because the app ends is remembered."""

    names: tuple[str, ...]
    given: Given
    allow_private: bool = False

    words: ClassVar[Words] = Words(later="At the next start aidx offers to go on with them.")
    supplements: ClassVar[bool] = False

    @classmethod
    def rest_of(cls, unfinished: Unfinished) -> Add:
        """What aidx did not come to before it ended."""
        from aidx_assistant.assistant.given import Given

        return cls(unfinished.names, Given.of(unfinished.given), unfinished.allow_private)

    def outcomes(self, assistant: Assistant, run: Underway) -> Iterator[Imported]:
        from aidx_assistant.assistant.origins import origins_of
        from aidx_assistant.library.unfinished import UnfinishedAdditions

        additions = UnfinishedAdditions(assistant.library.home)
        with (
            _importing(assistant, run, self.allow_private) as importing,
            additions.begun(self.names, self.given.kept, self.allow_private) as addition,
        ):
            try:
                addition.is_at(0, total := len(origins_of(self.names)))
                for done, imported in enumerate(importing.add(self.names, self.given), 1):
                    addition.is_at(done, total)
                    yield imported
            finally:
                if not run.is_quit:
                    addition.is_over()


@dataclass(frozen=True)
class ReadAgain:
    """Sources that the user brought; all of them, and what could not be read, where none is named."""

    source_ids: tuple[str, ...] = ()

    words: ClassVar[Words] = Words(later="They can be read again at any time.")
    supplements: ClassVar[bool] = False

    def outcomes(self, assistant: Assistant, run: Underway) -> Iterator[Imported]:
        with _importing(assistant, run) as importing:
            yield from importing.refresh(self.source_ids)


@dataclass(frozen=True)
class TryAgain:
    """What could not be read."""

    origin: str
    password: str | None = field(default=None, repr=False)

    words: ClassVar[Words] = Words(later="It stays in the list of sources.")
    supplements: ClassVar[bool] = False

    def outcomes(self, assistant: Assistant, run: Underway) -> Iterator[Imported]:
        with _importing(assistant, run) as importing:
            yield from importing.retry(self.origin, self.password)


@dataclass(frozen=True)
class Fetch:
    """The user's own copy of a source that ships as notes."""

    plan: FetchPlan

    words: ClassVar[Words] = Words("Fetching", "fetched", "They can be fetched at any time.")
    supplements: ClassVar[bool] = True

    def outcomes(self, assistant: Assistant, run: Underway) -> Iterator[Imported]:
        from aidx_assistant.assistant.supplementing import Supplementing

        progress, cancellation = assistant.progress, run.cancellation
        with Supplementing(assistant.library.home, self.plan, progress, cancellation=cancellation) as copying:
            yield from map(_imported, copying.fetch())
            run.remarks = copying.remarks


def _importing(assistant: Assistant, run: Underway, allow_private: bool = False) -> Importing:
    from aidx_assistant.assistant.importing import Importing

    library, progress = assistant.library, assistant.progress
    return Importing(library, progress, cancellation=run.cancellation, allow_private=allow_private)


def _imported(fetched: Supplementation) -> Imported:
    """What became of one thing that was to be fetched, as it is told of what was to be read."""
    from aidx_assistant.assistant.imported import Imported

    return Imported(fetched.name, fetched.outcome, reason=fetched.reason, hint=fetched.hint, remarks=fetched.remarks)
