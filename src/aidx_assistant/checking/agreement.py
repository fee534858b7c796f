"""Whether a claim of an answer and a figure of a source speak of the same: segment, population, time, direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aidx_assistant.checking.claims import Claim
from aidx_assistant.checking.denominators import ONCE, averages_clash, denominators_clash, has_average, restricted_to
from aidx_assistant.checking.directions import opposed
from aidx_assistant.checking.failures import adds_failure
from aidx_assistant.checking.modality import is_already_so, made_a_fact, made_an_expectation, tells_what_is
from aidx_assistant.checking.placed import displaced
from aidx_assistant.checking.populations import place_conflict, population_conflict
from aidx_assistant.checking.shares import adds_all, is_size_of_change
from aidx_assistant.checking.siblings import puts_another
from aidx_assistant.checking.slides import says_beside
from aidx_assistant.checking.stages import stages_clash
from aidx_assistant.checking.standing import is_beaten, is_turned_round, makes_a_difference
from aidx_assistant.checking.stated import StatedFigure, without_asides, without_other_items
from aidx_assistant.checking.telling import telling_words
from aidx_assistant.checking.time_borders import border_of, borders_clash
from aidx_assistant.checking.traits import timing_in
from aidx_assistant.checking.values import same_number
from aidx_assistant.checking.words import concepts
from aidx_assistant.evidence import Segment
from aidx_assistant.reading.rows import cells_of
from aidx_assistant.segments import segments_named

_ASIDE = re.compile(r"\s*(?:which|who|whose|where|while|but|and|though|although|so|as|not)\b", re.IGNORECASE)
_SEGMENT_NAMES = {"provider": "providers", "payer": "payers", "pharma": "pharma", "all": "all segments together"}
_SHORT_NAMES = {
    "provider": re.compile(r"\b(?:systems|centers|centres|practices|trusts)\b", re.IGNORECASE),
    "payer": re.compile(r"\b(?:plans(?!\s+(?:to|for)\b)|carriers)\b", re.IGNORECASE),
}
_OF_THEIRS = re.compile(r"\s+of\s+(?:their|its|our)\b", re.IGNORECASE)
"""After a figure that only says how much each of those has to whom another figure is given."""
_OF_ALL = re.compile(r"\b(?:of|among)\s+all\b", re.IGNORECASE)
_WITHOUT = re.compile(r"\bwithout\b", re.IGNORECASE)
_OPPOSITE = "the cited sentence says the opposite of what the answer says"
_DIRECTION_NAMES = {
    "stage": "the cited sentence speaks of the opposite stage (still in, or beyond)",
    "amount": "the cited sentence says it goes the other way (up, or down)",
    "comparison": "the cited sentence compares the two the other way round",
    "negation": "one of the answer and the cited sentence denies what the other says",
    "moment": "the cited sentence says this of another time (now, or earlier)",
    "timing": "the cited sentence gives another time (within, or after)",
}


def conflict(claim: Claim, stated: StatedFigure, cited_segments: frozenset[Segment] = frozenset()) -> str | None:
    """What the claim says otherwise than the cited sentence, as a sentence for the reader; None if nothing.

    `cited_segments`: all segments that the sentences cited for the claim name.
    """
    return (
        source_conflict(claim, stated)
        or _slide_conflict(claim, stated)
        or segment_conflict(claim, stated, cited_segments)
        or population_conflict(claim, stated)
        or displaced(claim, stated)
        or place_conflict(claim, stated)
        or _standing_conflict(claim, stated)
        or _course_conflict(claim, stated)
        or time_conflict(claim, stated)
        or _measure_conflict(claim, stated)
        or _sense_conflict(claim, stated)
    )


def source_conflict(claim: Claim, stated: StatedFigure) -> str | None:
    """How the claim gives the figure to another source; None if it does not."""
    if not claim.sources or stated.source_id in claim.sources:
        return None
    if not stated.is_curated and any(name.search(stated.sentence) for name in claim.publishers):
        return None  # the sentence tells of them itself
    return "the answer names another source for this than the one it cites"


def _slide_conflict(claim: Claim, stated: StatedFigure) -> str | None:
    if stated.beside and not says_beside(claim.statement.text):
        return "this slide is only shown beside the cited section, its content is not known from it"
    if claim.slides and not claim.slides & stated.slides:
        return "the slide named is not known to carry this figure"
    return None


def segment_conflict(
    claim: Claim, stated: StatedFigure, cited_segments: frozenset[Segment] = frozenset()
) -> str | None:
    """How the claim gives the figure to another segment than the source; None if it does not."""
    if not claim.segments or not stated.segments or claim.segments & stated.segments:
        return None
    if claim.segments_said != "here" and claim.segments <= stated.mentioned:
        return None
    if stated.segments == {"all"} and (claim.segments_said == "above" or _names(claim.segments, stated)):
        return None
    if claim.segments_said == "after" and claim.segments <= cited_segments:
        return None
    said = " and ".join(sorted(_SEGMENT_NAMES[segment] for segment in stated.segments))
    claimed = " and ".join(sorted(_SEGMENT_NAMES[segment] for segment in claim.segments))
    return f"the cited sentence says this of {said}, not of {claimed}"


def _names(segments: frozenset[Segment], stated: StatedFigure) -> bool:
    """Whether a sentence whose figure is not known to be of one segment names this one alone, or by a short name."""
    named_there = segments_named(stated.sentence)
    if named_there:
        return segments == set(named_there)
    return any(name and name.search(stated.sentence) for name in map(_SHORT_NAMES.get, segments))


def _standing_conflict(claim: Claim, stated: StatedFigure) -> str | None:
    """A figure put first or last that is not, a change told backwards, or a whole made a difference."""
    if stated.is_curated:
        return None
    text, start = claim.statement.text, claim.start - claim.statement.start
    if is_beaten(claim.own, stated.sentence, stated.figure):
        return "the cited sentence puts another one there (first, or last)"
    if is_turned_round(text, claim.figure, start, stated.sentence):
        return "the cited sentence gives the two figures in the other order of years"
    if makes_a_difference(text[start + len(claim.figure.text) :], claim.figure, stated.sentence, stated.figure.end):
        return "the cited sentence gives the whole, not a difference"
    return None


def turns_round(text: str, stated: StatedFigure) -> str | None:
    """How a text that takes up a cited figure gives it another time or turns it round; None if it does not."""
    timing = timing_in(text)
    if timing and stated.timing and timing != stated.timing:
        return _DIRECTION_NAMES["timing"]
    dimension = opposed(text, text, stated.own, stated.own)
    return None if dimension in (None, "negation") else _DIRECTION_NAMES.get(str(dimension), _OPPOSITE)


def _course_conflict(claim: Claim, stated: StatedFigure) -> str | None:
    if claim.timing and stated.timing and claim.timing != stated.timing:
        return _DIRECTION_NAMES["timing"]
    said = f"{claim.own} ; {claim.statement.labels}"
    claimed = said if _says_enough(said) else f"{said} ; {claim.around}"
    dimension = opposed(
        claimed,
        predicate_of(claim.tight, claim.own, claim.statement.labels),
        stated.own,
        stated.own if cells_of(stated.sentence) else predicate_of(stated.tight, stated.own),
    )
    of_those_without = dimension == "negation" and _WITHOUT.search(claimed) and _WITHOUT.search(stated.context)
    if (
        dimension is None
        or of_those_without
        or claim.figure.kind == "year"
        or (dimension == "moment" and _OF_THEIRS.match(stated.sentence, stated.figure.end))
    ):
        return None
    return _DIRECTION_NAMES.get(dimension, _OPPOSITE)


def time_conflict(claim: Claim, stated: StatedFigure) -> str | None:
    """A year or date that is a border, and the thing put on its other side."""
    if claim.figure.kind not in ("year", "date") or not same_number(claim.figure, stated.figure):
        return None
    claimed, there = claim.time_border, border_of(stated.sentence, stated.figure, stated.figure.start)
    if not borders_clash(claimed, there):
        return None
    said, claims = (f"“{border}”" if border else "the time itself" for border in (there, claimed))
    return f"the cited sentence gives this time as {said}, and here it is {claims}"


def _measure_conflict(claim: Claim, stated: StatedFigure) -> str | None:
    """A figure for each month made one for each year, or a median made an average."""
    said = f"{claim.own} ; {claim.statement.labels}"
    after = claim.statement.text[claim.end - claim.statement.start :]
    around = f"{stated.own} ; {stated.measure}"
    if each := denominators_clash(said, after, f"{around} ; {stated.sentence}", stated.sentence[stated.figure.end :]):
        claimed, there = (ONCE if one == ONCE else f"per {one}" for one in each)
        return f"the cited sentence gives this {there}, not {claimed}"
    if not stated.is_curated and claim.figure.kind == "percent":
        figure = stated.figure
        only = restricted_to(stated.sentence[: figure.start], stated.sentence[figure.end :], stated.context)
        near = (
            f"{claim.statement.text} ; {claim.statement.labels} ; {claim.statement.context} ; {claim.statement.before}"
        )
        common, said_near = telling_words(only), concepts(near)
        if common and (not common & said_near or (_OF_ALL.search(claim.statement.text) and common - said_near)):
            return f"the cited sentence says this only of those that {only}"
    if averages_clash(said, stated.own) if has_average(stated.own) else averages_clash(said, around):
        return "one of the answer and the cited sentence calls this a median, the other an average"
    return None


def _sense_conflict(claim: Claim, stated: StatedFigure) -> str | None:
    """Another stage, a fact made of an expectation or the reverse, the size of a change made of a share."""
    figure = claim.figure
    said = f"{without_asides(claim.own)} ; {claim.statement.labels}"
    if figure.kind != "percent":
        return None
    sentence = f"{stated.sentence} ; {stated.measure}"
    expected = "" if not stated.is_curated and tells_what_is(stated.own) else sentence
    near = f"{said} ; {claim.around} ; {claim.statement.previous}"
    sized = is_size_of_change(figure, claim.statement.text) and not is_size_of_change(stated.figure, stated.sentence)
    found = (
        (
            stages_clash(said, stated.affirmed),
            "gives this for another stage (idea, pilot, implementing, in use, dropped)",
        ),
        (made_a_fact(said, near, expected), "tells an expectation or a readiness, not what is already so"),
        (is_already_so(claim.tight, stated.tight), "tells what is planned, not what is already so"),
        (made_an_expectation(claim.own, sentence), "tells what is so, not an expectation"),
        (adds_failure(claim.tight, sentence), "says nothing of a failure or a loss"),
        (adds_all(claim.tight, sentence), "does not say this of all of them"),
        (sized, "gives a share, not by how much something changes"),
        *_object_conflicts(claim, stated, said),
    )
    return next((f"the cited sentence {what}" for is_so, what in found if is_so), None)


def _object_conflicts(claim: Claim, stated: StatedFigure, said: str) -> Iterator[tuple[bool, str]]:
    """Something else of the same kind in the place of what the source has."""
    own = f"{stated.own} ; {stated.measure}"
    another = puts_another(said, f"{claim.statement.text} ; {claim.around} ; {claim.statement.before}", own)
    if another and (another[1] in without_other_items(stated) or another[1] not in stated.sentence):
        yield True, f"says this of “{another[1]}”, not of “{another[0]}”"


def predicate_of(tight: str, own: str, labels: str = "") -> str:
    """The words within the figure's commas; where these say too little ("At 46%, …"), the next stretch as well."""
    if _says_enough(tight):
        return tight
    following = re.split(r"[,;:()]", own.partition(tight)[2].lstrip(" ,"))[0] if tight.strip() else ""
    return f"{tight} ; {labels} ; {'' if _ASIDE.match(following) else following}"


def _says_enough(text: str) -> bool:
    """Whether a text has words beside the figure that can be compared."""
    return len(concepts(text)) > 1
