"""Whether a citation's quotation is what the library holds, and which sentences a figure may rest on."""

from __future__ import annotations

import re
from dataclasses import replace

from aidx_assistant.answers import Citation
from aidx_assistant.checking.evidence_of import Evidence
from aidx_assistant.evidence import Passage

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2060\ufeff]")


def verified(citation: Citation, evidence: Evidence) -> Citation:
    """The citation with `verified` set: its passage exists, its range is valid, its quotation is exact."""
    return replace(citation, verified=is_quoted_from(evidence.passage(citation.passage_id), citation))


def is_quoted_from(passage: Passage | None, citation: Citation) -> bool:
    """Whether the quotation is exactly the sentences of the passage that the citation points at."""
    first, end = citation.sentences
    if passage is None or not 0 <= first < end <= len(passage.sentences):
        return False
    quoted = _normalised(citation.quote)
    return bool(quoted) and quoted == _normalised(" ".join(passage.sentences[first:end]))


def _normalised(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
