"""Settings come from defaults, file, variables and flags, in that order, and a wrong one is named."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from aidx_assistant.errors import EXIT_USAGE, SettingsError
from aidx_assistant.setting_values import THEMES
from aidx_assistant.settings import Settings, load_settings
from aidx_assistant.settings_manual import meanings


@pytest.fixture
def file() -> Path:
    path = Path(os.environ["AIDX_HOME"]) / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def test_defaults_hold_without_a_file() -> None:
    settings = load_settings()
    assert settings.token_budget == 8000
    assert settings.model.startswith("claude-")
    assert settings.prices[settings.model].output > settings.prices[settings.model].input


def test_each_layer_overrides_the_one_before(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('model = "from-file"\ntoken_budget = 1000\nmax_retries = 1\n')
    monkeypatch.setenv("AIDX_TOKEN_BUDGET", "2000")
    monkeypatch.setenv("AIDX_MODEL", "from-variable")
    settings = load_settings({"model": "from-flag", "offline": None})
    assert (settings.model, settings.token_budget, settings.max_retries) == ("from-flag", 2000, 1)
    assert settings.offline is False


@pytest.mark.parametrize(("text", "value"), [("1", True), ("true", True), ("no", False), ("OFF", False)])
def test_a_variable_can_be_a_truth_value(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    monkeypatch.setenv("AIDX_OFFLINE", text)
    assert load_settings().offline is value


def test_a_wrong_value_in_the_file_is_told_although_a_flag_overrides_it(file: Path) -> None:
    file.write_text("token_budget = 10")
    with pytest.raises(SettingsError, match=r"config\.toml"):
        load_settings({"token_budget": 1000})


def test_an_unknown_key_names_the_nearest(file: Path) -> None:
    file.write_text("token_budgett = 1")
    with pytest.raises(SettingsError, match="token_budgett") as refusal:
        load_settings()
    assert str(file) in refusal.value.title
    assert "“token_budget”" in refusal.value.hint
    assert refusal.value.exit_code == EXIT_USAGE


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('token_budget = "many"', "a whole number"),
        ("token_budget = 10", "between 200 and 500000"),
        ("token_budget = 1000.5", "a whole number"),
        ("token_budget = true", "a whole number"),
        ("stream_timeout = nan", "between"),
        ("offline = 3", "true or false"),
        ("model = 7", "must be text"),
        ("model = ", "not valid TOML"),
        ('citation_style = "apa-ish"', "“apa-ish”; it must be one of plain, apa"),
        ("theme = 3", "must be text"),
        ('theme = "no-such-theme"', "“no-such-theme”; it must be empty or one of ansi-dark"),
        ('model = "  "', "must be the name of a model"),
        ('small_model = "  "', "“  ”; it must be empty or the name of a model, without spaces"),
        ('small_model = "haiku\\u001b[31m"', "must be empty or the name of a model"),
        ('prices_as_of = "soon"', "“soon”; it must be a day, as 2026-11-22"),
        ('prices_as_of = "2026-02-30"', "it must be a day"),
        ('base_url = "api.example.org"', "it must be empty or an address that begins with https://"),
        ('base_url = "ftp://me:secret@example.org"', "“ftp://example.org”; it must be empty or an address"),
        ("prices = 3", "table of models"),
        ("[prices.some-model]\ninput = 1", "input and output"),
    ],
)
def test_a_wrong_value_is_one_clear_sentence(file: Path, content: str, message: str) -> None:
    file.write_text(content)
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    assert message in refusal.value.title
    assert str(file) in refusal.value.title
    assert "secret" not in refusal.value.title and refusal.value.title.isprintable()
    assert refusal.value.hint


def test_the_day_of_the_prices_may_be_one_of_toml_s_own(file: Path) -> None:
    file.write_text("prices_as_of = 2026-11-25")
    assert load_settings().prices_as_of == "2026-11-25"


def test_the_themes_are_those_of_the_app() -> None:
    assert set(THEMES) == set(BUILTIN_THEMES)


def test_every_setting_has_its_meaning() -> None:
    assert list(meanings()) == [field.name for field in fields(Settings)]
    assert meanings()["max_cost_per_month"].startswith("The same for all that is asked in a calendar month")
    assert all("\n" not in meaning and "`" not in meaning for meaning in meanings().values())


def test_a_file_that_is_not_text_is_told(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings()


def test_a_price_can_be_added(file: Path) -> None:
    file.write_text("[prices.my-model]\ninput = 1\noutput = 2.5\n")
    prices = load_settings().prices
    assert prices["my-model"].output == 2.5
    assert "claude-opus-5-5" in prices


def test_a_citation_style_that_is_none_names_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIDX_CITATION_STYLE", "Bibtex")
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    assert "AIDX_CITATION_STYLE" in refusal.value.title
    assert "bibtex" in refusal.value.title and "wikipedia" in refusal.value.title
