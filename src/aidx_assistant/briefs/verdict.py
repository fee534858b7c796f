"""The recommendation without a model: a rule over counts of what the sources hold, in words. See docs/briefs.md.

It is never “Go”: a rule counts sentences and cannot tell whether what they say is good news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aidx_assistant.briefs.request import IN_PLURAL
from aidx_assistant.evidence import Segment

Verdict = Literal["Conditional", "Not yet"]
Confidence = Literal["high", "medium", "low"]

_ENOUGH = 3
"""Figures about the segment from which confidence is medium."""
_PLENTY = 5
"""Figures about the segment, from more than one report, from which confidence is high."""
_LEVELS: tuple[Confidence, ...] = ("low", "medium", "high")
BY_RULE = "Computed by rule from the evidence below; nobody judged."
"""Who gave the verdict."""
_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the rule looks at: counts of different figures on the topic, and the healthcare points by what is said."""

    topic: str
    segment: Segment
    about_segment: int
    """Figures on the topic that count the brief's segment."""
    about_all: int
    """Figures on the topic that count all segments together."""
    reports: int
    """How many reports these figures stand in."""
    differing: int
    """On how many of these figures the sources differ."""
    on_topic: tuple[str, ...]
    """Healthcare points on which a sentence speaks of the topic."""
    background_only: tuple[str, ...]
    """Points on which no sentence speaks of the topic, and some of AI beyond it."""
    silent: tuple[str, ...]
    """Points on which there is no sentence."""

    @property
    def open_points(self) -> tuple[str, ...]:
        return (*self.background_only, *self.silent)


def verdict_of(weighed: Weighed) -> Verdict:
    """Not yet where there is no figure on the topic for the segment or for all."""
    return "Conditional" if weighed.about_segment + weighed.about_all else "Not yet"


def confidence_of(weighed: Weighed) -> Confidence:
    """By the figures about the segment; one level lower where the sources differ on any figure on the topic."""
    count = weighed.about_segment
    level = 2 if count >= _PLENTY and weighed.reports > 1 else 1 if count >= _ENOUGH else 0
    return _LEVELS[max(0, level - bool(weighed.differing))]


def recommendation(weighed: Weighed) -> tuple[str, ...]:
    """The verdict, what it was computed from, and its conditions, as paragraphs."""
    verdict, confidence = verdict_of(weighed), confidence_of(weighed)
    first = f"**{verdict}**, with **{confidence}** confidence. {BY_RULE}"
    background = f"“Background” marks what is not about {weighed.topic}."
    return first, f"{_figures(weighed)} {_reasons(weighed)} {background}", *_conditions(weighed)


def change(weighed: Weighed) -> tuple[str, ...]:
    """What would change the verdict, as points."""
    if verdict_of(weighed) == "Not yet":
        return (
            f"**Up:** a source with a figure on {weighed.topic} that counts {_whom(weighed)}; add it with"
            " “aidx sources add”, and have the brief made again.",
        )
    needed = [f"proof on {listed(weighed.open_points)}"] if weighed.open_points else []
    if weighed.about_segment < _ENOUGH:
        needed.append(f"more figures that count {_whom(weighed)}")
    if weighed.differing:
        needed.append("a source that settles where the sources differ")
    needed.append("the judgement of whoever decides, which no rule replaces")
    return (
        f"**Up:** {'; '.join(needed)}. A vendor's documents count once they are added with “aidx sources add”.",
        "**Down:** an answer that meets a stop condition, or a newer source that takes back a figure above.",
    )


def next_step(weighed: Weighed) -> str:
    """The step that the verdict asks for."""
    if verdict_of(weighed) == "Not yet":
        return f"Look for sources on {weighed.topic}, add them, and have this brief made again before deciding."
    if weighed.open_points:
        return (
            "Put the questions of the healthcare points below to the vendor in writing, set the stop conditions, and"
            " decide on the answers."
        )
    return "Read what the sources say on each healthcare point, set the stop conditions, and decide."


def evidence_fit(weighed: Weighed) -> str:
    """Whom the figures count, against who reads them."""
    return f"{_figures(weighed)} None of them is known to hold for your organisation"


def listed(items: Sequence[str]) -> str:
    """`safety and governance, readiness`: labels in small letters as far as these are words; “nothing” for none."""
    return ", ".join(item if item[:2].isupper() else item[:1].lower() + item[1:] for item in items) or "nothing"


def in_words(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else str(count)


def number_of(words: str) -> int:
    """The number that `in_words`, or “no finding”, writes so; 0 for any other text."""
    return _WORDS.index(words) if words in _WORDS else int(words) if words.isdecimal() else 0


def _whom(weighed: Weighed) -> str:
    return IN_PLURAL[weighed.segment]


def _figures(weighed: Weighed) -> str:
    whom = _whom(weighed)
    if not weighed.about_segment + weighed.about_all:
        return f"The sources have no figure on {weighed.topic} for {whom} or for all segments."
    others = f" and {_findings(weighed.about_all)} not on {whom} alone" if weighed.about_all else ""
    reports = "one report" if weighed.reports == 1 else f"{in_words(weighed.reports)} reports"
    differ = f"; they differ on {_findings(weighed.differing)}" if weighed.differing else ""
    own = _findings(weighed.about_segment)
    return f"On {weighed.topic} the sources have {own} with a figure on {whom}{others}, from {reports}{differ}."


def _reasons(weighed: Weighed) -> str:
    """Why the verdict is this one, and why the confidence is no higher."""
    whom = _whom(weighed)
    if verdict_of(weighed) == "Not yet":
        return (
            "Not yet, as nothing measures it; what the sources say without a figure stands below, and little besides."
        )
    verdict = "Conditional, as there are figures, and a rule cannot tell whether they are good news."
    count = weighed.about_segment
    if not count:
        why = (
            f"none of them counts {whom} by themselves" if whom != "pharma" else "none of them counts pharma by itself"
        )
    elif count < _ENOUGH:
        why = f"fewer of them count {whom} than medium needs"
    elif count < _PLENTY or weighed.reports < 2:
        why = f"high needs more of them on {whom}, from further reports"
    else:
        why = f"many of them count {whom}, and they come from different reports"
    differing = "; it is one level lower as the sources differ" if weighed.differing and count >= _ENOUGH else ""
    return f"{verdict} Confidence is {confidence_of(weighed)}, as {why}{differing}."


def _findings(count: int) -> str:
    return "no finding" if not count else "one finding" if count == 1 else f"{in_words(count)} findings"


def _conditions(weighed: Weighed) -> tuple[str, ...]:
    said = []
    if weighed.background_only:
        said.append(f"{listed(weighed.background_only)} (here the sources have background only)")
    if weighed.silent:
        said.append(f"{listed(weighed.silent)} (here they are silent)")
    if verdict_of(weighed) == "Not yet":
        return (f"Open besides: {'; '.join(said)}.",) if said else ()
    conditions = [f"answers on {'; '.join(said)}"] if said else []
    if weighed.on_topic:
        conditions.append(f"that what the sources say on {listed(weighed.on_topic)} is acceptable")
    return (f"Conditions: {'; and '.join(conditions)}.",) if conditions else ()
