"""What a question asks for, read from its words alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aidx_assistant.answering.wording import CONCEPT, Term, keys_of, stem, terms_of, thesaurus, words_of
from aidx_assistant.evidence import SEGMENTS, Segment
from aidx_assistant.segments import segments_named

_YEAR = re.compile(r"(?<![\d.,$€£])(?:19|20)\d\d(?![\d%]|\s*(?:leaders|people|respondents|executives))")
_SLIDE_NUMBERS = re.compile(
    r"\bslides?\b[^\d%]{0,12}?(?P<first>\d{1,4})(?:\s*(?:-|–|to|through)\s*(?P<last>\d{1,4}))?"
    r"(?:\s*(?:,|and|&)\s*(?P<other>\d{1,4}))?",
    re.IGNORECASE,
)
_LONGEST_SPAN = 60
_COUNTED = re.compile(
    r"(?:how (?:many|much)|how (?:large|big|high) (?:is|are|was|were)"
    r"|(?:share|percentage|percent|proportion|fraction|portion|number(?! one\b)|rate|%)(?: of)?)"
    r"\s+(?:of\s+)?(?P<noun>(?:[\w'’-]+\s*){1,4})",
    re.IGNORECASE,
)
_END_OF_NOUN = re.compile(
    r"\b(?:is|are|was|were|do|does|did|have|has|had|will|would|can|could|that|who|which|for|in|to|with|at|by|on|than"
    r"|already|ever|actually|still|now|gets?|got|gone|sees?|says?|said|thinks?|believes?|expects?|reckons?|reports?"
    r"|earns?|wants?|prefers?|feels?|considers?|anticipates?|foresees?|predicts?|makes?|made|reach(?:es)?|goes|go"
    r"|calls?|names?|rates?|regards?|filled|took|takes?|answered)\b",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:list|biggest|largest|main|top|key|greatest)\s+(?:(?:the|all|of|main|biggest)\s+)*(?P<word>[a-z]\w+)"
    r"|^(?:which|what)\s+(?:(?:new|other|kinds? of|sorts? of|types? of)\s+)*(?P<noun>[a-z]\w+)",
    re.IGNORECASE,
)
_TIME_UNIT = re.compile(r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?)\b", re.IGNORECASE)
_FRAMING = re.compile(
    r"^(?:(?:as(?: an?)?|for|we|i|im|i'm|we're|our)\b[^:?]{0,80}:|as(?: an?)? [^,:?]{0,60},)\s*(?=\w+ )", re.IGNORECASE
)
_REFERS_BACK = re.compile(
    r"\b(?:they|them|theirs?|those|these|such|this|that(?= (?:segment|group|sector))|we|us|ours?|i|my|mine|me|peers?"
    r"|ourselves|it|its|else|others?|like)\b",
    re.IGNORECASE,
)
_LIKE_OURS = re.compile(r"\b(?:\w+\s+)?like (?:ours?|mine|us|me)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?:…]\s)(?<!^)(?<![\w'’-])[A-Z][\w&]*[A-Za-z]\b")
_ACRONYM = re.compile(r"\b[A-Z]{2,6}s?\b")
_DECK = frozenset(CONCEPT + name for name in ("slide", "deck", "appendix", "contents"))
_DECK_TALK = (
    "cover contain deal discuss address illustrate depict feature display cite refer make up go say number title"
    " subject content belong"
)
"""What a question about slides may be put with, and says nothing about the slide."""
_IMPLIED = {
    "reason": Term("why", frozenset({CONCEPT + "cause"})),
    "people_count": Term("surveyed", frozenset({CONCEPT + "surveysize"})),
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

    head: str
    """The stem of what is asked for by name: "barrier" in "the biggest barriers to adoption"; empty where none is."""

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
    focus = _without(titles, _focus(text))
    slides = _slides(focus)
    asks = frozenset(name for name, pattern in _phrasings().items() if pattern.search(focus))
    if slides or "slide" in asks:
        silent = {*silent, *(stem(word) for word in words_of(_DECK_TALK))}
    if "disagreement" in asks:
        silent = {*silent, *(stem(word) for word in words_of(_DISAGREEMENT_TALK))}
    telling = [term for term in terms_of(focus) if not _says_nothing(term, silent, slides)]
    if not telling and focus != text:  # "… What can I quote?": what comes before is what is asked
        telling = [term for term in terms_of(text) if not _says_nothing(term, silent, slides)]
    mended = (_mended(term, known) for term in telling)
    terms = [term for term in mended if not term.keys <= thesaurus().silent]
    terms += [term for name, term in _IMPLIED.items() if name in asks]
    keys = keys_of(text) | frozenset(key for term in terms for key in term.keys)
    return Question(
        text=text,
        terms=tuple({term.keys: term for term in terms}.values()),
        keys=keys,
        asks=asks,
        segments=_segments(_addressed(text), keys_of(_addressed(text))),
        slides=slides,
        years=tuple(dict.fromkeys(int(year) for year in _YEAR.findall(text))),
        names=_names(focus),
        counted=_counted(focus),
        head=_head(focus),
    )


_DISAGREEMENT_TALK = "differ differs different conflicting conflict agree disagree contradict numbers"


@cache
def _phrasings() -> dict[str, re.Pattern[str]]:
    """The tables of phrasings.toml, each as one pattern."""
    tables = tomllib.loads((Path(__file__).parent / "phrasings.toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(patterns), re.IGNORECASE) for name, patterns in tables.items()}


def _focus(text: str) -> str:
    """The part of a text that asks: its sentences with a question mark, without words about who asks."""
    sentences = re.split(r"(?<=[.?!])\s+", text.strip())
    asking = [sentence for sentence in sentences if "?" in sentence] or sentences
    return _LIKE_OURS.sub(" ", _FRAMING.sub("", " ".join(asking)))


def _addressed(text: str) -> str:
    """The text without what only says who asks: what comes before the question, unless that refers back to it."""
    sentences = re.split(r"(?<=[.?!])\s+", text.strip())
    first = next((place for place, sentence in enumerate(sentences) if "?" in sentence), 0)
    asking = _FRAMING.sub("", " ".join(sentences[first:]))
    return text if _REFERS_BACK.search(asking) else asking


def _without(titles: Collection[str], text: str) -> str:
    for title in titles:
        text = re.sub(re.escape(title), "report", text, flags=re.IGNORECASE)
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
    numbers: list[int] = []
    for match in _SLIDE_NUMBERS.finditer(text):
        first = int(match["first"])
        numbers += range(first, min(int(match["last"] or first), first + _LONGEST_SPAN) + 1)
        if match["other"]:
            numbers.append(int(match["other"]))
    return tuple(dict.fromkeys(numbers))


def _names(text: str) -> tuple[str, ...]:
    """Capitalised words inside a sentence and acronyms; none where everything is capitalised."""
    words = re.findall(r"[A-Za-z][\w'’-]*", text)
    if len(words) > 2 and sum(word[0].isupper() for word in words) > 0.6 * len(words):
        return ()
    return tuple(dict.fromkeys([*_NAME.findall(text), *_ACRONYM.findall(text)]))


def _head(text: str) -> str:
    match = _ASKED_FOR.search(text)
    return stem(words_of(match["word"] or match["noun"])[0]) if match else ""


def _counted(text: str) -> frozenset[str]:
    keys: set[str] = set()
    for match in _COUNTED.finditer(text):
        if not _TIME_UNIT.match(match["noun"]):
            for term in terms_of(_END_OF_NOUN.split(match["noun"])[0]):
                keys |= term.keys
    return frozenset(keys)


def _mended(term: Term, known: Collection[str]) -> Term:
    """The term with a typing mistake put right, where one letter makes it a word of the sources or the thesaurus."""
    wrong = term.text
    if " " in wrong or len(wrong) < 6 or len(term.keys) > 1 or not wrong.isalpha() or wrong in known:
        return term
    near = [word for word in sorted(known) if any(_is_slip(form, word) for form in (wrong, stem(wrong)))]
    if not near or any(keys_of(word) & term.keys for word in near):
        return term
    if stem(near[0]) in thesaurus().silent:
        return Term(wrong, frozenset({stem(near[0])}))
    return Term(wrong, keys_of(near[0]) | term.keys, term.narrowing)


def _is_slip(wrong: str, word: str) -> bool:
    same_start = word[:1] == wrong[:1] and abs(len(word) - len(wrong)) <= 1
    return same_start and len(word) > 4 and _one_slip(wrong, word)


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter left out, added or replaced, or two neighbours exchanged, makes one word the other."""
    if len(one) > len(other):
        one, other = other, one
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    rest, other_rest = one[start:], other[start:]
    if len(one) < len(other):
        return rest == other_rest[1:]
    return rest[1:] == other_rest[1:] or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
