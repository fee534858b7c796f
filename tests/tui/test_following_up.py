"""Follow-ups and corrections by Claude in the app."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.fakes.messages_requests import search_results
from tests.fakes.messages_script import Break, Cite, Received, Reply, Text
from tests.tui.asking import ask, ask_screen, last, reopen, told_with
from tests.tui.driving import shown, type_text, until

FIRST = "How do providers compare at getting pilots into production?"
MEANT = "Why do so few pilots of large providers reach production?"
WRONG = "46% of providers bring their proofs of concept into production."
RIGHT = "Among large providers, 46% of proofs of concept go into production."


def said(text: str, received: Received, broken: Break | None = None) -> Reply:
    """Cites the sentence on large providers."""
    places = (
        Cite(index, at, at + 1)
        for index, result in enumerate(search_results(received.body))
        for at, sentence in enumerate(result["content"])
        if "46%" in sentence["text"]
    )
    return Reply((Text(text, (next(places),)),), broken=broken)


def test_a_follow_up_is_shown_as_it_was_understood(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reply(received: Received) -> Reply:
        small = "output_config" in received.body and not search_results(received.body)
        return Reply((Text(json.dumps({"question": MEANT})),)) if small else said(RIGHT, received)

    async def story(pilot: Pilot[None]) -> None:
        await ask(pilot, FIRST)
        await ask(pilot, "Why is that?")
        assert f"Understood as: {MEANT}" in shown(pilot)

    told_with(own_home, monkeypatch, story, reply)


def test_the_corrected_answer_takes_the_place_of_the_first(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Break("stall", at=1, seconds=0.7)

    async def story(pilot: Pilot[None]) -> None:
        await type_text(pilot, FIRST)
        await pilot.press("enter")
        await until(pilot, lambda: "Correcting 1 figure" in shown(pilot))
        await until(pilot, lambda: "46% of providers" in shown(pilot))
        await until(pilot, lambda: not last(pilot).running)
        seen = shown(pilot)
        assert "Among large providers" in seen
        assert "46% of providers" not in seen
        assert "Corrected by Claude; the checks had found:" in seen
        conversation = ask_screen(pilot).session.conversation_id
        assert conversation is not None
        await reopen(pilot, conversation)
        assert "Corrected by Claude" in shown(pilot)

    told_with(
        own_home,
        monkeypatch,
        story,
        lambda received: said(WRONG, received),
        lambda received: said(RIGHT, received, slow),
    )
