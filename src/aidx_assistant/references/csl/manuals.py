"""What the manual of each style asks for a part of a report on the web, where the processor does otherwise.

A CSL processor writes the references; here alone its data are prepared and what it makes is mended. Each rule stands at
the function that holds to it. What is the same in all:

- A slide, or a section with a heading, is a titled part of the report, its number the position in the report. A place
  without a title of its own is the report, with the position.
- Titles keep the capitals they were published with where a manual asks for a sentence's (APA 6.17, Citing Medicine,
  Cite Them Right): names within a title cannot be told from its other words. The processor sets headline style.
- A title that stands in the place of the author is not repeated (APA 9.12), and no full stop follows “?” or “!”.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from aidx_assistant.references.cited_place import CitedPlace, in_series
from aidx_assistant.references.csl.item import CslItem, accessed, authors, published, without_empty
from aidx_assistant.references.dates import PartialDate
from aidx_assistant.vocabulary.times import MONTHS

_NUMBER = re.compile(r"^\d+\.\s*")
_CLOSED_TWICE = re.compile(r"(?<=[?!])\.(?=\s|$)")
_AFTER_QUOTATION = re.compile(r"(?P<closed>[.?!])?(?P<inner>(?<=\w)’)?”(?P<mark>[.,])")
_COMPOUND = re.compile(r"\b[A-Za-z]+(?:-[A-Za-z]+)+\b")
_PREFIXES = frozenset("anti co de e inter mid micro multi non post pre pro re semi sub un".split())
"""They cannot stand alone: what follows their hyphen has no capital."""
_SMALL = frozenset("a an and as at but by for from in into nor of off on or per the to up with".split())
_QUOTED = re.compile(r"[“\"](?P<words>[^“”\"]*)[”\"]")


@dataclass(frozen=True, slots=True)
class Manual:
    """A style by its manual."""

    style: str
    """The name of the published CSL style."""
    item: Callable[[CitedPlace], CslItem]
    """A place as the data of which the processor makes what the manual asks for."""
    mended: Callable[[str, CitedPlace], str]
    """What the processor made of them, mended."""
    locale: str = "en-US"
    numbered: bool = False
    """A list of references is numbered in the order of citing; else it is sorted by author and date."""
    access_of_undated_only: bool = False
    """The day of access is given only for what has no date of publication."""


def _apa(cited: CitedPlace) -> CslItem:
    """APA, 7th edition.

    The date is given to the day, as of what is published on the web (9.14); the access date only where no date of
    publication is known (9.16, the style sees to it). Semicolons part several publishers, and a body that is the author
    is not named again as publisher (9.29).
    """
    return _part(
        cited,
        "document" if isinstance(cited.published, PartialDate) else "report",
        page=_page(cited),
        publisher="; ".join(cited.publishers) if cited.authors else "",
    )


def _apa_mended(text: str, cited: CitedPlace) -> str:
    """A part that is no page is named by what it is, with a capital, once: “Slide 7” (8.13)."""
    named = f"({_capitalised(cited.position or '')})" if cited.page is None else f"(p. {cited.page})"
    before, found, after = text.replace(f"(p. {cited.position})", named).partition(named)
    return f"{before}{found}{after.replace(f' {named}.', '')}"


def _ama(cited: CitedPlace) -> CslItem:
    """AMA, 11th edition: a part comes before the report that it is in (3.12.4), its position after year and colon
    (3.12.1). Publishers make a series, since a semicolon parts them from the year.
    """
    return _part(
        cited,
        "chapter" if cited.part_title else "report",
        page=_page(cited),
        publisher=in_series(cited.publishers, serial_comma=True),
    )


def _vancouver(cited: CitedPlace) -> CslItem:
    """Citing Medicine, 2nd edition, as the ICMJE recommends it.

    A part follows the report, by what it is, number and title: “Figure 2, …” (chapter 22, B). Place, publisher and date
    must be there: square brackets say what is not known. Authors have two initials at most, dates the year first.
    """
    names = authors(cited)
    part = (_capitalised(cited.position or "") if cited.page is None else "", cited.part_title or "")
    page = f"p. {cited.page}" if cited.page is not None else ""
    date = _year_first(cited.published) if isinstance(cited.published, PartialDate) else cited.published
    return _part(
        cited,
        "webpage",
        author=[{**name, **({"given": _two_words(name["given"])} if "given" in name else {})} for name in names],
        title="; ".join(filter(None, (", ".join(filter(None, part)), page))),
        container_title=cited.title,
        publisher_place="[place unknown]",
        publisher=cited.publishers[0] if cited.publishers else "[publisher unknown]",
        issued={"literal": date or "[date unknown]"},
        accessed={"literal": _year_first(PartialDate.of(cited.accessed))} if cited.address else None,
    )


def _vancouver_mended(text: str, cited: CitedPlace) -> str:
    """An address ends with a full stop only after a slash (chapter 22). Of several publishers the first is given, the
    others are a note at the end (chapter 2, publisher).
    """
    text = f"{text}." if text.endswith("/") else text
    others = cited.publishers[1:]
    return f"{text} Jointly published by {in_series(others)}." if others else text


def _chicago(cited: CitedPlace) -> CslItem:
    """Chicago, 18th edition, author and date: “Title.” In *Report*, slide 8 (chapters 13 and 14).

    Given names stay whole. The access date is given only where no date of publication is known (chapter 13). Quotation
    marks within those of a title are single (chapter 12). In headline style its last word has a capital, and so have
    the parts of a compound (chapter 8); the processor sees to the other words.
    """
    whole = not cited.part_title or not isinstance(cited.published, PartialDate)
    return _part(
        cited,
        "report" if whole else "document",
        title=_headlined(_single_quoted(cited.part_title)) if cited.part_title else cited.title,
        genre=cited.position,
        publisher=in_series(cited.publishers, serial_comma=True),
    )


def _chicago_mended(text: str, _: CitedPlace) -> str:
    """Full stops and commas stand before closing quotation marks (6.9), where no other mark closes the title."""
    return _AFTER_QUOTATION.sub(lambda match: f"{match['closed'] or match['mark']}{match['inner'] or ''}”", text)


def _harvard(cited: CitedPlace) -> CslItem:
    """Cite Them Right, 12th edition: ‘Title of the part’, in *Report*, position after the publisher.

    The style writes “in” only before editors. British words, dates and quotation marks come with the locale.
    """
    return _part(
        cited,
        "chapter" if cited.part_title else "report",
        page=_page(cited),
        container_title=f"in {cited.title}" if cited.part_title else None,
        publisher=in_series(cited.publishers),
    )


def _harvard_mended(text: str, cited: CitedPlace) -> str:
    """“p.” stands before the number of a page only."""
    position = cited.position or ""
    return text.replace(f"p. {position}", position) if position else text


MANUALS = {
    "apa": Manual("apa", _apa, _apa_mended, access_of_undated_only=True),
    "ama": Manual("american-medical-association", _ama, lambda text, _: text, numbered=True),
    "vancouver": Manual("nlm-citation-sequence", _vancouver, _vancouver_mended, numbered=True),
    "chicago": Manual("chicago-author-date", _chicago, _chicago_mended, access_of_undated_only=True),
    "harvard": Manual("harvard-cite-them-right", _harvard, _harvard_mended, locale="en-GB"),
}


def mended(text: str, manual: Manual, item: CslItem, cited: CitedPlace) -> str:
    """The reference that the manual asks for, from what the processor made of the item; the caveat at its end.

    The number that the processor puts before it is taken off: who lists references numbers them.
    """
    if manual.numbered:
        text = _NUMBER.sub("", text, count=1)
    if "author" not in item and "title" in item:
        text = _without_repeated(text, item["title"])
    text = _CLOSED_TWICE.sub("", manual.mended(text.strip(), cited))
    if not cited.caveat:
        return text
    return f"{text} {_capitalised(cited.caveat)}." if text.endswith(".") else f"{text} ({cited.caveat})"


def _part(cited: CitedPlace, kind: str, **variables: object) -> CslItem:
    """The item of this type with what every manual asks for; `variables` are those of one manual alone."""
    item = {
        "type": kind,
        "title": cited.part_title or cited.title,
        "container-title": cited.title if cited.part_title else None,
        "author": authors(cited),
        "issued": published(cited),
        "accessed": accessed(cited),
        "URL": cited.address,
    }
    return without_empty({**item, **{name.replace("_", "-"): value for name, value in variables.items()}})


def _page(cited: CitedPlace) -> str | None:
    """What stands in the place of a page's number."""
    return str(cited.page) if cited.page is not None else cited.position


def _without_repeated(text: str, title: str) -> str:
    """The text without the second of two mentions of the title, together with its quotation marks and full stop."""
    words = re.escape(title.rstrip(".,;:!?"))
    pattern = rf"(?P<first>{words}.*?)[“‘]?{words}[.,;:!?]*[”’]?[.,]?\s*"
    return re.sub(pattern, lambda match: match["first"], text, count=1, flags=re.IGNORECASE)


def _year_first(day: PartialDate) -> str:
    """`2025 Apr 15`."""
    month = MONTHS[day.month - 1][:3] if day.month else ""
    return " ".join(str(part) for part in (day.year, month, day.day) if part)


def _two_words(given: str) -> str:
    return " ".join(given.split()[:2])


def _single_quoted(title: str) -> str:
    return _QUOTED.sub(lambda match: f"‘{_capitalised(match['words'])}’", title)


def _headlined(title: str) -> str:
    """The title with capitals at its last word and at the parts of its compounds: “Third-Party”, “End-to-End”."""
    before, space, last = title.rpartition(" ")
    title = f"{before}{space}{_capitalised(last)}" if last.isalpha() else title
    return _COMPOUND.sub(_compound_headlined, title)


def _compound_headlined(compound: re.Match[str]) -> str:
    first, *others = compound.group().split("-")
    if first.lower() in _PREFIXES:
        return compound.group()
    return "-".join([_capitalised(first), *(part if part in _SMALL else _capitalised(part) for part in others)])


def _capitalised(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
