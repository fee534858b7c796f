"""Deep questions: Claude looks things up in the library, as often as it needs within a budget, and then answers."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import cast

from aidx_assistant.answering.deep_budget import DeepBudget, estimated, estimated_request, tokens_of
from aidx_assistant.answering.deep_turn import DeepTurn
from aidx_assistant.answering.draft import DeepDrafting, Draft, Drafting, Retrieved
from aidx_assistant.answering.given_evidence import GivenEvidence, whole
from aidx_assistant.answering.history import earlier_turns
from aidx_assistant.answering.library_tools import LibraryTools
from aidx_assistant.answering.looking_up import look_up
from aidx_assistant.answering.pricing import priced
from aidx_assistant.answering.prompts import prompt
from aidx_assistant.answering.reply import Reply, close
from aidx_assistant.answers import AnswerText, Notice, Phase, Step, Usage
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.messages import Claude, MessageEnded, MessageRequest
from aidx_assistant.claude.turns import ReplyTurn, ResultsTurn, SaidTurn, Turn
from aidx_assistant.claude.usage import SAID_TOKENS, together
from aidx_assistant.errors import ClaudeError, InterruptedByUserError, SpendingLimitError, UsageError
from aidx_assistant.settings import Settings

_MOST_PAUSES = 8
"""How often a reply may pause before it counts as one that does not end."""
_ANSWER_NOW = (
    "The search is cut short here: its budget is used up, and nothing more can be looked up. Answer now from the search"
    " results above, and say what you would still have looked up."
)
_USED_UP = "its budget of {limit} is used up."
_RESTS_ON = "The answer rests on what was found by then."
_NO_ANSWER = "What was looked up is kept; an answer from it could not be paid for any more."
_NO_BEGINNING = "A deep question may need more than its budget of {limit} before it can answer at all."
_MOST_POINTERS = 5

Events = Generator[Phase | AnswerText | Notice | Step, None, None]


class DeepAnswerer:
    """Answers one question by turns: a reply that calls tools, their results, and again, until a reply answers."""

    def __init__(
        self,
        claude: Claude,
        settings: Settings,
        tools: LibraryTools,
        budget: DeepBudget,
        cancellation: Cancellation | None = None,
    ) -> None:
        self._claude = claude
        self._settings = settings
        self._tools = tools
        self._cancellation = cancellation or Cancellation()
        self._budget = budget
        self._given = GivenEvidence(tools.sources)
        self._turns: list[Turn] = []
        self._steps: list[Step] = []
        self._used = Usage(0, 0)
        self._next_input = 0
        self._cut_short: str | None = None
        """Why nothing more can be looked up, in a sentence."""
        self._unpaid = False
        """Whether a limit kept the answer itself from being asked for."""
        self._answered: tuple[MessageRequest, Retrieved] | None = None
        """What was asked, once it is answered and the reply is among the turns."""

    def answer(self, question: str, retrieved: Retrieved) -> DeepDrafting:
        """`retrieved` says which passages are nearest where Claude finds no answer, and what was said before: of its
        passages only those cited before are sent.

        What has been looked up and said is kept where a turn fails, a limit stops it or the user ends it. Raises
        UsageError where its own budget is too small to begin with, ClaudeError where the first turn fails, and
        InterruptedByUserError where it is cancelled before anything was looked up.
        """
        request = self.first_request(question, retrieved)
        self._refuse_without_room(request)
        yield Phase("asking Claude")
        return (yield from self._drafted(request, retrieved))

    def first_request(self, question: str, retrieved: Retrieved) -> MessageRequest:
        """What the first turn sends."""
        cited_before = self._given.give(map(whole, retrieved.cited_before))
        return MessageRequest(
            model=self._settings.model,
            max_tokens=self._settings.max_answer_tokens,
            effort=self._settings.effort,
            thinking=self._settings.thinking,
            system=f"{prompt('answer')}\n\n{prompt('deep')}\n\n{self._overview()}",
            evidence=cited_before,
            question=question,
            earlier=earlier_turns(retrieved.history, tuple(self._given.passages)),
            tools=self._tools.tools,
            may_follow=1,
        )

    @property
    def can_repair(self) -> bool:
        """Whether the answer came whole, so that it can be gone back to."""
        return self._answered is not None

    @property
    def no_room(self) -> str | None:
        """Why the budget leaves no room for a correction, in a sentence; None where it does."""
        limit = self._budget.exceeded_by(1, self._used, self._next_input + SAID_TOKENS)
        return limit and f"a correction may need more than is left of its budget of {limit}."

    def repaired(self, told: str) -> Drafting:
        """The answer again, after Claude was told what is wrong with it; nothing more is looked up."""
        assert self._answered is not None
        request, retrieved = self._answered
        self._turns.append(SaidTurn(told))
        drafting = self._drafted(replace(request, may_call=False), retrieved)
        return (yield from cast(Drafting, drafting))  # there is no Step without a call

    def _refuse_without_room(self, request: MessageRequest) -> None:
        """Raises UsageError where the first turn and an answer may need more than deep_tokens or deep_cost. What is
        more than a limit of all questions is refused before it is sent, like any other request."""
        limit = self._budget.used_up(0, self._used, estimated_request(request))
        if limit and ("deep_tokens" in limit or self._budget.cost_setting == "deep_cost"):
            raise UsageError(_NO_BEGINNING.format(limit=limit), "Raise the setting, or ask an ordinary question.")

    def _drafted(self, request: MessageRequest, retrieved: Retrieved) -> DeepDrafting:
        reply = Reply(self._given.passages, retrieved)
        self._answered = None
        try:
            yield from self._worked(request, reply)
        except (KeyboardInterrupt, InterruptedByUserError):
            reply.interrupted = True
            if not self._steps and not reply.marked.text.strip():
                raise
        draft = reply.draft()
        if reply.content and draft.status == "complete":
            self._turns.append(ReplyTurn(reply.content))
            self._answered = request, retrieved
        return self._told(draft)

    def _worked(self, request: MessageRequest, reply: Reply) -> Events:
        """All turns up to the one that answers."""
        pauses = 0
        while True:
            may_call = request.may_call and self._cut_short is None
            asking = replace(request, turns=tuple(self._turns), may_call=may_call, may_follow=int(may_call))
            try:
                ended = yield from self._turn(asking, reply)
            except SpendingLimitError as stopped:
                if not self._steps:
                    raise
                self._cut_short, self._unpaid = self._cut_short or stopped.title, not may_call
                if self._unpaid:
                    return
                self._say_that_it_ends()
                continue
            if ended.stop_reason == "pause_turn" and ended.content and pauses < _MOST_PAUSES:
                pauses += 1
                self._turns.append(ReplyTurn(ended.content))
            elif ended.stop_reason == "tool_use" and ended.calls and may_call:
                yield from self._look_up(ended)
                yield Phase("reading what was found")
            else:
                return

    def _turn(
        self, request: MessageRequest, reply: Reply
    ) -> Generator[Phase | AnswerText | Notice | Step, None, MessageEnded]:
        """One reply; where it breaks off before any of it was shown, it is asked for once more."""
        for again in (True, False):
            turn = DeepTurn(reply, self._given, answers=not request.may_call)
            yield from self._streamed(request, turn)
            ended = turn.ended
            self._used = together(self._used, ended.usage) or self._used
            if self._cancellation.cancelled and ended.stop_reason is None:
                yield from reply.take(ended)
                raise InterruptedByUserError("Cancelled while Claude worked.")
            if again and ended.fault and not turn.shown and not turn.failed:
                yield Notice(ended.fault, 0.0)
                continue
            break
        yield from turn.rest()
        yield from reply.take(ended)
        self._next_input = tokens_of(ended.usage)
        return ended

    def _streamed(self, request: MessageRequest, turn: DeepTurn) -> Iterator[AnswerText | Notice]:
        """What a turn shows while it comes. A turn that fails altogether ends what came before it, if anything did."""
        stream = self._claude.stream(request, self._cancellation)
        try:
            for event in stream:
                yield from turn.take(event)
        except SpendingLimitError:
            raise
        except ClaudeError as error:
            if not self._steps:
                raise
            turn.fail(f"{error.title} {error.hint}".strip())
        finally:
            close(stream)

    def _look_up(self, ended: MessageEnded) -> Generator[Step, None, None]:
        steps_left = self._budget.steps - len(self._steps)
        room = self._budget.room(self._used, self._next_input)
        looking = look_up(ended.calls, self._tools, self._given, steps_left, room, self._cancellation)
        while True:
            try:
                step = next(looking)
            except StopIteration as stop:
                results: ResultsTurn = stop.value
                break
            self._steps.append(step)
            yield step
        self._next_input += estimated(results)
        self._turns += [ReplyTurn(ended.content), results]
        limit = self._budget.used_up(len(self._steps), self._used, self._next_input)
        if limit:
            self._cut_short = _USED_UP.format(limit=limit)
            self._say_that_it_ends()

    def _say_that_it_ends(self) -> None:
        """Tells Claude, with the results that it has been given last, to answer now."""
        last = self._turns[-1]
        if isinstance(last, ResultsTurn):
            self._turns[-1] = replace(last, said=_ANSWER_NOW)

    def _told(self, draft: Draft) -> Draft:
        """With the steps, the cost, and whether the search was cut short."""
        draft = replace(priced(draft, self._settings), steps=tuple(self._steps))
        if self._unpaid and not draft.stopped_by_user:
            reason = f"The search was cut short: {self._cut_short} {_NO_ANSWER}"
            return replace(draft, status="cut", reason=reason, nearest=self._given.pointers(_MOST_POINTERS))
        if self._cut_short and draft.status in {"complete", "declined"}:
            cut_short = f"The search was cut short: {self._cut_short} {_RESTS_ON}"
            status = "cut" if draft.status == "complete" else draft.status
            return replace(draft, status=status, reason=f"{draft.reason or ''} {cut_short}".strip())
        return draft

    def _overview(self) -> str:
        """The sources, as tools name them."""
        lines = [f"- {source.id}: {source.name}" for source in self._tools.sources.values()]
        return "\n".join(["The sources in the library, each with its id:", *lines])
