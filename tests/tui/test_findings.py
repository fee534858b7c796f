"""The table of all figures: filtered, sorted, compared, followed, exported."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from aidx_assistant.errors import StorageError
from aidx_assistant.evidence import Finding
from aidx_assistant.tui.columns import Column, fitted
from aidx_assistant.tui.finding_rows import Filters, Order, ordered
from aidx_assistant.tui.screens.comparing import ComparisonScreen
from aidx_assistant.tui.screens.dialogs import AskText, Confirm
from aidx_assistant.tui.screens.findings import FindingsScreen
from aidx_assistant.tui.screens.picking import Pick
from aidx_assistant.tui.widgets.bars import Bars, chart
from aidx_assistant.tui.widgets.chip import Chip
from aidx_assistant.tui.widgets.evidence_panel import EvidencePanel
from aidx_assistant.tui.widgets.finding_filters import FilterLine
from aidx_assistant.tui.widgets.finding_table import FindingTable
from tests.tui.driving import Story, drive, fail, shown, type_text, until

INDEX, BAIN = "healthcare-ai-adoption-index", "bain-companion-brief"


def on_findings(home: Path, story: Story, size: tuple[int, int] = (120, 36)) -> None:
    async def told(pilot: Pilot[None]) -> None:
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(pilot.app.screen, FindingsScreen) and bool(table(pilot).shown))
        await story(pilot)

    drive(home, told, size)


def table(pilot: Pilot[None]) -> FindingTable:
    return pilot.app.screen.query_one(FindingTable)


def panel(pilot: Pilot[None]) -> EvidencePanel:
    return pilot.app.screen.query_one(EvidencePanel)


async def type_filter(pilot: Pilot[None], text: str) -> None:
    await pilot.press("slash")
    await type_text(pilot, text)
    await pilot.pause()


def values(pilot: Pilot[None]) -> list[str | None]:
    return [finding.value for finding in table(pilot).shown]


def test_all_findings_are_listed_and_the_one_under_the_cursor_is_told_in_full(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        count = len(table(pilot).held.findings)
        assert f"{count} of {count} findings" in shown(pilot)
        assert "more than 400" in shown(pilot) and "survey participants" in shown(pilot)
        assert table(pilot).has_focus
        await pilot.press("down", "down")
        assert "The survey for the index was answered by more than 400 leaders" in shown(pilot)
        await pilot.press("end")
        assert table(pilot).cursor_row == count - 1

    on_findings(own_home, story)


def test_words_filter_and_esc_clears_them(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        count = len(table(pilot).held.findings)
        await type_filter(pilot, "large PROVIDERS")
        assert "46%" in values(pilot)
        assert all("large" in f"{finding.population} {finding.statement}".lower() for finding in table(pilot).shown)
        assert f"{len(values(pilot))} of {count} findings" in shown(pilot)
        await pilot.press("enter")
        assert table(pilot).has_focus
        await pilot.press("escape")
        assert len(table(pilot).shown) == count

    on_findings(own_home, story)


def test_nothing_that_fits_says_which_key_clears_the_filters(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await type_filter(pilot, "zebra")
        assert "No finding fits the filters. Press Esc to clear them." in shown(pilot)
        await pilot.press("enter")
        assert pilot.app.screen.query_one(FilterLine).has_focus
        await pilot.press("escape")
        assert "No finding fits" not in shown(pilot)
        assert table(pilot).has_focus

    on_findings(own_home, story, (60, 20))


@pytest.mark.slow
def test_chips_filter_by_segment_topic_and_source(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        screen = pilot.app.screen
        screen.query_one("#finding-segment", Chip).focus()
        await pilot.press("enter", "enter", "enter")
        assert {finding.segment for finding in table(pilot).shown} == {"pharma"}
        await pilot.press("delete", "tab", "enter")
        assert isinstance(pilot.app.screen, Pick)
        topics = pilot.app.screen.query_one(OptionList)
        topics.highlighted = [str(option.prompt) for option in topics.options].index("budgets")
        await pilot.press("enter")
        await pilot.pause()
        assert {finding.topic for finding in table(pilot).shown} == {"budgets"}
        assert {finding.source_id for finding in table(pilot).shown} == {INDEX, BAIN}
        await pilot.press("tab", "left")
        assert {finding.source_id for finding in table(pilot).shown} == {BAIN}
        await pilot.press("escape")
        assert len(table(pilot).shown) == len(table(pilot).held.findings)

    on_findings(own_home, story)


@pytest.mark.slow
def test_a_topic_is_picked_or_left_with_the_mouse(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.click("#finding-topic")
        await pilot.click(OptionList, offset=(5, 2))
        await pilot.pause()
        assert len({finding.topic for finding in table(pilot).shown}) == 1
        chosen = pilot.app.screen.query_one("#finding-topic", Chip).value
        await pilot.click("#finding-topic")
        await pilot.click(offset=(1, 1))
        await pilot.pause()
        assert pilot.app.screen.query_one("#finding-topic", Chip).value == chosen
        await pilot.click("#finding-topic")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, FindingsScreen)

    on_findings(own_home, story)


@pytest.mark.slow
def test_keys_and_headings_sort(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        in_order = [finding.id for finding in table(pilot).shown]
        await pilot.press("s")
        assert values(pilot)[0] == "95%"
        assert "by figure, falling" in shown(pilot) and "Figure ↓" in shown(pilot)
        await pilot.press("S")
        assert values(pilot)[0] == "15%" and values(pilot)[-1] is None
        await pilot.press("s")
        measures = [finding.measure.casefold() for finding in table(pilot).shown]
        assert measures == sorted(measures)
        header = table(pilot).region.offset
        segment = shown(pilot).splitlines()[header.y].index("Segment")
        for segments in (["provider", "all"], ["all", "provider"]):
            await pilot.click(offset=(segment, header.y))
            await pilot.pause()
            assert [table(pilot).shown[place].segment for place in (0, -1)] == segments
        await pilot.click(offset=(segment, header.y))
        await pilot.pause()
        assert [finding.id for finding in table(pilot).shown] == in_order

    on_findings(own_home, story)


@pytest.mark.slow
def test_rows_are_chosen_with_a_sign_and_stay_chosen(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("space", "space")
        assert shown(pilot).count("✓") == 2
        assert "2 chosen" in shown(pilot)
        await pilot.press("up", "space")
        assert "1 chosen" in shown(pilot)
        await type_filter(pilot, "ambient")
        assert "1 chosen, 1 of them not shown" in shown(pilot)
        await pilot.press("enter", "a")
        assert shown(pilot).count("✓") == len(table(pilot).shown)
        await pilot.press("a")
        assert "✓" not in shown(pilot)
        top = table(pilot).region.offset
        await pilot.click(offset=(top.x + 1, top.y + 2))
        await pilot.pause()
        assert table(pilot).shown[1].id in table(pilot).chosen
        assert not panel(pilot).display
        await pilot.click(offset=(top.x + 1, top.y))
        await pilot.pause()
        assert {finding.id for finding in table(pilot).shown} <= table(pilot).chosen

    on_findings(own_home, story)


@pytest.mark.slow
def test_the_source_opens_beside_follows_the_cursor_and_closes(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await type_filter(pilot, "46%")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: panel(pilot).display)
        told = "\n".join(str(part.content) for part in panel(pilot).query(Static) if part.display)
        assert "Verified" in told
        assert "“Experimentation but not yet production” · shown beside slide 8 of 37" in told
        await pilot.press("enter")
        assert panel(pilot).has_focus
        await pilot.press("escape")
        assert not panel(pilot).display and table(pilot).has_focus
        await pilot.press("escape", "enter", "up")
        await until(pilot, lambda: _quoted(pilot) == _here(pilot).statement != "")
        former = _here(pilot)
        await pilot.press("c")
        assert "Healthcare AI Adoption Index" in pilot.app.clipboard
        top = table(pilot).region.offset
        await pilot.click(offset=(top.x + 10, top.y + 2))
        await until(pilot, lambda: _quoted(pilot) == _here(pilot).statement != former.statement)
        await pilot.press("escape")
        assert not panel(pilot).display

    on_findings(own_home, story)


def _here(pilot: Pilot[None]) -> Finding:
    finding = table(pilot).finding_here
    assert finding is not None
    return finding


def _quoted(pilot: Pilot[None]) -> str:
    evidence = panel(pilot).evidence
    return evidence.citation.quote if evidence else ""


@pytest.mark.slow
def test_narrow_terminals_drop_columns_and_stack_the_source(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert table(pilot).shown_columns == ["chosen", "value", "measure", "segment"]
        assert "more than 400" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: panel(pilot).display)
        assert panel(pilot).region.y >= table(pilot).region.bottom
        assert panel(pilot).region.width == 60
        await pilot.resize_terminal(200, 60)
        await pilot.pause()
        assert panel(pilot).region.x >= table(pilot).region.right
        await pilot.press("escape")
        await pilot.pause()
        assert table(pilot).shown_columns[-2:] == ["source", "topic"]
        filled = sum(column.width + 2 for column in table(pilot).ordered_columns)
        assert filled == table(pilot).scrollable_content_region.width

    on_findings(own_home, story, (60, 20))


@pytest.mark.slow
def test_bars_compare_the_rows_chosen(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await type_filter(pilot, "production")
        await pilot.press("enter", "a", "b")
        assert isinstance(pilot.app.screen, ComparisonScreen)
        seen = shown(pilot)
        assert "figures in percent · " in seen and "left out, named below" in seen
        lines = [line.split("│")[1].strip() if line.count("│") == 2 else "" for line in seen.splitlines()]
        bars = {line: lines[place + 1] for place, line in enumerate(lines[:-1])}
        assert bars["provider · large providers · A"].endswith(" 46%")
        assert 24 * 0.9 < bars["pharma · B"].count("█") < bars["providers · B"].count("█") < 35 * 1.1
        assert "B: Bain companion brief to the index (attributed to Bain, seen on a third-party page)" in seen
        await pilot.press("end")
        await until(pilot, lambda: "dozens” is not exact" in shown(pilot))
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, FindingsScreen)

    on_findings(own_home, story, (120, 40))


@pytest.mark.slow
def test_bars_without_a_choice_are_of_the_percentages_shown(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await type_filter(pilot, "59 jobs")
        await pilot.press("enter", "b")
        assert isinstance(pilot.app.screen, FindingsScreen)
        assert any("has an exact figure to draw" in note.message for note in pilot.app._notifications)
        await pilot.press("a", "b")
        await pilot.pause()
        assert "figures in jobs" in shown(pilot)
        await pilot.click("ComparisonScreen Button")
        await pilot.press("a", "escape", "b")
        await pilot.pause()
        assert "figures in percent" in shown(pilot)
        assert pilot.app.screen.query_one(Bars).has_focus
        assert max(len(line) for line in shown(pilot).splitlines()) <= 60

    on_findings(own_home, story, (60, 20))


@pytest.mark.slow
def test_rows_are_exported_as_csv(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        await type_filter(pilot, "ambient scribes")
        await pilot.press("enter", "x")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        file = Path(pilot.app.screen.query_one(Input).value)
        assert file.parent == tmp_path and file.name.startswith("aidx-findings-2") and file.suffix == ".csv"
        assert f"Export the {len(table_below(pilot).shown)} shown findings" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, FindingsScreen) and file.exists())
        assert [row["id"] for row in _rows(file)] == [finding.id for finding in table(pilot).shown]
        await pilot.press("space", "x")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        assert "Export the chosen finding" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, FindingsScreen))
        assert len(_rows(file)) == 1

    on_findings(own_home, story)


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(own_home: Path, tmp_path: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        pilot.app.screen.query_one(Input).value = str(tmp_path / "nowhere" / "findings.csv")
        await pilot.press("enter")
        await pilot.pause()
        assert "There is no folder" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FindingsScreen)

    on_findings(own_home, story)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as table:
        return list(csv.DictReader(table))


def table_below(pilot: Pilot[None]) -> FindingTable:
    """The table under a dialog."""
    return pilot.app.screen_stack[-2].query_one(FindingTable)


def test_a_library_that_cannot_be_read_is_said_and_tried_again(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "sources", StorageError("The library is damaged.", "Move it away."))

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f3")
        await until(pilot, lambda: "The library is damaged. Move it away." in shown(pilot))
        assert "Press Ctrl+R to try again." in shown(pilot)
        monkeypatch.undo()
        await pilot.press("ctrl+r")
        await until(pilot, lambda: bool(table(pilot).shown))
        assert "damaged" not in shown(pilot)

    drive(own_home, story)


@pytest.mark.slow
def test_where_a_later_look_fails_nothing_can_be_done_with_what_was_there(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("space", "enter")
        await until(pilot, lambda: panel(pilot).display)
        fail(monkeypatch, "findings", StorageError("The library is damaged.", "Move it away."))
        await pilot.press("f2", "f3")
        await until(pilot, lambda: "The library is damaged." in shown(pilot))
        await pilot.press("x", "enter", "b", "space", "enter")
        await pilot.pause(0.2)
        assert isinstance(pilot.app.screen, FindingsScreen)
        assert "The library is damaged. Move it away." in shown(pilot) and "Press Ctrl+R" in shown(pilot)
        monkeypatch.undo()
        await pilot.press("ctrl+r")
        await until(pilot, lambda: len(table(pilot).shown) > 1 and "damaged" not in shown(pilot))

    on_findings(own_home, story)


def test_a_library_without_findings_says_where_to_look(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aidx_assistant.assistant.assistant.Assistant.findings", lambda *_, **__: ())

    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f3")
        await until(pilot, lambda: "The library holds no finding. Press F5 to see its sources." in shown(pilot))
        await pilot.press("b", "x", "space", "s", "enter")
        assert isinstance(pilot.app.screen, FindingsScreen)

    drive(own_home, story)


def test_columns_use_the_whole_width() -> None:
    columns = (Column("a", "A", 5), Column("b", "B", 10, share=2), Column("c", "C", 10, share=1, rank=1))
    assert [(column.key, width) for column, width in fitted(columns, 40, 2)] == [("a", 5), ("b", 16), ("c", 13)]
    assert [(column.key, width) for column, width in fitted(columns, 30, 2)] == [("a", 5), ("b", 21)]
    assert [(column.key, width) for column, width in fitted(columns, 12, 2)] == [("a", 5), ("b", 3)]


def test_bars_of_nothing_but_noughts_are_drawn(library_findings: tuple[Finding, ...]) -> None:
    from aidx_assistant.assistant.comparison import comparison

    nought = replace(library_findings[0], value="0", unit="jobs")
    assert "0" in chart(comparison([nought, replace(nought, id="other")]), {}, 40).plain


def test_figures_stand_by_kind_and_size(library_findings: tuple[Finding, ...]) -> None:
    by_size = ordered(library_findings, {}, Order("value"))
    units = [finding.unit for finding in by_size if finding.value and finding.unit in {"percent", "jobs"}]
    assert units == sorted(units, reverse=True)
    assert by_size[-1].value is None and ordered(library_findings, {}, Order("value", True))[-1].value is None


def test_filters_ask_for_all_words(library_findings: tuple[Finding, ...]) -> None:
    from aidx_assistant.evidence import Source

    source = Source("s", "A Report", (), "", None, None, True, (), 0, "")
    finding = replace(library_findings[0], population="small hospitals", segment="provider")
    assert Filters("HOSP small report").fits(finding, source)
    assert not Filters("hospitals large").fits(finding, source)
    assert not Filters(segment="payer").fits(finding, source)
    assert not Filters("  ") and Filters(topic="x")


@pytest.fixture(scope="session")
def library_findings() -> tuple[Finding, ...]:
    from aidx_assistant import locations
    from aidx_assistant.reading.corpus import read_corpus

    return tuple(finding for source in read_corpus(locations.corpus_folder()) for finding in source.findings)
