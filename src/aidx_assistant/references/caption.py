"""The caption of a picture that is shown in somebody's own document."""

from __future__ import annotations

import re

from aidx_assistant.references.cited_place import CitedPlace
from aidx_assistant.references.dates import PartialDate

_ABBREVIATED = {"Amazon Web Services": "AWS"}
_FORM = re.compile(
    r",?\s+(?:&\s+co(?:mpany)?|venture\s+partners|inc|incorporated|corp|corporation|llc|llp|lp|ltd|limited|plc|gmbh|ag|se"
    r"|n\.?v|s\.?a)\.?$",
    re.IGNORECASE,
)
"""What kind of company a name is of, which a caption has no room for."""
_ARTICLE = re.compile(r"^the\s+(?=\S)", re.IGNORECASE)


def caption(cited: CitedPlace) -> str:
    """`Source: Bessemer, AWS, Bain, Healthcare AI Adoption Index (2025), slide 8`.

    Publishers by their short names; where none are known, the authors by their family names.
    """
    makers = [_short(publisher) for publisher in cited.publishers] or [author.family for author in cited.authors]
    published = cited.published
    year = str(published.year) if isinstance(published, PartialDate) else published or "n.d."
    titled = f"{_ARTICLE.sub('', cited.title)} ({year})"
    line = f"Source: {', '.join([*makers, titled, cited.place])}"
    return f"{line}; {cited.caveat}" if cited.caveat else line


def _short(name: str) -> str:
    return _ABBREVIATED.get(name) or _FORM.sub("", name) or name
