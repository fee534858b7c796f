"""The brief by Claude: each section retrieved for, drafted with citations, and put into its blocks in code."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence

from aidx_assistant.answering.claude import ClaudeAnswerer
from aidx_assistant.answering.draft import Draft, Retrieved
from aidx_assistant.answering.prompts import prompt
from aidx_assistant.answers import Citation, Usage
from aidx_assistant.briefs.assembling import DraftedSection
from aidx_assistant.briefs.brief import (
    MARKER,
    Block,
    BriefMode,
    Paragraph,
    Point,
    Points,
    Section,
    markers_in,
    texts_of,
)
from aidx_assistant.briefs.calculation import calculated
from aidx_assistant.briefs.cited_operands import with_operands_cited
from aidx_assistant.briefs.decision import decision_blocks
from aidx_assistant.briefs.events import Remark, SectionEvent
from aidx_assistant.briefs.quotable import Quotable
from aidx_assistant.briefs.reply_blocks import blocks_of, labelled_of, options_of
from aidx_assistant.briefs.request import IN_PLURAL, BriefRequest
from aidx_assistant.briefs.source_line import source_line
from aidx_assistant.briefs.templates import SectionTemplate
from aidx_assistant.claude.usage import together
from aidx_assistant.errors import ClaudeError, InterruptedByUserError
from aidx_assistant.library.store import Store

_SILENT = "The sources are silent"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class ClaudeWriter:
    """Drafts one section after the other; adds up what they use."""

    def __init__(self, answerer: ClaudeAnswerer, quotable: Quotable, request: BriefRequest, store: Store) -> None:
        self._answerer = answerer
        self._quotable = quotable
        self._request = request
        self._store = store
        self._model: str | None = None
        self._usage: Usage | None = None

    @property
    def mode(self) -> BriefMode:
        return "claude"

    @property
    def model(self) -> str | None:
        return self._model

    @property
    def usage(self) -> Usage | None:
        return self._usage

    def draft(
        self, template: SectionTemplate, earlier: Sequence[Section]
    ) -> Generator[SectionEvent, None, DraftedSection | None]:
        """A section; in the template's words where the sources do not answer it, None where Claude refused it.

        Raises InterruptedByUserError where it is cancelled, ClaudeError where it did not come whole.
        """
        if template.makes == "decision" and self._request.questions:  # the user has said what is to be decided
            return DraftedSection(_section(template, decision_blocks(self._request)), ())
        questions = self._questions(template)
        retrieved = self._quotable.retrieved(*questions)
        draft = yield from self._answered(
            _task(template, self._request, questions, self._firstly(template), earlier), retrieved
        )
        if draft.status in ("refused", "cut"):
            yield Remark(f"{template.heading}: {draft.reason}")
        if draft.status == "refused":
            return None
        if draft.status == "declined":
            return DraftedSection(_section(template, _silence(template, self._request)), (), says_nothing=True)
        by_number = {citation.number: citation for citation in draft.citations}
        text = calculated(with_operands_cited(draft.text, by_number))
        blocks = self._in_form(blocks_of(text, template.heading), template, by_number)
        return DraftedSection(_section(template, blocks), draft.citations)

    def _answered(self, task: str, retrieved: Retrieved) -> Generator[SectionEvent, None, Draft]:
        """What Claude answers, whole."""
        draft = yield from self._answerer.answer(task, retrieved)
        self._model = draft.model or self._model
        self._usage = together(self._usage, draft.usage)
        if draft.stopped_by_user:
            raise InterruptedByUserError("Cancelled before the section was whole.")
        if draft.status == "interrupted":
            raise ClaudeError(draft.reason or "The section is incomplete.", remedies=("ask again",))
        return draft

    def _questions(self, template: SectionTemplate) -> tuple[str, ...]:
        """What is retrieved for: the template's questions, for the evidence also the user's, and the topic itself."""
        asked = (question for slot in template.slots for question in slot.questions)
        users = self._request.questions if template.makes == "evidence" else ()
        return (self._request.topic, *users, *dict.fromkeys(map(self._request.put_into, asked)))

    def _firstly(self, template: SectionTemplate) -> tuple[str, ...]:
        """The sentences that the user chose, for the evidence."""
        return tuple(quote.text for quote in self._quotable.chosen) if template.makes == "evidence" else ()

    def _in_form(
        self, blocks: tuple[Block, ...], template: SectionTemplate, citations: Mapping[int, Citation]
    ) -> tuple[Block, ...]:
        match template.makes:
            case "decision":
                texts = (text for block in blocks for text in texts_of(block))
                sentence = " ".join(" ".join(MARKER.sub("", text).split()) for text in texts)
                return decision_blocks(self._request, sentence.replace(" .", "."))
            case "evidence":
                return tuple(self._with_sources(block, citations) for block in blocks)
            case "ranked":
                return tuple(
                    Points(b.points, numbered=len(b.points) > 1) if isinstance(b, Points) else b for b in blocks
                )
            case "options":
                labels = [item.label for item in template.items]
                return options_of(blocks, template.columns, labels, f"{_SILENT}.")
            case "labelled":
                return labelled_of(blocks, [(i.label, f"{_SILENT}: {i.slots[0].silent}") for i in template.items])
            case _:
                return blocks

    def _with_sources(self, block: Block, citations: Mapping[int, Citation]) -> Block:
        if not isinstance(block, Points):
            return block
        return Points(
            tuple(Point(point.text, self._source(point.text, citations)) for point in block.points), block.numbered
        )

    def _source(self, text: str, citations: Mapping[int, Citation]) -> str | None:
        """The line of the sources that a point cites, one after the other."""
        cited = [citations[number] for number in dict.fromkeys(markers_in(text)) if number in citations]
        lines = []
        for source_id in dict.fromkeys(citation.source_id for citation in cited):
            own = [citation for citation in cited if citation.source_id == source_id]
            source = self._store.source(source_id)
            places = {(citation.passage_id, n) for citation in own for n in range(*citation.sentences)}
            findings = self._store.findings_in([citation.passage_id for citation in own])
            stated = [finding for finding in findings if (finding.passage_id, finding.sentence) in places]
            lines += [source_line(own, stated, source)] if source else []
        return " · ".join(lines) or None


def _task(
    template: SectionTemplate,
    request: BriefRequest,
    questions: Sequence[str],
    firstly: Sequence[str],
    earlier: Sequence[Section],
) -> str:
    """What Claude is asked for a section."""
    first = (
        ("The reader chose these sentences; give them first:", *(f"- {text}" for text in firstly)) if firstly else ()
    )
    summed = ("The sections so far, to sum up; cite the search results, not these:", *map(_told, earlier))
    known = {
        "kind": request.kind,
        "topic": request.topic,
        "segment": IN_PLURAL[request.segment],
        "audience": request.audience or "not known",
        "decision": f"Decision to take: {request.questions[0]}" if request.questions else "",
        "heading": template.heading,
        "instruction": template.instruction,
        "questions": "\n".join(f"- {question}" for question in questions),
        "earlier": "\n".join(first + (summed if template.sums_up and earlier else ())),
    }
    return _PLACEHOLDER.sub(lambda name: known.get(name[1], name.group()), prompt("brief/task")).strip()


def _told(section: Section) -> str:
    texts = (MARKER.sub("", text) for block in section.blocks for text in texts_of(block))
    return "\n".join((f"\n{section.heading}:", *(f"- {text}" for text in texts)))


def _section(template: SectionTemplate, blocks: tuple[Block, ...]) -> Section:
    return Section(template.key, template.heading, blocks, template.boxed)


def _silence(template: SectionTemplate, request: BriefRequest) -> tuple[Block, ...]:
    """What a section says where the sources answer nothing of it."""
    match template.makes:
        case "decision":
            return decision_blocks(request)
        case "options":
            return options_of((), template.columns, [item.label for item in template.items], f"{_SILENT}.")
        case "labelled":
            return labelled_of((), [(item.label, f"{_SILENT}: {item.slots[0].silent}") for item in template.items])
        case _:
            silent = template.slot.silent
            return (Paragraph(silent[:1].upper() + silent[1:] if silent else f"{_SILENT}."),)
