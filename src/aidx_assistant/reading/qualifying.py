"""Reads from a sentence what a figure of it measures, whom it counts, of which segment and in which time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from aidx_assistant.evidence import Segment
from aidx_assistant.figures import Figure
from aidx_assistant.segments import mentions, segments_named
from aidx_assistant.vocabulary.bodies import PLURALS_WITHOUT_S
from aidx_assistant.vocabulary.grammar import COMMONEST, CONTRASTING
from aidx_assistant.vocabulary.numbers import ONE_TO_TEN, ROUGHLY
from aidx_assistant.vocabulary.times import ANY_MONTH
from aidx_assistant.vocabulary.works import ASKED

MOST_WORDS = 12
_BORDER = re.compile(
    r"[;:!?()\[\]—]|,(?=\s)(?!\s+\w+,?\s+(?:and|or)\s)|\.(?=\s|$)|\s–\s"
    rf"|\b(?:{CONTRASTING}|because|which|but)\b",
    re.IGNORECASE,
)
_POPULATION_WORDS = 7
_OF = re.compile(
    r"\s*(?:of|among|amongst)\s+(?:(?:the|all|these|those|their|its|our|his|her|them|us)\s+)?", re.IGNORECASE
)
_AMONG_BEFORE = re.compile(
    r"\b(?:among|amongst|of)\s+(?:the\s+|all\s+)?(?P<whom>[^,;:()]{3,80}),\s*(?:only\s+|just\s+|nearly\s+)?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'&/-]*|&")
_IRREGULAR = frozenset((*PLURALS_WITHOUT_S, "personnel", "criteria"))
_NOT_PLURAL = re.compile(r"(?:ss|us|is|’s|'s)$")
_PARTICIPLE = re.compile(rf"\s+(?:{ASKED}|studied|sampled|responding)\b", re.IGNORECASE)
_ENDS_NOUN = COMMONEST | frozenset(
    "already believe come comes could expect go goes he include involve make makes might must now over per plan"
    " remain remains report reported said say see she should so still think to-date under use where yet".split()
)
_SEGMENT_ADJECTIVE = re.compile(r"(?:large |small |mid-?size[d]? )?(?:providers?|payers?|pharma)$", re.IGNORECASE)
_SHARED_NOUN = re.compile(r"\s*(?:,|and|or)\s+(?:[\d.]+\s?%|\w+\s+percent)\s+of\s+(?:\w+\s+)?(?P<noun>[a-z]+s)\b")
_SPAN = rf"(?:\d+|{ONE_TO_TEN}|twelve|few|several|couple\s+of)"
_UNITS = r"(?:years?|months?|weeks?|days?|quarters?|decades?)"
TIME = re.compile(
    rf"\b(?:within|in|over|during|after|for|across|through(?:out)?)\s+(?:the\s+)?(?:next|last|past|coming|first|previous|following|second|third)"
    rf"\s+(?:{_SPAN}(?:\s*(?:to|or|–|-)\s*{_SPAN})?\s+)?{_UNITS}"
    rf"|\b(?:within|in|over|after)\s+(?:the\s+)?(?:a\s+)?{_SPAN}(?:\s*(?:to|or|–|-)\s*{_SPAN})?\s+{_UNITS}"
    r"|\b(?:by|in|since|until|before|after|during|through|from)\s+(?:the\s+)?(?:(?:early|mid|late|end\s+of|start\s+of)[\s-]+)?"
    rf"(?:(?:{ANY_MONTH}|Q[1-4]|H[12]|FY)\s*,?\s*)?"
    r"(?:19|20)\d\d(?:\s*(?:to|–|-|and)\s*(?:19|20)?\d\d)?\b(?!\s?%)"
    r"|\b(?:this|last|next)\s+(?:year|quarter|month|decade)\b|\b(?:per|a|each|every)\s+(?:year|month|week|day|quarter)\b"
    r"|\b(?:annually|yearly|monthly|weekly|year[- ]over[- ]year|year[- ]on[- ]year|today|to\s+date)\b",
    re.IGNORECASE,
)
_CONNECTED = re.compile(r"[\s,/&]*(?:\b(?:and|or|to|vs|versus)\b)?[\s.]*", re.IGNORECASE)
_LISTED = re.compile(r"[\s,/&]*(?:and|or)?[\s,]*", re.IGNORECASE)
_ADDS = re.compile(r"\s*(?:at|in|for|among|across|by|from|with|on|within|between|per)\b", re.IGNORECASE)
"""What begins words that only add to what was measured before the figure: "spending grew by 14% at hospitals"."""
_LISTS = re.compile(r"(?:,|\band|\bor)(?:\s+(?:by|to))?\s*$", re.IGNORECASE)
"""Before the next figure of a list."""
_LEADS_ON = re.compile(
    r",?\s*(?:and|or|but)\b.*\b(?:at|for|by|in|among|to)(?:\s+(?:a|another|further|only|just))*\s*$", re.IGNORECASE
)
"""Words between two figures that lead to the second one: "26% of payers and in pilot at a further 33%"."""
_SEEN_AT = re.compile(
    r"\b(?:at|in|for|among|across)\s+(?:(?:the|all|only|just|about|around|some|over|its|our)\s+)?$", re.IGNORECASE
)
"""What leads to a count of those at whom something was measured."""
_GOES_ON = re.compile(r"\b(?:and|or|than|not)\b", re.IGNORECASE)
"""What may begin another statement in the same clause."""
_LEADS_TO_FIGURE = re.compile(
    r"(?:(?<=\s)|^)(?:(?:or|and|up|down|away|compared|compares)\s+)*(?:(?:of|by|from|to|at|than|with|or|and)\s+)?"
    rf"(?:(?:{ROUGHLY}|only|just|approximately|another)\s+)?$",
    re.IGNORECASE,
)
_LONE_MARKS = re.compile(r",?(?:\s+[,.;:()\[\]]+)+(?=\s|$)")
"""Commas and brackets that stood around a figure."""
_AT_ENDS = " .,;:!?…“”\"‘’'*_|#>`~^=+&/\\–—-[]{}<"
_AT_NEITHER_END = frozenset(
    "a about almost an and another are at by for from has have in is just nearly of on only or roughly that the"
    " to was were with".split()
)
_NOT_FIRST = _AT_NEITHER_END | {"also", "had", "some"}
_NOT_LAST = _AT_NEITHER_END | frozenset(
    "after as during further into its more over per reached said since than their through until within".split()
)


@dataclass(frozen=True, slots=True)
class Qualified:
    """What a sentence says of one of its figures; empty where it says nothing."""

    measure: str
    population: str = ""
    time_frame: str = ""
    segment: Segment | None = None


def qualified(sentence: str, figure: Figure, figures: Sequence[Figure]) -> Qualified:
    """What the words around a figure say of it. `figures` are all those of the sentence, this one among them.

    The measure is what follows the figure in its clause, whom it counts and when left out, or else what comes before
    it, up to 12 words; the time is that of the clause, or what the sentence begins with.
    """
    sentence = _without_brackets(sentence, figures)
    start, end = _clause(sentence, figure)
    following = min((one.start for one in figures if figure.end <= one.start < end), default=end)
    population, after = _population(sentence, figure, following)
    time_frame = _time_frame(sentence, figure, start, end)
    successor = next((one for one in figures if one.start == following), None)
    if successor and _CONNECTED.fullmatch(sentence, after, following):
        shared = qualified(sentence, successor, figures)
        population = population or (shared.population if sentence[after:following].isspace() else "")
        measure = shared.measure
    else:
        measure = _measure(sentence, figure, figures, (start, after, following))
    if figure.kind == "count" and figure.unit and figure.unit not in measure.lower():
        measure = f"{figure.unit} {measure}".strip()
    return Qualified(measure, population, time_frame, _segment(sentence, figure, figures, population))


def in_time_frame(sentence: str, figure: Figure) -> bool:
    """Whether a figure only tells when: the five of "within five years"."""
    return any(start <= figure.start and figure.end <= end for start, end in _times(sentence))


def _without_brackets(sentence: str, figures: Sequence[Figure]) -> str:
    """The sentence, as long as before, without the brackets around a lone figure: "nearly half (45%) of them"."""
    text = list(sentence)
    for figure in figures:
        if sentence[figure.start - 1 : figure.start] == "(" and sentence[figure.end : figure.end + 1] == ")":
            text[figure.start - 1] = text[figure.end] = " "
    return "".join(text)


def _measure(sentence: str, figure: Figure, figures: Sequence[Figure], places: tuple[int, int, int]) -> str:
    start, after, following = places
    measure = _telling(sentence[after:following]) if following > after else ""
    if _LEADS_ON.match(sentence, after, following) and any(one.start == following for one in figures):
        measure = ""  # it says what the next figure measures
    if _ADDS.match(sentence, after):
        ends = _subject_end(sentence, figure, figures, start)
        subject = _telling(_without_figures(sentence, start, ends, figures), from_end=True)
        measure = _telling(f"{subject} {sentence[after:following]}") if " " in subject else measure
    if not _is_telling(measure):
        before = _without_figures(sentence, start, figure.start, figures)
        measure = _telling(before, from_end=True) or _telling(f"{before} {measure}")
    if not _is_telling(measure):
        measure = _telling(_without_figures(sentence, 0, len(sentence), figures)) or measure
    return measure


def _subject_end(sentence: str, figure: Figure, figures: Sequence[Figure], start: int) -> int:
    """Where what is said of a figure before it ends: before others of a list, "310 at hospitals and 115 at payers"."""
    end = figure.start
    for one in reversed([one for one in figures if start <= one.start < figure.start]):
        if not _ADDS.match(sentence, one.end) or not _LISTS.search(sentence, one.end, end):
            break
        end = one.start
    return end


@lru_cache(maxsize=64)
def _borders(sentence: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _BORDER.finditer(sentence))


@lru_cache(maxsize=64)
def _times(sentence: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in TIME.finditer(sentence))


def _clause(sentence: str, figure: Figure) -> tuple[int, int]:
    borders = _borders(sentence)
    start = max((end for _, end in borders if end <= figure.start), default=0)
    end = min((start for start, _ in borders if start >= figure.end), default=len(sentence))
    return start, end


def _population(sentence: str, figure: Figure, limit: int) -> tuple[str, int]:
    """Whom the figure counts, as written, and where the words after it begin."""
    match = _OF.match(sentence, figure.end)
    if match is None or figure.kind in ("duration", "money"):
        before = _AMONG_BEFORE.search(sentence[: figure.start])
        return (" ".join(before["whom"].split()), figure.end) if before else ("", figure.end)
    words: list[str] = []
    position = match.end()
    while len(words) < _POPULATION_WORDS and (word := _WORD.match(sentence, position)) and word.start() < limit:
        lower = word.group().lower()
        if lower in _ENDS_NOUN and not (lower in ("of", "and") and words and not _is_plural(words[-1].lower())):
            break
        words.append(word.group())
        position = word.end()
        gap = re.compile(r"\s+").match(sentence, position)
        if _is_plural(lower) or gap is None:
            break
        position = gap.end()
    while words and words[-1].lower() in ("and", "of"):
        position = sentence.rindex(words.pop(), 0, position)
    population = " ".join(words)
    if not population:
        return "", figure.end
    shared = _SHARED_NOUN.match(sentence, position)
    if shared and _SEGMENT_ADJECTIVE.fullmatch(population) and not population.endswith("s"):
        population = f"{population} {shared['noun']}"
    if participle := _PARTICIPLE.match(sentence, position):
        population += participle.group().rstrip()
        position = participle.end()
    return population, position


def _is_plural(word: str) -> bool:
    return word in _IRREGULAR or (word.endswith("s") and len(word) > 3 and not _NOT_PLURAL.search(word))


def _time_frame(sentence: str, figure: Figure, start: int, end: int) -> str:
    times = [one for one in _times(sentence) if not (one[0] < figure.end and figure.start < one[1])]
    opening = next((border for border, _ in _borders(sentence)), len(sentence))
    chosen = [one for one in times if start <= one[0] < end] or [one for one in times if one[1] <= opening]
    chosen = [one for one in chosen if start <= one[0] or one[1] <= figure.start]
    nearest = min(chosen, key=lambda one: max(one[0] - figure.end, figure.start - one[1]), default=None)
    return " ".join(sentence[slice(*nearest)].split()) if nearest else ""


def _without_figures(sentence: str, start: int, end: int, figures: Sequence[Figure]) -> str:
    """A piece of the sentence without its figures, and without what only led to one of them: "share of 46%"."""
    text = list(sentence[start:end])
    for figure in figures:
        lead = _LEADS_TO_FIGURE.search(sentence, start, max(figure.start, start))
        for position in range(lead.start() if lead else max(figure.start, start), min(figure.end, end)):
            text[position - start] = " "
    return "".join(text)


def _telling(text: str, from_end: bool = False) -> str:
    """The words of a piece of a sentence that tell something: without time, without what hangs at its ends."""
    words = _trimmed(_LONE_MARKS.sub(" ", TIME.sub(" ", text)).split())
    told = " ".join(_trimmed(words[-MOST_WORDS:] if from_end else words[:MOST_WORDS])).strip(_AT_ENDS)
    return told[: told.rindex("(")].rstrip(_AT_ENDS) if told.count("(") > told.count(")") else told


def _trimmed(words: Sequence[str]) -> Sequence[str]:
    bare = [word.strip(_AT_ENDS + "()").lower() for word in words]
    first, last = 0, len(words)
    while first < last and (not bare[first] or bare[first] in _NOT_FIRST):
        first += 1
    while first < last and (not bare[last - 1] or bare[last - 1] in _NOT_LAST):
        last -= 1
    return words[first:last]


def _is_telling(measure: str) -> bool:
    return " " in measure or len(measure) >= 10


def _segment(sentence: str, figure: Figure, figures: Sequence[Figure], population: str) -> Segment | None:
    """The segment that the population names, else the nearest in the figure's clause, else those named before it.

    "all" where several are named in one list: "across payer, pharma and provider segments".
    """
    named = segments_named(population) or segments_named(f"half of {population}")  # counted, by a short name as well
    if named:
        return named[0] if len(named) == 1 else "all"
    start, end = _clause(sentence, figure)
    previous = max((one.end for one in figures if one.end <= figure.start), default=0)
    following = min((one.start for one in figures if one.start >= figure.end), default=len(sentence))
    named_in = mentions(sentence)
    ends = _subject_end(sentence, figure, figures, 0)
    before = {one.segment for one in named_in if max(start, previous) <= one.start < ends}
    after = [one for one in named_in if figure.end <= one.start < following]
    listed = {one.segment for one in after[:1] if one.start < end}
    for one, other in pairwise(after):
        if not listed or not _LISTED.fullmatch(sentence, one.end, other.start):
            break
        listed.add(other.segment)
    earlier = {one.segment for one in named_in if one.start < ends}
    segments = before or listed or earlier or _counted_behind(sentence, figure, figures, end)
    return None if not segments else segments.pop() if len(segments) == 1 else "all"


def _counted_behind(sentence: str, figure: Figure, figures: Sequence[Figure], end: int) -> set[Segment]:
    """The segment of those counted where a figure was seen, later in its clause: "5 days to 2 days at 12 payers"."""
    for place in (one for one in figures if figure.end <= one.start < end and one.kind == "count"):
        between = sentence[figure.end : place.start]
        if _SEEN_AT.search(between) and not _GOES_ON.search(between):
            return {one.segment for one in mentions(sentence) if place.start <= one.start <= place.end + 1}
    return set()
