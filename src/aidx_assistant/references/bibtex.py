"""An entry for BibTeX and biblatex, in fields that both understand."""

from __future__ import annotations

import re

from aidx_assistant.references.cited_place import CitedPlace, Name
from aidx_assistant.references.dates import PartialDate
from aidx_assistant.vocabulary.times import MONTHS

_SPECIAL = {
    **{char: f"\\{char}" for char in "$&%#_"},
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
}
"""BibTeX counts braces even behind a backslash, so those of the text become commands."""


def bibtex(cited: CitedPlace, key: str) -> str:
    """An entry under this key: a report where its publishers are known, else a miscellany.

    The place and the caveat are its note. Publishers stand in for authors that the source does not name. A date that is
    not known is left out.
    """
    authors = cited.authors or tuple(Name(publisher, "") for publisher in cited.publishers)
    fields = {
        "author": " and ".join(_name(author) for author in authors),
        "title": f"{{{_text(cited.title)}}}",
        "institution": _text(", ".join(cited.publishers)),
        "type": "Report" if cited.publishers else "",
        **_date(cited.published),
        "note": _note(cited),
        "url": cited.address or "",
        "urldate": cited.accessed.isoformat() if cited.address else "",
    }
    lines = [f"  {name} = {_value(name, value)}," for name, value in fields.items() if value]
    kind = "techreport" if cited.publishers else "misc"
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _value(name: str, value: str) -> str:
    """A month is a name that every style knows; all else stands in braces."""
    return value if name == "month" else f"{{{value}}}"


def _name(author: Name) -> str:
    """Braces hold a body's name together, and keep an "and" inside a name from parting it in two."""
    if not author.given:
        return f"{{{_text(author.family)}}}"
    parts = (_text(part) for part in (author.family, author.given))
    return ", ".join(f"{{{part}}}" if re.search(r"\band\b|,", part, re.IGNORECASE) else part for part in parts)


def _date(published: PartialDate | str | None) -> dict[str, str]:
    match published:
        case PartialDate(year, month, day):
            name = MONTHS[month - 1][:3].lower() if month else ""
            return {"year": f"{year:04}", "month": name, "day": str(day or "")}
        case str():
            return {"year": _text(published)}
        case _:
            return {}


def _note(cited: CitedPlace) -> str:
    place = cited.place[:1].upper() + cited.place[1:]
    titled = f"{place}: {cited.place_title}" if cited.place_title else place
    return _text("; ".join(filter(None, (titled, cited.caveat))))


def _text(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in text)
