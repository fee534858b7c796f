"""How every screen and state looks, at 80×24 and at 120×36.

After a change that is meant: `pytest tests/tui/test_snapshots.py --snapshot-update`, and look at what git shows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, OptionList, Static, TextArea

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.imported import Imported
from aidx_assistant.assistant.stopwatch import Stopwatch
from aidx_assistant.briefs.kept import KeptBriefs
from aidx_assistant.briefs.request import BriefRequest
from aidx_assistant.conversations import store
from aidx_assistant.tui.app import AidxApp
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.widgets import conversation_list, suggestions
from aidx_assistant.tui.widgets.evidence_panel import EvidencePanel
from aidx_assistant.tui.widgets.import_line import ImportLine
from aidx_assistant.tui.widgets.turn_view import TurnView
from tests.fakes.messages_script import Break, Cite, Reply, Script, Text, prompt_too_long
from tests.fakes.messages_server import MessagesServer
from tests.fakes.tasks import FakeTask
from tests.fakes.whole_briefs import founder_brief
from tests.tui.driving import Story, shown, type_text, until

SIZES = [(80, 24), pytest.param((120, 36), marks=pytest.mark.slow)]
LARGE_PROVIDERS = "How do large providers compare at getting pilots into production?"
_CITED = (Cite(0, 0, 1),)
_STALLING = (Text("Of the completed proofs of concept, 30% get there.", _CITED), Text(" And more."))


class _ADay(date):
    @classmethod
    def today(cls) -> date:
        return cls(2026, 11, 26)


class _AMoment(datetime):
    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.fromisoformat("2126-11-26T12:00:00+00:00")


async def _asked(pilot: Pilot[None], question: str) -> None:
    await type_text(pilot, question)
    await pilot.press("enter")
    await until(pilot, lambda: bool(views(pilot)) and not views(pilot)[-1].running)


def views(pilot: Pilot[None]) -> list[TurnView]:
    return list(pilot.app.screen.query(TurnView))


def costs_of_next_follow_up(pilot: Pilot[None]) -> bool:
    """Whether the room beside the prompt says what a question costs after the answer that has come."""
    return "at most $0.230" in str(pilot.app.screen.query_one("#cost", Static).content)


async def start(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: pilot.app.screen.query_one(OptionList).option_count > 0)


async def answer(pilot: Pilot[None]) -> None:
    await _asked(pilot, LARGE_PROVIDERS)


async def follow(pilot: Pilot[None]) -> None:
    await answer(pilot)
    await pilot.press("f8", "right")
    await until(pilot, lambda: pilot.app.screen.query_one(EvidencePanel).display and "[2] Verified" in shown(pilot))


async def follow_up(pilot: Pilot[None]) -> None:
    await _asked(pilot, "How many jobs are there for payers?")
    await _asked(pilot, "and for pharma?")


async def declined(pilot: Pilot[None]) -> None:
    await _asked(pilot, "What share of European hospitals use AI for radiology triage?")


async def unsupported(pilot: Pilot[None]) -> None:
    await answer(pilot)
    await pilot.press("f8")
    await until(pilot, lambda: "Unsupported figure" in shown(pilot))
    await until(pilot, lambda: costs_of_next_follow_up(pilot))


async def cancelled(pilot: Pilot[None]) -> None:
    await type_text(pilot, LARGE_PROVIDERS)
    await pilot.press("enter")
    await until(pilot, lambda: "proofs" in shown(pilot))
    await pilot.press("escape")
    await until(pilot, lambda: views(pilot)[-1].answer is not None)
    await until(pilot, lambda: costs_of_next_follow_up(pilot))


async def findings(pilot: Pilot[None]) -> None:
    await pilot.press("f3")
    await until(pilot, lambda: pilot.app.screen.query_one(DataTable).row_count > 0)
    await pilot.press("down", "enter")
    await until(pilot, lambda: "[1] Verified" in shown(pilot))


async def bars(pilot: Pilot[None]) -> None:
    await pilot.press("f3")
    await until(pilot, lambda: pilot.app.screen.query_one(DataTable).row_count > 0)
    await pilot.press("b")
    await until(pilot, lambda: "█" in shown(pilot))


async def deck(pilot: Pilot[None]) -> None:
    await pilot.press("f4")
    await until(pilot, lambda: pilot.app.screen.query_one(DataTable).row_count > 0)
    await pilot.press("enter")
    await until(pilot, lambda: "Slide 1 of 37" in shown(pilot))
    await pilot.press(*"nnnnnnn")
    await until(pilot, lambda: "Slide 8 of 37" in shown(pilot))


async def sources(pilot: Pilot[None]) -> None:
    await pilot.press("f5")
    await until(pilot, lambda: "Bain companion brief" in shown(pilot))


async def sources_being_read(pilot: Pilot[None]) -> None:
    await sources(pilot)
    outcomes = (
        Imported("/clips/buyers.md", "added", "buyers", "How payers buy", figures=12),
        Imported("/clips/deck.pptx", "failed", reason="The deck is encrypted.", hint="Save it without a password."),
        Imported("/clips/copy.md", "skipped", "buyers", "How payers buy", "It is the same as /clips/buyers.md."),
    )

    def read(assistant: Assistant) -> Iterator[Imported]:
        yield from outcomes
        while True:
            assistant.progress.advance("reading trends.pdf, page 3 of 37", 3, 12)
            time.sleep(0.05)

    pilot.app.screen.query_one(ImportLine).begin(FakeTask(read))
    await until(pilot, lambda: "3 of 12 done" in shown(pilot) and "1 failed" in shown(pilot))
    await pilot.press("up")
    await until(pilot, lambda: "Skipped (1)" in shown(pilot))


async def sources_to_add(pilot: Pilot[None]) -> None:
    await sources(pilot)
    await pilot.press("n")
    await until(pilot, lambda: "What is to be added?" in shown(pilot))


async def sources_details(pilot: Pilot[None]) -> None:
    await sources_to_add(pilot)
    pilot.app.screen.query_one("#what", Input).value = "https://example.org/robots.html"
    await pilot.press("tab", "enter")
    await until(pilot, lambda: "who published it" in shown(pilot))
    await type_text(pilot, "Robots at work")


async def sources_left(pilot: Pilot[None]) -> None:
    await sources_being_read(pilot)
    await pilot.press("ctrl+q")
    await until(pilot, lambda: "3 of 12 are read" in shown(pilot))


async def brief(pilot: Pilot[None]) -> None:
    app = pilot.app
    assert isinstance(app, AidxApp)
    whole = founder_brief()
    sections = (*whole.sections[:-1], replace(whole.sections[-1], blocks=(), drafted=False))
    request = BriefRequest("founder", whole.topic, whole.segment)
    KeptBriefs(app.session.home).keep(replace(whole, sections=sections), request)
    await pilot.press("f9")
    await until(pilot, lambda: "Open the last" in shown(pilot))
    await pilot.click("#last")
    await until(pilot, lambda: "8 citations" in shown(pilot))


async def conversations(pilot: Pilot[None]) -> None:
    await answer(pilot)
    await pilot.press("f6")
    await until(pilot, lambda: "1 question" in shown(pilot))


async def no_conversations(pilot: Pilot[None]) -> None:
    await pilot.press("f6")
    await pilot.pause(0.3)


async def settings(pilot: Pilot[None]) -> None:
    await pilot.press("f7")
    await until(pilot, lambda: "Small model" in shown(pilot) and "None: answers" in shown(pilot))


async def explained(pilot: Pilot[None]) -> None:
    await start(pilot)
    await pilot.press("f1")
    await pilot.pause(0.3)


async def palette(pilot: Pilot[None]) -> None:
    await start(pilot)
    await pilot.press("ctrl+p")
    await until(pilot, lambda: pilot.app.screen.query_one(OptionList).option_count > 3)


def hold_cursors_still(app: AidxApp) -> None:
    """Below a dialog, what it covers blinks too."""
    for screen in app.screen_stack:
        for field in screen.query("TextArea, Input"):
            if isinstance(field, TextArea | Input):
                field.cursor_blink = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What happens before the picture is taken; `reply` is what the tests' Messages server answers with."""

    story: Story
    reply: Script | None = None
    theme: str | None = None
    is_slow: bool = False


SCENES = {
    "start": Scene(start),
    "answer": Scene(answer),
    "follow": Scene(follow),
    "follow-light": Scene(follow, theme="textual-light"),
    "follow-ansi": Scene(follow, theme="ansi-dark"),
    "follow-up": Scene(follow_up),
    "declined": Scene(declined),
    "unsupported": Scene(unsupported, Reply((Text("Some 77% of all pilots end in production.", _CITED),))),
    "cancelled": Scene(cancelled, Reply(_STALLING, broken=Break("stall", 3, seconds=6.0))),
    "failed": Scene(answer, prompt_too_long()),
    "findings": Scene(findings),
    "bars": Scene(bars),
    "deck": Scene(deck),
    "sources": Scene(sources),
    "sources-being-read": Scene(sources_being_read),
    "sources-to-add": Scene(sources_to_add),
    "sources-details": Scene(sources_details),
    "sources-left": Scene(sources_left, is_slow=True),
    "brief": Scene(brief),
    "conversations": Scene(conversations),
    "no-conversations": Scene(no_conversations),
    "settings": Scene(settings),
    "help": Scene(explained),
    "palette": Scene(palette),
}  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    "scene",
    [pytest.param(scene, id=name, marks=[pytest.mark.slow] if scene.is_slow else []) for name, scene in SCENES.items()],
)
def test_looks_as_it_did(
    scene: Scene,
    size: tuple[int, int],
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    snap_compare: Callable[..., bool],
) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr(Stopwatch, "milliseconds", lambda _: 1200.0)
    monkeypatch.setattr(suggestions, "date", _ADay)
    monkeypatch.setattr(store, "_now", lambda: "2026-11-26T09:00:00Z")
    monkeypatch.setattr(conversation_list, "datetime", _AMoment)
    with ExitStack() as stack:
        if scene.reply is not None:
            server = stack.enter_context(MessagesServer(scene.reply))
            monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
            monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        app = AidxApp(Session(home=own_home))
        stack.callback(app.session.close)

        async def before(pilot: Pilot[None]) -> None:
            hold_cursors_still(app)  # a line drawn while the cursor is off is drawn so again, blinking or not
            await until(pilot, lambda: app.session.assistant.is_ready or app.session.assistant.failure is not None)
            if scene.theme:
                app.theme = scene.theme
            await scene.story(pilot)
            hold_cursors_still(app)
            await pilot.pause(0.3)

        assert snap_compare(app, terminal_size=size, run_before=before)
