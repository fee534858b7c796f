"""`aidx check`, without its command line: what somebody changed in a brief of ours, or says that a source says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.briefs.brief import Brief
from aidx_assistant.briefs.composing import compose
from aidx_assistant.briefs.events import BriefFinished
from aidx_assistant.briefs.exports.markdown import as_markdown
from aidx_assistant.briefs.exports.word import as_word
from aidx_assistant.briefs.linting.documents import lint_document
from aidx_assistant.briefs.request import BriefRequest
from aidx_assistant.briefs.verdict import BY_RULE
from aidx_assistant.briefs.written.as_brief import brief_again
from aidx_assistant.briefs.written.markdown import read_markdown
from aidx_assistant.briefs.written.word import read_word
from tests.fakes.briefs import clean_brief, corpus_shelf

pytestmark = pytest.mark.slow


def told(text: str) -> list[str]:
    found = lint_document(read_markdown(text.encode()), corpus_shelf(), lambda _: 2)
    return [f"{fault.where}: {fault.rule}: {fault.problem}" for fault in found.faults]


MEMO = "# Memo\n\n{}\n\n[^1]: The Healthcare AI Adoption Index, section “Top takeaways”.\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "“Budgets for AI will vanish in every single hospital.”[^1]",
        "The index says: “budgets for AI will vanish”.[^1]",
        "“Budgets for AI will vanish,” says the index.[^1]",
        "Leaders are sure that “budgets for AI will vanish soon”, and they act on it.[^1]",
        'According to the Healthcare AI Adoption Index, "AI budgets will vanish soon enough".',
        "“Among executives, most say that AI budgets are growing faster than IT spending.”[^1]",
    ],
)
def test_a_quotation_that_no_source_has(sentence: str) -> None:
    found = told(MEMO.format(sentence))
    assert [one for one in found if one.startswith("3: quotation-wrong: “")], found


def test_what_is_like_a_quotation_is_told_instead() -> None:
    found = told(MEMO.format("“Among executives, most say that AI budgets are growing faster than IT spending.”[^1]"))
    assert found == [
        "3: quotation-wrong: “Among executives, most say that AI budgets are growing faster than IT spending.” does not"
        " stand in aidx's notes of The Healthcare AI Adoption Index; they say “Among executives, 60% say that AI"
        " budgets are growing faster than IT spending.”"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "“Among executives, 60% say that AI budgets are growing faster than IT spending.”[^1]",
        "Of executives, 60% say that “AI budgets are growing faster … spending”.[^1]",
        "The section “Experimentation but not yet production” is short.[^1]",
        "Leaders call it “the great leap”, and 60% say that AI budgets are growing faster than IT spending.[^1]",
        "He said “nobody here has ever read that report”. Others did.[^1]",
    ],
)
def test_a_quotation_that_stands_there_or_is_not_cited(sentence: str) -> None:
    assert not [one for one in told(MEMO.format(sentence)) if "quotation-wrong" in one]


@pytest.fixture(scope="module")
def brief(home: Path) -> Iterator[Brief]:
    """An evidence brief, as `aidx brief` makes it."""
    with Assistant(home=home) as assistant:
        assistant.use(replace(assistant.settings, offline=True))
        finished = list(compose(assistant, BriefRequest("buyer", "proofs of concept", "provider", "CMIO")))[-1]
        assert isinstance(finished, BriefFinished)
        yield finished.brief


_LARGE = "base: proofs of concept of large providers;"
_VERDICT = f"**Conditional**, with **low** confidence. {BY_RULE}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (_LARGE, "base: 400 leaders;", "base-wrong: The Source: line counts “400 leaders”; the source counts “proofs"),
        (
            _LARGE,
            "base: proofs of concept of providers;",
            "base-wrong: The Source: line counts “proofs of concept of pro",
        ),
        (
            "· Providers ·",
            "· Payers ·",
            "3: segment-wrong: The brief is said to be about payers; what it says is about",
        ),
        (
            "or results for providers",
            "or results for payers",
            "segment-wrong: It says payers; the brief is about providers.",
        ),
        ("“Among large providers, 46%", "“Among providers, 46%", "quotation-wrong: “Among providers, 46% of proofs"),
        ("“Among large providers, 46%", "“Among large payers, 46%", "quotation-wrong: “Among large payers, 46%"),
        (
            "- Background: “",
            "- “",
            "has no label; it has to be labelled “Background”: it is not about the topic.",
        ),
        (
            "- All segments: “",
            "- “",
            "has no label; it has to be labelled “All segments”: the source counts all",
        ),
        ("Background, all segments: “", "Background: “", "has to be labelled “Background, all segments”"),
        (
            "**Conditional**",
            "**Go**",
            "14: verdict-changed: The verdict is “Go, with low confidence” and is said to be",
        ),
        ("**low** confidence", "**high** confidence", "the rule gives “Conditional, with low confidence”"),
        (_VERDICT, "**Go**, with **high** confidence.", "verdict-changed: The verdict was changed from “Conditional,"),
        ("have one figure", "have nine figures", "counts-differ: It says “One figure on use or results for"),
        (
            "## Evidence\n",
            "## Evidence\n\nPeers who waited fell behind competitors.\n",
            "statement-without-source: No source",
        ),
    ],
)
def test_one_edit_of_a_brief_is_told(brief: Brief, old: str, new: str, said: str) -> None:
    text = as_markdown(brief)
    assert old in text
    found = told(text.replace(old, new, 1))
    assert any(said in one for one in found), found
    assert len(found) <= 2


def test_a_brief_is_measured_as_it_was_laid_out(brief: Brief) -> None:
    again = brief_again(read_markdown(as_markdown(brief).encode()))
    assert again is not None
    laid_out, measured = (
        [(one.heading, one.boxed, [type(block) for block in one.blocks]) for one in made.sections]
        for made in (brief, again)
    )
    assert measured[: len(laid_out)] == laid_out
    assert [heading for heading, *_ in measured[len(laid_out) :]] == ["Where the sources differ"]
    assert any(boxed for _, boxed, _ in measured)
    assert (again.segment, again.audience) == (brief.segment, brief.audience)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            r"\*\*Conditional\*\*, with[^\n]*",
            "Our recommendation: go ahead with the best vendor.",
            "14: verdict-changed: The verdict “Conditional, with low confidence”, which the rule gives for what",
        ),
        (r"\\\n  \*Source:[^\n]*", "", "source-line-missing: No Source: line is left below the evidence"),
        (r"(?<=## Evidence\n\n)([^\n]*?”)\[\^\d+\]", r"\1", "statement-without-source: No note is left behind “Among"),
        (r"(\[\^2\]: [^\n]*) “[^\n]*", r"\1", "citation-unresolved: [^2] does not quote the sentence that it cites."),
        (r"https://www\.bvp\.com", "https://example.com", "address-wrong: [^1] gives https://example.com/atlas"),
        (
            r"Left out: [^\n]*",
            "Nothing was left out.",
            "left-out-wrong: It says “Nothing was left out”; briefs leave out",
        ),
    ],
)
def test_what_was_taken_away_from_a_brief_is_told_once(brief: Brief, old: str, new: str, said: str) -> None:
    text = as_markdown(brief)
    changed = re.sub(old, new, text)
    assert changed != text
    found = told(changed)
    assert len([one for one in found if said in one]) == 1, found
    assert len(found) == 1


def test_one_source_line_taken_away_is_told_where_it_was(brief: Brief) -> None:
    found = told(re.sub(r"\\\n  \*Source:[^\n]*", "", as_markdown(brief), count=1))
    assert [one.partition(": ")[2] for one in found] == [
        "source-line-missing: The Source: line of this statement is missing."
    ]


def test_counts_edited_everywhere_are_held_against_what_is_quoted(brief: Brief) -> None:
    found = told(as_markdown(brief).replace("three figures for healthcare", "one figure for healthcare"))
    assert [one for one in found if "counts-differ: It counts 1 where the brief itself quotes" in one], found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        (_VERDICT, "**Go**, with **high** confidence. The rule gives Conditional; the board overruled it."),
        ("## Options\n", "## Options\n\nThe steering group has not looked at prices yet.\n"),
    ],
)
def test_what_may_be_edited(brief: Brief, old: str, new: str) -> None:
    assert told(as_markdown(brief).replace(old, new, 1)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("| Large providers |", "| Providers |", "figure-unsupported: 46%: the cited sentence says this only of large"),
        ("| Large providers |", "| Large systems |", "chart-wrong: The bar of 46% is labelled “Large systems”; the"),
        (
            "### Proofs of concept that",
            "### Payers that",
            "chart-wrong: The chart is called “Payers that reach production”; its bars",
        ),
        (
            "*Base: Completed",
            "*Base: Running",
            "chart-wrong: The chart's base is said to be “Running proofs of concept”; its bars",
        ),
    ],
)
def test_the_words_of_a_chart(old: str, new: str, said: str) -> None:
    found = told(as_markdown(clean_brief()).replace(old, new, 1))
    assert len(found) == 1 and said in found[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| Large providers |", "| Large providers (46%) |"),
        ("### Proofs of concept that reach production", "### Proofs of concept that reach production, by segment"),
        ("### Proofs of concept that reach production", "### Pilots that reach production"),
    ],
)
def test_a_chart_in_other_words(old: str, new: str) -> None:
    assert told(as_markdown(clean_brief()).replace(old, new, 1)) == []


def test_edits_in_word(brief: Brief) -> None:
    document = read_word(as_word(brief))
    exchanged = {
        "· Providers ·": "· Pharma ·",
        "Conditional, with": "Go, with",
    }
    pieces = []
    for piece in document.pieces:
        text = piece.text
        for old, new in exchanged.items():
            text = text.replace(old, new)
        pieces.append(replace(piece, text=text))
    for edited, rules in (
        (document.pieces, []),
        (tuple(pieces), ["segment-wrong", "verdict-changed"]),
    ):
        found = lint_document(replace(document, pieces=edited), corpus_shelf(), lambda _: 2)
        assert [fault.rule for fault in found.faults] == rules


@pytest.mark.parametrize("entry", ["1. {}", "[1] {}", "[1]: {}"])
def test_a_list_of_sources_needs_no_heading(entry: str) -> None:
    source = entry.format("The Healthcare AI Adoption Index, “Experimentation but not yet production”.")
    found = told(f"# Memo\n\nLarge providers get 64% of proofs of concept into production [1].\n\n{source}\n")
    assert [one for one in found if one.startswith("3: figure-unsupported: 64%")]
    steps = "## Next steps\n\n1. Read the Healthcare AI Adoption Index.\n"
    assert told(f"# Memo\n\nIn our pilots 64% of users stayed [1].\n\n{steps}") == []
