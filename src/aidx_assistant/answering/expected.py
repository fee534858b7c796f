"""Rules for what kind of thing has to stand in an answer: a name, a reason, a share, a time, a figure for all."""

from __future__ import annotations

import re

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.preference import CAUSE
from aidx_assistant.answering.question import Question
from aidx_assistant.terms import CONCEPT, keys_of, speaks_of, thesaurus
from aidx_assistant.vocabulary.grammar import AUXILIARIES
from aidx_assistant.vocabulary.numbers import SHARE
from aidx_assistant.vocabulary.times import ANY_MONTH

_ONE_BY_NAME = re.compile(
    r"\b(?:which|what)\s+"
    rf"(?:(?!(?:{AUXILIARIES}|must|should|kind|sort|type|of|an?|the|makes?|keeps?|about|share|portion|percentage)\b)"
    r"[\w-]+\s+){0,2}"
    r"(?:analyst|company|startup|start-up|vendor|supplier|firm|hospital|payer|insurer|provider|consultancy|laboratory"
    r"|lab|bank|country|city|agency|regulator|university|model|person|executive|product)\b"
    r"(?!['’]s?|\s+(?:types?|sizes?|kinds?|segments?|leaders?|executives?|respondents?|use|side))",
    re.IGNORECASE,
)
"""Which one of many is asked for."""
_HOLDER_OF_A_POST = re.compile(
    r"^\W*who(?:['’]s|\s+(?:is|was))\s+(?:the\s+)?(?:\w+\s+){0,2}"
    r"(?:ceo|executive|head|director|president|chair\w*|founder|author|editor|boss)\b(?!s)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,:)] )[A-Z][a-z]{2,}\b(?!['’]s)")
_OWNER = re.compile(r"\b[A-Z]\w+['’]s\s")
"""What belongs to a name is not named by it: "Bain's companion brief reports"."""
_WHO_DOES = re.compile(
    rf"^\W*(?:and |but )?who\s+(?!(?:{AUXILIARIES}|had|should|else|in|of|among)\b)(?P<verb>[a-z]+)",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:doubt(?:s|ed|ing)?|regret\w*|(?:dis|mis)trust\w*|den(?:y|ies|ied)|worse\w*|harm\w*|oppos\w+|reject\w*"
    r"|refus\w+|dislik\w+|stopped|abandon\w*|quit|g[ai]ven? up|disappoint\w*|unhappy|dissatisf\w+)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:ris(?:e|es|en|ing)|rose|increas\w+|gr[eo]w(?:n|s|ing|th)?|go(?:es|ing)? up|went up"
    r"|higher|climb\w*|expand\w*)\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:lower\w*|reduc\w+|f[ae]ll(?:s|en|ing)?|shr[aiu]nk\w*|decreas\w+|declin\w+|drop\w*|cut(?:s|ting)?"
    r"|go(?:es|ing)? down|went down)\b",
    re.IGNORECASE,
)
_SORTS_OF_COUNTED = tuple(
    frozenset(key for key in keys_of(word) if key.startswith(CONCEPT))
    for word in ("doctor", "nurse", "patient", "startup", "vendor", "incumbent")
)
"""Whoever is none of those who were asked: a share of them is a share of nobody else."""
_DEFINES = re.compile(
    r"\b(?:defin\w+|means?|meant|stands? for|refers? to|calls?|called|known as)\b"
    r"|^(?:the |an? )?(?:[\w’'-]+ ){1,4}(?:is|are) (?:the|an?|those|what)\b",
    re.IGNORECASE,
)
_ACRONYM_SPELLED_OUT = re.compile(r"\(([A-Z]{2,6})s?\)")
_WAY_OF_DOING = re.compile(rf"^\W*(?:and |but |so )?how (?:{AUXILIARIES}|should)\b", re.IGNORECASE)
"""How something is done, unless it is how much, how often or how one compares with another."""
_OTHER_HOWS = frozenset({"comparison", "figure", "change", "quality", "frequency"})
_SORT_SELDOM_NAMED = re.compile(
    r"\b(?:which|what)\s+(?:calendar\s+)?(?:weeks?|weekdays?|countr\w+|languages?(?!\s+models?)|cit(?:y|ies)|special(?:t|it)\w+"
    r"|departments?|disciplines?)\b",
    re.IGNORECASE,
)
_WHICH_MONTH = re.compile(r"\b(?:which|what) (?:calendar )?months?\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?:{ANY_MONTH})\b")
_WHICH_OF_MANY = re.compile(
    r"^\W*(?:(?:and|but|so|then|in|for|of|on|at|by|with|from)\s+)*which\s+"
    rf"(?!(?:{SHARE}|one|number|direction|way|respect|kinds?|sorts?|types?|parts?|slides?|sections?)\b)"
    rf"(?P<noun>(?:(?!(?:{AUXILIARIES}|had|should|to|of|for|in|on|at|by|with|that|who)\b)[\w’'-]+\s+){{1,3}})",
    re.IGNORECASE,
)
_ENUMERATION = re.compile(r",[^,]+(?:,| and | or )|:|\b(?:that|who) (?!is\b|are\b)\w+")
_RANKED = re.compile(r"\b(?:rank\w*|first|second|third|last)\b", re.IGNORECASE)
_THE_OTHERS = re.compile(r"\b(?:other|remaining)\s+(\d+(?:\.\d+)?)\s?(?:%|per\s?cent)")
_IN_THE_AREAS_OF = re.compile(r"\b(?:in|across|over) the (?:areas?|fields?|stages?) of (?P<items>[^.;:]+)")
_NEXT_ITEM = re.compile(r",| and | or ")
_NEGATED = re.compile(
    r"\b(?:(?:are|is|do|does|did|have|has|had|will|would|can|could) (?:\w+ )?(?:not(?! only)|never)\b"
    r"|(?:are|is|do|does|did|have|has|had|would|could)n[’']t\b|(?:wo|ca)n[’']t\b"
    r"|neither\b|(?:have|has|had|with) (?:no|not any)\b|none of\b|no longer\b)",
    re.IGNORECASE,
)
_SLIDES_NOT = re.compile(
    r"\bslides? (?:that |which )?(?:(?:is|are|do|does)(?: not|n[’']t)|not|without|except)\b"
    r"(?! (?:only|been read|read))",
    re.IGNORECASE,
)
_LEAVES_OUT = re.compile(
    r"\b(?:not|never|no|none|neither|without|lack\w*|short\w*|fall\w*|fail\w*|miss\w*|too|only|just|few|still|remain\w*|yet|except|rest|half)\b|n[’']t\b",
    re.IGNORECASE,
)
"""What a sentence has that says of how many something does not hold, or lets it be seen."""
_ITSELF = frozenset({"ai", "=ai"})
_UNHEARD = 2
"""One word alone may be another for what a text says."""
_A_FIGURE_GIVEN = re.compile(r"\b(?:the|those|these)\s+(?:more than\s+)?(\d+(?:[.,]\d+)*%?)", re.IGNORECASE)
_TAKES = re.compile(r"\bhow (?:long|much time) (?:do|does|did|will|would|is|are|was|were)\b", re.IGNORECASE)
_SPAN_OF_ANOTHER = re.compile(
    r"\b(?:within|(?:in|over|for|during)\s+the\s+(?:past|last|next))\s+(?:\w+\s+)?$", re.IGNORECASE
)
"""Before a time in which something else was so."""


def no_name(candidate: Candidate, question: Question) -> bool:
    """Which vendor, which model, who is the chief executive: a sentence without any name does not say it."""
    if not (_ONE_BY_NAME.search(question.text) or _HOLDER_OF_A_POST.search(question.text)):
        return False
    return not _names(candidate)


def _names(candidate: Candidate) -> list[str]:
    """Names in a sentence, beside those by which things of the field are called."""
    names = _NAME.findall(_OWNER.sub("", candidate.text))
    return [name for name in names if name.lower() not in thesaurus().written]


def no_reason(candidate: Candidate, question: Question) -> bool:
    """What is explained may stand beside the reason, but not instead of it."""
    return "reason" in question.asks and not candidate.surely_answers and not CAUSE.search(candidate.text)


def no_definition(candidate: Candidate, question: Question) -> bool:
    """A figure of something does not say what is meant by it."""
    if "definition" not in question.asks or "figure" in question.asks or question.for_slide:
        return False
    spelled_out = set(_ACRONYM_SPELLED_OUT.findall(candidate.text)) & set(re.findall(r"[A-Z]{2,6}", question.text))
    return not spelled_out and not _DEFINES.search(candidate.text)


def no_way_of_doing(candidate: Candidate, question: Question) -> bool:
    """How something is done is seldom said by a sentence that is not known to say it."""
    if not _WAY_OF_DOING.search(question.text) or _OTHER_HOWS & question.asks:
        return False
    return candidate.known is not None


def not_of_that_sort(candidate: Candidate, question: Question) -> bool:
    """Which month, which language: a sentence without any does not say it."""
    if candidate.known is None:
        return False
    if _WHICH_MONTH.search(question.text) and not _MONTH.search(candidate.text):
        return True
    return bool(_SORT_SELDOM_NAMED.search(question.text)) and not _names(candidate)


def no_instance(candidate: Candidate, question: Question) -> bool:
    """Which of many: a sentence that only speaks of them, without a name, a list or a segment, does not say which,
    nor does one that does not speak of them.
    """
    match = _WHICH_OF_MANY.search(question.text)
    if match is None or {"segment", "superlative"} & question.asks or question.about_deck:
        return False
    if candidate.known is None or _RANKED.search(question.text):
        return False
    sort = {key for key in keys_of(match["noun"]) - thesaurus().silent if not key.isdigit()}
    if sort and sort.isdisjoint(candidate.keys | candidate.context):
        return True
    says_which = _ENUMERATION.search(candidate.text) or candidate.named_segments - {"all"} or _names(candidate)
    return not says_which


def no_duration(candidate: Candidate, question: Question) -> bool:
    """How long is told by a time; how long something takes, in a report of the user's own, not by one within which, or
    since when, something else was so.
    """
    if candidate.known is None and _TAKES.search(question.text):
        spans = [figure for figure in candidate.figures if figure.kind == "duration"]
        return all(_SPAN_OF_ANOTHER.search(candidate.text[: figure.start]) for figure in spans)
    return "duration" in question.asks and not _says_when(candidate, {"duration"})


def no_date(candidate: Candidate, question: Question) -> bool:
    """When is told by a date, or by a time from which it can be known."""
    return "date" in question.asks and not _says_when(candidate, {"date", "year", "duration"})


def _says_when(candidate: Candidate, kinds: set[str]) -> bool:
    framed = any(finding.time_frame for finding in candidate.findings)
    return framed or any(figure.kind in kinds for figure in candidate.figures)


def share_of_others(candidate: Candidate, question: Question) -> bool:
    """What the other 5% say is not told by the sentence about the 95%."""
    return any(f"{share}%" not in candidate.numbers for share in _THE_OTHERS.findall(question.text))


def figure_given(candidate: Candidate, question: Question) -> bool:
    """How many of the 22 jobs are in claims is not told by the 22."""
    given = set(_A_FIGURE_GIVEN.findall(question.text))
    return bool(given) and "count" in question.asks and not question.about_deck and candidate.numbers <= given


def total_of_parts(candidate: Candidate, question: Question) -> bool:
    """How many jobs there are in the areas of claims, network and pricing does not tell how many are in claims."""
    match = _IN_THE_AREAS_OF.search(candidate.text)
    if match is None or "count" not in question.asks or question.for_slide:
        return False
    named = [not keys_of(item).isdisjoint(question.keys) for item in _NEXT_ITEM.split(match["items"]) if item.strip()]
    return sum(named) == 1 < len(named)


def no_share(candidate: Candidate, question: Question) -> bool:
    """A count, or "dozens", is no share, nor does it tell whether a share is the one that the question names."""
    names_share = candidate.known is None and any(figure.endswith("%") for figure in question.figures)
    if not (names_share or "share" in question.asks) or question.for_slide:
        return False
    shares = any(figure.kind in {"percent", "ratio", "points"} for figure in candidate.figures)
    return not shares and "half" not in candidate.text


def of_a_segment_only(candidate: Candidate, question: Question) -> bool:
    """A share of one segment is none of all who were asked; of a source that is named it is what that source has."""
    if "figure" not in question.asks or question.segments or question.for_slide or question.about_deck:
        return False
    if question.source_ids and candidate.known is None:
        return False
    if any(term.narrowing and speaks_of(candidate.keys, term) for term in question.terms):
        return False
    counted = {finding.segment for finding in candidate.findings if finding.value and finding.unit == "percent"}
    return bool(counted) and "all" not in counted


def other_way(candidate: Candidate, question: Question) -> bool:
    """How many expect it to fall does not tell how many expect it to rise, nor who uses it how many have stopped."""
    if "figure" not in question.asks:
        return False
    if _DENIES.search(question.text) and not _DENIES.search(candidate.text):
        return True
    if _NEGATED.search(question.text) and not _LEAVES_OUT.search(candidate.text):
        return True
    asked = bool(_MORE.search(question.text)), bool(_LESS.search(question.text))
    said = bool(_MORE.search(candidate.text)), bool(_LESS.search(candidate.text))
    return asked == said[::-1] and asked[0] != asked[1]


def slides_left_out(_: Candidate, question: Question) -> bool:
    """Which slides are not about something is not told by those that are."""
    return "slide" in question.asks and bool(_SLIDES_NOT.search(question.text))


def other_doing(candidate: Candidate, question: Question) -> bool:
    """Who does something is told only by what speaks of doing that."""
    match = _WHO_DOES.search(question.text)
    doing = keys_of(match["verb"]) if match else frozenset[str]()
    held = candidate.keys | candidate.context | candidate.asked_keys
    return not doing <= thesaurus().silent and doing.isdisjoint(held)


def mostly_unheard(candidate: Candidate, question: Question) -> bool:
    """Where most of what a figure is asked of is in no text, one of something else lies near by its other words."""
    if candidate.known is not None or "figure" not in question.asks or question.for_slide:
        return False
    asked = [term for term in question.terms if term.keys.isdisjoint(question.counted | _ITSELF)]
    unheard = sum(term.keys <= question.unheard for term in asked)
    return unheard >= _UNHEARD and unheard * 2 > len(asked)


def others_counted(candidate: Candidate, question: Question) -> bool:
    """A share of providers is no number of doctors, a share of executives none of vendors."""
    if "figure" not in question.asks or question.for_slide:
        return False
    if not any(question.counted & sort for sort in _SORTS_OF_COUNTED):
        return False
    valued = [finding for finding in candidate.findings if finding.value]
    populations = keys_of(" ".join(f"{finding.population} {finding.unit or ''}" for finding in valued))
    if not all(finding.population for finding in valued):  # a finding of an imported source may name nobody
        populations |= candidate.keys
    return bool(valued) and question.counted.isdisjoint(populations)
