"""Saving a setting changes that setting and nothing else of config.toml."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from aidx_assistant.errors import SettingsError, StorageError
from aidx_assistant.settings import load_settings
from aidx_assistant.settings_file import save_settings

COMMENTED = """\
# Mine.

model = "claude-haiku-5-5"   # quick
token_budget = 12000

# What the invoice says.
[prices.my-model]
input = 1
output = 2.5   # seen in May
"""


@pytest.fixture
def file() -> Path:
    path = Path(os.environ["AIDX_HOME"]) / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def test_the_first_setting_makes_the_file(tmp_path: Path) -> None:
    home = tmp_path / "not" / "yet"
    save_settings({"citation_style": "bibtex", "offline": True}, home)
    settings = load_settings(home=home)
    assert (settings.citation_style, settings.offline) == ("bibtex", True)


def test_comments_and_other_settings_stay(file: Path) -> None:
    file.write_text(COMMENTED)
    save_settings({"model": "claude-sonnet-5-5", "theme": "nord"})
    changed = file.read_text()
    assert changed == COMMENTED.replace("claude-haiku-5-5", "claude-sonnet-5-5").replace(
        "token_budget = 12000\n", 'token_budget = 12000\ntheme = "nord"\n'
    )
    settings = load_settings()
    assert (settings.theme, settings.token_budget, settings.prices["my-model"].output) == ("nord", 12000, 2.5)


@pytest.mark.parametrize(
    ("content", "changed"),
    [
        ("", 'theme = "nord"\n'),
        ("# Mine.\n", '# Mine.\ntheme = "nord"\n'),
        ("# Mine.", '# Mine.\ntheme = "nord"\n'),
        ("\n\noffline = true", '\n\noffline = true\ntheme = "nord"\n'),
        ("offline = true\r\n\r\n", 'offline = true\r\ntheme = "nord"\r\n\r\n'),
        ("offline = true\r\n# end", 'offline = true\r\n# end\r\ntheme = "nord"\r\n'),
        ("# Bills.\n[prices]\n", 'theme = "nord"\n# Bills.\n[prices]\n'),
        ("# Mine.\n\n# Bills.\n[prices]\n", '# Mine.\ntheme = "nord"\n\n# Bills.\n[prices]\n'),
        ('model = """\n[prices]"""\n\n [prices]', 'model = """\n[prices]"""\ntheme = "nord"\n\n [prices]'),
    ],
)
def test_a_new_setting_stands_below_the_others(file: Path, content: str, changed: str) -> None:
    file.write_bytes(content.encode())
    save_settings({"theme": "nord"})
    assert file.read_bytes().decode() == changed


def test_none_brings_the_default_back(file: Path) -> None:
    file.write_text(COMMENTED)
    save_settings({"model": None, "theme": None})
    assert load_settings().model == "claude-opus-5-5"
    assert file.read_text() == COMMENTED.replace('model = "claude-haiku-5-5"   # quick\n', "")


def test_what_a_form_gives_is_saved_in_its_type(file: Path) -> None:
    save_settings({"token_budget": "9000", "offline": "yes", "stream_timeout": "30"})
    assert file.read_text() == "token_budget = 9000\noffline = true\nstream_timeout = 30.0\n"


def test_prices_are_saved_beside_those_that_ship(file: Path) -> None:
    save_settings({"prices": {"my-model": {"input": 1, "output": 2}}})
    assert "claude-opus-5-5" not in file.read_text()
    assert {"my-model", "claude-opus-5-5"} <= load_settings().prices.keys()


def test_line_ends_and_a_byte_order_mark_do_no_harm(file: Path) -> None:
    file.write_bytes(b'\xef\xbb\xbf# Mine.\r\nmodel = "m"\r\n')
    save_settings({"model": "n"})
    assert file.read_bytes() == b'# Mine.\r\nmodel = "n"\r\n'


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"token_budget": "lots"}, "whole number"),
        ({"token_budget": 3}, "between 200 and 500000"),
        ({"citation_style": "apa-ish"}, "must be one of plain"),
        ({"colour": "red"}, "Unknown setting “colour”"),
        ({"prices": {"\ud800": {"input": 1, "output": 2}}}, "cannot be written"),
        ({"model": " "}, "must be the name of a model"),
    ],
)
def test_what_loading_would_refuse_is_not_saved(file: Path, changes: dict[str, Any], message: str) -> None:
    file.write_text(COMMENTED)
    with pytest.raises(SettingsError, match=message) as refusal:
        save_settings({"offline": True, **changes})
    assert refusal.value.hint
    assert file.read_text() == COMMENTED


@pytest.mark.parametrize("content", ["model = ", "tokn_budget = 1", "[[prices]]\ninput = 1", "model = [\n[1]\n]"])
def test_a_file_that_is_broken_already_is_told_and_left_alone(file: Path, content: str) -> None:
    file.write_text(content)
    with pytest.raises(SettingsError, match="config.toml"):
        save_settings({"theme": "nord"})
    assert file.read_text() == content


def test_a_wrong_setting_can_be_put_right(file: Path) -> None:
    file.write_text('citation_style = "apa-ish"\n')
    save_settings({"citation_style": "markdown"})
    assert load_settings().citation_style == "markdown"


def test_a_home_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="cannot be written") as refusal:
        save_settings({"theme": "nord"}, tmp_path / "file" / "home")
    assert "AIDX_HOME" in refusal.value.hint


def test_a_full_disk_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    file.write_text(COMMENTED)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        save_settings({"theme": "nord"})
    assert file.read_text() == COMMENTED
    assert os.listdir(file.parent) == ["config.toml"]
