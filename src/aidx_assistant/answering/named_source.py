"""Whose word a question asks for: "according to Northgate", "what does the companion brief say about …?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aidx_assistant.evidence import Source
from aidx_assistant.terms import keys_of, stem, thesaurus, words_of

_NAME = r"(?:the\s+)?(?P<who>[\w&’'.-]+(?:\s+[\w&’'.-]+){0,5}?)"
_END = r"(?=\s*[,;:?!]|\s+(?:what|how|which|who|where|when|why)\b|\W*$)"
_SAYS = r"(?:say|report|find|state|claim|give|tell|write|mention|show|put|count|name)\b"
_SAID_BY = (
    re.compile(rf"\b(?:according to|as per)\s+{_NAME}{_END}", re.IGNORECASE),
    re.compile(rf"\b(?:does|do|did)\s+{_NAME}\s+{_SAYS}", re.IGNORECASE),
)
_COMMON = frozenset(
    {"ai", "adopt", "health", "healthcar", "compani", "servic", "web", "partner", "research", "institut"}
)
"""What many reports and their publishers are called by."""
_PEOPLE = keys_of("leaders executives respondents customers doctors nurses patients providers payers pharma")
_TELLING = frozenset({"companion", "brief", "index"})
"""Words that say nothing of what is asked about, but of which source."""


@dataclass(frozen=True, slots=True)
class NamedSource:
    """The sources that may be meant, and the stems by which they are named; both empty where any source will do."""

    ids: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def source_named(text: str, sources: Sequence[Source]) -> NamedSource:
    """By a word of its publisher, by words of its title alone, or by one of these that is written as a name."""
    for pattern in _SAID_BY:
        if match := pattern.search(text):
            said = frozenset(map(stem, words_of(match["who"])))
            found = {source.id: _telling(source) & said for source in sources if _is_meant(source, match["who"])}
            most = max(map(len, found.values()), default=0)
            named = {id_ for id_, words in found.items() if len(words) == most}
            if named and len(named) < len(sources):
                return NamedSource(frozenset(named), frozenset().union(*found.values()))
    return NamedSource()


def _is_meant(source: Source, who: str) -> bool:
    last = words_of(who)[-1:]  # none where it is written in other letters
    if keys_of(" ".join(last)) & _PEOPLE:  # clinical leaders are no survey of clinical AI
        return False
    said = _words(who)
    as_name = frozenset(stem(word.lower()) for word in re.findall(r"\b[A-Z]\w+", who))
    title, publishers = _words(source.title), _words(" ".join(source.publishers))
    return bool(said) and bool(said & publishers or as_name & title or said <= title)


def _telling(source: Source) -> frozenset[str]:
    return _words(" ".join((source.title, *source.publishers)))


def _words(text: str) -> frozenset[str]:
    """Stems that are no words for what the reports are about."""
    known = thesaurus()
    stems = frozenset(map(stem, words_of(text)))
    return frozenset(
        word for word in stems - (known.silent - _TELLING) - _COMMON if keys_of(word) == {word} and not word.isdigit()
    )
