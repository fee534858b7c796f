"""The screen of settings: what is changed there is kept and used at once."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import keyring
import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select, Static, Switch

from aidx_assistant.answers import Usage
from aidx_assistant.keys import key_origin, store_api_key
from aidx_assistant.settings_manual import meanings
from aidx_assistant.tui.costs import cost_so_far
from aidx_assistant.tui.screens.settings import SettingsScreen
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets.setting import Setting
from tests.fakes.answers import an_answer
from tests.fakes.keyrings import MemoryKeyring
from tests.tui.driving import SIZES, Story, drive, shown, type_text, until


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """A system with a keyring."""
    memory = MemoryKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: memory)
    monkeypatch.setattr(keyring, "get_password", memory.get_password)
    return memory


def on_settings(home: Path, story: Story, size: tuple[int, int] = (120, 36)) -> None:
    async def told(pilot: Pilot[None]) -> None:
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen))
        await until(pilot, lambda: "Looking for a key" not in note(pilot, "api-key"))
        await until(pilot, lambda: costs(pilot)[0] != "…")
        await story(pilot)

    drive(home, told, size)


def session(pilot: Pilot[None]) -> Session:
    opened: Session = pilot.app.session  # type: ignore[attr-defined]
    return opened


def setting(pilot: Pilot[None], name: str) -> Setting:
    return pilot.app.screen.query_one(f"#{name}", Setting)


def note(pilot: Pilot[None], name: str) -> str:
    return str(pilot.app.screen.query_one(f"#{name} .note", Static).content)


def costs(pilot: Pilot[None]) -> tuple[str, str]:
    of_next, so_far = (pilot.app.screen.query_one(f"#cost-{name}", Static) for name in ("of-next", "so-far"))
    return str(of_next.content), str(so_far.content)


def kept(home: Path) -> dict[str, Any]:
    file = home / "config.toml"
    return tomllib.loads(file.read_text()) if file.exists() else {}


async def choose(pilot: Pilot[None], name: str, *keys: str) -> None:
    """In a list of values, by keys."""
    setting(pilot, name).control.focus()
    await pilot.press("enter", *keys, "enter")


async def give(pilot: Pilot[None], name: str, value: str, *keys: str) -> None:
    """Types over a field."""
    control = setting(pilot, name).control
    assert isinstance(control, Input)
    control.focus()
    control.value = ""
    await type_text(pilot, value)
    await pilot.press(*keys)


@pytest.mark.slow
def test_pages_are_turned_also_where_no_setting_has_the_focus(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        page = pilot.app.screen.query_one("#page")
        for focused in (None, setting(pilot, "model").control):
            pilot.app.screen.set_focus(focused, scroll_visible=False)
            await pilot.press("pagedown")
            await until(pilot, lambda: page.scroll_y > 0)
            await pilot.press("pageup")
            await until(pilot, lambda: page.scroll_y == 0)

    on_settings(own_home, story, (80, 24))


def test_a_model_is_chosen_for_the_next_question(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await choose(pilot, "model", "down")
        await until(pilot, lambda: "Saved." in note(pilot, "model"))
        assert kept(own_home) == {"model": "claude-sonnet-5-5"}
        assert (
            session(pilot).settings.model == session(pilot).assistant.readable().settings.model == "claude-sonnet-5-5"
        )

    on_settings(own_home, story)


@pytest.mark.slow
def test_a_model_that_is_not_listed_is_typed(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await give(pilot, "other", "claude-[x]-9", "enter")
        await until(pilot, lambda: kept(own_home) == {"model": "claude-[x]-9"})
        await until(pilot, lambda: setting(pilot, "model").control.value == "claude-[x]-9")
        assert setting(pilot, "other").control.value == ""
        assert "claude-[x]-9" in shown(pilot)

    on_settings(own_home, story)


@pytest.mark.slow
def test_numbers_are_taken_with_enter_or_on_leaving_the_field(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await give(pilot, "token_budget", "3000", "enter")
        await until(pilot, lambda: kept(own_home) == {"token_budget": 3000})
        await give(pilot, "max_answer_tokens", "500", "tab")
        await until(pilot, lambda: kept(own_home) == {"token_budget": 3000, "max_answer_tokens": 500})
        await give(pilot, "max_answer_tokens", "600", "f2")
        await until(pilot, lambda: kept(own_home)["max_answer_tokens"] == 600)
        assert session(pilot).settings.max_answer_tokens == 600

    on_settings(own_home, story)


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "said"), [("many", "must be a whole number"), ("7", "must lie between 200 and")])
def test_what_cannot_be_taken_is_said_beside_the_field(own_home: Path, typed: str, said: str) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await give(pilot, "token_budget", typed, "enter")
        await until(pilot, lambda: said in note(pilot, "token_budget"))
        assert kept(own_home) == {}
        assert session(pilot).settings.token_budget == 8000
        assert setting(pilot, "token_budget").control.value == "8000"
        await pilot.press("escape")
        assert said not in note(pilot, "token_budget")

    on_settings(own_home, story)


@pytest.mark.slow
def test_what_a_question_may_take_is_typed(own_home: Path) -> None:
    given = {
        "max_cost_per_question": 0.5, "max_cost_per_month": 20.0, "whole_report_tokens": 60_000, "deep_steps": 20,
        "deep_tokens": 300_000, "deep_cost": 1.0, "small_model": "claude-haiku-5-5",
    }  # fmt: skip

    async def story(pilot: Pilot[None]) -> None:
        for name, value in given.items():
            await give(pilot, name, "a b", "enter")
            await until(pilot, lambda name=name: f"“{name}”" in note(pilot, name) and "“a b”" in note(pilot, name))  # type: ignore[misc]
            await give(pilot, name, str(value), "enter")
            await until(pilot, lambda name=name: note(pilot, name) == f"Saved. {meanings()[name]}")  # type: ignore[misc]
        assert kept(own_home) == given

    on_settings(own_home, story)


@pytest.mark.slow
def test_effort_and_correction_are_chosen(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert "the model's own" in shown(pilot)
        await choose(pilot, "effort", "down", "down")
        await until(pilot, lambda: kept(own_home) == {"effort": "medium"})
        setting(pilot, "repair").control.focus()
        await pilot.press("space")
        await until(pilot, lambda: kept(own_home) == {"effort": "medium", "repair": False})
        await choose(pilot, "effort", "home")
        await until(pilot, lambda: kept(own_home) == {"effort": "", "repair": False})

    on_settings(own_home, story)


def test_claude_is_kept_offline_by_keys_and_by_mouse(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        setting(pilot, "offline").control.focus()
        await pilot.press("space")
        await until(pilot, lambda: kept(own_home) == {"offline": True})
        await until(pilot, lambda: "on" == str(setting(pilot, "offline").query_one(".word", Static).content))
        await pilot.click("#offline Switch")
        await until(pilot, lambda: kept(own_home) == {"offline": False})

    on_settings(own_home, story)


def test_a_citation_style_is_chosen_by_mouse(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        setting(pilot, "citation_style").scroll_visible(animate=False)
        await pilot.pause()
        await pilot.click("#citation_style Select")
        await pilot.click("#citation_style SelectOverlay", offset=(2, 3))
        await until(pilot, lambda: "citation_style" in kept(own_home))
        assert kept(own_home)["citation_style"] == session(pilot).settings.citation_style != "plain"

    on_settings(own_home, story)


@pytest.mark.slow
def test_themes_are_seen_while_they_are_looked_through(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        control = setting(pilot, "theme").control
        assert isinstance(control, Select)
        assert control.value == "textual-dark"
        control.focus()
        await pilot.press("enter", "down")
        await until(pilot, lambda: pilot.app.theme == "textual-light")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.theme == "textual-dark")
        assert kept(own_home) == {}
        await pilot.press("enter", "down", "enter")
        await until(pilot, lambda: kept(own_home) == {"theme": "textual-light"})
        assert pilot.app.theme == "textual-light"

    on_settings(own_home, story)


def test_a_theme_that_was_chosen_is_there_the_next_time(own_home: Path) -> None:
    (own_home / "config.toml").write_text('theme = "nord"\n')

    async def story(pilot: Pilot[None]) -> None:
        assert pilot.app.theme == setting(pilot, "theme").control.value == "nord"

    on_settings(own_home, story)


def test_what_a_variable_gives_is_fixed(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIDX_MODEL", "claude-haiku-5-5")
    monkeypatch.setenv("AIDX_OFFLINE", "yes")

    async def story(pilot: Pilot[None]) -> None:
        assert setting(pilot, "model").control.value == "claude-haiku-5-5"
        assert note(pilot, "model") == note(pilot, "other") == "Fixed by AIDX_MODEL."
        assert note(pilot, "offline") == "Fixed by AIDX_OFFLINE."
        for name in ("model", "other", "offline"):
            assert setting(pilot, name).control.disabled
        await pilot.click("#offline Switch")
        assert setting(pilot, "offline").query_one(Switch).value
        assert kept(own_home) == {}

    on_settings(own_home, story)


def test_a_flag_is_named_before_a_variable(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIDX_MODEL", "claude-haiku-5-5")
    opened = Session(home=own_home, flags={"model": "claude-opus-5-5", "token_budget": None})
    assert opened.fixed_by("model") == "--model"
    assert opened.fixed_by("token_budget") is None
    opened.save_setting("token_budget", "900")
    assert (opened.settings.model, opened.settings.token_budget) == ("claude-opus-5-5", 900)


@pytest.mark.slow
def test_settings_that_cannot_be_written_stay_as_they_were(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("aidx_assistant.atomic.write_text", full)

    async def story(pilot: Pilot[None]) -> None:
        await choose(pilot, "model", "down")
        await until(pilot, lambda: "No space left on device" in note(pilot, "model"))
        assert session(pilot).settings.model == setting(pilot, "model").control.value == "claude-opus-5-5"
        await choose(pilot, "theme", "down")
        await until(pilot, lambda: "No space left on device" in note(pilot, "theme"))
        assert pilot.app.theme == setting(pilot, "theme").control.value == "textual-dark"
        await choose(pilot, "model", "down")
        await until(pilot, lambda: "No space left on device" in note(pilot, "model"))

    on_settings(own_home, story)


@pytest.mark.slow
@pytest.mark.parametrize("last", [8000, 900])
def test_the_last_value_holds_however_long_the_others_take(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    saved, delays, saving = [], iter([0.4]), Session.save_setting

    def slowly(opened: Session, name: str, value: object) -> None:
        time.sleep(next(delays, 0))
        saving(opened, name, value)
        saved.append(value)

    monkeypatch.setattr(Session, "save_setting", slowly)

    async def story(pilot: Pilot[None]) -> None:
        control = setting(pilot, "token_budget").control
        assert isinstance(control, Input)
        control.focus()
        for value in ("700", str(last)):
            control.value = value
            setting(pilot, "token_budget").give()
        await until(pilot, lambda: len(saved) == 2)
        await until(pilot, lambda: "Saved." in note(pilot, "token_budget"))
        assert saved == ["700", str(last)]
        assert session(pilot).settings.token_budget == last and control.value == str(last)

    on_settings(own_home, story)


# The key


def test_a_key_is_entered_unseen_kept_and_forgotten(own_home: Path, ring: MemoryKeyring) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert "None: answers are quoted" in note(pilot, "api-key")
        assert costs(pilot)[0] == "Nothing: no model is asked."
        pilot.app.screen.query_one("#api-key Input").focus()
        await type_text(pilot, "sk-ant-secret")
        assert "secret" not in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "kept in the system's keyring" in note(pilot, "api-key"))
        assert list(ring.kept.values()) == ["sk-ant-secret"]
        assert pilot.app.screen.query_one("#api-key Input", Input).value == ""
        await until(pilot, lambda: costs(pilot)[0].startswith("At most $"))
        assert "claude-opus-5-5" in str(pilot.app.screen.query_one("#state", Static).content)
        await pilot.click("#forget")
        await until(pilot, lambda: "None: answers are quoted" in note(pilot, "api-key"))
        assert key_origin() is None
        await until(pilot, lambda: costs(pilot)[0] == "Nothing: no model is asked.")
        assert not pilot.app.screen.query_one("#forget").display

    on_settings(own_home, story)


@pytest.mark.slow
def test_what_is_no_key_is_not_kept(own_home: Path, ring: MemoryKeyring) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.click("#keep")
        await until(pilot, lambda: "The API key is empty." in note(pilot, "api-key"))
        assert not ring.kept

    on_settings(own_home, story)


@pytest.mark.slow
def test_a_key_from_the_environment_is_fixed(
    own_home: Path, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_api_key("sk-ant-kept")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-given")

    async def story(pilot: Pilot[None]) -> None:
        assert note(pilot, "api-key") == "Present: fixed by ANTHROPIC_API_KEY."
        assert not pilot.app.screen.query_one("#entry").display
        assert "sk-ant" not in shown(pilot)

    on_settings(own_home, story)


def test_without_a_keyring_it_says_what_to_do(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert "no keyring" in note(pilot, "api-key") and "set ANTHROPIC_API_KEY" in note(pilot, "api-key")
        assert not pilot.app.screen.query_one("#entry").display
        await until(pilot, lambda: setting(pilot, "model").control.has_focus)

    on_settings(own_home, story)


# What it costs


@pytest.mark.slow
def test_the_answers_of_a_conversation_are_added_up(own_home: Path) -> None:
    usage = Usage(1000, 50, cache_read_input_tokens=200, cost_usd=0.25)

    async def story(pilot: Pilot[None]) -> None:
        assert costs(pilot)[1] == "Nothing so far."
        store = session(pilot).conversations
        turn = store.begin(None, "Why?")
        store.finish(turn.id, an_answer(usage=usage))
        session(pilot).conversation_id = turn.conversation_id
        await pilot.press("f2", "f7")
        await until(pilot, lambda: costs(pilot)[1] == "$0.2500: 1,200 tokens in, 50 out, for 1 answer.")
        again = store.begin(turn.conversation_id, "And why?")
        store.finish(again.id, an_answer(usage=Usage(1, 2)))
        told = cost_so_far(store.turns(turn.conversation_id))
        assert told.startswith("1,201 tokens in, 52 out, for 2 answers. What that cost is not known")

    on_settings(own_home, story)


@pytest.mark.slow
def test_the_price_of_an_unknown_model_is_not_made_up(own_home: Path, ring: MemoryKeyring) -> None:
    store_api_key("sk-ant-kept")
    (own_home / "config.toml").write_text('model = "claude-new"\n')

    async def story(pilot: Pilot[None]) -> None:
        assert "The price of claude-new is not known" in costs(pilot)[0]

    on_settings(own_home, story)


@pytest.mark.slow
def test_costs_that_come_late_are_not_shown(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = iter([(0.5, "late"), (0.0, "in time")])

    def slowly(*_: object) -> str:
        seconds, told = next(counts, (0.0, "in time"))
        time.sleep(seconds)
        return told

    async def story(pilot: Pilot[None]) -> None:
        monkeypatch.setattr("aidx_assistant.tui.costs.cost_of_next", slowly)
        screen = pilot.app.screen
        assert isinstance(screen, SettingsScreen)
        screen._count_costs()
        await pilot.pause(0.1)
        screen._count_costs()
        await until(pilot, lambda: costs(pilot)[0] == "in time")
        await pilot.pause(0.7)
        assert costs(pilot)[0] == "in time"

    on_settings(own_home, story)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_every_setting_can_be_reached_in_other_terminals(own_home: Path, size: tuple[int, int]) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert pilot.app.screen.focused is not None
        for shown_setting in pilot.app.screen.query(Setting):
            shown_setting.control.focus()
            await until(pilot, lambda: pilot.app.screen.focused is not None)
            await until(pilot, lambda s=shown_setting: s.control.region.overlaps(pilot.app.screen.region))  # type: ignore[misc]
            assert shown_setting.control.region.right <= size[0]

    on_settings(own_home, story, size)
