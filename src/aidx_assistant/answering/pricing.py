"""What a draft has cost."""

from __future__ import annotations

from dataclasses import replace

from aidx_assistant.answering.draft import Draft
from aidx_assistant.claude.usage import cost, price_of
from aidx_assistant.settings import Settings


def priced(draft: Draft, settings: Settings) -> Draft:
    """With the model's name and, where its price is known, the cost; the API may name a dated version."""
    price = price_of(settings.prices, draft.model or "", settings.model)
    usage = draft.usage and replace(draft.usage, cost_usd=cost(draft.usage, price))
    return replace(draft, usage=usage, model=draft.model or settings.model)
