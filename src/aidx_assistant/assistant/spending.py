"""Keeps what is asked of Claude within the user's limits, and notes what it took."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from weakref import WeakKeyDictionary, WeakSet

from aidx_assistant import locations
from aidx_assistant.answers import Usage
from aidx_assistant.assistant.connecting import needs_no_key
from aidx_assistant.assistant.ledger import Ledger, this_month
from aidx_assistant.assistant.request_estimate import (
    Estimate,
    TokenCount,
    cost_at_most,
    tokens_of_request,
    what_follows,
)
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.accounting import Left
from aidx_assistant.claude.requests import MessageRequest
from aidx_assistant.claude.usage import cost, in_all, price_of, tokens_roughly
from aidx_assistant.errors import Remedy, SpendingLimitError, StorageError
from aidx_assistant.library.tokens import estimated_tokens
from aidx_assistant.settings import Settings

PER_QUESTION = "max_cost_per_question"
PER_MONTH = "max_cost_per_month"
_REMEDIES: tuple[Remedy, ...] = ("limit", "this once")


class Spending:
    """The account of all requests of one home; any thread may use it.

    What one Cancellation can end (a question, a brief, an import) is one question to the limit: all its requests
    count together.
    """

    def __init__(self, home: Path, settings: Callable[[], Settings]) -> None:
        self._home = home
        self._ledger = Ledger(home)
        self._settings = settings
        self._lock = threading.Lock()
        self._lifted: WeakSet[Cancellation] = WeakSet()
        self._used: WeakKeyDictionary[Cancellation, dict[str, Usage]] = WeakKeyDictionary()
        """By receipt."""
        self.problem: StorageError | None = None
        """Why the last reply could not be noted."""

    def lift(self, work: Cancellation) -> None:
        """The user agreed to go beyond the limits for this."""
        self._lifted.add(work)

    def left(self, work: Cancellation) -> Left | None:
        """The least that a limit leaves for this; None where no limit holds. Raises StorageError."""
        limits = self._in_force(work)
        left = [Left(limits[PER_QUESTION] - self._spent_on(work), PER_QUESTION)] if PER_QUESTION in limits else []
        if PER_MONTH in limits:
            left.append(Left(limits[PER_MONTH] - self._spent_this_month(), PER_MONTH))
        return min(left, key=lambda one: one.usd, default=None)

    def admit(self, request: MessageRequest, count: Callable[[], int | None], work: Cancellation) -> None:
        """Raises SpendingLimitError where the request and what may follow it could cost more than a limit leaves, or
        what it costs is not known; StorageError where what was spent cannot be read."""
        limits = self._in_force(work)
        if not limits:
            return
        settings = self._settings()
        if price_of(settings.prices, request.model) is None:
            raise _unknown_price(request.model, limits)
        tokens = TokenCount.of(count(), lambda: tokens_of_request(request, self._home))
        more = cost_at_most(request, tokens, settings) or 0.0
        told = f"{what_follows(request)} ({tokens.in_words})"
        self._keep_question(more, told, limits, self._spent_on(work))
        self._keep_month(more, told, limits)

    def admit_in_all(self, expected: Callable[[], Sequence[Estimate]], work: Cancellation) -> None:
        """The same for whole questions, before the first of their requests: each may cost what a question may, and all
        of them what the month leaves."""
        limits = self._in_force(work)
        if not limits:
            return
        questions = expected()
        if any(question.cost_usd_at_most is None for question in questions):
            raise _unknown_price(self._settings().model, limits)
        priced = [(question.cost_usd_at_most or 0.0, question.input_tokens) for question in questions]
        dearest, its_tokens = max(priced, default=(0.0, 0))
        self._keep_question(dearest, _in_all(its_tokens), limits, self._spent_on(work))
        all_tokens = sum(tokens for _, tokens in priced)
        self._keep_month(math.fsum(cost for cost, _ in priced), _in_all(all_tokens), limits)

    def _in_force(self, work: Cancellation) -> dict[str, float]:
        """US dollars by the name of the limit, of those that hold for this."""
        settings = self._settings()
        if work in self._lifted or needs_no_key(settings):
            return {}
        limits = {PER_QUESTION: settings.max_cost_per_question, PER_MONTH: settings.max_cost_per_month}
        return {name: limit for name, limit in limits.items() if limit}

    def _keep_question(self, more: float, told: str, limits: dict[str, float], spent: float) -> None:
        """Raises SpendingLimitError where so many US dollars are more than a question may still cost."""
        if PER_QUESTION in limits and spent + more > limits[PER_QUESTION]:
            this, after = ("Going on", f", after {dollars(spent)} already spent") if spent else ("This", "")
            raise _over(f"{this} would cost up to {dollars(more)}{told}{after}", PER_QUESTION, limits)

    def _keep_month(self, more: float, told: str, limits: dict[str, float]) -> None:
        """The same for what the month leaves."""
        if PER_MONTH in limits and (spent := self._spent_this_month()) + more > limits[PER_MONTH]:
            after = f", after {dollars(spent)} in {this_month()}"
            raise _over(f"This would cost up to {dollars(more)}{told}{after}", PER_MONTH, limits)

    def note(self, receipt: str, asked: str, answered: str, usage: Usage, work: Cancellation) -> None:
        """Keeps what a reply took, priced by the model that answered, which may be a dated version, or was asked."""
        prices = self._settings().prices
        priced = replace(usage, cost_usd=cost(usage, price_of(prices, answered, asked)))
        with self._lock:
            self._used.setdefault(work, {})[receipt] = priced
        try:
            self._ledger.note(receipt, answered or asked, priced)
        except StorageError as problem:
            self.problem = problem

    def tokens_in(self, text: str) -> int:
        """By tiktoken's count; where its table cannot be unpacked, roughly."""
        try:
            return estimated_tokens(text, self._home / locations.TOKEN_TABLES)
        except StorageError:
            return tokens_roughly(text)

    def used_on(self, work: Cancellation) -> Usage | None:
        """What all replies have taken so far that were asked for this; None where there was none."""
        with self._lock:
            used = self._used.get(work)
            return in_all(used.values()) if used else None

    def _spent_on(self, work: Cancellation) -> float:
        with self._lock:
            return math.fsum(usage.cost_usd or 0.0 for usage in self._used.get(work, {}).values())

    def _spent_this_month(self) -> float:
        return self._ledger.spent(this_month(), self._settings().prices)


def dollars(amount: float) -> str:
    """`$0.0621`, `$4.97`: small amounts to the hundredth of a cent."""
    return f"${amount:,.2f}" if amount >= 1 else f"${amount:.4f}"


def _in_all(tokens: int) -> str:
    return f" in all (about {tokens:,} tokens in by estimate)"


def _over(told: str, name: str, limits: dict[str, float]) -> SpendingLimitError:
    return SpendingLimitError(f"{told}; the setting {name} allows ${limits[name]:,.10g}.", remedies=_REMEDIES)


def _unknown_price(model: str, in_force: dict[str, float]) -> SpendingLimitError:
    names = " and ".join(f"{name} (${limit:,.10g})" for name, limit in in_force.items())
    return SpendingLimitError(
        f"The price of {model} is not known, so that the setting {names} cannot be kept.",
        remedies=("price", "no limit", "this once"),
    )
