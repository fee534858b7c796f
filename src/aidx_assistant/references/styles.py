"""References by the name of their style."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from aidx_assistant.answers import Citation
from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import Source
from aidx_assistant.references.bibtex import bibtex
from aidx_assistant.references.cited_place import CitedPlace, cited_place
from aidx_assistant.references.csl.json_item import json_item
from aidx_assistant.references.csl.manuals import MANUALS
from aidx_assistant.references.csl.reference_list import csl_references
from aidx_assistant.references.entry_keys import entry_keys
from aidx_assistant.references.markdown import markdown
from aidx_assistant.references.missing import missing_from
from aidx_assistant.references.plain import plain
from aidx_assistant.references.ris import ris
from aidx_assistant.references.wikipedia import wikipedia
from aidx_assistant.setting_values import CITATION_STYLES

STYLES = CITATION_STYLES
"""The styles in which `reference` writes."""

_WRITERS: dict[str, Callable[[CitedPlace], str]] = {"plain": plain, "markdown": markdown, "wikipedia": wikipedia}
_ENTRY_WRITERS: dict[str, Callable[[CitedPlace, str], str]] = {"bibtex": bibtex, "ris": ris, "csl-json": json_item}


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a list of references."""

    cited: CitedPlace
    numbers: tuple[int, ...]
    """The numbers of the citations that led to it."""
    text: str

    @property
    def missing(self) -> tuple[str, ...]:
        """What the source does not tell of the place, in words."""
        return missing_from(self.cited)


def reference(citation: Citation, source: Source, style: str, accessed: date) -> str:
    """The reference to a citation's place in its source, in a style of `STYLES`.

    `accessed` is the day on which the source's address was looked at; a source without an address has none. What
    a source does not tell is left out, or said as the style says it, "n.d.". Raises UsageError, naming the styles, for
    an unknown one.
    """
    return as_text(references([(citation, source)], style, accessed), style)


def references(cited: Iterable[tuple[Citation, Source]], style: str, accessed: date) -> tuple[Reference, ...]:
    """The references to several citations' places, each place once, in the order of the style's list.

    Raises UsageError for an unknown style.
    """
    if style not in STYLES:
        raise UsageError(f"There is no citation style “{style}”.", f"Styles: {', '.join(STYLES)}.")
    merged = _each_once(cited, accessed)
    places = list(merged)
    return tuple(Reference(places[at], tuple(merged[places[at]]), text) for at, text in _written(places, style))


def as_text(listed: Sequence[Reference], style: str, *, numbered: bool = False) -> str:
    """A list of references ready to be copied, or to be read by the programs that the style is for.

    `numbered`: with the citations' numbers, where the style numbers its list.
    """
    texts = [one.text for one in listed]
    if style == "csl-json":
        return f"[\n{textwrap.indent(f',{chr(10)}'.join(texts), '  ')}\n]"
    if numbered and style in MANUALS and MANUALS[style].numbered:
        texts = [f"{', '.join(map(str, one.numbers))}. {one.text}" for one in listed]
    return ("\n\n" if style == "bibtex" else "\n").join(texts)


def leaves_access_out(listed: Sequence[Reference], style: str) -> bool:
    """Whether a reference lacks the day of access because the style's manual asks for it of undated sources only."""
    undated_only = style in MANUALS and MANUALS[style].access_of_undated_only
    return undated_only and any(one.cited.address and one.cited.published for one in listed)


def _each_once(cited: Iterable[tuple[Citation, Source]], accessed: date) -> dict[CitedPlace, list[int]]:
    """Each place with the numbers of its citations. What is shown beside only a part of it is left out."""
    merged: dict[tuple[str, object], tuple[CitedPlace, list[int]]] = {}
    for citation, source in cited:
        place = cited_place(citation, source, accessed)
        known, numbers = merged.get((place.source_id, place.locator), (place, []))
        if known.shown_beside != place.shown_beside:
            known = replace(known, shown_beside=None, picture=None)
        merged[place.source_id, place.locator] = (known, [*numbers, citation.number])
    return dict(merged.values())


def _written(places: Sequence[CitedPlace], style: str) -> list[tuple[int, str]]:
    """The position of each place and its reference, in the order of the style's list."""
    if style in MANUALS:
        return csl_references(places, style)
    if entry := _ENTRY_WRITERS.get(style):
        return [(at, entry(place, key)) for at, (place, key) in enumerate(zip(places, entry_keys(places), strict=True))]
    return [(at, _WRITERS[style](place)) for at, place in enumerate(places)]
