"""Settings: `defaults.toml`, then `config.toml` in the home, then `AIDX_*` variables, then flags."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from aidx_assistant import locations
from aidx_assistant.errors import SettingsError
from aidx_assistant.setting_values import allowed, checked_prices, in_kind

_DEFAULTS = Path(__file__).parent / "defaults.toml"
_PREFIX = "AIDX_"
_NOT_SETTINGS = {"AIDX_HOME"}


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    input: float
    output: float


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set; the text under each field is its manual page."""

    model: str
    """The Claude model that answers, e.g. "claude-opus-5-5"."""

    small_model: str
    """The model that makes a follow-up question understandable by itself and sums up long conversations; empty means
    the cheapest one in the price table, or `model` where that is not Claude."""

    repair: bool
    """Where a check finds a figure that the cited sentences do not carry, ask Claude once to correct or withdraw it."""

    offline: bool
    """Never call Claude, even where a key is present: answer by quoting the sources."""

    token_budget: int
    """How many tokens of passages one question may use (an estimate by tiktoken), from 200 to 500,000."""

    whole_report_tokens: int
    """Where the chosen sources have no more tokens of passages than `token_budget`, all of them go to Claude in reading
    order, so that further questions read them from the API's cache. A number above `token_budget` lets larger ones go
    in whole, at its cost for the first question; from 0 to 500,000."""

    deep_steps: int
    """How often Claude may look something up for one deep question, from 1 to 100."""

    deep_tokens: int
    """How many tokens one deep question may use, read and written, over all its turns, from 10,000 to 5,000,000."""

    deep_cost: float
    """How many US dollars one deep question may cost, from 0.01 to 1,000; counts where the model's price is known."""

    max_cost_per_question: float
    """How many US dollars a question, a brief or an import may cost at most, all its requests together: what could cost
    more is not sent. From 0, no limit, to 1,000."""

    max_cost_per_month: float
    """The same for all that is asked in a calendar month (UTC), from 0, no limit, to 100,000."""

    max_answer_tokens: int
    """The longest answer asked of Claude, in tokens, from 16 to 64,000."""

    effort: str
    """How much effort Claude puts into an answer: "low", "medium", "high", "xhigh" or "max", as far as the model takes
    it (`aidx models`); empty means the model's own default."""

    thinking: str
    """Whether Claude thinks before it answers: "adaptive" or "disabled", as far as the model takes it; empty means the
    model's own default. What it thinks counts as written, and towards max_answer_tokens."""

    base_url: str
    """Address of the Messages API; empty means `ANTHROPIC_BASE_URL`, else Anthropic's own."""

    citations: str
    """How citations come: "api", from the Messages API itself; "markers", as numbers that the model writes, for a
    server that knows of no citations; "auto": markers where the model's name is not one of Claude's."""

    chroma_url: str
    """Address of a Chroma server on which a team keeps one index together, as https://chroma.example.org or
    https://api.trychroma.com; empty means an index on this machine. Its token comes from `CHROMA_API_KEY` or the system
    keyring."""

    chroma_tenant: str
    """The tenant on that server; empty means that of the token."""

    chroma_database: str
    """The database on that server; empty means that of the token, where it has one alone."""

    connect_timeout: float
    """Seconds to wait for a connection."""

    stream_timeout: float
    """Seconds without a byte after which a running answer counts as stalled."""

    max_retries: int
    """How often a request that found the API busy is sent again."""

    citation_style: str
    """The style of a copied reference, and of `aidx cite`: "plain", "apa", "ama", "vancouver", "chicago", "harvard",
    "markdown", "wikipedia", "bibtex", "ris" or "csl-json"."""

    theme: str
    """The colours of the terminal app, by the name of a theme it has; empty means its own choice."""

    prices_as_of: str
    """The day the price table was last looked at."""

    prices: Mapping[str, Price]
    """US dollars per million tokens, by model."""

    @property
    def model_is_claude(self) -> bool:
        """By its name, which a gateway may have put something before."""
        return "claude" in self.model.lower()

    @property
    def model_for_small_tasks(self) -> str:
        """What `small_model` comes to."""
        if self.small_model or not self.model_is_claude or not self.prices:
            return self.small_model or self.model
        return min(self.prices, key=lambda model: self.prices[model].input + self.prices[model].output)

    @property
    def cites_by_markers(self) -> bool:
        """Whether the model is to write the numbers of the sentences it cites."""
        return self.citations == "markers" or (self.citations == "auto" and not self.model_is_claude)


def load_settings(flags: Mapping[str, Any] | None = None, home: Path | None = None) -> Settings:
    """The settings in force.

    `flags` hold what the command line gave (None: not given); `home` holds config.toml, by default the user's.
    Raises SettingsError for an unreadable file, an unknown key (naming the nearest known one) or a value of the
    wrong type or range.
    """
    file = (home or locations.home()) / locations.SETTINGS
    from_file = {key: (value, str(file)) for key, value in settings_in(settings_text(file), file).items()}
    from_flags = {
        key: (value, f"--{key.replace('_', '-')}") for key, value in (flags or {}).items() if value is not None
    }
    values = dict(_defaults())
    for key, (value, origin) in [*{**from_file, **_from_environment()}.items(), *from_flags.items()]:
        setting = checked(key, value, origin)
        values[key] = {**values[key], **setting} if key == "prices" else setting
    values["prices"] = {model: Price(**price) for model, price in values["prices"].items()}
    return Settings(**values)


def settings_text(file: Path) -> str:
    """What a settings file holds, line ends as they are; empty where there is none. Raises SettingsError."""
    try:
        if file.exists() and not file.is_file():
            raise SettingsError(f"The settings file {file} is not a file.", "Remove it.")
        return file.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {file} cannot be read: {error}.", "Mend or remove it.") from error


def settings_in(text: str, file: Path) -> dict[str, Any]:
    """The settings that a file's text gives, not checked. Raises SettingsError where it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"The settings file {file} is not valid TOML: {error}.", "Mend or remove it.") from error


def checked(key: str, value: Any, origin: str) -> Any:
    """A setting's value in its type, variables and fields of a form being text.

    Raises SettingsError, naming the origin, for an unknown key or a value of the wrong type or range.
    """
    names = [field.name for field in fields(Settings)]
    if key not in names:
        nearest = difflib.get_close_matches(key, names, n=1, cutoff=0.5)
        hint = f"Did you mean “{nearest[0]}”?" if nearest else f"Known settings: {', '.join(names)}."
        raise SettingsError(f"Unknown setting “{key}” in {origin}.", hint)
    if key == "prices":
        return checked_prices(value, origin)
    return allowed(key, in_kind(key, value, type(_defaults()[key]), origin), origin)


@cache
def _defaults() -> Mapping[str, Any]:
    return tomllib.loads(_DEFAULTS.read_text(encoding="utf-8"))


def _from_environment() -> dict[str, tuple[Any, str]]:
    return {
        name.removeprefix(_PREFIX).lower(): (value, name)
        for name, value in os.environ.items()
        if name.startswith(_PREFIX) and name not in _NOT_SETTINGS and value
    }
