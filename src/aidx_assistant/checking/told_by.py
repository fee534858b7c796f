"""Which sources of the library a text names as those that say something.

A source goes by the kind of work that its title names ("the index", "Bain's companion brief"), where no other source
is of that kind; by its whole title; and by its publishers. A publisher who brought out one source alone and others
with partners stands for the one, where no kind is named: "Bain" is Bain's brief, not the index that Bain made with
others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from aidx_assistant.evidence import Source
from aidx_assistant.vocabulary.works import COMMON_NAMES, KINDS

_KIND = rf"{KINDS}|briefing|white\s?paper|audit"
_HEAD = re.compile(rf"\b(?P<kind>{_KIND})\b", re.IGNORECASE)
_NAMED_KIND = re.compile(
    rf"(?:\b(?P<owner>[A-Z][\w&.-]+)(?:\s+(?:&|and)\s+[A-Z]\w+)?[’']s?\s+)?\b(?:(?i:companion|own|original|full|new|latest)\s+)*"
    rf"(?P<names>(?:[A-Z][\w-]*\s+){{0,4}})(?P<kind>(?i:{_KIND}))\b(?:\s+(?:to|for|on|of)\s+the\s+(?i:{_KIND}))?"
)
_DETERMINERS = frozenset("the this that its their our both in april per".split())
_WORDS_AS_WELL = frozenset("monitor benchmark audit outlook brief tracker".split())
_DETERMINED = re.compile(r"\b(?:the|this|that|its|their|our|both|per)\s+$", re.IGNORECASE)
_SET_ASIDE = re.compile(
    r"\b(?:not|no|unlike|outside|beyond|than|versus|vs|against|contrast|contrary|differs?|contradicts?|beside|besides|without|nor)\b"
    r"[^,;:.]{0,24}$",
    re.IGNORECASE,
)
_SILENT = re.compile(
    r"(?:[’']s)?\s+(?:\w+\s+){0,2}?(?:not|no|nothing|silent|lacks?|without|n[’']t|doesn[’']t|isn[’']t)\b", re.IGNORECASE
)


def sources_named(text: str, sources: Sequence[Source]) -> frozenset[str]:
    """Ids of the sources that a text names; empty where it names none, or only says what one does not hold."""
    return _named(text, tuple(sources))


def publishers_named(text: str, sources: Sequence[Source]) -> tuple[re.Pattern[str], ...]:
    """The names of publishers in a text, which may be those that it tells of: "AWS is the cloud of 33%"."""
    return tuple(name for name, _ in _publishers(tuple(sources)) if name.search(text))


@lru_cache(maxsize=4096)
def _named(text: str, sources: tuple[Source, ...]) -> frozenset[str]:
    if len(sources) < 2:  # noqa: PLR2004
        return frozenset()
    found: set[str] = set()
    left = text
    for match in _NAMED_KIND.finditer(text):
        if meant := _of_kind(match, sources):
            left = f"{left[: match.start()]}{' ' * len(match.group())}{left[match.end() :]}"
            found |= meant if _says(text, match) else frozenset()
    if found:
        return frozenset(found)
    return frozenset(
        one
        for name, meant in _publishers(sources)
        for match in name.finditer(left)
        if _says(left, match)
        for one in meant
    )


def _says(text: str, match: re.Match[str]) -> bool:
    return not _SET_ASIDE.search(text[: match.start()]) and not _SILENT.match(text, match.end())


def _of_kind(match: re.Match[str], sources: tuple[Source, ...]) -> frozenset[str]:
    """The sources of the kind named; none where a name before it belongs to something else ("the AI Dx Index")."""
    kind = match["kind"].lower()
    of_kind = {source.id: source for source in sources if _kind(source) == kind}
    names, owner = match["names"].split(), match["owner"] or ""
    if (
        not names
        and not owner
        and match.group() in _WORDS_AS_WELL
        and not _DETERMINED.search(match.string[: match.start()])
    ):
        return frozenset()  # "systems monitor patients"
    known = {
        word.lower()
        for source in of_kind.values()
        for word in re.findall(r"\w+", f"{source.title} {source.publishers}")
    }
    if any(name.lower() not in known | _DETERMINERS for name in names) or len(of_kind) == len(sources):
        return frozenset()
    owned = {
        key
        for key, source in of_kind.items()
        if owner and owner.lower() in f"{source.title} {source.publishers}".lower()
    }
    return frozenset(owned or of_kind)


def _kind(source: Source) -> str:
    """The kind of work that a title names first: "brief" in "Companion brief to the index"."""
    match = _HEAD.search(source.title)
    return match["kind"].lower() if match else ""


@lru_cache(maxsize=4)
def _publishers(sources: tuple[Source, ...]) -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    """Patterns for the names of publishers that tell sources apart, and the sources each stands for."""
    published: dict[str, list[Source]] = {}
    for source in sources:
        for publisher in source.publishers:
            published.setdefault(publisher, []).append(source)
    found = []
    for publisher, by_it in published.items():
        alone = [source for source in by_it if len(source.publishers) == 1]
        meant = frozenset(source.id for source in alone or by_it)
        if len(meant) < len(sources) and (name := _name(publisher)):
            found.append((name, meant))
    return tuple(found)


def _name(publisher: str) -> re.Pattern[str] | None:
    """A publisher by its first word or its initials; None where these say nothing."""
    words = re.findall(r"[A-Za-z]+", publisher)
    initials = "".join(word[0] for word in words if word[0].isupper())
    names = [word for word in words[:1] if word.lower() not in COMMON_NAMES and len(word) > 2]  # noqa: PLR2004
    names += [initials] if len(initials) > 2 else []  # noqa: PLR2004
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])") if names else None
