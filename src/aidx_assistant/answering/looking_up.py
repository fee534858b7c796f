"""Runs the tools that one reply of Claude's calls, one after the other, within the steps that are left."""

from __future__ import annotations

from collections.abc import Generator

from aidx_assistant.answering.deep_budget import estimated
from aidx_assistant.answering.given_evidence import Excerpt, GivenEvidence
from aidx_assistant.answering.library_tools import LibraryTools
from aidx_assistant.answers import Step
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.tool_calls import ToolCall, ToolResult
from aidx_assistant.claude.turns import ResultsTurn
from aidx_assistant.errors import AidxError, InterruptedByUserError
from aidx_assistant.printable import shortened

_NO_OBJECT = "The input was not a JSON object."
_NO_ROOM = "Something was found, but the budget has no room for it."
_NO_STEPS_LEFT = "Not looked up: the budget is used up. Answer from what you have."


def look_up(
    calls: tuple[ToolCall, ...],
    tools: LibraryTools,
    given: GivenEvidence,
    steps_left: int,
    room: int,
    cancellation: Cancellation,
) -> Generator[Step, None, ResultsTurn]:
    """A step for each call that is run, as soon as it is; gives back the results of all, in the order of the calls.

    A call that fails gives a result that says so in one sentence. Of all results together only so much is given as
    `room`, in tokens, leaves: what comes first. Raises InterruptedByUserError once it is cancelled.
    """
    results = []
    for at, call in enumerate(calls):
        if cancellation.cancelled:
            raise InterruptedByUserError("Cancelled between two look-ups.")
        if at >= steps_left:
            results.append(ToolResult(call.id, text=_NO_STEPS_LEFT, is_error=True))
            continue
        step, result = _looked_up(call, tools, given, room)
        room -= estimated(ResultsTurn((result,)))
        results.append(result)
        yield step
    return ResultsTurn(tuple(results))


def _looked_up(call: ToolCall, tools: LibraryTools, given: GivenEvidence, room: int) -> tuple[Step, ToolResult]:
    what = shortened(tools.wording(call.name, call.arguments or {}))
    try:
        if call.arguments is None:
            raise AidxError(_NO_OBJECT)
        looked_up = tools.run(call.name, call.arguments)
        excerpts = _fitting(looked_up.excerpts, call.id, given, room)
        if looked_up.excerpts and not excerpts:
            raise AidxError(_NO_ROOM)
    except InterruptedByUserError:
        raise
    except AidxError as error:
        told = f"{error.title} {error.hint}".strip()
        return Step(call.name, what, error.title, failed=True), ToolResult(call.id, text=told, is_error=True)
    evidence = given.give(excerpts)
    known = len(excerpts) - len(evidence)
    left_out = len(looked_up.excerpts) - len(excerpts)
    found = looked_up.found
    if known:
        found += f", {known} of them seen before" if evidence or left_out else ", all seen before"
    if left_out:
        found += f", {left_out} of them left out: the budget has no room for more"
    said = "" if evidence and not known and not left_out else f"Found: {found}."
    return Step(call.name, what, found), ToolResult(call.id, evidence, said)


def _fitting(excerpts: tuple[Excerpt, ...], call_id: str, given: GivenEvidence, room: int) -> tuple[Excerpt, ...]:
    """The first of the excerpts, as many as fit; what Claude has in view already takes no room."""
    for count in range(len(excerpts), 0, -1):
        evidence = given.lacking(excerpts[:count])
        if not evidence or estimated(ResultsTurn((ToolResult(call_id, evidence),))) <= room:
            return excerpts[:count]
    return ()
