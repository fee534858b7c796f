"""What a brief is to rest on where it is asked for: answers, findings or nothing yet; and what that suggests for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from aidx_assistant.answers import Answer
from aidx_assistant.evidence import Finding, Segment
from aidx_assistant.segments import segments_named
from aidx_assistant.tui.finding_rows import Filters

if TYPE_CHECKING:
    from aidx_assistant.briefs.brief import BriefKind
    from aidx_assistant.briefs.request import BriefRequest, Place

Market = Literal["provider", "payer", "pharma"]
MARKETS: tuple[Market, ...] = get_args(Market)
"""The segments that a brief can be about."""

LONGEST_TOPIC = 120
"""Characters; more make no title."""
MOST_FINDINGS = 12
"""Of rows that the user has not chosen one by one: about as many as a brief of two pages holds."""

_ASKING = re.compile(
    r"(?:(?:please|tell me|and|so|what|which|how|why|who|whom|whose|when|where|is|are|was|were|do|does|did|can|could"
    r"|should|will|would|has|have|many|much|few|often|quickly|there|about)\b[\s,]*)+",
    re.IGNORECASE,
)
"""Words at the beginning of a question that only ask."""
_SHARE = re.compile(r"(?:(?:the )?(?:share|percentage|percent|proportion|number) of )", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a brief rests on, and what is suggested for it."""

    told: str = ""
    """What it rests on, in words: `the 3 answers of this conversation`; "" where on its topic alone."""
    topic: str = ""
    market: Market = "provider"
    kind: BriefKind = "buyer"
    audience: str = ""
    findings: tuple[str, ...] = ()
    """Ids."""
    places: tuple[Place, ...] = ()


def basis_of_answers(answers: Sequence[Answer], segment: Segment | None) -> Basis:
    """Of the answers of a conversation that cite something; `segment`: what questions are asked of now."""
    from aidx_assistant.briefs.request import places_of

    telling = [answer for answer in answers if answer.answered and answer.citations]
    questions = [answer.question_understood for answer in telling]
    named = [name for question in questions for name in segments_named(question)]
    return Basis(
        told=f"the {len(telling)} answers of this conversation" if len(telling) != 1 else "the answer above",
        topic=topic_of(questions[0]) if questions else "",
        market=_market([segment] if segment else named),
        places=places_of(telling),
    )


def basis_of_findings(chosen: Sequence[Finding], shown: Sequence[Finding], filters: Filters) -> Basis:
    """Of the findings chosen; where none is, of those shown, as many as a brief holds."""
    findings = chosen or shown[:MOST_FINDINGS]
    topics = Counter(finding.topic for finding in findings)
    return Basis(
        told=_findings_told(len(findings), "chosen" if chosen else "shown", 0 if chosen else len(shown)),
        topic=filters.topic or filters.text.strip() or next((topic for topic, _ in topics.most_common(1)), ""),
        market=_market([finding.segment for finding in findings]),
        findings=tuple(finding.id for finding in findings),
    )


def basis_of_request(request: BriefRequest) -> Basis:
    """Of a brief that was asked for before."""
    rests = len(request.findings) + len(request.places)
    return Basis(
        told="the same sentences as before" if rests else "",
        topic=request.topic,
        market=_market([request.segment]),
        kind=request.kind,
        audience=request.audience or "",
        findings=request.findings,
        places=request.places,
    )


def topic_of(question: str) -> str:
    """A question without the words that only ask: `Why do few pilots fail?` gives `pilots fail`."""
    words = " ".join(question.split()).rstrip("?!. ")
    topic = _SHARE.sub("", _ASKING.sub("", words, count=1) if _ASKING.match(words) else words, count=1)
    topic = topic or words
    if len(topic) > LONGEST_TOPIC:
        topic = topic[:LONGEST_TOPIC].rpartition(" ")[0]
    return topic


def _market(named: Iterable[Segment]) -> Market:
    """The segment that is named most often; providers where none is."""
    counted = Counter(market for segment in named for market in MARKETS if market == segment)
    return next((market for market, _ in counted.most_common(1)), "provider")


def _findings_told(count: int, which: str, of: int) -> str:
    if of > count:
        return f"the first {count} of the {of} findings {which}"
    return f"the {count} findings {which}" if count != 1 else f"the finding {which}"
