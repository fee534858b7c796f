"""The models that can answer: by the API where it is reached, else by the price table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aidx_assistant.assistant.connecting import NO_KEY, connection_of, needs_no_key
from aidx_assistant.claude.models import ModelTold, end_of_life
from aidx_assistant.errors import ClaudeError
from aidx_assistant.keys import api_key
from aidx_assistant.settings import Price, Settings


@dataclass(frozen=True, slots=True)
class ModelOffered:
    """One model: what the API told of it, if anything, and what it costs, if that is known."""

    id: str
    told: ModelTold | None
    price: Price | None
    ends: str | None
    """A sentence on its end, where it has one."""


@dataclass(frozen=True, slots=True)
class ModelsOffered:
    """The list, and who says so."""

    origin: Literal["api", "prices"]
    why: str | None
    """Why the API was not asked or did not tell, as a sentence."""
    models: tuple[ModelOffered, ...]


def models_offered(settings: Settings) -> ModelsOffered:
    """Asks the API once; without a key, offline or where it cannot be reached, the models of the price table."""
    key = api_key() or (NO_KEY if needs_no_key(settings) else None)
    if settings.offline:
        return _by_price(settings, "The setting offline forbids to ask the API.")
    if key is None:
        return _by_price(settings, "There is no API key to ask the API with.")
    from aidx_assistant.claude.messages import Claude

    claude = Claude(connection_of(settings, key))
    try:
        told = claude.models()
    except ClaudeError as error:
        return _by_price(settings, error.title)
    finally:
        claude.close()
    offered = (ModelOffered(one.id, one, settings.prices.get(one.id), _end(one)) for one in told)
    return ModelsOffered("api", None, tuple(offered))


def _by_price(settings: Settings, why: str) -> ModelsOffered:
    names = dict.fromkeys([settings.model, *settings.prices])
    offered = (ModelOffered(name, None, settings.prices.get(name), end_in_words(name)) for name in names)
    return ModelsOffered("prices", why, tuple(offered))


def end_in_words(model: str) -> str | None:
    """What the SDK knows of a model's end, in a sentence; None where it knows of none."""
    end = end_of_life(model)
    return end.told if end else None


def _end(told: ModelTold) -> str | None:
    """The API knows better than the SDK, which was made before."""
    match told.lifecycle:
        case "retired":
            return f"{told.id} is retired{f' since {told.retires}' if told.retires else ''}."
        case "deprecated":
            return f"{told.id} is deprecated{f' and retires on {told.retires}' if told.retires else ''}."
        case "active":
            return None
        case _:
            return end_in_words(told.id)
