"""The recommendation without a model: a rule over counts of what the sources hold, in words. See docs/briefs.md.

It is never “Go”: a rule counts sentences and cannot tell whether what they say is good news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aidx_assistant.briefs.request import IN_PLURAL
from aidx_assistant.evidence import Segment
from aidx_assistant.vocabulary.numbers import UNITS

Verdict = Literal["Conditional", "Not yet"]
Confidence = Literal["high", "medium", "low"]

_ENOUGH = 3
"""Figures on use or results for the segment from which confidence is medium."""
_PLENTY = 5
"""Such figures, from more than one report, from which confidence is high."""
_LEVELS: tuple[Confidence, ...] = ("low", "medium", "high")
BY_RULE = "A fixed rule gives this verdict from the evidence below; no person has weighed it."
"""Who gave the verdict."""
_WORDS = ("no", *UNITS[1:13])
COUNT = "|".join((*_WORDS, r"\d+"))
"""How a recommendation writes a count, as a pattern."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the rule looks at: counts of different figures on the topic, and the healthcare points by what is said."""

    topic: str
    segment: Segment
    about_segment: int
    """Figures on use or results that count the brief's segment."""
    about_all: int
    """Figures on use or results that count all segments together, or name none."""
    views: int
    """Figures that say only what people expect, want or think."""
    reports: int
    """How many reports the figures on use or results stand in."""
    differing: int
    """On how many of the figures on use or results the sources differ."""
    close: int
    """For how many of them another source gives nearly the same; they count as figures that do not differ."""
    bases: tuple[str, ...]
    """Whom the figures on use or results count."""
    on_topic: tuple[str, ...]
    """Healthcare points on which a sentence speaks of the topic."""
    open_points: tuple[str, ...]
    """Points on which none does."""


def verdict_of(weighed: Weighed) -> Verdict:
    """Not yet where no figure says what is done or achieved, for the segment or for healthcare at large."""
    return "Conditional" if weighed.about_segment + weighed.about_all else "Not yet"


def confidence_of(weighed: Weighed) -> Confidence:
    """By the figures on use or results for the segment; one level lower where the sources differ on any."""
    return _LEVELS[max(0, _level(weighed) - bool(weighed.differing))]


def _level(weighed: Weighed) -> int:
    count = weighed.about_segment
    return 2 if count >= _PLENTY and weighed.reports > 1 else 1 if count >= _ENOUGH else 0


def recommendation(weighed: Weighed) -> tuple[str, ...]:
    """The verdict, what it was computed from, and its conditions, as paragraphs."""
    verdict, confidence = verdict_of(weighed), confidence_of(weighed)
    first = f"**{verdict}**, with **{confidence}** confidence. {BY_RULE}"
    return first, f"{_figures(weighed)} {_reasons(weighed)}", *_conditions(weighed)


def change(weighed: Weighed) -> tuple[str, ...]:
    """What would change the verdict, as points."""
    whom = IN_PLURAL[weighed.segment]
    if verdict_of(weighed) == "Not yet":
        return (
            f"**Towards go:** a source that measures use or results of {weighed.topic} for {whom}. Add it with “aidx"
            " sources add”, and make this brief again.",
        )
    needed = [f"proof on {listed(weighed.open_points)}"] if weighed.open_points else []
    if weighed.about_segment < _ENOUGH:
        needed.append(f"more figures on use or results for {whom}")
    if weighed.differing:
        needed.append("a source that settles where the sources differ")
    better = f"**Towards go:** {'; '.join(needed)}. Add such proof with “aidx sources add”." if needed else ""
    worse = (
        "**Towards not yet:** an answer that meets a stop condition, or a newer source that contradicts the figures."
    )
    return (better, worse) if better else (worse,)


def next_step(weighed: Weighed) -> str:
    """The step that the verdict asks for."""
    if verdict_of(weighed) == "Not yet":
        return (
            f"Do not decide yet: look for sources that measure {weighed.topic} in use, add them, and make this brief"
            " again."
        )
    if weighed.open_points:
        return "Get the healthcare points below answered in writing, set the stop conditions, then decide."
    return "Read what the sources say on each healthcare point, set the stop conditions, and decide."


def evidence_fit(weighed: Weighed) -> str:
    """Whom the figures count, against who reads them."""
    told = _use_or_results(weighed)
    if not weighed.bases:
        return f"{told[:1].upper()}{told[1:]}"
    counting = "" if weighed.bases == (IN_PLURAL[weighed.segment],) else f" ({'; '.join(weighed.bases)})"
    return f"{told[:1].upper()}{told[1:]}{counting}. Whether that holds for you, no source says"


def listed(items: Sequence[str]) -> str:
    """`intended use, safety and governance, and readiness`: labels in small letters as far as these are words."""
    small = [item if item[:2].isupper() else item[:1].lower() + item[1:] for item in items]
    if len(small) <= 2 and not any(" and " in item for item in small):  # noqa: PLR2004 - two need no comma
        return " and ".join(small)
    return f"{', '.join(small[:-1])}, and {small[-1]}" if len(small) > 1 else "".join(small)


def in_words(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else str(count)


def number_of(words: str) -> int:
    """The number that `in_words` writes so; 0 for any other text."""
    return _WORDS.index(words) if words in _WORDS else int(words) if words.isdecimal() else 0


def _figures(weighed: Weighed) -> str:
    view = _counted(weighed.views)
    views = f" {view[:1].upper()}{view[1:]} only {'says' if weighed.views == 1 else 'say'} what people expect or think."
    further = views if weighed.views else ""
    lead = f"On {weighed.topic} the sources have {_use_or_results(weighed)}"
    if not weighed.about_segment + weighed.about_all:
        return f"{lead}.{further}"
    reports = "one report" if weighed.reports == 1 else f"{in_words(weighed.reports)} reports"
    differ = f"; the sources differ on {_counted(weighed.differing)}" if weighed.differing else ""
    close = f"; another source nearly agrees on {_counted(weighed.close)}" if weighed.close else ""
    return f"{lead}, from {reports}{differ}{close}.{further}"


def _use_or_results(weighed: Weighed) -> str:
    """`one figure on use or results for providers and two figures for healthcare at large`."""
    own = f"{_counted(weighed.about_segment)} on use or results for {IN_PLURAL[weighed.segment]}"
    if weighed.about_all:
        return f"{own} and {_counted(weighed.about_all)} for healthcare at large"
    return own if weighed.about_segment else f"{own} or for healthcare at large"


def _counted(count: int) -> str:
    return f"{in_words(count)} figure{'' if count < 2 else 's'}"  # noqa: PLR2004


def _reasons(weighed: Weighed) -> str:
    """Why the verdict is this one, and why the confidence is no higher."""
    whom = IN_PLURAL[weighed.segment]
    if verdict_of(weighed) == "Not yet":
        return f"So there is no experience to decide on. Confidence is low, as nothing is measured for {whom}."
    verdict = (
        "So there is experience to learn from. Whether it speaks for or against, a rule cannot tell: hence no “Go”."
    )
    count, level = weighed.about_segment, _level(weighed)
    if level == 0:
        why = f"for medium it takes {in_words(_ENOUGH)} such figures for {whom}"
    elif level == 1:
        why = f"for high it takes {in_words(_PLENTY)} such figures for {whom}, from two reports or more"
    else:
        why = f"{in_words(count)} such figures are for {whom}, from different reports"
    lowered = " It is one level lower, as the sources differ." if weighed.differing and level else ""
    return f"{verdict} Confidence is {confidence_of(weighed)}; {why}.{lowered}"


def _conditions(weighed: Weighed) -> tuple[str, ...]:
    open_points = listed(weighed.open_points)
    if verdict_of(weighed) == "Not yet":
        return (f"Also open: {open_points}.",) if weighed.open_points else ()
    conditions = []
    if weighed.open_points:
        conditions.append(
            f"you get written answers on {open_points}, on which the sources say nothing about {weighed.topic}"
        )
    if weighed.on_topic:
        conditions.append(f"you accept what the sources say on {listed(weighed.on_topic)}")
    return (f"Conditions: {'; and '.join(conditions)}.",) if conditions else ()
