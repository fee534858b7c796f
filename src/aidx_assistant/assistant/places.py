"""Finds what a user names: a source by its id, a place in it by “slide 8” or a section's heading."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import Finding, Locator, Passage, Source
from aidx_assistant.library.store import Store
from aidx_assistant.printable import shortened

_NUMBERED = re.compile(r"(slide|page|picture)?\s*#?\s*(\d+)", re.IGNORECASE)
"""A number alone is a slide's."""
_UNNUMBERED = re.compile(r"(slides?|page|picture)\b\D*", re.IGNORECASE)
_SEVERAL = re.compile(r"(?:slide|page|picture)s?\s*#?\s*\d.*?[\s,&–-]#?\d+", re.IGNORECASE)
"""Two numbers or more."""
_SECTION = re.compile(r"^section\s+", re.IGNORECASE)

_ONE_BY_ONE = "Ask for them one by one."


@dataclass(frozen=True, slots=True)
class Place:
    """All that the library holds of one locator."""

    source: Source
    locator: Locator
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]


def find_source(store: Store, source_id: str) -> Source:
    """A source by id. Raises UsageError, naming the nearest, where there is none."""
    sources = {source.id: source for source in store.sources()}
    if source_id in sources:
        return sources[source_id]
    raise UsageError(f"There is no source “{shortened(source_id)}”.", _suggestion(source_id, list(sources)))


def find_place(store: Store, text: str, source_id: str | None = None) -> Place:
    """A place by `slide 8`, a heading, `introduction` or a passage's id; in the given source, else in the first
    that has it. Raises UsageError, naming the nearest, where there is none.
    """
    sources = [find_source(store, source_id)] if source_id else list(store.sources())
    known: list[str] = []
    for source in sources:
        passages = store.passages_of(source.id)
        locator = _locator(text, passages)
        if locator:
            by_id = [passage for passage in passages if passage.id == text.strip()]
            inside = tuple(by_id or (passage for passage in passages if passage.locator == locator))
            return Place(source, locator, inside, store.findings_in([passage.id for passage in inside]))
        known += dict.fromkeys(_name(passage.locator) for passage in passages)
    numbered = _NUMBERED.fullmatch(text.strip())
    if numbered:
        kind = (numbered.group(1) or "slide").lower()
        count = max((int(name.split()[1]) for name in known if name.startswith(f"{kind} ")), default=0)
        where = f"The source {source_id}" if source_id else "The library"
        hint = f"{where} has {kind} 1 to {kind} {count}." if count else f"{where} has no {kind}s."
        number = int(numbered.group(2))
        if 0 < number <= count:
            hint = f"Nothing of it could be read, or {kind}s are numbered otherwise; the last is {kind} {count}."
        raise UsageError(f"There is no {kind} {number}.", hint)
    if _SEVERAL.fullmatch(text.strip()):
        raise UsageError(f"One place is shown at a time; “{shortened(text.strip())}” names several.", _ONE_BY_ONE)
    _refuse_name_of_source(store, text, sources)
    unnumbered = _UNNUMBERED.fullmatch(text.strip())
    hint = "Name it by its number, in digits: “slide 8”." if unnumbered else _suggestion(text, known)
    raise UsageError(f"There is no place “{shortened(text.strip())}” in the library.", hint)


def _refuse_name_of_source(store: Store, text: str, sources: Sequence[Source]) -> None:
    """Raises UsageError where a text is the title or the id of one of the sources."""
    for source in sources:
        if _plain(text) in {_plain(source.title), source.id}:
            first = next((_name(passage.locator) for passage in store.passages_of(source.id)), "introduction")
            raise UsageError(
                f"“{shortened(text.strip())}” is a source; a place in it is wanted.",
                f"Name one, e.g. “{first}”, and {source.id} as its source.",
            )


def find_only_place(store: Store, words: Sequence[str], source_id: str | None = None) -> Place:
    """The place that words given one by one name together. Raises UsageError as `find_place` does, and where several
    of them name a place each.
    """
    try:
        return find_place(store, " ".join(words), source_id)
    except UsageError:
        if len(words) > 1 and all(_is_place(store, word, source_id) for word in words):
            shown = ", ".join(f"“{shortened(word)}”" for word in words)
            raise UsageError(f"One place is shown at a time; these are {len(words)}: {shown}.", _ONE_BY_ONE) from None
        raise


def _is_place(store: Store, text: str, source_id: str | None) -> bool:
    try:
        find_place(store, text, source_id)
    except UsageError:
        return False
    return True


def _locator(text: str, passages: Sequence[Passage]) -> Locator | None:
    wanted = text.strip()
    numbered = _NUMBERED.fullmatch(wanted)
    place = ((numbered.group(1) or "slide").lower(), int(numbered.group(2))) if numbered else None
    for passage in passages:
        locator = passage.locator
        if wanted == passage.id or (locator.kind, locator.number) == place:
            return locator
        if locator.kind == "section" and _plain(_SECTION.sub("", wanted)) == _plain(_name(locator)):
            return locator
    titled = (passage.locator for passage in passages if passage.locator.kind != "section")
    return next((one for one in titled if one.heading and _plain(one.heading) == _plain(wanted)), None)


def _name(locator: Locator) -> str:
    """What a user would type."""
    if locator.kind == "section":
        return locator.heading or "introduction"
    return locator.label


def _plain(text: str) -> str:
    return " ".join(text.strip("“”\"' ").lower().split())


def _suggestion(text: str, known: Sequence[str]) -> str:
    plain = {_plain(name): name for name in known}
    nearest = difflib.get_close_matches(_plain(text), plain, n=1, cutoff=0.5)
    if nearest:
        return f"Did you mean “{plain[nearest[0]]}”?"
    shown = ", ".join(f"“{name}”" for name in list(plain.values())[:6])
    return f"The library has {shown}{' …' if len(plain) > 6 else ''}."
