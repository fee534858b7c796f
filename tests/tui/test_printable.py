"""Nothing that a model, a source or a user wrote steers the terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.segment import ControlType, Segment
from textual.color import Color
from textual.pilot import Pilot

from aidx_assistant.tui.printable_lines import PrintableLines
from tests.fakes.answers import CITATION, an_answer
from tests.fakes.messages_script import Cite, Reply, Text
from tests.fakes.messages_server import MessagesServer
from tests.fakes.terminal import aidx_on_terminal
from tests.tui.asking import kept, panel, reopen
from tests.tui.driving import drive, shown, until

TITLE, CLIPBOARD = "\x1b]0;PWNED\x07", "\x1b]52;c;UFdORUQ=\x07"
EVIL = f"a{TITLE}b{CLIPBOARD}c\x9b2Jd\u202ee"


def test_controls_in_an_answer_and_its_source_are_not_drawn(own_home: Path) -> None:
    citation = replace(CITATION, label=EVIL, quote=EVIL, source_title=EVIL, url=EVIL)
    answer = an_answer(f"{EVIL} [1]", question=EVIL, question_understood=f"{EVIL}?", citations=(citation,), reason=EVIL)
    conversation = kept(own_home, answer)

    async def story(pilot: Pilot[None]) -> None:
        await reopen(pilot, conversation)
        pilot.app.notify(EVIL, markup=False)
        await pilot.press("f8")
        await until(pilot, lambda: panel(pilot).display)
        drawn = shown(pilot)
        assert drawn.count("PWNED") > 5
        assert not set(EVIL.replace(" ", "")) - set(drawn) - {"\x1b", "\x07", "\x9b", "\u202e"}
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(drawn)

    drive(own_home, story)


@pytest.mark.slow
def test_an_answer_as_it_comes_does_not_steer_the_terminal(own_home: Path) -> None:
    reply = Reply((Text(f"Of the proofs, 30% {TITLE}{CLIPBOARD} are in production.", (Cite(0, 0, 1),)),))
    with (
        MessagesServer(reply) as server,
        aidx_on_terminal(own_home, ANTHROPIC_API_KEY="sk-test", ANTHROPIC_BASE_URL=server.url) as terminal,
    ):
        terminal.wait_for("claude-opus")
        terminal.write("Why do so few pilots reach production?\r")
        terminal.wait_for("citations verified")
        assert b"PWNED" in terminal.output
        assert b"\x1b]0;" not in terminal.output and b"\x1b]52;" not in terminal.output


@pytest.mark.parametrize(("text", "drawn"), [("a\x1b[31mb", "a[31mb"), ("half \ud83d", "half ?"), ("plain", "plain")])
def test_a_line_keeps_its_cells(text: str, drawn: str) -> None:
    (segment,) = PrintableLines().apply([Segment(text)], Color(0, 0, 0))
    assert segment.text == drawn


def test_the_line_of_a_picture_is_drawn_as_it_is() -> None:
    line = [Segment("\x1b[5;5H"), Segment("\x1bPq", None, ((ControlType.CURSOR_FORWARD, 0),))]
    assert PrintableLines().apply(line, Color(0, 0, 0)) == line
