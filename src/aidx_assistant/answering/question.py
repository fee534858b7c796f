"""What a question asks for, read from its words alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aidx_assistant.answering.counted_nouns import counted, those_counted
from aidx_assistant.answering.spelling import mended
from aidx_assistant.evidence import SEGMENTS, Segment
from aidx_assistant.segments import segments_named
from aidx_assistant.terms import CONCEPT, Term, keys_of, stem, terms_of, thesaurus, words_of
from aidx_assistant.vocabulary.bodies import SEGMENT_BODIES

_YEAR = re.compile(r"(?<![\d.,$€£])(?:19|20)\d\d(?![\d%]|\s*(?:leaders|people|respondents|executives))")
_SPAN = r"\d{1,4}(?![\d.]*\d|\s*(?:%|per\s?cent|pct\b|jobs?\b))(?:\s*(?:-|–|to|through)\s*\d{1,4})?"
_SLIDE_NUMBERS = re.compile(
    rf"\bslides?(?:\s+(?:no\b\.?|nos\b\.?|numbers?\b))?[\s#]*(?P<spans>{_SPAN}(?:\s*(?:,\s*and\b|,|and\b|&|or\b)\s*{_SPAN})*)",
    re.IGNORECASE,
)
_SPANS = re.compile(r"(\d+)(?:\s*(?:-|–|to|through)\s*(\d+))?", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?: ?%)?")
_PART = re.compile(
    r"\b(?:(?P<which>first|second|third|fourth|1st|2nd|3rd|4th) part"
    r"|part (?P<number>one|two|three|four|[1-4]|i{1,3}|iv)\b)",
    re.IGNORECASE,
)
_PARTS = {
    name: ordinal
    for ordinal, names in {
        "first": "first 1st one 1 i", "second": "second 2nd two 2 ii", "third": "third 3rd three 3 iii",
        "fourth": "fourth 4th four 4 iv",
    }.items()
    for name in names.split()
}  # fmt: skip
_LONGEST_SPAN = 60
_ASKED_FOR = re.compile(
    r"\b(?:list|biggest|largest|main|top|key|greatest)\s+(?:(?:the|all|of|main|biggest)\s+)*(?P<word>[a-z]\w+)"
    r"|^(?:which|what)\s+(?:(?:are|is|were|was)\s+(?:(?:the|all|some)\s+)*)?"
    r"(?:(?:new|other|kinds? of|sorts? of|types? of)\s+)*(?P<noun>[a-z]\w+)",
    re.IGNORECASE,
)
_FRAMING = re.compile(
    r"^(?:(?:as(?: an?)?|for|we|i|im|i'm|we're|our)\b[^:?]{0,80}:|as(?: an?)? [^,:?]{0,60},)\s*(?=\w+ )", re.IGNORECASE
)
_REFERS_BACK = re.compile(
    r"\b(?:they|them|theirs?|those|these|such|this|that(?= (?:segment|group|sector))|we|us|ours?|i|my|mine|me|peers?"
    r"|ourselves|it|its|else|others?|like)\b",
    re.IGNORECASE,
)
_OF_BOTH = re.compile(
    r"\b(?:do|are|does) (?:they|these|those|the two|both)\b|\b(?:her|his|their|whose|which) version\b", re.IGNORECASE
)
_LIKE_OURS = re.compile(r"\b(?:\w+\s+)?like (?:ours?|mine|us|me)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?:…]\s)(?<!^)(?<![\w'’-])[A-Z][\w&]*[A-Za-z]\b")
_ACRONYM = re.compile(r"\b[A-Z]{2,6}s?\b")
_DECK = frozenset(CONCEPT + name for name in ("slide", "deck", "appendix", "contents"))
_WHOLE = re.compile(
    r"(\b(?:against|versus|vs\.?|than|with|to)\s+)(?:(?:the|an?|overall|general|industry|segment)\s+)*(?:average|mean|norm|total)\b",
    re.IGNORECASE,
)
"""What a comparison holds something against: the whole, and no average."""
_GROUP = rf"(?:{SEGMENT_BODIES}|pharma|overall|all(?: segments)?|everyone|the (?:rest|others?))"
_AND = r"(?:and|or|vs|versus|against|than|to|with)"
_AT_LARGE = re.compile(rf"\b{_GROUP}\W+{_AND}\b|\b{_AND}\W+(?:\w+\W+)?{_GROUP}\b", re.IGNORECASE)
_DISAGREEMENT_TALK = (
    "differ differs different difference differences conflicting conflict agree disagree contradict discrepancy"
    " discrepancies inconsistent numbers version worded wording"
)
_DECK_TALK = (
    "cover contain deal discuss address illustrate depict feature display cite refer make up go say number title"
    " subject content belong"
)
"""What a question about slides may be put with, and says nothing about the slide."""
_IMPLIED = {
    "reason": Term("why", frozenset({CONCEPT + "cause"})),
    "people_count": Term("surveyed", frozenset({CONCEPT + "surveysize"})),
    "participants": Term("surveyed", frozenset({CONCEPT + "surveysize"})),
}
"""What a question asks about by its form, without a telling word."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what it asks for. `terms` are its telling words; the rest says how they are asked about."""

    text: str
    terms: tuple[Term, ...]
    keys: frozenset[str]
    """Of the whole text."""
    asks: frozenset[str]
    """The names of the tables in phrasings.toml that it matches: figure, money, slide, comparison, reason …"""
    segments: tuple[Segment, ...]
    """The segments named, in their order, "all" excepted."""
    slides: tuple[int, ...]
    years: tuple[int, ...]
    names: tuple[str, ...]
    """Words written as names, as far as their writing shows."""
    counted: frozenset[str]
    """Keys of what a figure is asked of: "budget" in "what share of the IT budget"."""
    those: frozenset[str]
    """The same up to the noun: "agency" in "how many agencies use AI", without what they use."""
    figures: frozenset[str]
    """The numbers named beside slides and years, as they are written: "46%"."""
    part: str
    """The part of the deck that is named, as an ordinal: "second"; empty where none is."""
    at_large: bool
    """Whether it holds a narrower group against the segment or the market at large."""
    head: str
    """The stem of what is asked for by name: "barrier" in "the biggest barriers to adoption"; empty where none is."""
    source_ids: frozenset[str] = frozenset()
    """The sources whose word is asked for, "according to Bain"; none where any will do."""
    unheard: frozenset[str] = frozenset()
    """Keys of the telling words that no text has."""
    unheard_group: str = ""
    """A word that no text has and that narrows the segment a figure is asked for: "vision" of vision insurers."""

    @property
    def about_deck(self) -> bool:
        """Whether slides are spoken of at all."""
        return bool(self.slides or self.keys & _DECK or "slide" in self.asks)

    @property
    def for_slide(self) -> bool:
        """Whether a slide is the answer, or the one thing asked about."""
        return bool(self.slides or "slide" in self.asks)


def understood(
    text: str, known: Collection[str] = (), silent: Collection[str] = (), titles: Collection[str] = ()
) -> Question:
    """Reads a question.

    `known` are words that occur in the sources, by which typing mistakes are mended; `silent` are further stems that
    say nothing, such as the names of the publishers; `titles` of sources say nothing either.
    """
    plain = _PART.sub(
        lambda match: f"{_part(match.group())} part",
        mended(_WHOLE.sub(r"\1overall", _without(titles, text)), known, silent),
    )
    focus = _focus(plain)
    slides = _slides(focus)
    asks = frozenset(name for name, pattern in _phrasings().items() if pattern.search(f"{_focus(text)}\n{focus}"))
    silent = {*silent, *(stem(word) for word in words_of(_talk(asks, slides)))}
    telling = [term for term in terms_of(focus) if not _says_nothing(term, silent, slides)]
    if not telling and focus != plain:  # "… What can I quote?": what comes before is what is asked
        telling = [term for term in terms_of(plain) if not _says_nothing(term, silent, slides)]
    terms = [term for term in telling if not term.keys <= thesaurus().silent]
    terms += [term for name, term in _IMPLIED.items() if name in asks]
    keys = keys_of(plain) | frozenset(key for term in terms for key in term.keys)
    addressed = _addressed(plain)
    return Question(
        text=text,
        terms=tuple({term.keys: term for term in terms}.values()),
        keys=keys,
        asks=asks,
        segments=_segments(addressed, keys_of(addressed)),
        slides=slides,
        years=tuple(dict.fromkeys(int(year) for year in _YEAR.findall(text))),
        names=_names(_focus(_without(titles, text))),
        counted=counted(focus),
        those=those_counted(focus),
        figures=_figures(text, slides),
        part=_part(focus),
        at_large=bool(_AT_LARGE.search(_narrow_removed(addressed))),
        head=_head(focus),
    )


def _talk(asks: frozenset[str], slides: tuple[int, ...]) -> str:
    """Words by which slides and disagreements are asked for, and which say nothing about either."""
    about_slides = _DECK_TALK if slides or "slide" in asks else ""
    return f"{about_slides} {_DISAGREEMENT_TALK if 'disagreement' in asks else ''}"


def _narrow_removed(text: str) -> str:
    """The text without the phrases that narrow it down."""
    for term in terms_of(text):
        if term.narrowing:
            text = re.sub(rf"\b{re.escape(term.text)}\b", " ", text, flags=re.IGNORECASE)
    return text


@cache
def _phrasings() -> dict[str, re.Pattern[str]]:
    """The tables of phrasings.toml, each as one pattern."""
    tables = tomllib.loads((Path(__file__).parent / "phrasings.toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(patterns), re.IGNORECASE) for name, patterns in tables.items()}


def _focus(text: str) -> str:
    """The part of a text that asks: its sentences with a question mark, without words about who asks."""
    sentences = re.split(r"(?<=[.?!])\s+", text.strip())
    asking = [sentence for sentence in sentences if "?" in sentence] or sentences
    if _OF_BOTH.search(" ".join(asking)):
        asking = sentences
    return _LIKE_OURS.sub(" ", _FRAMING.sub("", " ".join(asking)))


def _addressed(text: str) -> str:
    """The text without what only says who asks: what comes before the question, unless that refers back to it."""
    sentences = re.split(r"(?<=[.?!])\s+", text.strip())
    first = next((place for place, sentence in enumerate(sentences) if "?" in sentence), 0)
    asking = _FRAMING.sub("", " ".join(sentences[first:]))
    return text if _REFERS_BACK.search(asking) else asking


_FEWEST_OF_TITLE = 3
"""Words: a question about “data” is not about the source that is called so."""


def _without(titles: Collection[str], text: str) -> str:
    for title in titles:
        if len(title.split()) >= _FEWEST_OF_TITLE:
            text = re.sub(rf"(?<!\w){re.escape(title)}(?!\w)", "report", text, flags=re.IGNORECASE)
    return text


def _says_nothing(term: Term, silent: Collection[str], slides: tuple[int, ...]) -> bool:
    if term.text.isdigit() and int(term.text) in slides:
        return True
    return all(stem(word) in silent for word in words_of(term.text))


def _segments(text: str, keys: frozenset[str]) -> tuple[Segment, ...]:
    named = set(segments_named(text)) | {segment for segment in SEGMENTS if CONCEPT + segment in keys}
    words = words_of(text)

    def place(segment: Segment) -> int:
        return next((position for position, word in enumerate(words) if segment in segments_named(word)), 0)

    return tuple(sorted((segment for segment in SEGMENTS if segment in named - {"all"}), key=place))


def _slides(text: str) -> tuple[int, ...]:
    """Numbers right after the word: "slide 8", "slides 4, 5 and 9 to 11", but not "which slide shows 30%"."""
    numbers: list[int] = []
    for match in _SLIDE_NUMBERS.finditer(text):
        for first, last in _SPANS.findall(match["spans"]):
            numbers += range(int(first), min(int(last or first), int(first) + _LONGEST_SPAN) + 1)
    return tuple(dict.fromkeys(numbers))


def _figures(text: str, slides: tuple[int, ...]) -> frozenset[str]:
    found = {match.replace(" ", "") for match in _FIGURE.findall(text)}
    return frozenset(found - {str(number) for number in slides} - set(_YEAR.findall(text)))


def _part(text: str) -> str:
    match = _PART.search(text)
    name = (match["which"] or match["number"]).lower() if match else ""
    return _PARTS.get(name, name)


def _names(text: str) -> tuple[str, ...]:
    """Capitalised words inside a sentence and acronyms; none where everything is capitalised."""
    words = re.findall(r"[A-Za-z][\w'’-]*", text)
    if len(words) > 2 and sum(word[0].isupper() for word in words) > 0.6 * len(words):
        return ()
    return tuple(dict.fromkeys([*_NAME.findall(text), *_ACRONYM.findall(text)]))


def _head(text: str) -> str:
    match = _ASKED_FOR.search(text)
    return stem(words_of(match["word"] or match["noun"])[0]) if match else ""
