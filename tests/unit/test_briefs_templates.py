"""The templates of briefs: those that ship are complete, and what breaks the schema is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidx_assistant.briefs.templates import brief_template, template_in
from aidx_assistant.errors import StorageError

TEMPLATE = """+++
kind = "founder"
shortened = ["pains"]
+++

## Pains, ranked
+++
key = "pains"
makes = "ranked"
most = 2
at_large = ["What are the barriers to AI?"]
silent = "nothing."
+++
Say what hurts.

## Points
+++
key = "points"
makes = "labelled"

[[items]]
label = "Use"
about_topic = ["What is {topic}?"]
silent = "ask."
+++
Say it.
"""
FILE = Path("founder.md")


def test_the_buyer_brief_has_its_sections_in_order() -> None:
    template = brief_template("buyer")
    assert [section.key for section in template.sections] == [
        "decision", "recommendation", "why-now", "evidence", "options", "risks", "change", "next-step", "healthcare",
    ]  # fmt: skip
    options, healthcare = template.section("options"), template.section("healthcare")
    assert options and [item.label for item in options.items] == ["Build", "Buy", "Co-develop", "Wait (do nothing)"]
    assert healthcare and healthcare.boxed and [item.label for item in healthcare.items] == [
        "Intended use", "Evidence fit", "Safety and governance", "Privacy and security", "EHR and workflow fit",
        "Readiness", "Measurable value",
    ]  # fmt: skip


def test_the_founder_brief_has_its_sections_in_order() -> None:
    assert [section.key for section in brief_template("founder").sections] == [
        "segment", "pains", "budget", "stage", "objections", "proof", "entry",
    ]  # fmt: skip


def test_a_template_is_read() -> None:
    template = template_in(TEMPLATE, FILE)
    pains, points = template.sections
    assert (pains.heading, pains.most, pains.least, pains.instruction) == ("Pains, ranked", 2, 1, "Say what hurts.")
    assert pains.slot.questions == ("What are the barriers to AI?",)
    assert points.items[0].slots[0].about_topic == ("What is {topic}?",)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"),
    [
        ('kind = "founder"', 'kind = "buyers"', 2, "there is no kind “buyers”"),
        ('["pains"]', '["pain"]', 2, "“shortened” names a section “pain”, which there is not"),
        ("most = 2", "most = two", 10, "invalid value"),
        ("most = 2", 'most = "2"', 8, "“most” has the wrong type"),
        ("most = 2", "most = 0", 8, "“least” has to be from 1 to “most”"),
        ("most = 2", "mast = 2", 8, "“mast” is not known here"),
        ('makes = "ranked"', 'makes = "rank"', 8, "“makes” is one of"),
        ('makes = "ranked"', 'makes = "labelled"', 8, "a section of “labelled” has 1 cells for each item"),
        ('key = "pains"\n', "", 8, "“key” is missing"),
        ('key = "points"', 'key = "pains"', 16, "there are two sections “pains”"),
        ("Say what hurts.\n", "", 6, "the section has no instruction"),
        ("What is {topic}?", "What is it?", 18, "without {topic}"),
        ('silent = "ask."\n', "", 18, "“silent” is missing"),
        ('label = "Use"\n', "", 18, "“label” is missing"),
        ("## Points\n+++\n", "## Points\n", 17, "a head between two lines of +++ is missing"),
        ("## ", "# ", 1, "there is no section"),
    ],
)
def test_what_breaks_the_schema_is_told_with_its_line(right: str, wrong: str, line: int, reason: str) -> None:
    assert right in TEMPLATE
    with pytest.raises(StorageError) as told:
        template_in(TEMPLATE.replace(right, wrong), FILE)
    assert told.value.title.startswith(f"The template founder.md, line {line}: ")
    assert reason in told.value.title
