"""Keeps what is asked of Claude within the user's limits, and notes what it took."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from weakref import WeakKeyDictionary, WeakSet

from aidx_assistant import locations
from aidx_assistant.answers import Usage
from aidx_assistant.assistant.connecting import needs_no_key
from aidx_assistant.assistant.ledger import Ledger, this_month
from aidx_assistant.assistant.request_estimate import TokenCount, cost_at_most, tokens_of_request
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.claude.requests import MessageRequest
from aidx_assistant.claude.usage import cost, in_all, price_of
from aidx_assistant.errors import Remedy, SpendingLimitError, StorageError
from aidx_assistant.library.tokens import estimated_tokens
from aidx_assistant.settings import Settings

PER_QUESTION = "max_cost_per_question"
PER_MONTH = "max_cost_per_month"
_CHARACTERS_OF_TOKEN = 4
"""A rough mean."""
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

    def limit_of_question(self, work: Cancellation) -> float | None:
        """US dollars that a question may cost; None where there is no limit to it."""
        return None if work in self._lifted else self._settings().max_cost_per_question or None

    def admit(self, request: MessageRequest, count: Callable[[], int | None], work: Cancellation) -> None:
        """Raises SpendingLimitError where the request could cost more than a limit leaves, or what it costs is not
        known; StorageError where what was spent cannot be read."""
        settings = self._settings()
        limits = {PER_QUESTION: settings.max_cost_per_question, PER_MONTH: settings.max_cost_per_month}
        in_force = {name: limit for name, limit in limits.items() if limit}
        if not in_force or work in self._lifted or needs_no_key(settings):
            return
        if request.model not in settings.prices:
            raise _unknown_price(request.model, in_force)
        tokens = TokenCount.of(count(), lambda: tokens_of_request(request, self._home))
        more = cost_at_most(request, tokens, settings) or 0.0
        if PER_QUESTION in in_force:
            _keep_question(more, self._spent_on(work), in_force[PER_QUESTION], tokens)
        if PER_MONTH in in_force:
            _keep_month(more, self._ledger.spent(this_month(), settings.prices), in_force[PER_MONTH], tokens)

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
            return math.ceil(len(text) / _CHARACTERS_OF_TOKEN)

    def used_on(self, work: Cancellation) -> Usage | None:
        """What all replies have taken so far that were asked for this; None where there was none."""
        with self._lock:
            used = self._used.get(work)
            return in_all(used.values()) if used else None

    def _spent_on(self, work: Cancellation) -> float:
        with self._lock:
            return math.fsum(usage.cost_usd or 0.0 for usage in self._used.get(work, {}).values())


def dollars(amount: float) -> str:
    """`$0.0621`, `$4.97`: small amounts to the hundredth of a cent."""
    return f"${amount:,.2f}" if amount >= 1 else f"${amount:.4f}"


def _limit(name: str, limit: float) -> str:
    return f"the setting {name} allows ${limit:,.10g}"


def _keep_question(more: float, spent: float, limit: float, tokens: TokenCount) -> None:
    if spent + more <= limit:
        return
    going_on = f"Going on would cost up to {dollars(more)} ({tokens.in_words}), after {dollars(spent)} already spent"
    first = f"This would cost up to {dollars(more)} ({tokens.in_words})"
    raise SpendingLimitError(f"{going_on if spent else first}; {_limit(PER_QUESTION, limit)}.", remedies=_REMEDIES)


def _keep_month(more: float, spent: float, limit: float, tokens: TokenCount) -> None:
    if spent + more > limit:
        raise SpendingLimitError(
            f"This would cost up to {dollars(more)} ({tokens.in_words}), after {dollars(spent)} in {this_month()};"
            f" {_limit(PER_MONTH, limit)}.",
            remedies=_REMEDIES,
        )


def _unknown_price(model: str, in_force: dict[str, float]) -> SpendingLimitError:
    names = " and ".join(f"{name} (${limit:,.10g})" for name, limit in in_force.items())
    return SpendingLimitError(
        f"The price of {model} is not known, so that the setting {names} cannot be kept.",
        remedies=("price", "no limit", "this once"),
    )
