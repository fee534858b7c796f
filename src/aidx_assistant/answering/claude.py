"""Claude answers from the passages, citing them sentence by sentence."""

from __future__ import annotations

from dataclasses import replace

from aidx_assistant.answering.draft import Drafting, Retrieved
from aidx_assistant.answering.pricing import priced
from aidx_assistant.answering.prompts import prompt
from aidx_assistant.answering.reply import Reply, close
from aidx_assistant.answering.sentence_markers import marked, with_citations
from aidx_assistant.answers import Phase
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.messages import (
    Claude,
    EvidenceBlock,
    MessageRequest,
)
from aidx_assistant.errors import InterruptedByUserError
from aidx_assistant.evidence import passage_label
from aidx_assistant.settings import Settings


class ClaudeAnswerer:
    """Streams an answer from the Messages API; every passage is a search result, every sentence a citable block.

    With `instructions` in place of those for an answer it drafts a text: then only the fixed sentence is a decline,
    not a text that says what the sources lack.
    """

    def __init__(
        self,
        claude: Claude,
        settings: Settings,
        cancellation: Cancellation | None = None,
        instructions: str | None = None,
    ) -> None:
        self._claude = claude
        self._settings = settings
        self._cancellation = cancellation or Cancellation()
        self._instructions = instructions

    def answer(self, question: str, retrieved: Retrieved) -> Drafting:
        """The passages go in reading order, so that the same passages are the same prefix for the API's cache.

        Raises InterruptedByUserError where the answer is cancelled before any of it has come.
        """
        in_reading_order = sorted(retrieved.passages, key=lambda item: (item.passage.source_id, item.position))
        passages = retrieved.whole or tuple(item.passage for item in in_reading_order)
        request = MessageRequest(
            model=self._settings.model,
            max_tokens=self._settings.max_answer_tokens,
            system=self._instructions or prompt("answer"),
            evidence=tuple(
                EvidenceBlock(
                    passage.id, passage_label(passage, retrieved.sources[passage.source_id]), passage.sentences
                )
                for passage in passages
            ),
            question=question,
        )
        evidence = marked(request.evidence) if self._settings.cites_by_markers else None
        if evidence:
            request = replace(
                request,
                system=f"{request.system}\n\n{prompt('sentence-markers')}",
                evidence=(),
                question=f"{evidence.text}\n\nQuestion: {question}",
            )
        yield Phase("asking Claude")
        reply = Reply(passages, retrieved, answers=self._instructions is None)
        stream = self._claude.stream(request, self._cancellation)
        events = with_citations(stream, evidence) if evidence else stream
        try:
            for event in events:
                yield from reply.take(event)
            reply.interrupted = self._cancellation.cancelled and not reply.complete
            if reply.interrupted and not reply.marked.text.strip():
                raise InterruptedByUserError("Cancelled before any of the answer had come.")
        except KeyboardInterrupt:
            reply.interrupted = True
            if not reply.marked.text.strip():
                raise
        finally:
            close(stream)
        return priced(reply.draft(), self._settings)
