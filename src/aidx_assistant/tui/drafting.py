"""A brief's way through a thread, and what that thread tells the screen of briefs."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from aidx_assistant.answers import Notice
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import AidxError, InterruptedByUserError, StorageError, UsageError
from aidx_assistant.tui.shared_assistant import SharedAssistant
from aidx_assistant.tui.wording import told

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.briefs.brief import Brief
    from aidx_assistant.briefs.events import BriefEvent, BriefFinished
    from aidx_assistant.briefs.kept import KeptBriefs
    from aidx_assistant.briefs.request import BriefRequest
    from aidx_assistant.tui.brief_text import Page

_NOTHING_FINISHED = "Cancelled before a section was finished: there is no brief. F9 begins again."
_CANCELLED = "Cancelled: what is finished is kept. r drafts the sections that are missing."

Post = Callable[[Message], object]
Events = Generator["BriefEvent", None, None]


class At(Message):
    """How far it is, or what keeps it from going on."""

    def __init__(self, job: Job, doing: str | Notice) -> None:
        super().__init__()
        self.job = job
        self.doing = doing
        """`why now · 3 of 9`."""


class Written(Message):
    """One more section is there."""

    def __init__(self, job: Job, page: Page) -> None:
        super().__init__()
        self.job = job
        self.page = page


class Remarked(Message):
    """What the user should know of how it was made, in a sentence."""

    def __init__(self, job: Job, text: str) -> None:
        super().__init__()
        self.job = job
        self.text = text


class Done(Message):
    """The brief as it is in the end, and the request that led to it."""

    def __init__(self, job: Job, page: Page, request: BriefRequest, finished: BriefFinished) -> None:
        super().__init__()
        self.job = job
        self.page = page
        self.request = request
        self.finished = finished


class Failed(Message):
    """There is no brief, or the one before stays as it was."""

    def __init__(self, job: Job, error: AidxError) -> None:
        super().__init__()
        self.job = job
        self.error = error


@dataclass(frozen=True, slots=True)
class Job:
    """One run: a brief is made, some of its sections are drafted anew, or the last one is opened again."""

    request: BriefRequest | None = None
    """None to open the last brief."""
    brief: Brief | None = None
    """The one whose sections are to be drafted anew."""
    keys: tuple[str, ...] = ()
    goes_beyond: bool = False
    """Whether the user agreed that it may cost more than the settings allow."""
    cancellation: Cancellation = field(default_factory=Cancellation)

    @property
    def opens(self) -> bool:
        return self.request is None

    def for_the_rest(self, request: BriefRequest, brief: Brief) -> Job:
        """Drafts what this one left of a brief."""
        from aidx_assistant.briefs.composing import MISSING

        return Job(request, brief, (MISSING,))

    def run(self, shared: SharedAssistant, post: Post) -> None:
        """Does it in a thread; all that becomes of it is posted."""
        try:
            with shared.at_hand(self.cancellation) as assistant:
                self._follow(assistant, post)
        except AidxError as error:
            post(Failed(self, error))
        except Exception as error:  # the boundary of the thread: it ends one brief, never the app
            post(Failed(self, AidxError(f"The brief ended with a fault ({type(error).__name__}: {error}).")))

    def _follow(self, assistant: Assistant, post: Post) -> None:
        from aidx_assistant.answers import AnswerText, Phase
        from aidx_assistant.briefs.events import BriefFinished, Remark, SectionBegun, SectionDone
        from aidx_assistant.briefs.kept import KeptBriefs
        from aidx_assistant.tui.brief_text import page_of, page_so_far

        kept = KeptBriefs(assistant.library.home)
        if self.goes_beyond:
            assistant.spending.lift(self.cancellation)
        request, events = self._begun(assistant)
        for event in events:
            match event:
                case SectionBegun():
                    heading = f"{event.heading[:1].lower()}{event.heading[1:]}"
                    post(At(self, f"{heading} · {event.number} of {event.of}"))
                case SectionDone() if self.brief is None:
                    if assistant.asks_claude:  # what has been paid for is kept, however this ends
                        self._keep(event.brief, request, kept, post)
                    post(Written(self, page_so_far(event.brief)))
                case Notice():
                    post(At(self, event))
                case Remark():
                    post(Remarked(self, event.text))
                case BriefFinished():
                    if not self.opens:
                        self._keep(event.brief, request, kept, post)
                    post(Done(self, page_of(event.brief), request, event))
                case AnswerText() | Phase() | SectionDone():
                    pass

    def _begun(self, assistant: Assistant) -> tuple[BriefRequest, Events]:
        from aidx_assistant.briefs.composing import MISSING, compose, examined_again, redraft
        from aidx_assistant.briefs.kept import KeptBriefs

        if self.request is None:
            brief, request = KeptBriefs(assistant.library.home).latest()
            return request, examined_again(assistant, brief)
        if self.brief is None:
            return self.request, compose(assistant, self.request, cancellation=self.cancellation)
        if MISSING in self.keys and self.brief.mode == "evidence" and not assistant.asks_claude:
            # Quotes cost nothing, and only all of them together are chosen so that they fit two pages.
            return self.request, compose(assistant, self.request, cancellation=self.cancellation)
        return self.request, redraft(assistant, self.request, self.brief, self.keys, cancellation=self.cancellation)

    def _keep(self, brief: Brief, request: BriefRequest, kept: KeptBriefs, post: Post) -> None:
        """Where it cannot be kept, it can be saved all the same."""
        try:
            kept.keep(brief, request)
        except StorageError as error:
            post(Remarked(self, f"Not kept for later: {error.title}"))


def how_it_ended(finished: BriefFinished, remarks: list[str]) -> str:
    """What to say of a brief that is there, whole or in part."""
    said = list(remarks)
    if finished.stopped_by_user:
        said.insert(0, _CANCELLED)
    if finished.problem is not None:
        said.insert(0, f"{told(finished.problem)} What is finished is kept; r drafts the rest.")
    return "\n".join(said)


def how_it_failed(error: AidxError, *, is_there: bool) -> str:
    """What to say where nothing was made; `is_there`: a brief from before, which stays as it was."""
    if isinstance(error, InterruptedByUserError):
        return "Cancelled: the brief is as it was." if is_there else _NOTHING_FINISHED
    return f"{told(error)} {'The brief is as it was.' if is_there else 'F9 begins again.'}"


def is_kept(home: Path) -> bool:
    """Whether there is a brief to be opened again."""
    from aidx_assistant.briefs.kept import KeptBriefs

    try:
        KeptBriefs(home).latest()
    except UsageError:
        return False
    return True
