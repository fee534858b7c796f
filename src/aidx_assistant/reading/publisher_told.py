"""Who published a report, where its pages say so: an imprint, a notice of copyright, or the cover beside its date.

Only what is said is taken: a name that may be a person's, a place's or a subject's is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from aidx_assistant.reading.said_of_source import NAMES_OF_BODIES, is_person, iso_date

_YEARS = r"(?:19|20)\d\d(?:\s*[-–,]\s*(?:19|20)\d\d)*"
_COPYRIGHT = re.compile(
    rf"\W*(?:copyright\s*(?:©|\(c\)|(?=by\b|{_YEARS}))|©|\(c\)\s*(?={_YEARS}))\s*(?P<year>{_YEARS}\s*,?\s*)?(?:by\s+)?"
    r"(?P<name>[A-Z].*)",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"\W*(?P<published>published\s+by|a\s+(?:publication|report)\s+(?:of|by|from))\s*:?\s+(?P<name>.+)", re.IGNORECASE
)
_NAME_ENDS = re.compile(
    rf"\s*(?:,?\s*\b{_YEARS}\b.*|[.,;|·•–—]?\s*\ball\s+rights\b.*|\s[|·•–—].*|;.*|(?<=\w{4})\.\s.*|,\s+(?!inc\b|llc\b|ltd\b|plc\b).*|\s\d{{1,4}})$",
    re.IGNORECASE,
)
_BESIDE_DATE = re.compile(r"(?P<name>.+?)\s*(?:[,|·•–—]|\s-\s|\sin\s)\s*(?P<date>[^,|·•–—]*(?:,\s*)?(?:19|20)\d\d)\s*")
_BODY = re.compile(rf"\b(?:{NAMES_OF_BODIES}|consultancy|gmbh|think\s+tank)\b", re.IGNORECASE)
"""By such a word a cover's line is a body's name and no subject."""
_MOST_WORDS = 6
_MOST_OF_COVER = 60
"""Words of a first page up to which it is a cover, of which a line by itself may name the publisher."""


def publisher_told(imprint: Iterable[str], cover: Sequence[str], text: str, owner: str = "") -> tuple[str, ...]:
    """The publisher that a report names, or nothing.

    `imprint`: the lines of its first and last pages, running ones too. `cover`: those of its first. `text`: all of it.
    `owner`: what the file's properties have for its author, which bears out a name on the cover that could be a place.
    """
    lines = tuple(imprint)
    ways = (
        (name for line in lines if (name := _after(_IMPRINT, line))),
        (name for line in lines if (name := _after(_COPYRIGHT, line))),
        _on_cover(cover, text, owner),
    )
    for names in ways:
        found = {name.casefold(): name for name in names}
        if len(found) == 1:
            return tuple(found.values())
    return ()


def without_publisher(line: str, publishers: Iterable[str]) -> str:
    """A line of a cover without the publisher that it begins with: what is left may be a date."""
    for name in publishers:
        if line.strip().startswith(name):
            return line.strip().removeprefix(name).lstrip(" ,|·•–—-")
    return line


def _after(pattern: re.Pattern[str], line: str) -> str:
    """The body that a line names behind its opening words; empty where it names none, or perhaps a person."""
    match = pattern.fullmatch(line.strip())
    if match is None:
        return ""
    name = _NAME_ENDS.sub("", match["name"]).strip(" .,;|·•–—").removeprefix("the ")
    told = match.groupdict()
    is_said = told.get("year") or told.get("published", "").lower().startswith("published") or _BODY.search(name)
    return name if is_said and _is_name(name) else ""


def _on_cover(lines: Sequence[str], text: str, owner: str) -> Iterator[str]:
    """Names of bodies beside the date on a cover, or in a line to themselves."""
    is_cover = sum(len(line.split()) for line in lines) <= _MOST_OF_COVER
    for line in lines:
        dated = _BESIDE_DATE.fullmatch(line.strip())
        has_date = dated is not None and len(iso_date(dated["date"])) >= len("2026")
        name = dated["name"].strip() if dated and has_date else line.strip()
        if not (has_date or is_cover) or not _is_name(name):
            continue
        is_owned = bool(owner) and owner.casefold() == name.casefold()
        if is_owned or (_BODY.search(name) and _is_proper(name.split()[0], text)):
            yield name


def _is_name(name: str) -> bool:
    words = name.split()
    if not words or len(words) > _MOST_WORDS or not words[0][0].isupper():
        return False
    is_written_large = all(word[0].isupper() or word.lower() in ("of", "for", "and", "the", "&") for word in words)
    return is_written_large and not is_person(name)


def _is_proper(word: str, text: str) -> bool:
    """Whether a word is a name: the text has it nowhere in small letters, as it would a word of the language."""
    return len(word) > 1 and word.lower() != word and not re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", text)
