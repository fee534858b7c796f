"""What a question asks for, read from its words alone."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from aidx_assistant.answering.wording import CONCEPT, Term, keys_of, stem, terms_of, words_of
from aidx_assistant.evidence import SEGMENTS, Segment
from aidx_assistant.segments import segments_named

Want = Literal[
    "figure", "money", "duration", "date", "superlative", "segment", "slide", "section", "list", "comparison",
    "reason", "disagreement",
]  # fmt: skip

_WANTS: dict[Want, str] = {
    "figure": r"how many|how much\b|(?:what|which) (?:share|percentage|percent|proportion|fraction|portion|number|rate)"
    r"|(?:share|percentage|percent|proportion|fraction|portion|number|rate|count) of|\brate\b|\bpct\b|(?<!\d )\bpercent(?:age)?\b|(?<!\d)(?<!\d )%"
    r"|how (?:large|big|high) (?:is|are|was|were|a)\b|the number\b",
    "money": r"\bdollars?\b|\busd\b|\beuros?\b|\$|€|£|\bpric(?:e|es|ing|ed)\b|\bfees?\b|\bsalar(?:y|ies)\b|\brevenue of\b"
    r"|how much (?:does|do|did|will|would|is|are|money)\b.*\b(?:cost|costs|pay|spend|spent|charge|save|invest|invested|worth|budget)"
    r"|\bhow (?:expensive|cheap)\b|(?:average|avg|mean|median|typical|annual|total) (?:cost|spend|budget|savings?)|\bcosts? of (?:running|a|an|one)\b"
    r"|\bcosts? per\b|\b(?:annual|yearly) savings?\b|\bsavings per\b|what (?:does|do|did|is|are) .*\bcosts?\b(?! of)\s*\??$",
    "duration": r"how many (?:days|weeks|months|years|hours|minutes|seconds)|how long\b|time[- ]?(?:horizon|frame|scale|span)"
    r"|how (?:soon|quickly)\b|by when\b|(?:minutes|hours|days|weeks|months) (?:per|of|does|do|saved|to)\b",
    "date": r"^when\b|\bwhen (?:was|were|did|is|will)\b|(?:what|which) (?:year|date|month|day)|\bdate of|\bpublication date|\bdate\b",
    "superlative": r"\b(?:which|what|who|whose|where|name)\b.*\b(?:highest|lowest|biggest|largest|smallest|top|best|worst|fastest"
    r"|slowest|leading|least|strongest|weakest|furthest|hardest|commonest|number one|first place|the most|most \w+ed)\b",
    "segment": r"\b(?:which|what) (?:of the )?(?:three )?(?:segments?|sectors?|groups?|industr(?:y|ies))\b",
    "slide": r"\b(?:which|what|wich|whihc)\s+(?:\w+\s+)?slides?\b|\bwhere\b.*\b(?:deck|slides?|presentation|appendix)\b"
    r"|\b(?:a|any|the) slides? (?:on|about|with|for|that|showing|covering)|^slides? (?:on|about|with|for|showing)"
    r"|\bon which\b.*\bslides?\b|\bslides? number\b|\bwhich (?:\w+ )?(?:charts?|pages?)\b",
    "section": r"\b(?:which|what) (?:\w+ ){0,2}(?:sections?|chapters?|headings?)\b|\b(?:a|any) (?:section|chapter) (?:on|about)"
    r"|\blist (?:\w+ ){0,3}(?:sections|headings|chapters)",
    "list": r"^(?:please )?(?:list|name|enumerate|give me (?:all|the list)|what are (?:all )?the|which are the)\b|\ball (?:the )?\w+\s*$|\blist of\b",
    "comparison": r"\bcompare[ds]?\b|\bcomparison\b|\bvs\b|\bversus\b|\bdiffer(?:s|ent|ence)?\b|\b(?:than|against|relative to)\b"
    r"|\bbetween\b.*\band\b",
    "reason": r"^(?:and |but |so )?why\b|\bwhy (?:do|does|did|is|are|was|were|have|has|so)\b|\breasons?\b|\bhow come\b|\bwhat (?:explains|causes)\b"
    r"|\bbecause of what\b",
    "disagreement": r"\b(?:dis)?agree\b|\bconflict(?:s|ing)?\b|\bcontradict\w*|\bdiscrepan\w*|\binconsisten\w*|\bdo the sources\b",
}  # fmt: skip
_PATTERNS = {want: re.compile(pattern, re.IGNORECASE) for want, pattern in _WANTS.items()}

_INSTRUCTION = re.compile(
    r"\b(?:ignore|forget|disregard|override|bypass|drop)\b.{0,40}\b(?:instructions?|rules?|prompts?|sources?|documents?"
    r"|guidelines?|restrictions?|above|everything|report)\b|\b(?:system|hidden|initial|secret|developer) (?:prompt|instructions?"
    r"|message|rules?)\b|\byour (?:instructions|prompt|rules|training|api key|configuration|settings)\b|\byou are now\b|\bpretend\b"
    r"|\brole-?play\b|\bact as\b|\bjailbreak|\bmake (?:up|something up)\b.{0,30}\b(?:number|figure|statistic|percentage|quote|answer"
    r"|citation|source)|\binvent (?:a|an|some)\b|\bfabricate\b|\b(?:reply|respond|answer|say) (?:only|just|nothing but)\b"
    r"|\b(?:reply|respond|answer) with (?:only|just|the word)\b|</?\w+>|\bSYSTEM\s*:|\b(?:without|no) (?:any )?citations?\b"
    r"|\brepeat (?:after me|the (?:text|words|prompt))\b|\bfrom now on\b|\bwithout (?:using|checking) the sources\b",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"\b(?:years?|months?|decades?|quarters?) ago\b"
    r"|\b(?:previous|prior|earlier|last|next|coming|upcoming|future|first|second|new|newer|updated|old|older) (?:edition|survey|wave|release"
    r"|version|report|index|study|year|years|quarter)(?:'s|s)?\b(?<!first year)(?<!first years)(?<!next years)"
    r"|\b(?:has|have|had)\b.{0,80}\b(?:changed|grown|risen|evolved|increased|improved|dropped|fallen|declined|shifted|moved)\b.*"
    r"\b(?:since|over|from|compared|between)\b|\bsince (?:the )?(?:last|previous|prior|then|20\d\d|19\d\d|\w+ (?:20|19)\d\d)\b"
    r"|\byear[- ](?:on|over)[- ]year\b|\byoy\b|\bover the (?:past|last)\b|\bin the (?:past|last) (?:\w+ )?(?:years?|months?|decades?)\b"
    r"|\bused to\b|\bback in (?:19|20)\d\d\b|\bforecast for\b|\b(?:before|after|during) (?:the )?(?:pandemic|covid)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,$€£])(?:19|20)\d\d(?![\d%]|\s*(?:leaders|people|respondents|executives))")
_SLIDE_NUMBER = re.compile(r"\bslides?\b[^\d%]{0,12}?(\d{1,4})(?:\s*(?:-|–|to|through)\s*(\d{1,4}))?(?:\s*(?:,|and|&)\s*(\d{1,4}))?", re.I)
_COUNTED = re.compile(
    r"(?:how (?:many|much)|how (?:large|big|high) (?:is|are|was|were)|(?:share|percentage|percent|proportion|fraction|portion|number|rate|%)(?: of)?)"
    r"\s+(?:of\s+)?(?P<noun>(?:[\w'’-]+\s*){1,4})",
    re.IGNORECASE,
)
COUNT = re.compile(r"\bhow many\b|\bnumber of\b|\bhow (?:large|big) (?:is|was)\b", re.IGNORECASE)
"""Asks for a count, not for a share."""
PEOPLE_COUNT = re.compile(
    r"\bhow many\b.*\b(?:(?:were|was|been) (?:surveyed|polled|interviewed|asked)|took part|participated|responded)\b|\bsample size\b"
    r"|\bnumber of (?:survey )?(?:respondents|participants|people)\b",
    re.IGNORECASE,
)
"""Asks how many were asked: a share of them is no answer."""
_TIME_UNIT = re.compile(r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?)\b", re.IGNORECASE)
_FRAMING = re.compile(r"^(?:as an?|for|we|i|im|i'm|we're|our)\b[^:?]{0,80}:\s*", re.IGNORECASE)
_CONTENT = re.compile(
    r"\b(?:sa(?:y|ys|id)|finds?|found|conclu\w+|recommend\w*|report(?:s|ed)|states?|stated|claim\w*|suggest\w*|argu\w+"
    r"|writ\w+|wrote|wording|exact\w*|figures?|numbers?(?! \d)|percent\w*|values?|scores?|data|results?|tells?|told)\b",
    re.IGNORECASE,
)
_LIKE_OURS = re.compile(r"\b(?:\w+\s+)?like (?:ours?|mine|us|me)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?:…]\s)(?<!^)(?<![\w'’-])[A-Z][\w&]*[A-Za-z]\b")
_ACRONYM = re.compile(r"\b[A-Z]{2,6}s?\b")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what it asks for. `terms` are its telling words; the rest says how they are asked about."""

    text: str
    terms: tuple[Term, ...]
    keys: frozenset[str]
    """Of the whole text."""
    wants: frozenset[Want]
    segments: tuple[Segment, ...]
    """The segments named, "all" excepted."""
    slides: tuple[int, ...]
    years: tuple[int, ...]
    other_time: bool
    """Whether it asks for another edition, the past or a change over time."""
    instruction: bool
    """Whether it talks to the assistant instead of asking about the sources."""
    names: tuple[str, ...]
    """Words written as names, as far as their writing shows."""
    counted: frozenset[str]
    """Keys of what a figure is asked of: "budget" in "what share of the IT budget"."""
    content_asked: bool
    """Whether it asks what a slide says, and not what it is about."""

    @property
    def about_deck(self) -> bool:
        return bool(self.slides or self.keys & _DECK or "slide" in self.wants)


_DECK_TALK = frozenset(stem(word) for word in words_of("cover contain deal discuss address illustrate depict feature"
    " display cite refer make up go goes say says number title subject content contents"))  # fmt: skip
_DECK = frozenset(CONCEPT + name for name in ("slide", "deck", "appendix", "contents"))


def understood(text: str, known: Collection[str] = (), silent: Collection[str] = ()) -> Question:
    """Reads a question.

    `known` are stems that occur in the sources, by which typing mistakes are mended; `silent` are further stems that
    say nothing, such as the names of the publishers.
    """
    focus = _focus(text)
    slides = _slides(focus)
    wants = frozenset(want for want in get_args(Want) if _PATTERNS[want].search(focus))
    unsaid = set(silent) | (_DECK_TALK if slides or "slide" in wants else frozenset())
    terms = tuple(
        _mended(term, known)
        for term in terms_of(focus)
        if not _is_silent(term, unsaid) and not (slides and term.text.isdigit() and int(term.text) in slides)
    )
    if "reason" in wants:
        terms = (*terms, Term("why", frozenset({CONCEPT + "cause"})))
    keys = keys_of(text) | frozenset(key for term in terms for key in term.keys)
    return Question(
        text=text,
        terms=tuple({term.keys: term for term in terms}.values()),
        keys=keys,
        wants=wants,
        segments=_segments(text, keys),
        slides=slides,
        years=tuple(dict.fromkeys(int(year) for year in _YEAR.findall(text))),
        other_time=bool(_OTHER_TIME.search(text)),
        instruction=bool(_INSTRUCTION.search(text)),
        names=_names(focus),
        counted=_counted(focus),
        content_asked=bool(_CONTENT.search(focus)),
    )


def _is_silent(term: Term, silent: Collection[str]) -> bool:
    return all(stem(word) in silent for word in words_of(term.text))


def _focus(text: str) -> str:
    """The part of a text that asks: its sentences with a question mark, without words about who asks."""
    sentences = re.split(r"(?<=[.?!])\s+", text.strip())
    asking = [sentence for sentence in sentences if "?" in sentence] or sentences
    return _LIKE_OURS.sub(" ", _FRAMING.sub("", " ".join(asking)))


def _segments(text: str, keys: frozenset[str]) -> tuple[Segment, ...]:
    named = segments_named(text)
    return tuple(s for s in SEGMENTS if s != "all" and (s in named or CONCEPT + s in keys))


def _slides(text: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for first, last, other in _SLIDE_NUMBER.findall(text):
        numbers += range(int(first), min(int(last or first), int(first) + 60) + 1)
        if other:
            numbers.append(int(other))
    return tuple(dict.fromkeys(numbers))


def _names(text: str) -> tuple[str, ...]:
    words = re.findall(r"[A-Za-z][\w'’-]*", text)
    if len(words) > 2 and sum(word[0].isupper() for word in words) > 0.6 * len(words):
        return ()
    return tuple(dict.fromkeys([*_NAME.findall(text), *_ACRONYM.findall(text)]))


def _counted(text: str) -> frozenset[str]:
    keys: set[str] = set()
    for match in _COUNTED.finditer(text):
        if _TIME_UNIT.match(match["noun"]):
            continue
        for term in terms_of(re.split(r"\b(?:is|are|was|were|do|does|did|have|has|had|will|would|that|who|which|for|in|to|with|at|by)\b", match["noun"])[0]):
            keys |= term.keys
    return frozenset(keys)


def _mended(term: Term, known: Collection[str]) -> Term:
    """The term with a typing mistake put right, where one letter makes it a word of the sources or the thesaurus."""
    if " " in term.text or len(term.text) < 6 or len(term.keys) > 1 or term.text.isdigit() or term.keys & set(known):
        return term
    wrong = next(iter(term.keys))
    for word in known:
        if word[:1] == wrong[:1] and abs(len(word) - len(wrong)) <= 1 and len(word) > 4 and _one_slip(wrong, word):
            return Term(term.text, keys_of(word) | term.keys, term.narrowing)
    return term


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter left out, added or replaced, or two neighbours exchanged, makes one word the other."""
    if len(one) > len(other):
        one, other = other, one
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    rest, other_rest = one[start:], other[start:]
    if len(one) < len(other):
        return rest == other_rest[1:]
    return rest[1:] == other_rest[1:] or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
