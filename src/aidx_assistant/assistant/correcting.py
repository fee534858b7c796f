"""Has Claude correct, once, what the checks hold against its answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from aidx_assistant.answering.draft import Draft, Drafting
from aidx_assistant.answering.prompts import prompt
from aidx_assistant.answers import CORRECTING, Answer, AnswerText, Notice, Phase, UnsupportedFigure
from aidx_assistant.answers_in_words import fault_in_words
from aidx_assistant.checking import CheckedAnswer
from aidx_assistant.errors import ClaudeError, InterruptedByUserError, SpendingLimitError

_SENTENCE_END = re.compile(r"(?<=[.!?])(?:[ \t]*\[\d+\])*\s+|\n+")
_KEPT = "The answer stays as it was, with what the checks found marked."
_NO_BETTER = f"Claude's correction was no better by the checks. {_KEPT}"


@runtime_checkable
class Repairing(Protocol):
    """An answerer that can go back to its last answer."""

    @property
    def can_repair(self) -> bool:
        """Whether the last answer came whole."""
        ...

    @property
    def no_room(self) -> str | None:
        """Why its own budget leaves no room for a correction, in words; None where it does."""
        ...

    def repaired(self, told: str) -> Drafting: ...


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft and what the checks made of it; `first` is the one before it was corrected."""

    draft: Draft
    checked: CheckedAnswer
    first: CheckedDraft | None = None

    @property
    def faults(self) -> tuple[UnsupportedFigure, ...]:
        return self.checked.checks.figures_unsupported


def corrected(
    first: CheckedDraft, answerer: Repairing, check: Callable[[Draft], CheckedAnswer]
) -> Generator[Phase | Notice, None, CheckedDraft]:
    """The corrected answer where it is better by the checks, else the first one.

    Nothing of the correction's text is given out before it is known to be better. Where it fails, or the user ends
    it, the first answer stays.
    """
    if not first.faults or first.draft.stopped_by_user or not answerer.can_repair:
        return first
    again = yield from _drafted_again(first, answerer)
    if again is None:
        return first
    if again.stopped_by_user:
        return replace(first, draft=replace(first.draft, stopped_by_user=True))
    second = CheckedDraft(again, check(again), first)
    if _better(second, first, whole=answerer.can_repair):
        return second
    failed = again.reason if again.status == "interrupted" else None
    yield Notice(f"The correction failed. {failed} {_KEPT}" if failed else _NO_BETTER, None)
    return first


def _drafted_again(first: CheckedDraft, answerer: Repairing) -> Generator[Phase | Notice, None, Draft | None]:
    """What came of the correction; None, and a notice says why, where nothing did."""
    if answerer.no_room:
        yield Notice(f"The answer was not corrected: {answerer.no_room} {_KEPT}", None)
        return None
    count = len(first.faults)
    yield Phase(f"{CORRECTING} {count} {'figure' if count == 1 else 'figures'} that the sources do not carry")
    try:
        return (yield from _in_silence(answerer.repaired(_told(first))))
    except InterruptedByUserError:
        return replace(first.draft, stopped_by_user=True)
    except SpendingLimitError as error:
        yield Notice(f"The answer was not corrected. {error.title} {_KEPT}", None)
    except ClaudeError as error:
        yield Notice(f"The correction failed: {error.title.rstrip('.')}. {_KEPT}", None)
    return None


def with_correction(answer: Answer, outcome: CheckedDraft) -> Answer:
    """The answer of a draft, with what it was before it was corrected, if it was."""
    first = outcome.first
    if first is None:
        return answer
    return replace(answer, corrected=True, before_correction=first.draft.text, faults_corrected=first.faults)


def _in_silence(events: Drafting) -> Generator[Notice, None, Draft]:
    """The draft, without the text and phases that lead to it."""
    while True:
        try:
            event = next(events)
        except StopIteration as end:
            draft: Draft = end.value
            return draft
        if not isinstance(event, AnswerText | Phase):
            yield event


def _better(second: CheckedDraft, first: CheckedDraft, *, whole: bool) -> bool:
    """Whether a `whole` answer came that has fewer unsupported figures, nothing worse beside, and its citations."""
    draft, before = second.draft, first.draft
    cited = (bool(draft.citations) or not before.citations) and (draft.cited_by_model or not before.cited_by_model)
    return (
        whole
        and draft.answered
        and cited
        and len(second.faults) < len(first.faults)
        and _all_faults(second) <= _all_faults(first)
    )


def _all_faults(one: CheckedDraft) -> int:
    checks = one.checked.checks
    return len(checks.figures_unsupported) + checks.citations_unverified + checks.sentences_uncited


def _told(first: CheckedDraft) -> str:
    """What Claude is told: each fault with the sentence that it is in, why it is one, and what the sources say."""
    text = first.draft.text
    faults = [f"- In “{_sentence(text, fault)}”: {fault_in_words(fault)}" for fault in first.faults]
    return prompt("repair").replace("{faults}", "\n".join(faults))


def _sentence(text: str, fault: UnsupportedFigure) -> str:
    """The sentence, or line, that holds a figure."""
    start = max((end.end() for end in _SENTENCE_END.finditer(text) if end.end() <= fault.start), default=0)
    following = _SENTENCE_END.search(text, fault.end)
    return text[start : following.start() if following else len(text)].strip()
