"""What front matter, bylines and meta tags say of a source, in the form that `Source` keeps it: names and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from aidx_assistant.vocabulary.times import MONTHS

_MONTHS = tuple(month[:3].lower() for month in MONTHS)
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_ISO = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d\d?)(?:[-/.](?P<day>\d\d?))?)?(?:[T ]\d\d?:.*)?", re.ASCII)
_WORDED = (
    re.compile(rf"(?:\w+,\s+)?{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b.*", re.IGNORECASE),
    re.compile(rf"(?:\w+,\s+)?(?P<day>\d\d?)(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})\b.*", re.IGNORECASE),
    re.compile(rf"{_MONTH},?\s+(?P<year>\d{{4}})", re.IGNORECASE),
)
_NUMERIC = re.compile(r"(?P<one>\d\d?)[./-](?P<two>\d\d?)[./-](?P<year>\d{4}|\d\d)", re.ASCII)
_PIECES = re.compile(r"\s*[|•·]\s*")
_LONGEST_DATE = 5
"""Words: `Published on April 15, 2025`."""
_LABELLED = re.compile(r"(?:published|posted|updated|date)(?:\s+on)?:?\s+", re.IGNORECASE)

_CREDENTIALS = re.compile(r",?\s+(?:M\.?D\.?|Ph\.?D\.?|M\.?B\.?A\.?|MPH|RN|DO|FACP|Jr\.?|Sr\.?)(?=,|;|$|\s+and\b)")
_TITLES = re.compile(r"^(?:dr|prof|mr|mrs|ms|sir)\.?\s+", re.IGNORECASE)
NAMES_OF_BODIES = (
    r"inc|llc|ltd|plc|group|company|partners|ventures|capital|foundation|association|council|ministry|department|bureau"
    r"|agency|college|institute|university|society|research|advis[eo]rs|advisory|associates|analytics|labs"
    r"|consult(?:ing|ants)"
)
"""Words of the names of those who publish reports."""
_BODY = re.compile(
    rf"\b(?:{NAMES_OF_BODIES}|editors?|team|staff|companies|institut\w*|universit\w*|office|organi[sz]ation"
    r"|cent(?:er|re)|hospitals?|consultant|advis[eo]r|intelligence|media|news|press|journal|magazine|lab|services|systems"
    r"|health|healthcare|network|committee|report|insights|times|post)\b|&|\d",
    re.IGNORECASE,
)
"""What no name of a person has."""
_PARTICLES = frozenset("de da di del der van von den la le du dos bin ibn al el ter ten".split())
_BYLINE = re.compile(r"(?:written\s+|authored\s+)?by:?\s+(?P<names>[A-Z].{2,120})", re.IGNORECASE | re.DOTALL)


def iso_date(text: str) -> str:
    """`2025-04-15`, `2025-04` or `2025` of a date as people write it, empty where it is none.

    Of day and month in figures that can be read both ways only the year is kept.
    """
    text = _LABELLED.sub("", text.strip(), count=1)
    if match := _NUMERIC.fullmatch(text):
        return _numeric(int(match["one"]), int(match["two"]), match["year"])
    if match := _ISO.fullmatch(text):
        return _valid(int(match["year"]), int(match["month"] or 0), int(match["day"] or 0))
    for pattern in _WORDED:
        if match := pattern.fullmatch(text):
            month = _MONTHS.index(match["month"][:3].lower()) + 1
            return _valid(int(match["year"]), month, int(match.groupdict().get("day") or 0))
    return ""


def date_on_cover(lines: Iterable[str]) -> str:
    """The day or month that has a line of a first page or slide to itself, or what is between its `·` and `|`.

    Empty where none has, or several have.
    """
    pieces = (piece.strip() for line in lines for piece in _PIECES.split(line))
    short = (piece for piece in pieces if piece[-1:].isdigit() and len(piece.split()) <= _LONGEST_DATE)
    dates = {found for piece in short if len(found := iso_date(piece)) > len("2026")}
    return dates.pop() if len(dates) == 1 else ""


def _numeric(one: int, two: int, written_year: str) -> str:
    year = int(written_year) if len(written_year) == 4 else 2000 + int(written_year)
    if one != two and one <= 12 and two <= 12:
        return str(year) if len(written_year) == 4 else ""
    day, month = (one, two) if one > 12 else (two, one)
    return _valid(year, month, day)


def _valid(year: int, month: int, day: int) -> str:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    if not 1800 <= year <= 2199:
        return ""
    return "-".join([str(year), *(f"{part:02}" for part in (month, day) if part)])


def author_names(written: Iterable[str]) -> tuple[str, ...]:
    """Authors as `Source.authors` keeps them, each once: people as "Family, Given", a body by its name.

    One text may hold several: "Jane Doe and John Roe", "Jane Doe; John Roe".
    """
    names = (name for text in written for name in _separated(_CREDENTIALS.sub("", _without_links(text))))
    return tuple(dict.fromkeys(filter(None, map(_as_kept, names))))


def body_names(written: Iterable[str]) -> tuple[str, ...]:
    """Publishers, each once, as they are written."""
    return tuple(dict.fromkeys(name for text in written if (name := " ".join(_without_links(text).split())[:200])))


def byline_names(text: str) -> tuple[str, ...]:
    """The authors that a line such as "By Jane Doe and John Roe" names; empty where it is no such line."""
    match = _BYLINE.fullmatch(text.strip())
    if match is None or len(text.split()) > 14:
        return ()
    names = re.split(r"\s+[|•·–—]\s+", match["names"])[0]
    people = author_names([names])
    return people if people and all("," in name for name in people) else ()


def is_person(name: str) -> bool:
    """Whether a name looks like a person's: two to four capitalised words, none of them a word for a body."""
    words = name.split()
    capitalised = [word for word in words if word.lower() not in _PARTICLES]
    return (
        2 <= len(words) <= 4
        and len(capitalised) >= 2
        and all(word[0].isupper() and any(letter.islower() or letter == "." for letter in word) for word in capitalised)
        and not _BODY.search(name)
        and not re.search(r"[^\w\s.'’-]", name)
    )


def _separated(text: str) -> list[str]:
    text = re.sub(r"^\s*(?:written\s+)?by:?\s+", "", text, flags=re.IGNORECASE)
    parts = [part for part in re.split(r"\s*;\s*|\s*\|\s*|\n", text) if part.strip()]
    names: list[str] = []
    for part in parts:
        pieces = [piece for piece in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", part) if piece.strip()]
        several = len(pieces) > 1 and all(len(piece.split()) > 1 for piece in pieces)
        names.extend(pieces if several else [part])
    return names


def _as_kept(name: str) -> str:
    name = _TITLES.sub("", " ".join(name.split())[:200]).strip(" ,;@")
    if not is_person(name):
        return name
    words = name.split()
    first_of_family = len(words) - 1
    while first_of_family > 1 and words[first_of_family - 1].lower() in _PARTICLES:
        first_of_family -= 1
    return f"{' '.join(words[first_of_family:])}, {' '.join(words[:first_of_family])}"


def _without_links(text: str) -> str:
    text = re.sub(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]|]{0,300})\]\]", r"\1", text[:5000])
    return re.sub(r"\[([^\[\]]{0,300})\]\([^()]{0,500}\)", r"\1", text)
