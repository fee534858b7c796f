"""Which sentences answer a question, in which order, or why none does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.expected import no_reason
from aidx_assistant.answering.judging import Judged
from aidx_assistant.answering.lists import first_of_a_list
from aidx_assistant.answering.other_sources import of_each_source, of_other_sources
from aidx_assistant.answering.preference import REASON, WHO
from aidx_assistant.answering.question import Question
from aidx_assistant.answering.shapes import SHAPES, Findable, a_disagreement, a_section, a_segment
from aidx_assistant.answering.years import names_years
from aidx_assistant.evidence import Finding, Source
from aidx_assistant.terms import CONCEPT, keys_of, thesaurus

MOST_SENTENCES = 6
_BESIDES = 2
"""How many sentences a plain question is answered with at most, before contrasts and disagreements."""
_NEARLY_AS_GOOD = 1.3
"""Log odds that a further sentence may lie below the best."""


def chosen(question: Question, ranked: Sequence[Judged], sources: Mapping[str, Source]) -> tuple[Candidate, ...]:
    """The sentences that answer, best first, at most MOST_SENTENCES; none where nothing answers."""
    everything = sorted((item.candidate for item in ranked), key=lambda c: _in_reading_order(c, sources))
    of_each = of_each_source(question, ranked)
    if known := known_answer(question, everything, sources) or of_each:
        return tuple(dict.fromkeys((*of_each, *known)))[:MOST_SENTENCES]
    answering = tuple(item.candidate for item in ranked if item.answers)
    if not any(candidate.surely_answers for candidate in answering):
        if first := first_of_a_list(question, everything, sources):
            return tuple(first)
    if all(no_reason(candidate, question) for candidate in answering):
        return ()
    fit = tuple(item.candidate for item in ranked if item.breaks is None)
    found = Findable(question, answering, fit, tuple(everything), sources)
    picked = next((picked for shape in SHAPES if (picked := shape(found))), [])
    if not picked:
        picked = _first_picks(question, ranked, sources)
        if not picked:
            return ()
        total = _over_all(question, picked[0], ranked)
        if total is not None:
            picked = [total, *(candidate for candidate in picked if candidate.place != total.place)]
    picked += of_other_sources(question, picked, ranked, sources)
    by_finding = {finding.id: item.candidate for item in ranked for finding in item.candidate.findings}
    for candidate in (*_contrasts(question, picked, by_finding.values()), *_disagreeing(question, picked, by_finding)):
        if not _repeats(candidate, picked):
            picked.append(candidate)
    return tuple(picked[:MOST_SENTENCES])


def known_answer(question: Question, everything: Sequence[Candidate], sources: Mapping[str, Source]) -> list[Candidate]:
    """What answers by what is known of the findings, whatever the sentences weigh; empty where nothing does."""
    return (
        a_disagreement(question, everything, sources)
        or a_section(question, everything)
        or a_segment(question, everything)
    )


def _in_reading_order(candidate: Candidate, sources: Mapping[str, Source]) -> tuple[bool, bool, str, int, int]:
    locator = candidate.passage.locator
    second_hand = bool(sources[candidate.passage.source_id].attribution)
    section, _, number = candidate.passage.id.rpartition("/")
    place = int(number) if number.isdigit() else 0
    return second_hand, locator.kind != "section", section, place, candidate.position


def _first_picks(question: Question, ranked: Sequence[Judged], sources: Mapping[str, Source]) -> list[Candidate]:
    answering = [item for item in ranked if item.answers]
    if question.slides:
        return _of_slides(question, answering, ranked)
    if len(question.segments) > 1:
        return _of_segments(question, answering)
    if len(question.years) > 1 and answering[0].candidate.known is None:
        return _of_years(question, [item.candidate for item in answering], sources)
    best = answering[0]
    picked = [best.candidate]
    limit = MOST_SENTENCES if {"disagreement", "section"} & question.asks else _BESIDES
    if "list" in question.asks and best.candidate.slides_named > 1:
        limit = 1
    # What is to be explained goes with the reason, which its form puts far ahead.
    reach = _NEARLY_AS_GOOD + (2.5 * REASON if "reason" in question.asks else 0.0)
    for item in answering[1:]:
        if len(picked) == limit:
            break
        close = item.order >= best.order - reach or _first_hand(item.candidate, best.candidate, sources)
        if close and not _repeats(item.candidate, picked) and not _other_measure(question, item.candidate, picked[0]):
            picked.append(item.candidate)
    return picked


def _first_hand(candidate: Candidate, best: Candidate, sources: Mapping[str, Source]) -> bool:
    """Whether it is the source's own word on the topic of a sentence that is quoted at second hand."""
    own, others = sources[candidate.passage.source_id], sources[best.passage.source_id]
    topics = {finding.topic for finding in best.findings}
    same = any(finding.topic in topics for finding in candidate.findings)
    return bool(others.attribution) and not own.attribution and same


def _other_measure(question: Question, candidate: Candidate, best: Candidate) -> bool:
    """Whether one figure was asked for and this is another one."""
    if "figure" not in question.asks or not best.values or not candidate.values:
        return False
    one, other = (keys_of(c.values[0].measure) - thesaurus().silent for c in (best, candidate))
    concepts = {key for key in one ^ other if key.startswith(CONCEPT)}
    return bool(concepts & question.keys) or len(one & other) < len(one ^ other)


def _over_all(question: Question, best: Candidate, ranked: Sequence[Judged]) -> Candidate | None:
    """The same measure over all segments, where a figure was asked for and no segment was named."""
    if "figure" not in question.asks or question.segments or {"segment", "superlative"} & question.asks:
        return None
    others = [item.candidate for item in ranked if item.breaks is None and not item.candidate.is_pointer]
    for finding in best.findings:
        if finding.value and finding.segment != "all":
            for candidate in others:
                if any(_same_over_all(finding, other) for other in candidate.findings):
                    return candidate
    return None


def _of_slides(question: Question, answering: Sequence[Judged], ranked: Sequence[Judged]) -> list[Candidate]:
    """For each slide asked for the sentence that says most about it; for one alone, that it has not been read too."""
    picked = []
    for number in question.slides:
        own = [item.candidate for item in answering if item.candidate.passage.locator.number == number]
        picked += own[:1]
    if not picked:
        return [answering[0].candidate]
    if len(question.slides) == 1:
        id_ = picked[0].passage.id
        unread = (item.candidate for item in ranked if item.candidate.tells_nothing)
        picked += [candidate for candidate in unread if candidate.passage.id == id_]
    return picked


def _of_segments(question: Question, answering: Sequence[Judged]) -> list[Candidate]:
    """The best sentence for each segment, in the question's order; one of all of them, or of none, is enough."""
    best = answering[0].candidate
    of_all = [item.candidate for item in answering if set(question.segments) <= item.candidate.named_segments]
    if best in of_all or not best.named_segments - {"all"}:
        return [best]
    if of_all and WHO.search(question.text):  # which of them: a sentence that compares them says it
        return of_all[:1]
    picked: list[Candidate] = []
    for segment in question.segments:
        own = [item.candidate for item in answering if segment in item.candidate.named_segments]
        picked += [candidate for candidate in own[:1] if not _repeats(candidate, picked)]
    topics = [{finding.topic for finding in candidate.findings} for candidate in picked if candidate.findings]
    if "comparison" in question.asks and len(topics) > 1 and not set.intersection(*topics):
        return []  # of each segment something else
    return picked or [best]


def _of_years(question: Question, answering: Sequence[Candidate], sources: Mapping[str, Source]) -> list[Candidate]:
    """The best sentence, and for each year that it lacks one that says the same of it; none where there is none."""
    picked = [answering[0]]
    if names_years(picked[0], question, sources[picked[0].passage.source_id]):
        return picked
    for year in question.years:
        if year not in picked[0].years:
            like = (candidate for candidate in answering if year in candidate.years and _is_like(candidate, picked[0]))
            if (other := next(like, None)) is None:
                return []
            picked.append(other)
    return picked


def _is_like(candidate: Candidate, other: Candidate) -> bool:
    """Whether two sentences have the same words beside their numbers, as rows of a table have."""
    words, others = ({key for key in one.keys if not key[0].isdigit()} for one in (candidate, other))
    return words == others


def _contrasts(question: Question, picked: Iterable[Candidate], others: Iterable[Candidate]) -> list[Candidate]:
    """For a figure of one population, the same measure over all, from the same source."""
    narrow = [f for c in picked for f in c.findings if f.unit == "percent" and f.segment != "all"]
    if not narrow or not ({"comparison", "figure"} & question.asks):
        return []
    others = list(others)
    return [
        candidate
        for finding in narrow
        for candidate in others
        for other in candidate.findings
        if _same_over_all(finding, other) and not candidate.is_pointer
    ]


def _same_over_all(finding: Finding, other: Finding) -> bool:
    same = finding.source_id == other.source_id and finding.measure == other.measure
    return same and other.segment == "all" and finding.unit == other.unit


def _disagreeing(question: Question, picked: Iterable[Candidate], by_finding: dict[str, Candidate]) -> list[Candidate]:
    """What another source says otherwise; where the question asks about disagreement, the same source as well."""
    found = []
    for candidate in picked:
        for finding in candidate.findings:
            for id_ in finding.differs_from:
                other = by_finding.get(id_)
                same_source = other is not None and other.passage.source_id == finding.source_id
                if other is not None and not other.is_pointer and ("disagreement" in question.asks or not same_source):
                    found.append(other)
    return found


def _repeats(candidate: Candidate, picked: Sequence[Candidate]) -> bool:
    """Whether a sentence says nothing that the picked ones do not say."""
    return any(candidate.place == one.place or candidate.text == one.text for one in picked)
