"""The names by which a text means a source: its title or a part of it, its publishers with the year, its address.

A title counts without its article, up to a colon or "to the …", and by its last three words. A publisher or an author
alone is no name of a source: two of them are, or one with the year of publication.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aidx_assistant.evidence import Source
from aidx_assistant.vocabulary.works import COMMON_NAMES, KINDS

_WORD = re.compile(r"[\w&]+(?:[’'.-][\w&]+)*")
_ARTICLES = frozenset("the a an".split())
_SUBTITLE = re.compile(r"\s*(?::|\s[–—-]\s|\s(?:to|for|on|of)\s+(?:the|its|our)\b).*$", re.IGNORECASE)
_SHORTEST = 12
"""Letters below which a title is too common to mean a source."""
_TAIL = 3
"""Words at the end of a longer title that are as good as all of it: "AI Adoption Index"."""
_BETWEEN_WORDS = r"(?:[’']s)?[,:;)]?[\s\u00a0*_/(–—-]+"
_GENERIC = COMMON_NAMES | {"united", "health"}
_KIND_WORDS = f"{KINDS}|survey|report|study"
_KIND = re.compile(rf"\b({_KIND_WORDS})\b", re.I)
_SMALL = frozenset("the a an of on for to in and".split())


@dataclass(frozen=True, slots=True)
class NamePattern:
    """How a source may be named, and which sources that means."""

    pattern: re.Pattern[str]
    sources: frozenset[str]


def title_patterns(sources: Sequence[Source]) -> tuple[NamePattern, ...]:
    """Titles and their telling parts, the longest first; a part that several titles have means none of them."""
    forms = {source.id: set(_forms(source)) for source in sources}
    shared = Counter(form for found in forms.values() for form in found)
    named: dict[tuple[str, ...], set[str]] = {}
    for source in sources:
        whole = _words(source.title)
        for form in forms[source.id]:
            if shared[form] == 1 or form == whole:
                named.setdefault(form, set()).add(source.id)
    ordered = sorted(named, key=lambda form: (-len(form), form))
    return tuple(NamePattern(_pattern(form), frozenset(named[form])) for form in ordered)


def slug_patterns(sources: Sequence[Source]) -> tuple[NamePattern, ...]:
    """Ids of sources, as citation keys have them: `@healthcare-ai-adoption-index-slide-8`."""
    return tuple(
        NamePattern(re.compile(rf"(?<![\w-])@?{re.escape(source.id)}(?![\w])"), frozenset({source.id}))
        for source in sources
        if source.id.count("-") > 1
    )


def maker_and_kind_patterns(sources: Sequence[Source]) -> tuple[NamePattern, ...]:
    """ "BVP's Healthcare AI index", "the Bessemer index", "the adoption index by BVP": a maker with the kind of work.

    Other words than the title's and the source's year may not stand between; for another kind of work ("BVP's
    healthcare AI report") two words of the title have to. Only of sources that no other of their maker is like.
    """
    return tuple(
        NamePattern(_made_kind_pattern(maker, kind, source), frozenset({source.id}))
        for source in sources
        for kind in [next(iter(_KIND.findall(source.title)), "").lower()]
        for maker in (*source.publishers, *(author.partition(",")[0] for author in source.authors))
        if maker and kind and not any(_may_be_meant(other, maker, kind) for other in sources if other is not source)
    )


def _may_be_meant(source: Source, maker: str, kind: str) -> bool:
    """Whether a maker's work of a kind may be this source."""
    made = maker in source.publishers or any(author.partition(",")[0] == maker for author in source.authors)
    return made and kind in source.title.lower()


def _made_kind_pattern(maker: str, kind: str, source: Source) -> re.Pattern[str]:
    words = [word for word in _words(source.title) if word.lower() not in (kind, *_SMALL)]
    title = "|".join(rf"(?i:{re.escape(word)})" for word in words)
    year = rf"|{source.date[:4]}" if source.date else ""
    between = rf"(?:(?:{title}{year})[\s\u00a0-]+)"
    own, other = rf"(?i:{kind})", rf"(?i:{_KIND_WORDS}|deck|article)"
    work = rf"(?:{between}{{0,5}}{own}|{between}{{2,5}}{other})"
    name = rf"(?:{_maker_forms(maker)})"
    return re.compile(
        rf"(?<![\w-])(?:(?:[Tt]he\s+)?{name}(?:[’']s?)?[\s\u00a0]+{work}|{work}\s+(?:by|from|of)\s+{name})(?![\w-])"
    )


def kind_patterns(sources: Sequence[Source]) -> tuple[NamePattern, ...]:
    """ "The index" and the like, for a kind of work of which there is one source: names for what was named before."""
    kinds = {source.id: {kind.lower() for kind in _KIND.findall(source.title)[:1]} for source in sources}
    owners: dict[str, set[str]] = {}
    for source_id, found in kinds.items():
        for kind in found:
            owners.setdefault(kind, set()).add(source_id)
    return tuple(NamePattern(_kind_pattern(kind), frozenset(ids)) for kind, ids in owners.items() if len(ids) == 1)


def _kind_pattern(kind: str) -> re.Pattern[str]:
    """With an article or "this"; with a capital also at the beginning of a bracket, or before a place in it."""
    articled = rf"(?:[Tt]he|[Tt]his|[Tt]hat)\s+(?i:{kind})"
    before_place = rf"{kind.capitalize()}(?=,?\s+(?:slides?|sections?|pages?|pp?\.|[“\"]))"
    return re.compile(rf"(?<![\w-])(?<!Dx\s)(?:{articled}|(?<=\(){kind.capitalize()}|{before_place})(?![\w-])")


def maker_patterns(source: Source) -> tuple[re.Pattern[str], ...]:
    """For each publisher and author of a source the ways to write it: in full, by its first word, by its initials."""
    makers = [*source.publishers, *(author.partition(",")[0] for author in source.authors)]
    return tuple(re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])") for maker in makers if (forms := _maker_forms(maker)))


def plain_address(address: str) -> str:
    """An address without what does not matter: scheme, www, query, fragment, the slash at its end."""
    address = re.sub(r"^[a-z]+://", "", address.strip().lower())
    return re.split(r"[?#]", address.removeprefix("www."))[0].rstrip("/.,;:)")


def _words(title: str) -> tuple[str, ...]:
    words = tuple(_WORD.findall(title))
    return words[1:] if len(words) > 1 and words[0].lower() in _ARTICLES else words


def _forms(source: Source) -> Iterator[tuple[str, ...]]:
    whole = _words(source.title)
    short = _words(_SUBTITLE.sub("", source.title))
    for form in (whole, short, whole[-_TAIL:] if len(whole) > _TAIL else whole):
        if len(form) > 1 and len("".join(form)) >= _SHORTEST:
            yield form


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    joined = _BETWEEN_WORDS.join(map(re.escape, words))
    return re.compile(rf"(?<![\w-])(?:the\s+)?{joined}(?![\w])", re.IGNORECASE)


def _maker_forms(maker: str) -> str:
    words = re.findall(r"[^\W\d_]+", maker)
    initials = "".join(word[0] for word in words if word[0].isupper())
    forms = [r"[\s\u00a0]+".join(map(re.escape, maker.split()))] if maker.strip() else []
    forms += [word for word in words[:1] if word.lower() not in _GENERIC and len(word) > 2]  # noqa: PLR2004
    forms += [initials] if len(initials) > 2 else []  # noqa: PLR2004
    return "|".join(forms)
