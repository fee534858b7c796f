"""Runs the tools that one reply of Claude's calls, one after the other, within the steps that are left."""

from __future__ import annotations

from collections.abc import Generator

from aidx_assistant.answering.given_evidence import GivenEvidence
from aidx_assistant.answering.library_tools import LibraryTools
from aidx_assistant.answers import Step
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.tool_calls import ToolCall, ToolResult
from aidx_assistant.claude.turns import ResultsTurn
from aidx_assistant.errors import AidxError, InterruptedByUserError
from aidx_assistant.printable import shortened

_NO_OBJECT = "The input was not a JSON object."
_NO_STEPS_LEFT = "Not looked up: the budget is used up. Answer from what you have."


def look_up(
    calls: tuple[ToolCall, ...],
    tools: LibraryTools,
    given: GivenEvidence,
    steps_left: int,
    cancellation: Cancellation,
) -> Generator[Step, None, ResultsTurn]:
    """A step for each call that is run, as soon as it is; gives back the results of all, in the order of the calls.

    A call that fails gives a result that says so in one sentence. Raises InterruptedByUserError once it is cancelled.
    """
    results = []
    for at, call in enumerate(calls):
        if cancellation.cancelled:
            raise InterruptedByUserError("Cancelled between two look-ups.")
        if at >= steps_left:
            results.append(ToolResult(call.id, text=_NO_STEPS_LEFT, is_error=True))
            continue
        step, result = _looked_up(call, tools, given)
        results.append(result)
        yield step
    return ResultsTurn(tuple(results))


def _looked_up(call: ToolCall, tools: LibraryTools, given: GivenEvidence) -> tuple[Step, ToolResult]:
    what = shortened(tools.wording(call.name, call.arguments or {}))
    try:
        if call.arguments is None:
            raise AidxError(_NO_OBJECT)
        looked_up = tools.run(call.name, call.arguments)
    except InterruptedByUserError:
        raise
    except AidxError as error:
        return Step(call.name, what, error.title, failed=True), ToolResult(call.id, text=error.title, is_error=True)
    evidence = given.give(looked_up.excerpts)
    known = len(looked_up.excerpts) - len(evidence)
    found = looked_up.found + (f", {known} of them seen before" if known and evidence else "")
    found = f"{looked_up.found}, all seen before" if known and not evidence else found
    said = "" if evidence and not known else f"Found: {found}."
    return Step(call.name, what, found), ToolResult(call.id, evidence, said)
