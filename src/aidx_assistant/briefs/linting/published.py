"""date-wrong, in running text: when a source is said to have been published."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aidx_assistant.briefs.linting.held import HeldEvidence
from aidx_assistant.briefs.tracing.reference import may_be_published
from aidx_assistant.figures import Figure
from aidx_assistant.references.dates import PartialDate

_PUBLISHED = re.compile(
    r"\b(?:publi(?:shed|cation)|issued|released?|appeared|came\s+out|brought\s+out|dated|dates?\s+(?:from|back\s+to)|launched)\b"
    r"(?:\s+\w+){0,3}?\s+$",
    re.IGNORECASE,
)
"""What stands directly before the day or year."""


def wrong_date(figure: Figure, sentence: str, source_ids: Iterable[str], evidence: HeldEvidence) -> str | None:
    """A sentence on the date of publication of a source that a day or year of a text, offsets into it, is not."""
    if figure.kind not in ("date", "year") or figure.lacks_year or not _PUBLISHED.search(sentence[: figure.start]):
        return None
    sources = [one for one in evidence.sources() if one.id in set(source_ids) and one.date]
    if not sources or any(may_be_published(source, figure) for source in sources):
        return None
    published = PartialDate.from_iso(sources[0].date) or sources[0].date
    return f"{sources[0].title} was published {published}, not {figure.text}."
