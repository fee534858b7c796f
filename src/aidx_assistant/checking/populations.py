"""Whether a claim and a figure of a source count the same: of what size, group, base, whole and country."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aidx_assistant.checking.claims import Claim
from aidx_assistant.checking.counted import given_to_others, names_somebody, other_group
from aidx_assistant.checking.places import other_places
from aidx_assistant.checking.shares import is_of_others, others_named
from aidx_assistant.checking.stated import StatedFigure
from aidx_assistant.checking.subgroups import in_one_name, narrowed, widened
from aidx_assistant.checking.telling import telling_words
from aidx_assistant.checking.traits import bases_clash, says_completed, sizes_in
from aidx_assistant.checking.wholes import (
    is_of_what_is_said,
    makes_bodies_of_people,
    makes_bodies_of_pilots,
    makes_people_of_bodies,
    whole_of,
)
from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import figures_in

_OF_THEM = re.compile(r"\b(?:of|at|among)\s+(?:them|these|those)\b(?!\s+(?:that|who|with))", re.IGNORECASE)


def population_conflict(claim: Claim, stated: StatedFigure) -> str | None:
    """How the claim counts others than the source; None if it does not."""
    if claim.figure.kind == "year":  # it counts nobody
        return None
    if stated.sizes and not stated.sizes & claim.sizes_near:
        size = " and ".join(sorted(stated.sizes))
        return f"the cited sentence says this only of {size} organisations"
    of_them = stated.sentence[: stated.figure.start] if _OF_THEM.search(stated.own) else ""
    if claim.sizes and not (stated.sizes | sizes_in(f"{stated.before} ; {of_them}")) & claim.sizes:
        size = " and ".join(sorted(claim.sizes))
        return f"the cited sentence does not say this of {size} organisations"
    if groups := other_group(f"{claim.own} ; {claim.statement.labels}", stated):
        return f"the cited sentence says this of “{groups[1]}”, not of “{groups[0]}”"
    return _counted_conflict(claim, stated) or _group_conflict(claim, stated)


def _group_conflict(claim: Claim, stated: StatedFigure) -> str | None:
    """A figure of a part of a segment made one of the whole, or the reverse; or of somebody of no segment."""
    around = (stated.context if stated.before else "", "" if stated.group.term else stated.about or "")
    source = " ; ".join((stated.sentence, stated.measure, stated.population, *around))
    if stated.about is not None and narrowed(claim.group, source):
        return f"the cited sentence does not say this of “{claim.group.words}”"
    said = claim.statement
    near = f"{said.text} ; {said.labels} ; {said.row} ; {said.context} ; {said.previous} ; {said.before}"
    of_others = names_somebody(said.text, claim.start - said.start, claim.end - said.start)
    if widened(stated.group, near) and not of_others:
        return f"the cited sentence says this only of “{stated.group.words}”"
    return None


def _counted_conflict(claim: Claim, stated: StatedFigure) -> str | None:
    others = others_named(in_one_name(f"{claim.tight} ; {claim.own}")) | others_named(
        in_one_name(claim.statement.labels)
    )
    sentence = in_one_name(stated.sentence).lower()
    if stated.before:  # it speaks of those who are named there
        sentence += f" {in_one_name(stated.context).lower()}"
    strange = bool(others) and not any(other in sentence for other in others)
    found = (
        (
            stated.completed and claim.completed is False and not claim.completed_near,
            "says this only of completed proofs of concept",
        ),
        (claim.completed and stated.completed is False, "does not limit this to completed proofs of concept"),
        (
            stated.completed and says_completed(claim.tight),
            "counts completed proofs of concept, and says something else of them",
        ),
        (bases_clash(claim.base, stated.base), f"gives a share of {stated.base}, not of {claim.base}"),
        (strange, f"does not say this of {' or '.join(sorted(others))}s"),
        *_whole_conflicts(claim, stated),
    )
    return next((f"the cited sentence {what}" for is_so, what in found if is_so), None)


def _whole_conflicts(claim: Claim, stated: StatedFigure) -> Iterator[tuple[bool, str]]:
    """A share of another whole than the source's, told by the noun beside the figure."""
    text, offset = claim.statement.text, claim.statement.start
    whole = whole_of(text, claim.start - offset, claim.end - offset)
    if whole is None or claim.figure.kind != "percent" or stated.figure.kind != "percent":
        return
    around = f"{text} ; {claim.around} ; {claim.statement.row}"
    stated_whole = whole_of(stated.sentence, stated.figure.start, stated.figure.end)
    counting = f"{stated.population} ; {stated_whole or ''}" if stated.population else ""
    said = f"{stated.sentence} ; {stated.measure}"
    in_object = (claim.base is None or is_of_others(whole)) and is_of_what_is_said(whole, counting, said)
    counted = stated.population or "others"
    yield in_object, f"gives a share of {counted}, not of {whole}"
    yield makes_people_of_bodies(whole, around, stated.population), f"gives a share of {counted}, not of {whole}"
    of_bodies = makes_bodies_of_people(whole, around, stated.population or stated_whole or "", stated.sentence)
    yield of_bodies, f"gives a share of {stated.population or stated_whole}, not of {whole}"
    says_more = bool(telling_words(f"{claim.tight} ; {claim.statement.labels}") - concepts(stated.population))
    shifted = says_more and makes_bodies_of_pilots(whole, around, stated.base)
    yield shifted, f"gives a share of proofs of concept, not of {whole}"
    if others := given_to_others(text, claim.start - offset, claim.end - offset, stated):
        yield True, f"says this of {others[1]}, not of {others[0]}"


def place_conflict(claim: Claim, stated: StatedFigure) -> str | None:
    """A figure of one country, or of all, given to another."""
    if stated.is_curated or claim.figure.kind in ("year", "date"):
        return None
    near = f"{stated.sentence} ; {stated.before} ; {stated.context}"
    found = other_places(
        f"{claim.own} ; {claim.statement.labels}",
        stated.own if len(figures_in(stated.sentence)) > 1 else stated.sentence,
        near,
        stated.about or "",
    )
    return f"the cited sentence says this of {found[1]}, not of {found[0]}" if found else None
