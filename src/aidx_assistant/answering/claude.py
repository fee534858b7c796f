"""Claude answers from the passages, citing them sentence by sentence."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

from aidx_assistant.answering.draft import Draft, Drafting, Retrieved
from aidx_assistant.answering.history import History, earlier_turns
from aidx_assistant.answering.pricing import priced
from aidx_assistant.answering.prompts import prompt
from aidx_assistant.answering.reply import Reply, close
from aidx_assistant.answering.sentence_markers import MarkedEvidence, marked, with_citations
from aidx_assistant.answers import AnswerText, Notice, Phase
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.messages import Claude, EvidenceBlock, MessageRequest
from aidx_assistant.claude.turns import ReplyTurn, SaidTurn
from aidx_assistant.errors import InterruptedByUserError
from aidx_assistant.evidence import Passage, passage_label
from aidx_assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request and what its citations count over; `evidence` where the model cites by markers."""

    request: MessageRequest
    passages: tuple[Passage, ...]
    retrieved: Retrieved
    evidence: MarkedEvidence | None


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
        self._answered: _Asked | None = None
        """What was asked last, its reply included, where that came whole."""

    def answer(self, question: str, retrieved: Retrieved) -> Drafting:
        """The conversation goes before the question, and before that all passages that it or the question rests on.

        Raises InterruptedByUserError where the answer is cancelled before any of it has come.
        """
        asked = self._asked(question, retrieved)
        yield Phase("asking Claude")
        return (yield from self._drafted(asked))

    def repaired(self, told: str) -> Drafting:
        """The last answer again, after Claude was told what is wrong with it. Raises what `answer` raises."""
        assert self._answered is not None
        request = self._answered.request
        asked = replace(self._answered, request=replace(request, turns=(*request.turns, SaidTurn(told))))
        return (yield from self._drafted(asked))

    @property
    def can_repair(self) -> bool:
        """Whether the last answer came whole, so that it can be gone back to."""
        return self._answered is not None

    def _asked(self, question: str, retrieved: Retrieved) -> _Asked:
        passages = _in_view(retrieved)
        request = MessageRequest(
            model=self._settings.model,
            max_tokens=self._settings.max_answer_tokens,
            effort=self._settings.effort,
            thinking=self._settings.thinking,
            system=self._instructions or prompt("answer"),
            evidence=tuple(
                EvidenceBlock(
                    passage.id, passage_label(passage, retrieved.sources[passage.source_id]), passage.sentences
                )
                for passage in passages
            ),
            question=question,
            earlier=earlier_turns(retrieved.history, passages),
        )
        if not self._settings.cites_by_markers:
            return _Asked(request, passages, retrieved, None)
        evidence = marked(request.evidence)
        return _Asked(_with_markers(request, retrieved.history, evidence), passages, retrieved, evidence)

    def _drafted(self, asked: _Asked) -> Generator[Phase | AnswerText | Notice, None, Draft]:
        reply = Reply(asked.passages, asked.retrieved, answers=self._instructions is None)
        stream = self._claude.stream(asked.request, self._cancellation)
        events = with_citations(stream, asked.evidence) if asked.evidence else stream
        self._answered = None
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
        if reply.content and reply.complete and not reply.interrupted:
            turns = (*asked.request.turns, ReplyTurn(reply.content))
            self._answered = replace(asked, request=replace(asked.request, turns=turns))
        return priced(reply.draft(), self._settings)


def _in_view(retrieved: Retrieved) -> tuple[Passage, ...]:
    """In reading order, so that the same passages are the same prefix for the API's cache; then those cited before."""
    in_reading_order = sorted(retrieved.passages, key=lambda item: (item.passage.source_id, item.position))
    passages = retrieved.whole or tuple(item.passage for item in in_reading_order)
    known = {passage.id for passage in passages}
    return (*passages, *(passage for passage in retrieved.cited_before if passage.id not in known))


def _with_markers(request: MessageRequest, history: History, evidence: MarkedEvidence) -> MessageRequest:
    """The evidence as text before the first question; of earlier answers the text alone."""
    earlier = earlier_turns(history, ())
    first = earlier[0].question if earlier else request.question
    told = f"{evidence.text}\n\nQuestion: {first}"
    return replace(
        request,
        system=f"{request.system}\n\n{prompt('sentence-markers')}",
        evidence=(),
        question=request.question if earlier else told,
        earlier=(replace(earlier[0], question=told), *earlier[1:]) if earlier else (),
    )
