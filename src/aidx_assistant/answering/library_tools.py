"""What Claude can look up in the library while it works on a deep question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from aidx_assistant.answering.given_evidence import Excerpt, whole
from aidx_assistant.answering.tool_input import ToolInput
from aidx_assistant.claude.tool_calls import Tool
from aidx_assistant.errors import UsageError
from aidx_assistant.evidence import SEGMENTS, Finding, Passage, Segment, Source
from aidx_assistant.library.library import Library
from aidx_assistant.retrieval.budget import passages_within_budget
from aidx_assistant.retrieval.search import find

_KINDS = ("section", "slide", "page", "picture")
_RESULT_TOKENS = 2_500
_MOST_PASSAGES = 10
_MOST_FINDINGS = 60
_CANDIDATES = 200
"""So many of the best passages are looked through for those of one kind."""

_SEGMENT = {"type": "string", "enum": list(SEGMENTS), "description": "Only what speaks of this segment, or of all."}
_SOURCE = {"type": "string", "description": "The id of a source: only this one."}


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What one look-up gives, best or first first."""

    excerpts: tuple[Excerpt, ...]
    found: str
    """What was found, in words: for the user and for Claude."""


class LibraryTools:
    """The tools, held to the segment and the source that the question was asked of."""

    def __init__(self, library: Library, segment: Segment | None = None, source_id: str | None = None) -> None:
        self._library = library
        self._segment = segment
        self._source_id = source_id
        self.sources: Mapping[str, Source] = {source.id: source for source in library.store.sources()}

    @property
    def tools(self) -> tuple[Tool, ...]:
        return (
            _tool("search_library", _SEARCHES, ("query",), {
                "query": {"type": "string", "description": "What to look for, in words a report would use."},
                "segment": _SEGMENT,
                "source": _SOURCE,
                "kind": {"type": "string", "enum": list(_KINDS), "description": "Only places of this kind."},
            }),
            _tool("list_findings", _LISTS, (), {
                "segment": _SEGMENT,
                "topic": {"type": "string", "enum": list(self._topics()), "description": "Only this topic."},
            }),
            _tool("open_slide", _OPENS, ("number",), {
                "number": {"type": "integer", "description": "The slide's number, from 1."},
                "source": _SOURCE,
            }),
        )  # fmt: skip

    def wording(self, name: str, arguments: Mapping[str, Any]) -> str:
        """What a call looks up, in words for the user."""
        parts = [str(value) for key, value in arguments.items() if key not in {"query", "number"} and value]
        match name:
            case "search_library":
                return " · ".join([f"search “{arguments.get('query', '')}”", *parts])
            case "list_findings":
                return " · ".join(["list findings", *parts])
            case "open_slide":
                return " · ".join([f"open slide {arguments.get('number', '?')}", *parts])
        return name

    def run(self, name: str, arguments: Mapping[str, Any]) -> LookedUp:
        """Raises UsageError, in one sentence, for an unknown tool and for input that it cannot use."""
        running: dict[str, Callable[[ToolInput], LookedUp]] = {
            "search_library": self._search,
            "list_findings": self._list_findings,
            "open_slide": self._open_slide,
        }
        if name not in running:
            raise UsageError(f"There is no tool “{name}”; there are {', '.join(running)}.")
        tool = next(tool for tool in self.tools if tool.name == name)
        return running[name](ToolInput(arguments, tool))

    def _search(self, given: ToolInput) -> LookedUp:
        query, kind = given.text("query"), given.choice("kind", _KINDS)
        if not query:
            raise UsageError("The query is empty.")
        segment, source_id = self._scope(given)
        ranked = find(self._library, query, segment=segment, source_id=source_id, limit=_CANDIDATES).passages
        fitting = [item for item in ranked if kind in (None, item.passage.locator.kind)]
        chosen = passages_within_budget(fitting[:_MOST_PASSAGES], _RESULT_TOKENS)
        return LookedUp(tuple(whole(item.passage) for item in chosen), counted(len(chosen), "passage"))

    def _list_findings(self, given: ToolInput) -> LookedUp:
        topic = given.choice("topic", self._topics())
        segment = cast(Segment | None, given.choice("segment", SEGMENTS)) or self._segment
        findings = [
            finding
            for finding in self._library.store.findings()
            if topic in (None, finding.topic)
            and (segment in (None, "all", finding.segment) or finding.segment == "all")
            and self._source_id in (None, finding.source_id)
        ]
        shown = findings[:_MOST_FINDINGS]
        left = len(findings) - len(shown)
        found = counted(len(shown), "finding") + (f", and {left} more: name a topic or a segment" if left else "")
        return LookedUp(self._stated(shown), found)

    def _open_slide(self, given: ToolInput) -> LookedUp:
        number = given.number("number")
        _, source_id = self._scope(given)
        sources = [source_id] if source_id else list(self.sources)
        for one in sources:
            passages = self._library.store.passages_of(one)
            if any((p.locator.kind, p.locator.number) == ("slide", number) for p in passages):
                inside = [passage for passage in passages if _belongs_to_slide(passage, number)]
                return LookedUp(tuple(map(whole, inside)), counted(len(inside), "passage"))
        most = max((self.sources[one].slide_count for one in sources), default=0)
        raise UsageError(f"There is no slide {number}; {f'the last is {most}' if most else 'there are no slides'}.")

    def _scope(self, given: ToolInput) -> tuple[Segment | None, str | None]:
        """The question's own filters go before those of a call."""
        segment = cast(Segment | None, given.choice("segment", SEGMENTS))
        source_id = given.choice("source", tuple(self.sources))
        return self._segment or segment, self._source_id or source_id

    def _topics(self) -> tuple[str, ...]:
        return tuple(sorted({finding.topic for finding in self._library.store.findings()}))

    def _stated(self, findings: Iterable[Finding]) -> tuple[Excerpt, ...]:
        """Each statement once, as a search result of its own."""
        places = dict.fromkeys((finding.passage_id, finding.sentence) for finding in findings)
        stored = self._library.store.stored_passages([passage_id for passage_id, _ in places])
        return tuple(Excerpt(stored[id_].passage, at, at + 1) for id_, at in places if id_ in stored)


def counted(count: int, what: str) -> str:
    """`1 passage`, `3 passages`, `nothing`."""
    return f"{count} {what}{'' if count == 1 else 's'}" if count else "nothing"


def _belongs_to_slide(passage: Passage, number: int) -> bool:
    """Whether it is the slide, or a section's text that it is shown beside."""
    locator = passage.locator
    return (locator.kind, locator.number) == ("slide", number) or passage.shown_beside == f"slide {number}"


def _tool(name: str, description: str, required: tuple[str, ...], properties: Mapping[str, Any]) -> Tool:
    schema = {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}
    return Tool(name, description, schema)


_SEARCHES = (
    "Searches the library by words and by meaning and gives the passages that fit best, sentence by sentence, to be"
    " cited. Search for one thing at a time; several searches may go in one turn."
)
_LISTS = (
    "Lists the figures that the library holds, each with the sentence that states it. Use it where every figure on a"
    " topic or of a segment is wanted."
)
_OPENS = "Opens one slide: what is known of it, and the text that the report shows beside it."
