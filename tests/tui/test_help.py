"""Help for the focused part, and the palette of all that can be done."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList

from aidx_assistant.tui.app import AidxApp
from aidx_assistant.tui.deeds import deeds, name_of, spelled
from aidx_assistant.tui.screens.conversations import ConversationsScreen
from aidx_assistant.tui.screens.deck import DeckScreen
from aidx_assistant.tui.screens.findings import FindingsScreen
from aidx_assistant.tui.screens.help import HelpScreen, help_text, key_groups
from aidx_assistant.tui.screens.settings import SettingsScreen
from aidx_assistant.tui.screens.sources import SourcesScreen
from aidx_assistant.tui.widgets.chip import Chip
from aidx_assistant.tui.widgets.fitted_table import FittedTable
from aidx_assistant.tui.widgets.prompt import Prompt
from aidx_assistant.tui.widgets.top_bar import SCREENS
from tests.tui.driving import SIZES, drive, shown, told_in_passing, type_text, until


async def opened(pilot: Pilot[None], kind: type[Screen[object]]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))


def test_the_focused_part_is_explained(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        ask = pilot.app.screen
        await pilot.press("f1")
        await opened(pilot, HelpScreen)
        await until(pilot, lambda: "Type a question and press" in shown(pilot))
        seen = shown(pilot)
        assert "Here" in seen and "On this screen" in seen and "Everywhere" in seen
        assert "Ctrl+J" in seen and "F8" in seen and "Ctrl+P" in seen
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is ask)
        ask.query_one("#segment", Chip).focus()
        await pilot.press("f1")
        await until(pilot, lambda: "A filter." in shown(pilot))
        assert "Type a question" not in shown(pilot)

    drive(own_home, story)


def test_help_closes_by_a_click_beside_it(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f1")
        await opened(pilot, HelpScreen)
        await pilot.click("#help", offset=(5, 2))
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.click(offset=(1, 1))
        await until(pilot, lambda: not isinstance(pilot.app.screen, HelpScreen))

    drive(own_home, story)


@pytest.mark.parametrize("size", SIZES)
def test_help_fits_other_terminals(own_home: Path, size: tuple[int, int]) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f1")
        await opened(pilot, HelpScreen)
        await pilot.press("end")
        await until(pilot, lambda: "Ctrl+Q" in shown(pilot))

    drive(own_home, story, size)


def test_a_screen_where_nothing_has_the_focus_is_explained(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f5")
        await opened(pilot, SourcesScreen)
        pilot.app.screen.set_focus(None)
        assert "The reports that answers are drawn from" in help_text(pilot.app.screen)
        assert [title for title, _ in key_groups(pilot.app.screen)] == ["On this screen", "Everywhere"]

    drive(own_home, story)


def test_help_explains_a_dialog(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f1")
        await opened(pilot, HelpScreen)
        keys = dict(key_groups(pilot.app.screen))
        assert list(keys) == ["On this screen"]
        assert keys["On this screen"][0].keys == ("Esc", "F1", "q")

    drive(own_home, story)


def test_a_dialog_is_answered_before_another_screen_is_gone_to(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f1")
        await opened(pilot, HelpScreen)
        await pilot.press("f7")
        assert isinstance(pilot.app.screen, HelpScreen)

    drive(own_home, story)


@pytest.mark.slow
def test_every_action_of_every_screen_is_in_the_palette_of_each(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, AidxApp)
        from_here: list[list[str]] = []
        for mode, name, key in SCREENS:
            await pilot.press(key)
            await until(pilot, lambda mode=mode: app.current_mode == mode)  # type: ignore[misc]
            if mode in {"findings", "deck"}:
                await until(pilot, lambda: app.screen.query_one(FittedTable).row_count > 0)
            titles = [command.title for command in app.get_system_commands(app.screen)]
            here = [one for one in app.screen.active_bindings.values() if one.node is app.screen]
            named = {name_of(one.binding).lower() for one in here if one.binding.show and one.binding.key != "escape"}
            assert {f"{name}: {description}".lower() for description in named} <= {title.lower() for title in titles}
            assert len(titles) == len(set(titles))
            from_here.append(titles)
        assert all(titles == from_here[0] for titles in from_here)
        assert {
            "Findings: export the rows as CSV", "Findings: filter by segment", "Conversations: rename the conversation",
            "Sources: add files, folders or a page", "Sources: stop reading", "Sources: remove the source",
            "Settings: theme", "Settings: API key", "Ask: next citation", "Go to: Deck", "Help", "Quit",
            "Make a brief, or open the last one", "Ask: make a brief on the answers of this conversation",
            "Findings: make a brief on the rows", "Brief: save the brief", "Brief: draft a section anew",
        } <= set(from_here[0])  # fmt: skip
        assert not {"Keys", "Commands", "Maximize", "Minimize"} & set(from_here[0])

    drive(own_home, story)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "kind", "focused"),
    [
        ("go to: conversations", ConversationsScreen, ""),
        ("settings: theme", SettingsScreen, "ThemeSelect"),
        ("filter by segment", FindingsScreen, "finding-segment"),
        ("next slide", DeckScreen, "PlaceTable"),
    ],
)
def test_the_palette_does_what_is_chosen_on_its_screen(
    own_home: Path, typed: str, kind: type[Screen[None]], focused: str
) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+p")
        await opened(pilot, CommandPalette)  # type: ignore[arg-type]
        await type_text(pilot, typed)
        await until(pilot, lambda: typed in _offered(pilot))
        await pilot.press("enter")
        await opened(pilot, kind)
        await until(pilot, lambda: focused in str(pilot.app.screen.focused))
        if kind is DeckScreen:
            await until(pilot, lambda: "Slide 1 of 37" in shown(pilot))

    drive(own_home, story)


def test_the_palette_says_why_there_are_no_deep_questions(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+p")
        await opened(pilot, CommandPalette)  # type: ignore[arg-type]
        await type_text(pilot, "as a deep question")
        await until(pilot, lambda: "as a deep question" in _offered(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "there is no API key" in told_in_passing(pilot))

    drive(own_home, story)


def _offered(pilot: Pilot[None]) -> str:
    """What the palette offers first."""
    options = pilot.app.screen.query_one(OptionList)
    return str(options.get_option_at_index(0).prompt).lower() if options.option_count else ""


def test_keys_are_spelled_as_texts_spell_them() -> None:
    keys = ("ctrl+r", "escape", "f8", "a", "shift+f8", "slash", "right", "shift+enter", "question_mark", "S")
    assert [spelled(key) for key in keys] == [
        "Ctrl+R", "Esc", "F8", "a", "Shift+F8", "/", "→", "Shift+Enter", "?", "S",
    ]  # fmt: skip


def test_the_nearest_part_comes_first(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        found = deeds(pilot.app.screen)
        assert found[0].node is pilot.app.screen.query_one(Prompt)
        assert found[-1].node is pilot.app
        names = [deed.description for deed in found]
        assert len(names) == len(set(names))

    drive(own_home, story)
