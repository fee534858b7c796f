"""What a brief is to rest on where it is asked for: answers, findings or nothing yet; and what that suggests for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from aidx_assistant.answers import Answer
from aidx_assistant.evidence import Finding, Segment
from aidx_assistant.segments import mentions, segments_named
from aidx_assistant.tui.finding_rows import Filters

if TYPE_CHECKING:
    from aidx_assistant.briefs.brief import BriefKind
    from aidx_assistant.briefs.request import BriefRequest, Place
    from aidx_assistant.dx.index import DxIndex

Market = Literal["provider", "payer", "pharma"]
MARKETS: tuple[Market, ...] = get_args(Market)
"""The segments that a brief can be about."""

LONGEST_TOPIC = 120
"""Characters; more make no title."""
MOST_FINDINGS = 12
"""Of rows that the user has not chosen one by one: about as many as a brief of two pages holds."""

_ASKING = re.compile(
    r"(?:(?:please|tell me|and|so|what|which|how|why|who|whom|whose|when|where|is|are|was|were|do|does|did|can|could"
    r"|should|will|would|has|have|many|much|few|often|quickly|there|about|the|an?)\b[\s,]*)+",
    re.IGNORECASE,
)
"""Words at the beginning of a question that only ask."""
_SHARE = re.compile(r"(?:(?:the )?(?:share|percentage|percent|proportion|number) of )", re.IGNORECASE)
_USING = re.compile(r"^(?:(?:have|are|already|now|use|using|used|deploy(?:ed|ing)?|adopt(?:ed|ing)?)\b\s*)+")
"""What those do that it is asked of."""


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
    jobs: DxIndex | None = None
    """The user's own jobs that it had before."""


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
    """Of the findings chosen; where none is, of those that the filters leave, as many as a brief holds.

    Without filters that would be the first of all there are: then of those on the topic with the most.
    """
    most, words = _most_frequent(finding.topic for finding in chosen or shown), filters.text.strip()
    topic = filters.topic or (most if chosen or words.casefold() in most.casefold() else words)
    if chosen:
        offered, which = chosen, "chosen"
    elif filters:
        offered, which = shown, "shown"
    else:
        offered, which = [finding for finding in shown if finding.topic == topic], f"shown on {topic}"
    findings = chosen or offered[:MOST_FINDINGS]
    counted = f"the {len(offered)} findings {which}" if len(offered) != 1 else f"the finding {which}"
    return Basis(
        told=f"{len(findings)} of {counted}" if len(findings) < len(offered) else counted,
        topic=topic,
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
        jobs=request.jobs,
    )


def topic_of(question: str) -> str:
    """A question without the words that only ask: `How many payers use scribes?` gives `scribes`."""
    words = " ".join(question.split()).rstrip("?!. ")
    topic = _SHARE.sub("", _ASKING.sub("", words, count=1) if _ASKING.match(words) else words, count=1)
    asked_of = next(iter(mentions(topic)), None)
    if asked_of is not None and asked_of.start == 0:
        topic = _USING.sub("", topic[asked_of.end :].strip()) or topic
    topic = topic or words
    if len(topic) > LONGEST_TOPIC:
        topic = topic[:LONGEST_TOPIC].rpartition(" ")[0]
    return topic


def _market(named: Iterable[Segment]) -> Market:
    """The segment that is named most often; providers where none is."""
    counted = Counter(market for segment in named for market in MARKETS if market == segment)
    return next((market for market, _ in counted.most_common(1)), "provider")


def _most_frequent(words: Iterable[str]) -> str:
    return next((word for word, _ in Counter(words).most_common(1)), "")
