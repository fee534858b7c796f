"""References by the name of their style."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from aidx_assistant.answers import Citation
from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import Source
from aidx_assistant.references.bibtex import bibtex
from aidx_assistant.references.cited_place import CitedPlace, cited_place
from aidx_assistant.references.markdown import markdown
from aidx_assistant.references.plain import plain
from aidx_assistant.references.wikipedia import wikipedia
from aidx_assistant.settings import CITATION_STYLES

STYLES = CITATION_STYLES
"""The styles in which `reference` writes."""

_WRITERS: dict[str, Callable[[CitedPlace], str]] = {
    "plain": plain,
    "markdown": markdown,
    "wikipedia": wikipedia,
    "bibtex": bibtex,
}


def reference(citation: Citation, source: Source, style: str, accessed: date) -> str:
    """The reference to a citation's place in its source, in a style of `STYLES`.

    `accessed` is the day on which the source's address was looked at; a source without an address has none. What
    a source does not tell is left out, a date as "n.d." where the style writes it so. Raises UsageError, naming the
    styles, for an unknown one.
    """
    writer = _WRITERS.get(style)
    if writer is None:
        raise UsageError(f"There is no citation style “{style}”.", f"Styles: {', '.join(STYLES)}.")
    return writer(cited_place(citation, source, accessed))
