"""The brief without a model: the skeleton of the template filled with quoted sentences, its gaps named."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from functools import cached_property

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.allotting import Share, allotted
from aidx_assistant.briefs.assembling import DraftedSection
from aidx_assistant.briefs.brief import Block, BriefMode, Labelled, Options, Paragraph, Point, Points, Section
from aidx_assistant.briefs.decision import decision_blocks
from aidx_assistant.briefs.events import SectionEvent
from aidx_assistant.briefs.left_out import kept_out_in_words
from aidx_assistant.briefs.pains import in_order
from aidx_assistant.briefs.quotable import Quotable, distinct, speaks_of
from aidx_assistant.briefs.quotes import Quote
from aidx_assistant.briefs.request import BriefRequest
from aidx_assistant.briefs.shares_added import shares_added
from aidx_assistant.briefs.source_line import NOT_STATED, base_of, source_line
from aidx_assistant.briefs.templates import BriefTemplate, Makes, SectionTemplate, Slot
from aidx_assistant.briefs.use_or_view import differing
from aidx_assistant.briefs.verdict import Weighed, change, evidence_fit, next_step, recommendation

_ASKS = re.compile(r"(?P<ask>: ask .*)\.$")
"""What a place tells its reader to ask where the sources are silent."""
_SIZE = re.compile(r"\b[\d.,]*\d\s")
"""How many a base counts: a figure, which would need its source wherever it stands."""
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
        self._shares: tuple[object, dict[tuple[str, Slot], Share]] | None = None
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
        share = self._share(template, template.slot)
        points = [Point(self._quoted(quote, citing)) for quote in share.quotes]
        if not points:
            points = [Point(_pointed_to(share, citing) or self._silent(template.slot))]
        closing = (Paragraph(self._request.put_into(template.closing)),) if template.closing else ()
        return (Points(tuple(points)), *closing)

    def _evidence(self, template: SectionTemplate, citing: _Citing) -> tuple[Block, ...]:
        quotes = self._share(template, template.slot).quotes
        points = [Point(self._quoted(q, citing), source_line([q.citation(0)], q.findings, q.source)) for q in quotes]
        added = shares_added(quotes, citing.marker)
        if added:
            points.append(Point(added, _CALCULATED_FROM))
        answered = self._quotable.answered
        unanswered = [question for question in self._request.questions if not answered[question]]
        gaps = [Paragraph(f"The sources do not answer: {question}") for question in unanswered]
        gaps += map(Paragraph, kept_out_in_words(self._quotable))
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
            own = (quote for quote in self._usable(template, template.slot) if quote.scope == "own")
            found = list(distinct([*found, *own]))
        return found[:most]

    def _on_topic_for(self, template: SectionTemplate) -> list[Quote]:
        """What is on the topic and of the section's kind, and then the figures that no other section would say."""
        topic = self._quotable.topic.quotes
        own = [quote for quote in topic if speaks_of(quote.text, template.slot)]
        others = [section for section in self._template.sections if section is not template]
        said = {
            quote.place for section in others for slot in section.slots for quote in self._for(slot)[: section.most]
        }
        return [*own, *(quote for quote in topic if quote.values and quote not in own and quote.place not in said)]

    def _ranked(self, template: SectionTemplate, citing: _Citing) -> tuple[Block, ...]:
        share = self._share(template, template.slot)
        ordered = in_order(share.quotes)
        points = tuple(Point(self._quoted(quote, citing)) for quote in ordered.quotes)
        if not points:
            return (Paragraph(_pointed_to(share, citing) or self._silent(template.slot)),)
        return (Points(points, numbered=ordered.ranked), Paragraph(ordered.told))

    def _options(self, template: SectionTemplate, citing: _Citing) -> Options:
        rows = []
        for item in template.items:
            cells = (self._said(slot, template, citing) or self._silent(slot) for slot in item.slots)
            rows.append((item.label, *cells))
        return Options(template.columns, tuple(rows))

    def _labelled(self, template: SectionTemplate, citing: _Citing) -> Labelled:
        return Labelled(tuple((item.label, self._point(item.slots[0], template, citing)) for item in template.items))

    def _point(self, slot: Slot, template: SectionTemplate, citing: _Citing) -> str:
        if slot.by_rule:
            return f"{evidence_fit(self._weighed)}: {slot.silent}"
        share = self._share(template, slot)
        said = self._said(slot, template, citing)
        shown = share.quotes or [quote for quote, _ in share.elsewhere[:1]]
        if any(quote.on_topic for quote in shown):
            return f"{said} Still {slot.silent}"
        if not self._for(slot):
            return f"The sources are silent: {slot.silent}"
        return f"{said} On the topic itself the sources are silent: {slot.silent}".lstrip()

    def _said(self, slot: Slot, template: SectionTemplate, citing: _Citing) -> str:
        """What a slot quotes, or where it stands; empty where there is nothing."""
        share = self._share(template, slot)
        said = " ".join(self._quoted(quote, citing) for quote in share.quotes) or _pointed_to(share, citing)
        return f"{slot.lead} {said}" if said and share.quotes and slot.lead else said

    def _silent(self, slot: Slot) -> str:
        """That nothing is said in a place; on the topic only, where background is left out as there is nothing else."""
        if self._is_thin and self._for(slot):
            asks = _ASKS.search(slot.silent)
            return f"On the topic itself the sources are silent{asks['ask'] if asks else ''}."
        return _sentence(slot.silent)

    def _share(self, template: SectionTemplate, slot: Slot) -> Share:
        """What a slot may quote as the limits are now: a sentence stands once in the brief."""
        limits = tuple(self.most.items())
        if self._shares is None or self._shares[0] != limits:
            self._shares = limits, allotted(self._template, self.most, self._candidates)
        return self._shares[1].get((template.key, slot), Share())

    def _candidates(self, template: SectionTemplate, slot: Slot) -> Sequence[Quote]:
        """What may stand in a slot, the best first."""
        return self._evidence_for(template) if template.makes == "evidence" else self._usable(template, slot)

    def _usable(self, template: SectionTemplate, slot: Slot) -> Sequence[Quote]:
        """What fits a slot; without background where it has no room, or would only make the brief long."""
        no_room = not self.most[template.key] or (self._is_thin and template.makes not in ("options", "ranked"))
        return [quote for quote in self._for(slot) if quote.on_topic] if no_room else self._for(slot)

    @property
    def _is_thin(self) -> bool:
        """Whether there is no figure on the topic: background would only make the brief long."""
        weighed = self._weighed
        return not (weighed.about_segment or weighed.about_all or weighed.views or self._quotable.chosen)

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
        fitting = [quote for quote in figures if quote.scope in ("own", "all")]
        counted = [quote for quote in fitting if quote.tells_use]
        apart, close = differing((one for quote in counted for one in quote.values), self._quotable.findings)
        items = [item for section in self._template.sections if section.makes == "labelled" for item in section.items]
        asked = [item for item in items if not item.slots[0].by_rule]
        spoken_of = [item.label for item in asked if any(quote.on_topic for quote in self._for(item.slots[0]))]
        bases = dict.fromkeys(_SIZE.sub("", base_of(one)) for quote in counted for one in quote.values)
        return Weighed(
            topic=self._request.topic,
            segment=self._request.segment,
            about_segment=sum(quote.scope == "own" for quote in counted),
            about_all=sum(quote.scope == "all" for quote in counted),
            views=len(fitting) - len(counted),
            reports=len({quote.source.id for quote in counted}),
            differing=sum(any(finding.id in apart for finding in quote.values) for quote in counted),
            close=sum(any(finding.id in close for finding in quote.values) for quote in counted),
            bases=tuple(base for base in bases if base != NOT_STATED),
            on_topic=tuple(spoken_of),
            open_points=tuple(item.label for item in asked if item.label not in spoken_of),
        )


class _Citing:
    """Numbers the quotes of one section."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._numbers.values())

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


def _pointed_to(share: Share, citing: _Citing) -> str:
    """Where a sentence stands that would stand here too; empty where there is none."""
    if not share.elsewhere:
        return ""
    quote, heading = share.elsewhere[0]
    return f"{'See' if quote.on_topic else 'On AI in general see'} {heading} {citing.marker(quote)}."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
