"""Markdown: the title linked to the source, a slide to its picture."""

from __future__ import annotations

import re

from aidx_assistant.references.cited_place import CitedPlace, in_series
from aidx_assistant.references.dates import PartialDate

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def markdown(cited: CitedPlace) -> str:
    """`Sofia Guerra and Steve Kraus. [*Title*](address). Publishers, 15 April 2025. [Slide 8](picture): “…”. …`"""
    title = f"*{_escaped(cited.title)}*"
    published = ", ".join(filter(None, (in_series(cited.publishers), str(cited.published or "n.d."))))
    sentences = [
        _escaped(in_series(author.in_reading_order for author in cited.authors)),
        _linked(title, cited.address),
        _escaped(published),
        _place(cited),
        f"Accessed {PartialDate.of(cited.accessed)}" if cited.address else "",
        _escaped(_capitalised(cited.caveat or "")),
    ]
    return _at_start(" ".join(_ended(sentence) for sentence in sentences if sentence))


def _place(cited: CitedPlace) -> str:
    """The place in words; where it is a slide or names the slide beside it, linked to the slide's picture."""
    place = _escaped(_capitalised(cited.place))
    if cited.shown_beside:
        beside = _escaped(cited.shown_beside)
        head, _, tail = place.rpartition(beside)
        return f"{head}{_linked(beside, cited.picture)}{tail}"
    if cited.locator.kind != "section":
        place = _linked(place, cited.picture)
    return f"{place}: “{_escaped(cited.place_title)}”" if cited.place_title else place


def _linked(text: str, address: str | None) -> str:
    if not address:
        return text
    target = _ENTITY.sub("&amp;", address.replace("(", "%28").replace(")", "%29"))
    return f"[{text}]({target})"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"\\{match.group()}", text)


def _at_start(text: str) -> str:
    """A text that opens no list and is no heading, although it stands at the beginning of a line."""
    match = re.match(r"\d+[.)]|[-+#]", text)
    return f"{text[: match.end() - 1]}\\{text[match.end() - 1 :]}" if match else text


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."
