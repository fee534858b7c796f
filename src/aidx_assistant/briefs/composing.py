"""Makes a brief section by section, by Claude or from quoted sentences, and has it examined."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from aidx_assistant.answering.prompts import prompt
from aidx_assistant.answering.relevance import plainly_irrelevant
from aidx_assistant.answers import Usage
from aidx_assistant.answers_in_words import searched_by_words
from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.briefs.assembling import DraftedSection, assembled, section_of
from aidx_assistant.briefs.brief import Brief, BriefMode, Section
from aidx_assistant.briefs.events import BriefEvent, BriefFinished, Remark, SectionBegun, SectionDone, SectionEvent
from aidx_assistant.briefs.evidence_brief import EvidenceWriter
from aidx_assistant.briefs.exports import page_count
from aidx_assistant.briefs.left_out import dropped_in_words, uncited_in_words
from aidx_assistant.briefs.linting import faults_of
from aidx_assistant.briefs.own_jobs import OwnJobs
from aidx_assistant.briefs.quotable import Quotable
from aidx_assistant.briefs.request import IN_PLURAL, BriefRequest, usable_request
from aidx_assistant.briefs.shortening import shortened, with_fewer_jobs_if_long, without_chart_if_long
from aidx_assistant.briefs.templates import BriefTemplate, SectionTemplate, brief_template
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.checking.citing import verified
from aidx_assistant.claude.usage import together
from aidx_assistant.errors import ClaudeError, InterruptedByUserError, NotAnsweredError, UsageError

MISSING = "missing"
"""In place of a section's key: every section that is not drafted."""

Drafting = Generator[SectionEvent, None, DraftedSection | None]


class Writer(Protocol):
    """Writes one section after the other."""

    @property
    def mode(self) -> BriefMode: ...

    @property
    def model(self) -> str | None: ...

    @property
    def usage(self) -> Usage | None: ...

    def draft(self, template: SectionTemplate, earlier: Sequence[Section]) -> Drafting:
        """A section, given those that are written already; None for one that cannot be written."""
        ...


def compose(
    assistant: Assistant, request: BriefRequest, *, cancellation: Cancellation | None = None
) -> Generator[BriefEvent, None, None]:
    """The events that lead to a brief; the last is BriefFinished.

    Claude drafts it where there is a key and it may be asked, else it is made of quoted sentences. A KeyboardInterrupt
    thrown into the generator, the cancellation from another thread, and an error of the API end it there: sections
    that are finished are kept. Raises NotAnsweredError where the sources hold nothing on the topic; UsageError;
    ClaudeError, InterruptedByUserError or KeyboardInterrupt where it ended before a section was finished.
    """
    yield from _composed(assistant, request, None, (), cancellation)


def redraft(
    assistant: Assistant,
    request: BriefRequest,
    brief: Brief,
    keys: Collection[str],
    *,
    cancellation: Cancellation | None = None,
) -> Generator[BriefEvent, None, None]:
    """Like `compose`, but only the sections with these keys are written anew; MISSING stands for all not drafted.

    A section whose writing fails stays as it was. Raises UsageError for a key that the brief has not.
    """
    template = brief_template(request.kind)
    wanted: list[str] = []
    for key in keys:
        if key == MISSING:
            wanted += (section.key for section in brief.sections if not section.drafted)
        elif template.section(key):
            wanted.append(key)
        else:
            known = ", ".join(section.key for section in template.sections)
            raise UsageError(f"A {request.kind} brief has no section “{key}”.", f"Sections: {known}, {MISSING}.")
    if not wanted:
        raise UsageError("No section is missing from this brief.", "Name the section to be drafted anew by its key.")
    yield from _composed(assistant, request, brief, wanted, cancellation)


def examined_again(assistant: Assistant, brief: Brief) -> Generator[BriefEvent, None, None]:
    """A brief as it is, held against the library as it is now."""
    store = assistant.library.store
    assistant.sources()
    citations = tuple(verified(citation, store) for citation in brief.citations)
    again = replace(brief, citations=citations, faults=())
    yield BriefFinished(replace(again, faults=faults_of(again, store, page_count(again))))


def _composed(
    assistant: Assistant,
    request: BriefRequest,
    earlier: Brief | None,
    keys: Collection[str],
    cancellation: Cancellation | None,
) -> Generator[BriefEvent, None, None]:
    request = usable_request(request)
    template = brief_template(request.kind)
    quotable = Quotable(assistant, request)
    yield from map(Remark, dropped_in_words(quotable))
    writer = _writer(assistant, request, template, quotable, cancellation)
    work = _Work(assistant, request, template, writer, earlier)
    to_write = [section for section in template.sections if earlier is None or section.key in keys]
    to_write.sort(key=lambda section: section.sums_up)
    stopped, problem = False, None
    try:
        for number, section in enumerate(to_write, 1):
            if cancellation and cancellation.cancelled:
                raise InterruptedByUserError("Cancelled before any section was finished.")
            yield SectionBegun(section.key, section.heading, number, len(to_write))
            drafted = yield from writer.draft(section, work.written)
            if drafted is not None:
                work.finished[section.key] = drafted
                if earlier is None and work.says_nothing():
                    raise not_answered(quotable, request)
            yield SectionDone(section.key, work.brief())
    except (InterruptedByUserError, KeyboardInterrupt, ClaudeError) as error:
        if not work.finished:
            raise
        problem = error if isinstance(error, ClaudeError) else None
        stopped = problem is None
    if not work.finished:
        raise ClaudeError("Claude refused every section of this brief.", remedies=("offline",))
    brief = work.examined()
    yield from map(Remark, _remarks(quotable, request, brief))
    yield BriefFinished(brief, stopped, problem)


def _remarks(quotable: Quotable, request: BriefRequest, brief: Brief) -> Iterator[str]:
    """What was not searched by meaning, and what the user chose that the brief does not cite."""
    if brief.kind == "founder" and (request.owner or request.decide_by):
        yield "A founder brief has no decision: who decides, and by when, is left out of it."
    if quotable.by_words_only:
        yield searched_by_words(quotable.by_words_only)
    yield from uncited_in_words(quotable, brief)


class _Work:
    """The sections written so far, on top of those of an earlier brief."""

    def __init__(
        self,
        assistant: Assistant,
        request: BriefRequest,
        template: BriefTemplate,
        writer: Writer,
        earlier: Brief | None,
    ) -> None:
        self._store = assistant.library.store
        self._request = request
        self._template = template
        self._writer = writer
        self._earlier = earlier
        self.finished: dict[str, DraftedSection] = {}

    @property
    def written(self) -> tuple[Section, ...]:
        """What is written, in the order of the template."""
        return tuple(one.section for one in map(self._section, self._template.sections) if one.section.drafted)

    def says_nothing(self) -> bool:
        """Whether all that is to be written from the sources is written, and they answered none of it."""
        grounded = [self.finished.get(section.key) for section in self._template.sections if not section.sums_up]
        return all(one is not None and one.says_nothing for one in grounded)

    def brief(self) -> Brief:
        """The whole so far."""
        request, writer, earlier = self._request, self._writer, self._earlier
        by_claude = writer.mode == "claude" or (earlier is not None and earlier.mode == "claude")
        empty = Brief(
            kind=request.kind,
            topic=request.topic,
            segment=request.segment,
            audience=request.audience,
            made_on=date.today(),
            mode="claude" if by_claude else "evidence",
            model=writer.model or (earlier.model if earlier else None),
            sections=(),
            citations=(),
            usage=together(earlier.usage if earlier else None, writer.usage),
            jobs=OwnJobs(request.jobs) if request.jobs else None,
            given=request.given,
        )
        return assembled(empty, [self._section(section) for section in self._template.sections], self._store)

    def examined(self) -> Brief:
        """The whole, short enough where quotes may go, with what the linter finds."""
        brief = self.brief()
        if isinstance(self._writer, EvidenceWriter):
            brief = shortened(brief, self._writer, self._template, self._refilled)
        brief = with_fewer_jobs_if_long(without_chart_if_long(brief))
        return replace(brief, faults=faults_of(brief, self._store, page_count(brief)))

    def _refilled(self) -> Brief:
        """The brief with the sections of this work filled again, as the writer's limits have changed."""
        assert isinstance(self._writer, EvidenceWriter)
        for section in self._template.sections:
            if section.key in self.finished:
                self.finished[section.key] = self._writer.section(section)
        return self.brief()

    def _section(self, template: SectionTemplate) -> DraftedSection:
        if template.key in self.finished:
            return self.finished[template.key]
        earlier = section_of(self._earlier, template.key) if self._earlier else None
        return earlier or DraftedSection(Section(template.key, template.heading, (), template.boxed, drafted=False), ())


def _writer(
    assistant: Assistant,
    request: BriefRequest,
    template: BriefTemplate,
    quotable: Quotable,
    cancellation: Cancellation | None,
) -> Writer:
    answerer = assistant.claude(cancellation, prompt("brief/drafting"))
    if answerer is not None:
        from aidx_assistant.briefs.claude_brief import ClaudeWriter

        given = quotable.chosen or request.questions
        if not given and plainly_irrelevant(request.topic, quotable.retrieved(request.topic)):
            raise not_answered(quotable, request)
        return ClaudeWriter(answerer, quotable, request, assistant.library.store)
    if not (quotable.topic.quotes or quotable.chosen or quotable.asked):
        raise not_answered(quotable, request)
    return EvidenceWriter(quotable, request, template)


def not_answered(quotable: Quotable, request: BriefRequest) -> NotAnsweredError:
    """What to say where the sources hold nothing on the topic for the segment."""
    others = quotable.other_segments()
    if others:
        hint = f"They speak of it for {' and '.join(IN_PLURAL[segment] for segment in others)}."
    elif quotable.topic.listed:
        hint = f"They only list it, or a part of it, among what was asked for: {quotable.topic.listed}"
    else:
        hint = f"{quotable.topic.why_nothing} They have findings on {', '.join(quotable.topics)}."
    return NotAnsweredError(
        f"The sources do not answer “{request.topic}” for {IN_PLURAL[request.segment]}; no brief was made.", hint
    )
