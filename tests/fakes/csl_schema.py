"""The rules of CSL-JSON 1.0 that references keep to, as a JSON Schema: those of the variables that they use.

Written from the specification of CSL 1.0.2, its types and variables.
"""

from __future__ import annotations

from typing import Any

_TYPES = [
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
]  # fmt: skip
_TEXT = {"type": "string", "minLength": 1}
_NAMES = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {"family": _TEXT, "given": _TEXT, "literal": _TEXT},
        "additionalProperties": False,
        "oneOf": [{"required": ["literal"]}, {"required": ["family"]}],
    },
}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
        "literal": _TEXT,
    },
    "additionalProperties": False,
    "minProperties": 1,
}

CSL_JSON: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": _TEXT,
            "type": {"enum": _TYPES},
            "author": _NAMES,
            "issued": _DATE,
            "accessed": _DATE,
            **{name: _TEXT for name in ("title", "container-title", "publisher", "page", "note", "URL")},
        },
        "required": ["id", "type"],
        "additionalProperties": False,
    },
}
