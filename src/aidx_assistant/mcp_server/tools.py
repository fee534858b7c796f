"""What a client can call: each tool gives text to read, and the object that the command of its name prints as JSON."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from anyio import get_cancelled_exc_class, to_thread
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, ContentBlock, ImageContent, TextContent
from pydantic import Field

from aidx_assistant.answers import Answer, Finished, answer_as_json
from aidx_assistant.answers_in_words import searched_by_words
from aidx_assistant.assistant.library_json import findings_as_json, found_as_json, place_as_json
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.conversations.markdown import answer_as_markdown
from aidx_assistant.errors import AidxError
from aidx_assistant.evidence import Finding, Segment, Source, passage_label
from aidx_assistant.mcp_server.wording import told

if TYPE_CHECKING:
    from aidx_assistant.assistant.assistant import Assistant

OfSegment = Annotated[Segment | None, Field(description="Only what speaks of this segment, or of all.")]
OfSource = Annotated[str | None, Field(description="Only this source, by its id.")]
_MEDIA = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


class LibraryTools:
    """The tools of one assistant; a signature and its first sentences are what the client is told of a tool."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def search(
        self,
        query: Annotated[str, Field(description="What to look for, in words.")],
        segment: OfSegment = None,
        source_id: OfSource = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> CallToolResult:
        """Rank the library's passages for a query, by words and by meaning. Each comes with the label to cite it by."""
        with _told():
            found = self._assistant.found(query, segment=segment, source_id=source_id, limit=limit)
            sources = self._sources()
        lines = [
            f"{place}. {passage_label(item.passage, sources[item.passage.source_id])}\n{item.passage.text}"
            for place, item in enumerate(found.passages, 1)
        ]
        if found.by_words_only:
            lines.append(searched_by_words(found.by_words_only))
        return _result("\n\n".join(lines) or "No passage fits.", found_as_json(found, sources))

    def findings(
        self,
        segment: Annotated[Segment | None, Field(description="Only findings of exactly this segment.")] = None,
        topic: Annotated[str | None, Field(description="Only this topic; a wrong one is answered with all.")] = None,
        source_id: OfSource = None,
    ) -> CallToolResult:
        """List the figures of the reports: what each measures, of whom, its sentence word for word, and its place."""
        with _told():
            found = self._assistant.findings(segment=segment, topic=topic, source_id=source_id)
            sources = self._sources()
        lines = [_finding(finding, sources[finding.source_id]) for finding in found]
        return _result("\n".join(lines) or "No finding fits.", findings_as_json(found, sources))

    def show(
        self,
        place: Annotated[str, Field(description="“slide 8”, or a section by its heading.")],
        source_id: OfSource = None,
    ) -> CallToolResult:
        """Show a slide by its number, or a section by its heading: text, figures, and its picture where it is here."""
        with _told():
            found = self._assistant.place(place, source_id)
            picture = (
                self._assistant.picture_file(found.source.id, found.locator.number)
                if found.locator.kind == "slide" and found.locator.number is not None
                else None
            )
        label = passage_label(replace(found.passages[0], shown_beside=None), found.source)
        paragraphs = [label, *(passage.text for passage in found.passages)]
        paragraphs += [_finding(finding, found.source) for finding in found.findings]
        return _result("\n\n".join(paragraphs), place_as_json(found), picture)

    async def ask(
        self,
        question: Annotated[str, Field(description="One question, complete in itself.")],
        segment: OfSegment = None,
        source_id: OfSource = None,
    ) -> CallToolResult:
        """Answer a question from the library, cited by sentence and slide, every figure checked against its sentence.

        Says so where the sources do not answer it, where they differ, and which figures no cited sentence carries.
        """
        cancellation = Cancellation()
        try:
            answer = await to_thread.run_sync(
                self._answer, question, segment, source_id, cancellation, abandon_on_cancel=True
            )
        except get_cancelled_exc_class():
            cancellation.cancel()
            raise
        return _result(answer_as_markdown(answer), answer_as_json(answer))

    def _answer(
        self, question: str, segment: Segment | None, source_id: str | None, cancellation: Cancellation
    ) -> Answer:
        with _told():
            for event in self._assistant.stream(
                question, segment=segment, source_id=source_id, cancellation=cancellation
            ):
                if isinstance(event, Finished):
                    return event.answer
        raise AssertionError("a stream of events ends with Finished")

    def _sources(self) -> Mapping[str, Source]:
        return {source.id: source for source in self._assistant.sources()}


@contextmanager
def _told() -> Iterator[None]:
    """An error of ours, in its own words, is one that the client's model can act on."""
    try:
        yield
    except AidxError as error:
        raise ToolError(told(error)) from error


def _finding(finding: Finding, source: Source) -> str:
    frame = f", {finding.time_frame}" if finding.time_frame else ""
    caveat = f" ({source.attribution})" if source.attribution else ""
    differs = f" Differs: {finding.difference}" if finding.difference else ""
    return (
        f"- {finding.statement} [{finding.segment}; of {finding.population}{frame}] "
        f"{source.name}, {finding.locator.label}{caveat}.{differs}"
    )


def _result(text: str, content: dict[str, Any], picture: Path | None = None) -> CallToolResult:
    blocks: list[ContentBlock] = [TextContent(type="text", text=text)]
    if picture is not None and picture.suffix.lower() in _MEDIA:
        data = base64.b64encode(picture.read_bytes()).decode("ascii")
        blocks.append(ImageContent(type="image", data=data, mime_type=_MEDIA[picture.suffix.lower()]))
    return CallToolResult(content=blocks, structured_content=content)
