"""Briefs in the app: from a topic, from findings, from a conversation; cancelled, redrafted, saved."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.imported import Imported
from aidx_assistant.briefs.brief import MARKER, Brief, Section
from aidx_assistant.briefs.kept import KeptBriefs
from aidx_assistant.briefs.request import BriefRequest
from aidx_assistant.tui.app import AidxApp
from aidx_assistant.tui.bringing_in import BringingIn
from aidx_assistant.tui.screens.ask import AskScreen
from aidx_assistant.tui.screens.brief import BriefScreen
from aidx_assistant.tui.screens.briefing import AskForBrief
from aidx_assistant.tui.screens.dialogs import AskText, Confirm
from aidx_assistant.tui.screens.findings import FindingsScreen
from aidx_assistant.tui.screens.picking import Pick
from aidx_assistant.tui.widgets.finding_table import FindingTable
from tests.fakes.brief_script import drafting
from tests.fakes.messages_script import Break, Received, Reply, Text, Turn, unauthorised
from tests.fakes.tasks import FakeTask
from tests.fakes.whole_briefs import founder_brief
from tests.tui.asking import ask, panel, panel_text, told_with
from tests.tui.driving import Story, drive, shown, type_text, until

FOUNDER = BriefRequest("founder", "clinical decisions", "payer")
STALLED = Reply((Text("- Security holds pilots back"), Text(" today.")), broken=Break("stall", 3, seconds=60.0))


def brief_screen(pilot: Pilot[None]) -> BriefScreen:
    screen = pilot.app.screen
    assert isinstance(screen, BriefScreen)
    return screen


async def asked(pilot: Pilot[None]) -> AskForBrief:
    await pilot.press("f9")
    await until(pilot, lambda: isinstance(pilot.app.screen, AskForBrief))
    screen = pilot.app.screen
    assert isinstance(screen, AskForBrief)
    return screen


async def begun(pilot: Pilot[None]) -> BriefRequest:
    """Enter makes the brief; what it is made of."""
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, BriefScreen) and brief_screen(pilot).job is not None)
    job = brief_screen(pilot).job
    assert job is not None and job.request is not None
    return job.request


async def over(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: not brief_screen(pilot).is_drafting)


async def made(pilot: Pilot[None], topic: str) -> None:
    await asked(pilot)
    await type_text(pilot, topic)
    await begun(pilot)
    await over(pilot)


def latest(home: Path) -> Brief:
    return KeptBriefs(home).latest()[0]


def words_of(section: Section) -> str:
    """Without the numbers of its citations, which follow those before it."""
    return MARKER.sub("", str(section))


async def name_for(pilot: Pilot[None], name: str) -> None:
    """Saves under a name."""
    await pilot.press("s")
    await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
    pilot.app.screen.query_one(Input).value = name
    await pilot.press("enter")


def with_a_kept_brief(home: Path, story: Story, size: tuple[int, int] = (120, 36)) -> None:
    """Opens the brief that was made last, then lets the story happen."""
    KeptBriefs(home).keep(replace(founder_brief(), topic=FOUNDER.topic), FOUNDER)

    async def told(pilot: Pilot[None]) -> None:
        dialog = await asked(pilot)
        await until(pilot, lambda: bool(dialog.query("#last")))
        await pilot.click("#last")
        await until(pilot, lambda: isinstance(pilot.app.screen, BriefScreen))
        await over(pilot)
        await story(pilot)

    drive(home, told, size)


@pytest.mark.slow
def test_from_a_topic_to_a_word_document(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        await made(pilot, "ambient scribes")
        assert "Buyer brief: ambient scribes" in shown(pilot)
        assert "2 pages · " in shown(pilot) and " citations · no faults" in shown(pilot)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        file = Path(pilot.app.screen.query_one(Input).value)
        assert file == tmp_path / "buyer-brief-ambient-scribes.docx"
        await pilot.press("enter")
        await until(pilot, file.exists)
        with ZipFile(file) as document:
            assert b"have deployed ambient scribes system-wide" in document.read("word/document.xml")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, AskScreen)

    drive(own_home, story)
    assert KeptBriefs(own_home).latest()[1].topic == "ambient scribes"


@pytest.mark.slow
def test_the_answers_of_a_conversation_are_what_it_rests_on(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, "How many payers use ambient scribes?")
        dialog = await asked(pilot)
        assert "A brief on what?" in shown(pilot)
        await pilot.press("escape")
        await ask(pilot, "How many providers have deployed ambient scribes?")
        screen = pilot.app.screen
        assert isinstance(screen, AskScreen)
        cited = screen.conversation.answers[-1].citations
        dialog = await asked(pilot)
        assert "A brief on the answer above" in shown(pilot)
        assert dialog.query_one("#topic", Input).value == "ambient scribes"
        request = await begun(pilot)
        assert (request.topic, request.segment, request.kind) == ("ambient scribes", "provider", "buyer")
        assert [place.passage_id for place in request.places] == [citation.passage_id for citation in cited]
        await over(pilot)

    drive(own_home, story)


@pytest.mark.slow
def test_findings_chosen_and_else_those_shown(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(pilot.app.screen, FindingsScreen) and bool(table_of(pilot).shown))
        table = table_of(pilot)
        await pilot.press("slash")
        await type_text(pilot, "payer")
        await pilot.press("enter")
        await pilot.pause()
        dialog = await asked(pilot)
        usable = [finding for finding in table.shown if table.held.sources[finding.source_id].in_briefs]
        assert len(usable) < len(table.shown) and f"A brief on the {len(usable)} findings shown" in shown(pilot)
        assert dialog.query_one("#topic", Input).value == "payer"
        await pilot.press("escape", "space", "space")
        chosen = [finding.id for finding in table.findings_chosen]
        await asked(pilot)
        assert "A brief on the 2 findings chosen" in shown(pilot)
        request = await begun(pilot)
        assert list(request.findings) == chosen and request.segment == "payer"
        await pilot.press("x")
        await over(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, FindingsScreen)

    drive(own_home, story)


def table_of(pilot: Pilot[None]) -> FindingTable:
    return pilot.app.screen.query_one(FindingTable)


@pytest.mark.slow
def test_cancelled_it_keeps_what_is_finished_and_drafts_the_rest_later(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replying = [drafting(Options=STALLED)]

    def replying_now(request: Received) -> Turn:
        return replying[0](request)

    async def story(pilot: Pilot[None]) -> None:
        await asked(pilot)
        await type_text(pilot, "ambient scribes")
        await begun(pilot)
        await until(pilot, lambda: "Options · 3 of 9" in shown(pilot))
        assert "30% have deployed ambient scribes" in shown(pilot) and "Not drafted" not in shown(pilot)
        assert [section.drafted for section in latest(own_home).sections].count(True) == 2
        await pilot.press("f2", "f9")  # elsewhere meanwhile; the same key leads back
        await until(pilot, lambda: isinstance(pilot.app.screen, BriefScreen))
        await pilot.press("x")
        await over(pilot)
        await pilot.pause()
        seen = shown(pilot)
        assert "Cancelled: what is finished is kept." in seen
        assert "Next step: This section was not drafted." in seen and "7 sections missing" in seen
        replying[0] = drafting()
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, Pick))
        assert "All that are missing (7)" in shown(pilot) and "Options · missing" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: all(section.drafted for section in latest(own_home).sections))
        await over(pilot)
        assert "missing" not in shown(pilot)

    told_with(own_home, monkeypatch, story, replying_now)


@pytest.mark.slow
def test_where_claude_cannot_be_asked_it_is_said_and_the_topic_is_there_again(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await made(pilot, "ambient scribes")
        assert "F9 begins again." in shown(pilot) and "API key" in shown(pilot)
        dialog = await asked(pilot)
        assert dialog.query_one("#topic", Input).value == "ambient scribes"

    told_with(own_home, monkeypatch, story, unauthorised())


@pytest.mark.slow
def test_what_the_sources_do_not_answer_makes_no_brief(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await asked(pilot)
        await pilot.press("enter")
        assert "Type what the brief is about" in shown(pilot)
        await type_text(pilot, "solar panels")
        await begun(pilot)
        await over(pilot)
        seen = " ".join(shown(pilot).split())
        assert "The sources do not answer “solar panels” for providers; no brief was made." in seen
        await pilot.press("s", "r", "c")
        assert isinstance(pilot.app.screen, BriefScreen)

    drive(own_home, story)


@pytest.mark.slow
def test_jobs_of_a_file_go_into_the_brief(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "jobs.csv").write_text("name,pain,manual,pilot\nClaims,8,90,1\nBroken,11,90,1\n")

    async def story(pilot: Pilot[None]) -> None:
        dialog = await asked(pilot)
        dialog.query_one("#topic", Input).value = "ambient scribes"
        dialog.query_one("#jobs", Input).value = str(tmp_path / "none.csv")
        await pilot.press("enter")
        assert "cannot be read" in shown(pilot)
        dialog.query_one("#jobs", Input).value = str(tmp_path / "jobs.csv")
        request = await begun(pilot)
        assert request.jobs is not None and [scored.job.name for scored in request.jobs.jobs] == ["Claims"]
        assert any("1 of 2 jobs. Line 3, pain: 11 is" in note.message for note in pilot.app._notifications)
        await over(pilot)
        jobs = latest(own_home).jobs
        assert jobs is not None and jobs.index == request.jobs

    drive(own_home, story)


def test_a_brief_does_not_wait_for_what_is_being_read(own_home: Path) -> None:
    released = threading.Event()

    def read(_: Assistant) -> Iterator[Imported]:
        yield Imported("/clips/a.md", "skipped")
        released.wait(60)

    run = BringingIn(FakeTask(read))

    async def story(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, AidxApp)
        reading = threading.Thread(target=run.run, args=(app.session.assistant, lambda message: None))
        reading.start()
        await until(pilot, lambda: len(run.outcomes) == 1)
        await made(pilot, "solar panels")
        assert "The sources do not answer" in shown(pilot) and run.stage == "reading"
        released.set()
        await until(pilot, lambda: not reading.is_alive())

    drive(own_home, story)


@pytest.mark.slow
def test_the_last_brief_is_opened_followed_copied_and_saved_by_the_ending(own_home: Path, tmp_path: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert "Founder brief: clinical decisions" in shown(pilot)
        assert " page" in shown(pilot) and "8 citations · no faults" in shown(pilot)
        await pilot.press("f8")
        await until(pilot, lambda: panel(pilot).display)
        assert "[1] Verified" in panel_text(pilot) and "22 jobs-to-be-done" in panel_text(pilot)
        await pilot.press("n")
        await until(pilot, lambda: "[2] Verified" in panel_text(pilot))
        await pilot.press("enter")
        assert panel(pilot).has_focus
        await pilot.press("escape")
        assert not panel(pilot).display and brief_screen(pilot).desk.body.has_focus
        await pilot.press("c")
        assert pilot.app.clipboard.startswith("# Founder brief: clinical decisions")
        await name_for(pilot, str(tmp_path / "brief.xls"))
        await pilot.pause()
        assert "The ending of the name says in which format" in shown(pilot)
        await pilot.press("escape")
        file = tmp_path / "brief.md"
        file.write_text("mine")
        await name_for(pilot, str(file))
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        assert file.read_text() == "mine"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, BriefScreen))
        assert file.read_text(encoding="utf-8") == pilot.app.clipboard

    with_a_kept_brief(own_home, story)


@pytest.mark.slow
@pytest.mark.parametrize(("ending", "beginning"), [("pdf", b"%PDF"), ("html", b"<!"), ("pptx", b"PK"), ("DOCX", b"PK")])
def test_every_format_is_saved(ending: str, beginning: bytes, own_home: Path, tmp_path: Path) -> None:
    file = tmp_path / f"brief.{ending}"

    async def story(pilot: Pilot[None]) -> None:
        await name_for(pilot, str(file))
        await until(pilot, file.exists)

    with_a_kept_brief(own_home, story)
    assert file.read_bytes().startswith(beginning)


@pytest.mark.slow
def test_one_section_is_drafted_anew(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        before = latest(own_home)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, Pick))
        sections = pilot.app.screen.query_one(OptionList)
        assert [str(option.prompt) for option in sections.options] == [one.heading for one in before.sections]
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: latest(own_home) != before)
        await over(pilot)
        pairs = zip(latest(own_home).sections, before.sections, strict=True)
        assert [new.key for new, old in pairs if words_of(new) != words_of(old)] == ["budget"]

    with_a_kept_brief(own_home, story)


@pytest.mark.parametrize("size", [(60, 20), pytest.param((80, 24), marks=pytest.mark.slow)])
def test_it_fits_a_narrow_terminal(own_home: Path, size: tuple[int, int]) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("f8")
        await until(pilot, lambda: panel(pilot).display)
        assert panel(pilot).region.width == size[0]
        assert panel(pilot).region.y >= brief_screen(pilot).query_one("#brief-page").region.bottom
        await pilot.press("escape", "pagedown")
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskForBrief))
        dialog = pilot.app.screen.query_one(".dialog")
        assert pilot.app.screen.region.contains_region(dialog.region)
        assert pilot.app.screen.query_one("#accept").region.bottom < dialog.region.bottom

    with_a_kept_brief(own_home, story, size)


def test_the_palette_makes_and_opens_briefs(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        titles = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}
        assert "Make a brief, or open the last one" in titles
        assert {"Findings: make a brief on the rows", "Brief: save the brief", "Brief: open the last brief"} <= titles
        assert "F9" in " ".join(brief_screen(pilot).desk.body.HELP.split())

    with_a_kept_brief(own_home, story)
