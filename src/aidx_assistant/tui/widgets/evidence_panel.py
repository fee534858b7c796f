"""Beside the answer: the passage behind a marker, its cited sentence marked, and the source it stands in."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Static

from aidx_assistant.answers import Citation, UnsupportedFigure
from aidx_assistant.errors import AidxError
from aidx_assistant.tui import evidence as wording
from aidx_assistant.tui.evidence import Evidence
from aidx_assistant.tui.handing_on import copy_reference, open_address
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.answer_marks import Target
from aidx_assistant.tui.widgets.picture import Picture

_GATHERING = "evidence"
_PARTS = ("heading", "verdict", "place", "passage", "links", "caveat", "details", "picture-note")


class EvidencePanel(VerticalScroll, can_focus=True):
    """Hidden until something is followed; Esc closes it."""

    BINDINGS = [
        Binding("c", "copy", "Copy"),
        Binding("o", "open", "Open"),
        Binding("escape", "close", "Close"),
    ]
    HELP = (
        "The passage behind a citation, its cited sentence marked. **c** copies the reference in the style chosen in "
        "the settings, **o** opens the source's address in a browser, **Esc** closes the panel."
    )

    class Closed(Message):
        """The user is done with it."""

    class Opened(Message):
        """It shows something, and has taken its room."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.citation: Citation | None = None
        """What it is opened on; None while it is closed."""
        self.evidence: Evidence | None = None
        """What it shows: for a moment, until the library has been asked, still that of the citation before."""
        self._to_copy = False

    def compose(self) -> ComposeResult:
        for part in _PARTS:
            yield Static(classes=part, markup=False)
        yield Picture()

    def on_mount(self) -> None:
        self.display = False

    @property
    def is_open(self) -> bool:
        """Also while what it opens on is still looked up."""
        return self.display or self.citation is not None

    def show_target(self, target: Target) -> None:
        """Opens the panel on what a mark leads to."""
        if target.citation is not None:
            self.show_citation(target.citation, target.figure, cited=target.cited)
        elif target.figure is not None:
            self.show_uncited(target.figure)

    def show_citation(self, citation: Citation, figure: UnsupportedFigure | None = None, *, cited: bool = True) -> None:
        """Opens the panel on a citation, once the library has been asked."""
        self.citation = citation
        self._to_copy = False
        self._gather(citation, figure, cited)

    def show_uncited(self, figure: UnsupportedFigure) -> None:
        """Opens the panel on an unsupported figure for which nothing is cited."""
        self.clear()
        for part in _PARTS:
            self._show(part, Content(""))
        self._show("heading", wording.fault_heading(figure))
        self._show("verdict", Content(wording.verdict(figure, None)))
        self.query_one(Picture).show_file(None)
        self.display = True
        self.call_after_refresh(self._settle)

    @work(exclusive=True, group=_GATHERING)
    async def _gather(self, citation: Citation, figure: UnsupportedFigure | None, cited: bool) -> None:
        try:
            evidence = await self._session.assistant.read(
                lambda assistant: wording.evidence_for(assistant, citation, figure, cited)
            )
        except AidxError:  # the quotation is there even where the library is not
            evidence = Evidence(citation, None, None, None, figure=figure, cited=cited)
        self._show_evidence(evidence)
        if self._to_copy:
            self.action_copy()

    def _show_evidence(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.display = True
        self._show("heading", wording.heading(evidence))
        verdict = wording.verdict(evidence.figure, evidence.citation) if evidence.figure else ""
        self._show("verdict", Content(verdict))
        self._show("place", Content(wording.place(evidence)))
        self._show("caveat", Content(wording.caveat(evidence)))
        self._show("passage", wording.passage_text(evidence))
        self._show("links", wording.links(evidence))
        self._show("details", wording.source_details(evidence))
        self._show("picture-note", Content(wording.picture_note(evidence)))
        self.query_one(Picture).show_file(evidence.picture_file)
        self.scroll_home(animate=False)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Once it has its room: the cited sentence comes into view, unless a verdict that quotes it stands above."""
        self.post_message(self.Opened())
        if self.evidence is not None and self.evidence.figure is None:
            passage = self.query_one(".passage", Static)
            line = len(wording.text_before(self.evidence).wrap(max(1, passage.size.width)))
            self.scroll_to_region(passage.virtual_region.translate(Offset(0, line)).crop_size((1, 2)), animate=False)

    def action_copy(self) -> None:
        """Copies the reference in the style of the settings; where its source is still looked up, right after that."""
        evidence = self.evidence
        if evidence is not None and evidence.citation is self.citation:
            self._to_copy = False
            copy_reference(self.app, evidence.citation, evidence.source, self._session.settings.citation_style)
        else:
            self._to_copy = self.citation is not None

    def action_open(self) -> None:
        """Opens the source's address in a browser."""
        if self.citation is not None:
            open_address(self.app, self.citation.url)

    def action_close(self) -> None:
        self.clear()
        self.post_message(self.Closed())

    def clear(self) -> None:
        """Closes the panel; what is being gathered for it is not shown."""
        self.workers.cancel_group(self, _GATHERING)
        self.citation = self.evidence = None
        self._to_copy = False
        self.display = False

    def _show(self, part: str, content: Content) -> None:
        line = self.query_one(f".{part}", Static)
        line.update(content)
        line.display = bool(content.plain)
