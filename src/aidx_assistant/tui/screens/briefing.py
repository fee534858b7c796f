"""What the user is asked of a brief: what it is to be about, whose market, for whom; which section to draft anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Static

from aidx_assistant.briefs.brief import BRIEF_KINDS
from aidx_assistant.errors import AidxError, UsageError
from aidx_assistant.tui.brief_basis import LONGEST_TOPIC, MARKETS, Basis
from aidx_assistant.tui.brief_jobs import jobs_at
from aidx_assistant.tui.drafting import Job
from aidx_assistant.tui.screens.dialog import Form
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.said import Said
from aidx_assistant.tui.widgets.setting import Choice
from aidx_assistant.tui.wording import told as in_words

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant
    from aidx_assistant.briefs.brief import Brief

_LONGEST_NAME = 200
_NO_TOPIC = "Type what the brief is about, e.g. ambient scribes."


async def section_to_redraft(app: App[Any], brief: Brief) -> str | None:
    """The key of the section that the user chooses, MISSING for all that are missing; None for none.

    Await it in a worker, which the dialog needs.
    """
    from aidx_assistant.briefs.composing import MISSING
    from aidx_assistant.tui.screens.picking import Pick

    faulty = {fault.where for fault in brief.faults}
    keys, shown = [], []
    for section in brief.sections:
        mark = " · missing" if not section.drafted else " · with faults" if section.heading in faulty else ""
        keys.append(section.key)
        shown.append(f"{section.heading}{mark}")
    missing = sum(not section.drafted for section in brief.sections)
    if missing:
        keys.insert(0, MISSING)
        shown.insert(0, f"All that are missing ({missing})")
    picked = await app.push_screen_wait(Pick("Which section is to be drafted anew?", shown, 0))
    return None if picked is None else keys[picked]


class AskForBrief(Form[Job | None]):
    """Gives what is to be made or opened; None where the user wants nothing after all.

    `reopens`: the last brief is offered as well.
    """

    CSS_PATH: ClassVar = ["../styles/dialogs.tcss", "../styles/briefing.tcss"]
    HELP = """
        A brief of at most two pages, every statement with its source. **Enter** makes it as it stands here, **Esc**
        leaves all as it is. **Tab** goes from field to field; → completes a topic that the sources speak of. Whose
        market it is about decides which figures it may use. A buyer's brief leads to a decision, a founder's to a way
        into the market. A file of your own jobs, as “aidx dx” reads it, adds where to look first. With an API key
        Claude drafts it section by section; without one it is made of sentences
        quoted from the sources.
    """

    def __init__(self, session: Session, basis: Basis, *, reopens: bool = False) -> None:
        super().__init__()
        self._session = session
        self._basis = basis
        self._reopens = reopens

    def compose(self) -> ComposeResult:
        basis = self._basis
        with VerticalScroll(classes="dialog", can_focus=False):
            question = f"A brief on {basis.told}" if basis.told else "A brief on what?"
            yield Static(Content(question), classes="question", markup=False)
            with Horizontal(classes="field first"):
                yield Static("Topic", classes="name")
                yield Input(basis.topic, max_length=LONGEST_TOPIC, compact=True, id="topic")
            with Horizontal(classes="field"):
                yield Static("Segment", classes="name")
                yield Choice(MARKETS, id="market")
            with Horizontal(classes="field"):
                yield Static("Kind", classes="name")
                yield Choice(BRIEF_KINDS, id="kind")
            with Horizontal(classes="field"):
                yield Static("For whom", classes="name")
                hint = "optional, e.g. CMIO, 500-bed health system"
                yield Input(basis.audience, placeholder=hint, max_length=_LONGEST_NAME, compact=True, id="audience")
            with Horizontal(classes="field"):
                yield Static("Your jobs", classes="name")
                hint = "the same as before" if basis.jobs else "optional: a CSV or TOML file, as “aidx dx” reads it"
                yield Input(placeholder=hint, compact=True, id="jobs")
            yield Said()
            with Horizontal(classes="buttons"):
                yield Button("Make it", variant="primary", id="accept", compact=True)
                if self._reopens:
                    yield Button("Open the last", id="last", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    def on_mount(self) -> None:
        self.query_one("#market", Choice).value = self._basis.market
        self.query_one("#kind", Choice).value = self._basis.kind
        self.query_one("#topic", Input).focus()
        self._offer_topics()

    @work
    async def _offer_topics(self) -> None:
        """What the library has findings on completes what is typed."""
        try:
            topics = await self._session.assistant.read(_topics)
        except AidxError:  # it is told where it matters
            return
        self.query_one("#topic", Input).suggester = SuggestFromList(topics, case_sensitive=False)

    def answer_of(self, button: str | None) -> Job | None:
        return Job() if button == "last" else None

    def take(self) -> None:
        from aidx_assistant.briefs.request import BriefRequest

        topic = self.query_one("#topic", Input)
        if not topic.value.strip():
            self.query_one(Said).say(_NO_TOPIC, problem=True)
            topic.focus()
            return
        basis = self._basis
        jobs = self.query_one("#jobs", Input)
        try:
            index, told = jobs_at(jobs.value) if jobs.value.strip() else (basis.jobs, "")
        except UsageError as error:
            self.query_one(Said).say(in_words(error), problem=True)
            jobs.focus()
            return
        if told:
            self.app.notify(told, severity="warning", markup=False)
        request = BriefRequest(
            kind=next(kind for kind in BRIEF_KINDS if kind == self.query_one("#kind", Choice).value),
            topic=topic.value.strip(),
            segment=next(market for market in MARKETS if market == self.query_one("#market", Choice).value),
            audience=self.query_one("#audience", Input).value.strip() or None,
            findings=basis.findings,
            places=basis.places,
            jobs=index,
        )
        self.dismiss(Job(request))


def _topics(assistant: Assistant) -> list[str]:
    return sorted({finding.topic for finding in assistant.findings() if finding.topic})
