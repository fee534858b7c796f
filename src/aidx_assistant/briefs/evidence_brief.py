"""The brief without a model: the skeleton of the template filled with quoted sentences, its gaps named."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from functools import cached_property

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.assembling import DraftedSection
from aidx_assistant.briefs.brief import Block, BriefMode, Labelled, Options, Paragraph, Point, Points, Section
from aidx_assistant.briefs.decision import decision_blocks
from aidx_assistant.briefs.events import SectionEvent
from aidx_assistant.briefs.pains import in_order
from aidx_assistant.briefs.quotable import Quotable, distinct, speaks_of
from aidx_assistant.briefs.quotes import Quote
from aidx_assistant.briefs.request import BriefRequest
from aidx_assistant.briefs.shares_added import shares_added
from aidx_assistant.briefs.source_line import source_line
from aidx_assistant.briefs.templates import BriefTemplate, Makes, SectionTemplate, Slot
from aidx_assistant.briefs.verdict import Weighed, change, evidence_fit, next_step, recommendation

_CALCULATED_FROM = "own calculation of the figures above"


class EvidenceWriter:
    """Fills sections with what the library says, word for word; it makes no statement about the market of its own.

    `most`: how many sentences a section, or each of its items, may quote, where fewer than its template allows.
    """

    def __init__(self, quotable: Quotable, request: BriefRequest, template: BriefTemplate) -> None:
        self._quotable = quotable
        self._request = request
        self._template = template
        self._found: dict[Slot, tuple[Quote, ...]] = {}
        self.most: dict[str, int] = {section.key: section.most for section in template.sections}

    @property
    def mode(self) -> BriefMode:
        return "evidence"

    @property
    def model(self) -> None:
        return None

    @property
    def usage(self) -> None:
        return None

    def draft(
        self, template: SectionTemplate, _earlier: Sequence[Section]
    ) -> Generator[SectionEvent, None, DraftedSection]:
        """The section at once, as there is nothing to wait for."""
        yield from ()
        return self.section(template)

    def section(self, template: SectionTemplate) -> DraftedSection:
        """A section filled; its citations are its own."""
        citing = _Citing()
        blocks = self._blocks(template, citing)
        return DraftedSection(Section(template.key, template.heading, blocks, template.boxed), citing.citations)

    def _blocks(self, template: SectionTemplate, citing: _Citing) -> tuple[Block, ...]:
        filled: Mapping[Makes, Callable[[], tuple[Block, ...]]] = {
            "decision": lambda: decision_blocks(self._request),
            "verdict": lambda: tuple(map(Paragraph, recommendation(self._weighed))),
            "change": lambda: (Points(tuple(map(Point, change(self._weighed)))),),
            "next-step": lambda: (Paragraph(next_step(self._weighed)),),
            "points": lambda: self._points(template, citing),
            "evidence": lambda: self._evidence(template, citing),
            "ranked": lambda: self._ranked(template, citing),
            "options": lambda: (self._options(template, citing),),
            "labelled": lambda: (self._labelled(template, citing),),
        }
        return filled[template.makes]()

    def _points(self, template: SectionTemplate, citing: _Citing) -> tuple[Block, ...]:
        quotes = self._for(template.slot)[: self.most[template.key]]
        points = [Point(self._quoted(quote, citing)) for quote in quotes]
        if not points:
            points = [Point(_sentence(template.slot.silent))]
        closing = (Paragraph(self._request.put_into(template.closing)),) if template.closing else ()
        return (Points(tuple(points)), *closing)

    def _evidence(self, template: SectionTemplate, citing: _Citing) -> tuple[Block, ...]:
        quotes = self._evidence_for(template)
        points = [Point(self._quoted(q, citing), source_line([q.citation(0)], q.findings, q.source)) for q in quotes]
        added = shares_added(quotes, citing.marker)
        if added:
            points.append(Point(added, _CALCULATED_FROM))
        answered = self._quotable.answered
        unanswered = [question for question in self._request.questions[1:] if not answered[question]]
        gaps = tuple(Paragraph(f"The sources do not answer: {question}") for question in unanswered)
        if not points:
            return (Paragraph(_sentence(template.slot.silent)), *gaps)
        return (Points(tuple(points)), *gaps)

    def _evidence_for(self, template: SectionTemplate) -> Sequence[Quote]:
        """What the user chose, what answers the questions, then figures on the topic; other sentences to fill up."""
        most = self.most[template.key]
        first = distinct([*self._quotable.chosen, *self._quotable.asked])[:most]
        topic = self._on_topic_for(template)
        figures = _from_each_report(quote for quote in topic if quote.values)
        further = distinct([*first, *figures])[len(first) : most]
        found = [*first, *_in_reading_order(further)]
        if len(found) < template.least:
            found = list(distinct([*found, *topic]))
        if len(found) < template.least:
            found = list(distinct([*found, *self._for(template.slot)]))
        return found[:most]

    def _on_topic_for(self, template: SectionTemplate) -> list[Quote]:
        """What is on the topic and of the section's kind, and then what no other section would say."""
        topic = self._quotable.topic.quotes
        own = [quote for quote in topic if speaks_of(quote.text, template.slot)]
        others = [section for section in self._template.sections if section is not template]
        said = {
            quote.place for section in others for slot in section.slots for quote in self._for(slot)[: section.most]
        }
        return [*own, *(quote for quote in topic if quote not in own and quote.place not in said)]

    def _ranked(self, template: SectionTemplate, citing: _Citing) -> tuple[Block, ...]:
        quotes, order = in_order(self._for(template.slot))
        points = tuple(Point(self._quoted(quote, citing)) for quote in quotes[: self.most[template.key]])
        if not points:
            return (Paragraph(_sentence(template.slot.silent)),)
        return (Points(points, numbered=True), Paragraph(order)) if len(points) > 1 else (Points(points),)

    def _options(self, template: SectionTemplate, citing: _Citing) -> Options:
        rows = []
        for item in template.items:
            cells = (self._said(slot, template, citing) or _sentence(slot.silent) for slot in item.slots)
            rows.append((item.label, *cells))
        return Options(template.columns, tuple(rows))

    def _labelled(self, template: SectionTemplate, citing: _Citing) -> Labelled:
        return Labelled(tuple((item.label, self._point(item.slots[0], template, citing)) for item in template.items))

    def _point(self, slot: Slot, template: SectionTemplate, citing: _Citing) -> str:
        if slot.by_rule:
            return f"{evidence_fit(self._weighed)}: {slot.silent}"
        quotes = self._for(slot)
        if quotes and not self.most[template.key] and not any(quote.on_topic for quote in quotes):
            return f"On the topic itself the sources are silent: {slot.silent}"  # what is only background has no room
        said = self._said(slot, template, citing)
        if not said:
            return f"The sources are silent: {slot.silent}"
        if any(quote.on_topic for quote in quotes):
            return said
        return f"{said} On the topic itself the sources are silent: {slot.silent}"

    def _said(self, slot: Slot, template: SectionTemplate, citing: _Citing) -> str:
        """The first sentence in any case, further ones where the section has not quoted them yet."""
        found = self._for(slot)
        further = [quote for quote in found[1:] if not citing.has(quote)]
        quotes = [*found[:1], *further][: max(self.most[template.key], 1)]
        return " ".join(self._quoted(quote, citing) for quote in quotes)

    def _for(self, slot: Slot) -> tuple[Quote, ...]:
        if slot not in self._found:
            self._found[slot] = self._quotable.for_slot(slot)
        return self._found[slot]

    def _quoted(self, quote: Quote, citing: _Citing) -> str:
        """The sentence with its citation, and before it whom and what it is about, where that is not the brief's."""
        about = quote.about(self._request.segment)
        lead = f"{', '.join(about)}: " if about else ""
        return f"{lead[:1].upper()}{lead[1:]}{quote.quoted} {citing.marker(quote)}"

    @cached_property
    def _weighed(self) -> Weighed:
        """What the recommendation is computed from, whatever of it finds room in the brief."""
        figures = [quote for quote in distinct([*self._quotable.chosen, *self._quotable.topic.quotes]) if quote.values]
        counted = [quote for quote in figures if quote.scope in ("own", "all")]
        labels: dict[str, list[str]] = {"on topic": [], "background": [], "silent": []}
        for section in self._template.sections:
            for item in section.items if section.makes == "labelled" else ():
                labels[self._standing(item.slots[0], counted)].append(item.label)
        return Weighed(
            topic=self._request.topic,
            segment=self._request.segment,
            about_segment=sum(quote.scope == "own" for quote in counted),
            about_all=sum(quote.scope == "all" for quote in counted),
            reports=len({quote.source.id for quote in counted}),
            differing=sum(any(finding.differs_from for finding in quote.values) for quote in counted),
            on_topic=tuple(labels["on topic"]),
            background_only=tuple(labels["background"]),
            silent=tuple(labels["silent"]),
        )

    def _standing(self, slot: Slot, counted: Sequence[Quote]) -> str:
        if slot.by_rule:  # the fit of the evidence: whether any figure counts the segment
            return "on topic" if any(quote.scope == "own" for quote in counted) else "silent"
        quotes = self._for(slot)
        return "silent" if not quotes else "on topic" if any(quote.on_topic for quote in quotes) else "background"


class _Citing:
    """Numbers the quotes of one section."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._numbers.values())

    def has(self, quote: Quote) -> bool:
        return quote.place in self._numbers

    def marker(self, quote: Quote) -> str:
        number = len(self._numbers) + 1
        return f"[{self._numbers.setdefault(quote.place, quote.citation(number)).number}]"


def _from_each_report(quotes: Iterable[Quote]) -> list[Quote]:
    """What is about the segment first, and of that one from each report in turn, as they were found."""
    found = list(quotes)
    turns: dict[tuple[bool, str], int] = {}
    ordered = []
    for quote in found:
        of_report = (quote.scope != "own", quote.source.id)
        turns[of_report] = turns.get(of_report, 0) + 1
        ordered.append((of_report[0], turns[of_report], quote))
    return [quote for _, _, quote in sorted(ordered, key=lambda item: item[:2])]


def _in_reading_order(quotes: Sequence[Quote]) -> list[Quote]:
    """What is about the segment first, then passage by passage as they come, each as it reads."""
    passages = list(dict.fromkeys(quote.passage.id for quote in quotes))
    return sorted(quotes, key=lambda q: (q.scope != "own", passages.index(q.passage.id), q.position))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
