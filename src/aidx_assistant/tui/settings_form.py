"""Which settings the app offers, in groups, and what each is changed with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from textual.widgets import Input, Switch

from aidx_assistant.setting_values import CHOICES
from aidx_assistant.settings import Settings
from aidx_assistant.settings_manual import meanings
from aidx_assistant.tui.widgets.setting import Choice, Control, Setting
from aidx_assistant.tui.widgets.theme_select import ThemeSelect

OTHER_MODEL = "other"
"""The id of the field for a model that is not listed; it is empty but while it is typed in."""


@dataclass(frozen=True, slots=True)
class Group:
    """Settings that belong together."""

    title: str
    settings: Mapping[str, str]
    """What each is called, by its name."""
    empty: Mapping[str, str] = field(default_factory=dict)
    """What stands for "", where a setting may be empty."""


CLAUDE = Group(
    "Claude",
    {
        "model": "Model",
        "small_model": "Small model",
        "effort": "Effort",
        "thinking": "Thinking",
        "repair": "Correction",
        "offline": "Offline",
    },
    {"small_model": "the cheapest", "effort": "the model's own", "thinking": "the model's own"},
)
GROUPS = (
    CLAUDE,
    Group(
        "What a question may take",
        {
            "max_cost_per_question": "Cost per question",
            "max_cost_per_month": "Cost per month",
            "token_budget": "Token budget",
            "whole_report_tokens": "Whole reports",
            "max_answer_tokens": "Longest answer",
        },
    ),
    Group(
        "What a deep question may take",
        {"deep_steps": "Deep: look-ups", "deep_tokens": "Deep: tokens", "deep_cost": "Deep: cost"},
    ),
    Group("References and looks", {"citation_style": "Citation style", "theme": "Theme"}),
)
PLACES = {name: title for group in GROUPS for name, title in group.settings.items()}


def form_of(group: Group, settings: Settings) -> list[Setting]:
    """The settings of a group, each with what it means."""
    form = []
    for name, title in group.settings.items():
        control = _control(name, settings, group.empty.get(name, ""))
        form.append(Setting(name, title, meanings().get(name, ""), control))
        if name == "model":
            form.append(
                Setting(name, "Another model", "The name of a model that is not listed.", _field(), id=OTHER_MODEL)
            )
    return form


def in_form(value: Any) -> str | bool:
    """A value as its control holds it."""
    if isinstance(value, bool):
        return value
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _control(name: str, settings: Settings, empty: str) -> Control:
    if name == "model":
        return Choice([*settings.prices])
    if name == "theme":
        return ThemeSelect()
    if name in CHOICES:
        return Choice(CHOICES[name], empty=empty)
    return Switch() if isinstance(getattr(settings, name), bool) else _field(empty)


def _field(empty: str = "") -> Input:
    return Input(placeholder=empty, compact=True, select_on_focus=False)
