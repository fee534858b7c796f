"""What a question means in a conversation: "and for pharma?" is the question before, for another segment.

By rules, so that it is the same every time and can be shown to whoever asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidx_assistant.segments import mentions
from aidx_assistant.terms import terms_of
from aidx_assistant.vocabulary.grammar import QUESTION_WORDS

_FEW = 3
"""Telling words; a question with more of them says itself what it is about."""
_JOINED = re.compile(r"^(?:(?:and|but|also|so|or|ok(?:ay)?|then)\b[\s,]*)+", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:(?:what|how)\s+(?:about|of)|(?:is\s+(?:it|that|this)\s+)?(?:also\s+)?(?:the\s+)?(?:same|true)"
    r"\s+(?:question\s+|thing\s+)?(?:for|of|with)|likewise|as\s+for)\b[\s,:]*",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"\b(?:it|its|they|their|them)\b"
    r"|(?:^|\b(?:is|are|was|were|does|do|did|about|of|for|from|with|in|to|by|than|shows?|says?|behind|like|why|how"
    r"|what|explain)\s+)(?:that|this|those|these)\b"
    r"(?!\s+(?:report|index|survey|study|deck|article|source|document|year|library|tool)\b)"
    r"|\bthe\s+(?:other|others|same|rest|latter|former)\b",
    re.IGNORECASE,
)
_ONLY_WHY = re.compile(
    r"^(?:why|how come|how so|says who|where|when|who|which slide|source)\b[\s\w]{0,12}\??$", re.IGNORECASE
)
_SCOPE = re.compile(
    r"^(?:only\s+)?(?:for|in|among|at|of|on|with|by)?\s*(?:the\s+)?(?P<scope>[\w&’' -]+?)\s*[?.!]*$", re.IGNORECASE
)
_SIZE = r"(?:(?:large|larger|small|smaller|mid-?sized?|medium-sized|big|bigger|the|all)\s+)*"
_OTHER_FORM = re.compile(
    r"^(?:please\s+|can you\s+|could you\s+)*"
    r"(?:put|show|list|give|make|turn|sort|rank|compare|sum|add|draw|translate|shorten|explain|summari[sz]e|repeat)\b"
    r".*\b(?:that|this|those|these|it|them|all)\b",
    re.IGNORECASE,
)
"""What was answered, wanted in another form: “put those in a table”."""
_PERHAPS_LEANING = re.compile(
    r"\b(?:it|its|they|their|them|that|this|those|these|there|here|one|ones|both|each|above|before|earlier|former"
    r"|latter|others?|same|rest|else|more|again|so|such|then|instead|respectively|first|second|last|previous)\b",
    re.IGNORECASE,
)
"""Words that may point to what was said before; most questions that stand for themselves have none."""
_LEANING_ON = " — "
_OPENING = re.compile(
    rf"(?:{QUESTION_WORDS}|is|are|was|were|does?|did|can|could|will|would|should|has|have|had"
    r"|put|show|list|give|make|compare|explain|name|tell|describe|summari[sz]e|in|of|for|to|on|at|by|with|from)\b",
    re.IGNORECASE,
)
"""Words that are written small where they do not begin a sentence."""
_SLIDE = re.compile(r"\bslide\s+#?\d+", re.IGNORECASE)


def resolved(question: str, earlier: Sequence[str]) -> str:
    """The question as it stands for itself, given the questions before it as they were understood.

    A bare segment ("and for pharma?") or slide ("slide 9?") takes the place of the last question's; any other
    question that leans on the last one is put before what that one is about ("Why is that — who was surveyed?"); one
    that says itself what it is about stays as it is.
    """
    if not earlier:
        return question
    last = earlier[-1]
    unjoined = _JOINED.sub("", question)
    bare = _ABOUT.sub("", unjoined)
    if not unjoined:
        return question
    named = _with_segment(bare, last) or _with_slide(bare, last)
    if named or bare != unjoined:
        return named or question
    if not _leans(unjoined, unjoined != question):
        return question
    return f"{unjoined[0].upper()}{unjoined[1:].rstrip(' ?.!')}{_LEANING_ON}{_topic(last)}"


def rules_suffice(question: str, earlier: Sequence[str]) -> bool:
    """Whether `resolved` is sure: nothing to lean on, a segment or slide by itself, or nothing left open."""
    if not earlier:
        return True
    unjoined = _JOINED.sub("", question)
    bare = _ABOUT.sub("", unjoined)
    if unjoined and (_with_segment(bare, earlier[-1]) or _with_slide(bare, earlier[-1])):
        return True
    stands_for_itself = bare == question and len(terms_of(question)) > _FEW
    return stands_for_itself and not _PERHAPS_LEANING.search(question)


def _topic(last: str) -> str:
    """What a question is about, to stand within another: without what leaned on it, in small letters."""
    leaning, found, topic = last.partition(_LEANING_ON)
    if not found:
        leaning, topic = "", last
    elif not _leans(leaning, joined=False):  # it says something of its own: "Budgets — who was surveyed?"
        topic = f"{leaning}: {topic}"
    return f"{topic[:1].lower()}{topic[1:]}" if _OPENING.match(topic) else topic


def _with_segment(bare: str, last: str) -> str | None:
    """The last question with its segment replaced, where nothing but a segment is named now."""
    match = _SCOPE.match(bare)
    if not match:
        return None
    named = mentions(bare)
    rest = bare
    for mention in reversed(named):
        rest = rest[: mention.start] + rest[mention.end :]
    if not named or not re.fullmatch(
        rf"(?:{_SIZE}|\W|for|in|among|at|of|on|with|by|only|and|or)*", rest, re.IGNORECASE
    ):
        return None
    scope = match["scope"].strip()
    before = [mention for mention in mentions(last)]
    if not before:
        return f"{last.rstrip(' ?.!')} for {scope}?"
    start, end = before[0].start, before[-1].end
    sized = re.search(rf"\b{_SIZE}$", last[:start], re.IGNORECASE)
    start = sized.start() if sized else start
    return f"{last[:start]}{_like(scope, at_start=not last[:start].strip())}{last[end:]}"


def _with_slide(bare: str, last: str) -> str | None:
    """The last question with its slide replaced, where nothing but a slide is named now."""
    named = _SLIDE.fullmatch(bare.strip(" ?.!"))
    return _SLIDE.sub(named.group(), last, count=1) if named and _SLIDE.search(last) else None


def _leans(question: str, joined: bool) -> bool:
    """Whether a question leaves open what it is about."""
    if len(terms_of(question)) > _FEW or mentions(question):
        return False
    if _OTHER_FORM.match(question):
        return True
    return joined or bool(_POINTER.search(question) or _ONLY_WHY.match(question.strip()))


def _like(scope: str, *, at_start: bool) -> str:
    return scope[:1].upper() + scope[1:] if at_start else scope
