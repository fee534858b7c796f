"""The citation templates of the English Wikipedia: `cite web`, and `cite report` for what has no address.

Parameters and what may stand in them follow the manual of these templates (Citation Style 1).
"""

from __future__ import annotations

import re

from aidx_assistant.references.cited_place import CitedPlace, Name
from aidx_assistant.references.dates import PartialDate

_ENTITIES = {
    "|": "&#124;", "[": "&#91;", "]": "&#93;", "{": "&#123;", "}": "&#125;", "<": "&lt;", ">": "&gt;", "~": "&#126;",
}  # fmt: skip
_SPECIAL = re.compile(r"[|\[\]{}<>~]|&(?=#?\w)|(?<=')'|(?<=_)_")
_NOT_IN_LINKS = str.maketrans({"'": "%27", "[": "%5B", "]": "%5D", "~": "%7E"})


def wikipedia(cited: CitedPlace) -> str:
    """One template in one line, the caveat after it."""
    fields = {
        **_authors(cited.authors),
        "title": _text(cited.title),
        "url": cited.address.translate(_NOT_IN_LINKS) if cited.address else "",
        "publisher": _text(", ".join(cited.publishers)),
        "date": _text(str(cited.published or "n.d.")),
        **_place(cited),
        "access-date": str(PartialDate.of(cited.accessed)) if cited.address else "",
    }
    template = "cite web" if cited.address else "cite report"
    filled = "".join(f" |{name}={value}" for name, value in fields.items() if value)
    return f"{{{{{template}{filled}}}}}" + (f" ({_text(cited.caveat)})" if cited.caveat else "")


def _authors(authors: tuple[Name, ...]) -> dict[str, str]:
    """Numbered where there are several; a body's name with a comma is marked as one name by double brackets."""
    fields = {}
    for number, author in enumerate(authors, 1):
        suffix = str(number) if len(authors) > 1 else ""
        if author.given:
            fields[f"last{suffix}"] = _text(author.family)
            fields[f"first{suffix}"] = _text(author.given)
        else:
            fields[f"author{suffix}"] = _text(author.family)
    return fields


def _place(cited: CitedPlace) -> dict[str, str]:
    if cited.locator.kind == "page" and cited.locator.number is not None:
        return {"page": str(cited.locator.number)}
    place = cited.place[:1].upper() + cited.place[1:]
    titled = f"{place}, “{cited.place_title}”" if cited.place_title else place
    return {"at": _text(titled.replace("“", '"').replace("”", '"'))}


def _text(text: str) -> str:
    """A text in which nothing is template, link, tag or mark-up."""
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match.group(), f"&#{ord(match.group())};"), text)
