"""Whether a share is given to others than those that the source counts, by the name that stands beside the figure.

Held apart are names of one's own, such as nursing homes and home care agencies. Those of segments, and the words that
stand for whoever was surveyed (organisations, leaders, pilots), have rules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from aidx_assistant.checking.stated import StatedFigure
from aidx_assistant.checking.subgroups import in_one_name
from aidx_assistant.checking.traits import base_named
from aidx_assistant.checking.wholes import whole_named
from aidx_assistant.checking.words import concepts
from aidx_assistant.figures import figures_in
from aidx_assistant.segments import mentions
from aidx_assistant.terms import keys_of, speaks_of, terms_of, thesaurus
from aidx_assistant.vocabulary.bodies import PLURAL

_LABEL = re.compile(r"(?:^|;)\s*(?P<words>\w[^;:,.()]*):\s*$")
"""The column of a row of a table: "Care notes; Nursing homes: 11%"."""
_AMONG = re.compile(r"(?:^|[.;:]\s*)\W*(?:of|among)\s+(?P<words>\w[^,;:.()]*),[^,;:.()]*$", re.IGNORECASE)
_NAMES_MANY = re.compile(PLURAL, re.IGNORECASE)


def given_to_others(text: str, start: int, end: int, stated: StatedFigure) -> tuple[str, str] | None:
    """Whom the share from `start` to `end` of a text is given to, and whom the source gives it to; None where alike."""
    claimed = _name_beside(text, start, end)
    if claimed is None or not _is_of_its_own(claimed):
        return None
    own = _name_beside(stated.sentence, stated.figure.start, stated.figure.end) or stated.population
    if own and mentions(own) and not (stated.is_curated or mentions(text)):
        return None if _head(claimed) & concepts(f"{stated.sentence} ; {stated.before}") else (claimed, own)
    if not own or not _is_of_its_own(own) or _are_alike(claimed, own):
        return None
    said = concepts(f"{stated.sentence} ; {stated.measure}") | stated.words.keys()
    is_of_another_figure = any(_are_alike(claimed, other) for other in _names_of_others(stated))
    return (claimed, own) if is_of_another_figure or not _head(claimed) & said else None


def other_group(said: str, stated: StatedFigure) -> tuple[str, str] | None:
    """The group that a claim's words name, and the one of its kind that the source names in its place, as commercial
    plans for Medicaid plans; None where the source speaks of the former as well.
    """
    own = in_one_name(f"{stated.own} ; {stated.population}")
    held = keys_of(own)
    apart = thesaurus().apart
    named = [term for term in terms_of(own) if term.keys & apart]
    for term in terms_of(in_one_name(said)):
        alike = [other for other in named if other.keys & term.keys & apart]
        if alike and not speaks_of(held, term):
            return term.text, alike[0].text
    return None


def names_somebody(text: str, start: int, end: int) -> bool:
    """Whether a text names beside a share whom it is of, by a name of their own."""
    name = _name_beside(text, start, end)
    return name is not None and _is_of_its_own(name)


def _names_of_others(stated: StatedFigure) -> Iterator[str]:
    """Whom the other shares of the source's sentence are of."""
    for figure in figures_in(stated.sentence):
        if figure.kind == "percent" and figure != stated.figure:
            if name := _name_beside(stated.sentence, figure.start, figure.end):
                yield name


@lru_cache(maxsize=4096)
def _name_beside(text: str, start: int, end: int) -> str | None:
    told = whole_named(text, start, end)
    if not told and (label := _LABEL.search(text[:start])):
        told = label["words"] if _NAMES_MANY.fullmatch(label["words"].split()[-1]) else None
    if not told and (among := _AMONG.search(text[:start])):
        told = among["words"]
    return in_one_name(told.strip().removeprefix("the ")) if told else None


def _is_of_its_own(name: str) -> bool:
    return bool(_head(name)) and base_named(name) is None and not mentions(name)


def _head(name: str) -> frozenset[str]:
    return concepts(name.rsplit(maxsplit=1)[-1])


def _are_alike(one: str, other: str) -> bool:
    """Whether two names may be one: "nursing homes" and "nursing facilities", not "home care agencies"."""
    modifiers = [concepts(" ".join(name.split()[:-1])) for name in (one, other)]
    return bool(_head(one) & _head(other) or modifiers[0] & modifiers[1])
