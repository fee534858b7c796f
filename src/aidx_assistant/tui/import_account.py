"""What became of all that was to be read, in words: in a line, and one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content

from aidx_assistant.errors import AidxError
from aidx_assistant.tui.bringing_in import At, BringingIn, Stage
from aidx_assistant.tui.failed_imports import what_helps
from aidx_assistant.tui.tasks import Words
from aidx_assistant.tui.wording import told

if TYPE_CHECKING:
    from aidx_assistant.assistant.imported import Imported, Outcome

_OUTCOMES: tuple[Outcome, ...] = ("failed", "skipped", "unchanged", "updated", "added")
"""One by one, in the order of how much there is to do about them; counted, the other way round."""
_MOST = 50
"""Listed one by one of each outcome."""
_PASSWORD = "It is in the list of sources: go to it and press p to type its password."


@dataclass(frozen=True, slots=True)
class Account:
    """How a run stands at one moment."""

    outcomes: tuple[Imported, ...]
    stage: Stage
    is_stopped: bool
    error: AidxError | None
    words: Words = Words()
    remarks: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """How it stands, in a word or two."""
        doing, done = self.words.doing, self.words.done
        if self.error is not None:
            return f"{doing} broke off"
        if self.stage == "reading":
            return "Stopping" if self.is_stopped else f"Being {done} now"
        return f"{doing} was stopped" if self.is_stopped else f"What was {done}"

    @property
    def counts(self) -> str:
        counted = Counter(one.outcome for one in self.outcomes)
        counts = [f"{counted[outcome]:,} {outcome}" for outcome in reversed(_OUTCOMES) if counted[outcome]]
        return " · ".join(counts) or ("Nothing yet" if self.stage == "reading" else f"Nothing was {self.words.done}")

    @property
    def can_go_on(self) -> bool:
        """Whether it ended before its time."""
        return self.stage == "over" and (self.is_stopped or self.error is not None)


def account_of(run: BringingIn) -> Account:
    """How a run stands now."""
    return Account(tuple(run.outcomes), run.stage, run.is_stopped, run.error, run.task.words, run.remarks)


def step(at: At, stage: Stage, is_stopped: bool) -> str:
    """What is being done, in a line."""
    doing = f"stopping: {at.doing}" if is_stopped and stage == "reading" else at.doing
    return f"{doing[:1].upper()}{doing[1:]}"


def progress(at: At) -> str:
    """How many of how many; "" where there is nothing to count."""
    return f"{at.done:,} of {at.total:,} done" if at.total else ""


def entry(account: Account) -> Content:
    """A run in the list of sources."""
    problem = "$text-error" if account.error is not None else "bold"
    return Content.assemble((account.heading, problem), ("\n" + account.counts, "dim"))


def details(account: Account) -> tuple[tuple[str, Content], ...]:
    """All that is known of a run, as headings with their text; the first heading is empty."""
    parts = [("", Content("\n").join([Content.assemble((account.heading, "bold")), *_standing(account)]))]
    for outcome in _OUTCOMES:
        those = [one for one in account.outcomes if one.outcome == outcome]
        if those:
            parts.append((f"{outcome.capitalize()} ({len(those):,})", _listed(those)))
    if account.remarks:
        parts.append(("Good to know", Content("\n").join(map(Content, account.remarks))))
    return tuple(parts)


def _standing(account: Account) -> Iterable[Content]:
    yield Content(account.counts)
    if account.error is not None:
        yield Content.assemble((told(account.error), "$text-error"))
    if account.can_go_on:
        yield Content("What is told as added is in the library, whole. r goes on with the rest.")
    elif account.stage == "preparing":
        yield Content("What was added is being made findable; questions are answered meanwhile.")


def _listed(those: Sequence[Imported]) -> Content:
    alike = groupby(those[:_MOST], key=lambda one: (one.reason, one.hint, one.remarks) if one.reason else one)
    lines = [line for _, group in alike for line in _lines(*group)]
    if len(those) > _MOST:
        lines.append(Content.assemble((f"and {len(those) - _MOST:,} more", "dim")))
    return Content("\n").join(lines)


def _lines(one: Imported, *alike: Imported) -> Iterable[Content]:
    """What became of one thing, and of others that there is no more to say of than of it."""
    if one.source_id and one.outcome != "skipped" and not alike:
        figures = f" · {one.figures:,} {'finding' if one.figures == 1 else 'findings'}" if one.figures else ""
        yield Content.assemble(("– ", "dim"), one.title, (figures, "dim"))
    else:
        yield Content.assemble(("– ", "dim"), ", ".join(each.origin for each in (one, *alike)))
    for text in (one.reason, what_helps(one.hint, one.remedies, _PASSWORD), *one.remarks):
        if text:
            yield Content.assemble((f"  {text}", "dim"))
