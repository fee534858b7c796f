"""The rules of docs/checks.md, one by one, on a small invented library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from aidx_assistant.answers import DECLINE, Citation
from aidx_assistant.checking import CheckedAnswer, check_answer
from aidx_assistant.evidence import Finding, Locator, Passage, Segment, Source

SENTENCES = {
    "robots": (
        "Among provider leaders, 72% expect that within two to four years robots will change surgery.",
        "Among payer leaders, 64% expect that within two to four years robots will change surgery.",
        "Across all segments, 68% of respondents believe that robots will change surgery.",
        "Among large providers, 39% of completed pilots end in a purchase.",
        "A clear robotics strategy exists at only half of the surveyed organisations.",
        "Robot budgets are growing faster than IT spending, say 61% of executives.",
        "The survey was answered by more than 250 leaders.",
    ),
    "rows": (
        "Segment: Clinics; Has robot committee: 19%; Has a robot inventory: 17%; Audits robots yearly: 8%",
        "Use case: Fraud detection; Ideation: 15%; Pilot Production: 32% 53%",
        "We found that 38% of hospitals' pilots reach production, up from 27% in 2024.",
        "Task: Care notes; Nursing homes: 11%; Home care agencies: 24%",
        "Of the aides, 58% fear that robots add to their work.",
    ),
    "groups": (
        "Use case: Triage; Medicaid plans: 26%; Commercial plans: 49%",
        "Chief medical officers own the robots at 31% of clinics, and chief information officers own them at 47%.",
        "Robots save 48 minutes a day at urban clinics and 31 minutes a day at rural clinics.",
        "Biotech companies took 36% of pilots into use in 2025, large pharma companies 22%.",
    ),
    "parts": (
        "57% of insurers use robots for triage.",
        "At teaching hospitals, 37% of pilots reach production.",
        "Of biotechs, 34% have a robot committee.",
        "18% of Medicaid plans use robots in member service.",
        "Of pharma companies, 51% have a robot committee.",
        "Not-for-profit hospitals have a robot budget in 43% of cases.",
        "34% of biotechs have had a robot committee since they began to buy robots, for two years now.",
        "Among executives, 66% say that robots cost more each year.",
        "Among hospitals, 21% use robots as porters.",
        "The survey asked 212 managers of children's hospitals.",
        "Robots answered 40% of calls at rural hospitals.",
        "Medical devices with robots are in use at 45% of payers.",
        "Among executives, 60% say that their organisation buys robots.",
        "30% of payers expect that robots cost more.",
    ),
    "stage": (
        "Of all use cases, 41% are still in the planning stage.",
        "A second brief has 41% of use cases beyond the planning stage.",
        "Startups are preferred over incumbents by 44% of executives.",
        "Security, cost, training and trust are the barriers to robots.",
        "Slides 4 and 5 are about surgery.",
        "A meaningful return comes within the first year for 53% of those surveyed.",
    ),
}
SEGMENTS: dict[tuple[str, int], Segment] = {
    ("robots", 0): "provider",
    ("robots", 1): "payer",
    ("robots", 3): "provider",
    ("parts", 2): "pharma",
    ("parts", 4): "pharma",
    ("parts", 6): "pharma",
}
POPULATIONS = {("robots", 3): "completed pilots of large providers"}


@dataclass(frozen=True)
class Small:
    all_findings: tuple[Finding, ...]

    def passage(self, passage_id: str) -> Passage | None:
        if passage_id not in SENTENCES:
            return None
        beside = "slide 9" if passage_id == "robots" else None
        where = Locator("section", heading="Robots")
        return Passage(passage_id, "report", where, SENTENCES[passage_id], ("all",), shown_beside=beside)

    def findings(self) -> Sequence[Finding]:
        return self.all_findings

    def sources(self) -> Sequence[Source]:
        return ()


def finding(passage: str, sentence: int, value: str) -> Finding:
    return Finding(
        id=f"report/{passage}-{sentence}",
        source_id="report",
        statement=SENTENCES[passage][sentence],
        value=value,
        unit="percent",
        measure="",
        segment=SEGMENTS.get((passage, sentence), "all"),
        population=POPULATIONS.get((passage, sentence), ""),
        time_frame=None,
        topic="robots",
        locator=Locator("section", heading="Robots"),
        passage_id=passage,
        sentence=sentence,
    )


LIBRARY = Small(
    (
        finding("robots", 0, "72%"),
        finding("robots", 1, "64%"),
        finding("robots", 2, "68%"),
        finding("robots", 3, "39%"),
        replace(finding("stage", 0, "41%"), differs_from=("report/stage-1",), difference="Still in, or beyond."),
        finding("stage", 1, "41%"),
        finding("parts", 2, "34%"),
        finding("parts", 4, "51%"),
        finding("parts", 6, "34%"),
        replace(finding("parts", 6, "two years"), id="report/parts-6-years", unit="years"),
        replace(finding("parts", 7, "66%"), population="executives"),
        replace(finding("parts", 9, "212"), unit="managers"),
    )
)


def cite(number: int, passage: str, first: int, end: int | None = None) -> Citation:
    end = first + 1 if end is None else end
    quote = " ".join(SENTENCES[passage][first:end])
    where = Locator("section", heading="Robots")
    return Citation(number, "report", "Report", passage, (first, end), where, None, "", quote, None, None)


def check(text: str, *citations: Citation) -> CheckedAnswer:
    return check_answer(text, citations, LIBRARY)


def faults(text: str, *citations: Citation) -> list[str]:
    return [fault.text for fault in check(text, *citations).checks.figures_unsupported]


@pytest.mark.parametrize(
    "text",
    [
        "72% of provider leaders expect robots to reshape surgery in two to four years [1].",
        "Hospitals are confident: 72 percent think robots will transform surgery. [1]",
        "**Providers:** 72% [1]",
        "For providers:\n\n- 72% expect robots to change surgery [1]",
        "| Segment | Expect change |\n|---|---|\n| Providers | 72% [1] |",
        "## Providers\n\nHere 72% expect a change of surgery [1].",
        "Over 70% of provider leaders expect it [1].",
        "About 72% of provider leaders expect it [1].",
    ],
)
def test_a_claim_that_the_cited_sentence_bears_out_holds(text: str) -> None:
    assert faults(text, cite(1, "robots", 0)) == []


@pytest.mark.parametrize("row", [0, 1])
@pytest.mark.parametrize("label", ["", "**Safety:** No segment named: ", "Background, all segments: "])
def test_a_cited_sentence_holds_word_for_word_whatever_it_is_made_of(row: int, label: str) -> None:
    around = "- {}“{}” [1] Still ask how the model is watched after a change."
    text = around.format(label, SENTENCES["rows"][row])
    assert faults(text, cite(1, "rows", row)) == []
    figure = "8%" if row == 0 else "53%"
    assert faults(text.replace(figure, "9%"), cite(1, "rows", row)) != []


@pytest.mark.parametrize(
    "text",
    [
        "| Segment | Fact |\n|---|---|\n| Payers | “Of all use cases, 41% are still in the planning stage.” [1] |",
        "Of all use cases, 41% are still in the planning stage [1] or beyond the planning stage at payers.",
    ],
)
def test_but_not_where_the_words_around_it_change_what_it_says(text: str) -> None:
    found = replace(LIBRARY.all_findings[4], segment="provider")
    library = Small(tuple(found if one.id == found.id else one for one in LIBRARY.all_findings))
    checked = check_answer(text, [cite(1, "stage", 0)], library)
    assert [fault.text for fault in checked.checks.figures_unsupported] == ["41%"]


@pytest.mark.parametrize(
    "text",
    [
        "73% of provider leaders expect robots to change surgery [1].",
        "72% of payer leaders expect robots to change surgery [1].",
        "72% of all respondents expect robots to change surgery [1].",
        "**Payers:** 72% [1]",
        "For payers:\n\n- 72% expect robots to change surgery [1]",
        "| Segment | Expect change |\n|---|---|\n| Payers | 72% [1] |",
        "72 percentage points of provider leaders expect it [1].",
        "72 provider leaders expect it [1].",
        "More than 72% of provider leaders expect it [1].",
        "72% of large providers expect it [1].",
        "72% of provider leaders doubt that robots will change surgery [1].",
        "72% of provider leaders do not expect robots to change surgery [1].",
        "72% of provider leaders expect robots to change surgery only after four years [1].",
        "72% of provider leaders expect robots to change surgery.",
    ],
)
def test_a_claim_that_says_otherwise_does_not(text: str) -> None:
    assert faults(text, cite(1, "robots", 0)) != []


def test_a_wrong_figure_names_what_is_found_instead() -> None:
    (fault,) = check("73% of provider leaders expect it [1].", cite(1, "robots", 0)).checks.figures_unsupported
    assert (fault.text, fault.start, fault.end) == ("73%", 0, 3)
    assert fault.found_instead is not None and fault.found_instead.startswith("72%")


def test_each_figure_rests_on_the_citations_of_its_own_clause() -> None:
    cited = (cite(1, "robots", 0), cite(2, "robots", 1))
    assert faults("72% of provider [1] and 64% of payer leaders [2] expect it.", *cited) == []
    assert faults("72% of provider [2] and 64% of payer leaders [1] expect it.", *cited) == ["72%", "64%"]
    assert faults("64% of provider and 72% of payer leaders expect it [1][2].", *cited) == ["64%", "72%"]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("At large providers, 39% of completed pilots end in a purchase [1].", True),
        ("At providers, 39% of completed pilots end in a purchase [1].", False),
        ("At large providers, 39% of pilots end in a purchase [1].", False),
        ("Large providers lead. Of their completed pilots, 39% end in a purchase [1].", True),
    ],
)
def test_qualifiers_of_the_population_stay(text: str, held: bool) -> None:
    assert (faults(text, cite(1, "robots", 3)) == []) is held


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("For 61% of executives, robot budgets outpace IT spending [1].", True),
        ("For 61% of executives, IT spending grows more slowly than robot budgets [1].", True),
        ("For 61% of executives, IT spending outpaces robot budgets [1].", False),
        ("For 61% of executives, robot budgets lag behind IT spending [1].", False),
        ("61% of robot budgets outpace IT spending [1].", False),
    ],
)
def test_comparisons_keep_their_direction(text: str, held: bool) -> None:
    assert (faults(text, cite(1, "robots", 5)) == []) is held


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Over 250 leaders answered [1].", True),
        ("250+ executives answered [1].", True),
        ("250 leaders answered [1].", False),
        ("Fewer than 250 leaders answered [1].", False),
        ("More than 250 people answered [1].", True),
        ("More than 250 slides answered [1].", False),
    ],
)
def test_bounds_are_neither_dropped_nor_turned(text: str, held: bool) -> None:
    assert (faults(text, cite(1, "robots", 6)) == []) is held


def test_still_in_is_not_beyond_and_the_disagreement_is_shown() -> None:
    cited = (cite(1, "stage", 0), cite(2, "stage", 1))
    answer = check("41% of use cases are still being planned [1], or 41% are beyond planning [2].", *cited)
    assert answer.checks.figures_unsupported == ()
    assert [(one.about, one.citations) for one in answer.disagreements] == [("Still in, or beyond.", (1, 2))]
    assert faults("41% of use cases are beyond the planning stage [1].", cite(1, "stage", 0)) == ["41%"]


def test_half_may_be_written_as_a_percentage() -> None:
    assert faults("50% of organisations have a clear robotics strategy [1].", cite(1, "robots", 4)) == []
    assert faults("Two thirds of organisations have a clear robotics strategy [1].", cite(1, "robots", 4)) == [
        "Two thirds"
    ]


def test_small_counts_hold_by_the_lists_they_announce() -> None:
    cited = cite(1, "stage", 3)
    assert faults("Four barriers stand in the way [1].", cited) == []
    assert faults("Five barriers stand in the way [1].", cited) == ["Five"]
    assert check("Two findings stand out [1].", cited).checks.figures == 0


def test_slides_hold_where_a_passage_is_shown_beside_them_or_a_sentence_names_them() -> None:
    assert faults("It is shown beside slide 9 [1].", cite(1, "robots", 2)) == []
    assert faults("Slide 9 has it [1].", cite(1, "robots", 2)) == ["Slide 9"]
    assert faults("It is shown beside slide 8 [1].", cite(1, "robots", 2)) == ["slide 8"]
    assert faults("Surgery is on slides 4–5 [1].", cite(1, "stage", 4)) == []
    assert faults("Surgery is on slides 4 and 4 [1].", cite(1, "stage", 4)) == ["4"]
    assert faults("| Slides | About |\n|---|---|\n| 4 | surgery [1] |", cite(1, "stage", 4)) == []


def test_citations_are_verified_word_for_word() -> None:
    good = cite(1, "robots", 0, 2)
    assert check("", replace(good, quote=good.quote.replace(" ", "\r\n") + "\u0002 ")).citations[0].verified
    for bad in (
        replace(good, quote=good.quote + "x"),
        replace(good, quote=""),
        replace(good, passage_id="nowhere"),
        replace(good, sentences=(1, 1)),
        replace(good, sentences=(0, 99)),
        replace(good, sentences=(-1, 1)),
    ):
        answer = check("72% of provider leaders expect it [1].", bad)
        assert not answer.citations[0].verified
        assert answer.checks.citations_unverified == 1
        assert len(answer.checks.figures_unsupported) == 1


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("38% of hospitals' pilots reach production, up from 27% in 2024 [1].", []),
        ("In 2024 it was 27%, and now 38% of hospitals' pilots reach production [1].", ["27%"]),
        ("Of the pilots, 27% reached production in 2024 [1].", ["27%"]),
    ],
)
def test_a_heading_gives_way_to_the_segment_named_before_the_figure(text: str, flagged: list[str]) -> None:
    assert faults(f"# Memo on payers\n\n{text}", cite(1, "rows", 2)) == flagged


@pytest.mark.parametrize(
    ("text", "row", "told"),
    [
        (
            "Robots take care notes at 24% of nursing homes [1].",
            3,
            "says this of Home care agencies, not of nursing homes",
        ),
        ("Robots take care notes at 24% of hospices [1].", 3, "says this of Home care agencies, not of hospices"),
        ("58% of porters fear that robots add to their work [1].", 4, "says this of aides, not of porters"),
        ("Among porters, 58% fear that robots add to their work [1].", 4, "says this of aides, not of porters"),
        ("Robots take care notes at 24% of home care agencies [1].", 3, None),
        ("Robots take care notes at 11% of nursing facilities [1].", 3, None),
        ("58% of the surveyed aides fear that robots add to their work [1].", 4, None),
        ("58% of respondents fear that robots add to their work [1].", 4, None),
    ],
)
def test_a_share_is_of_those_whom_the_source_counts(text: str, row: int, told: str | None) -> None:
    checked = check(text, cite(1, "rows", row)).checks.figures_unsupported
    assert [fault.reason for fault in checked] == ([f"the cited sentence {told}"] if told else [])


@pytest.mark.parametrize(
    ("text", "row", "told"),
    [
        ("Robots do triage at 49% of Medicaid plans [1].", 0, "“commercial plans”, not of “medicaid”"),
        ("Chief information officers own the robots at 31% of clinics [1].", 1, "“chief medical officers”, not of"),
        ("Robots save 48 minutes a day at rural clinics [1].", 2, "“urban”, not of “rural”"),
        ("Robots do triage at 26% of Medicaid plans [1].", 0, ""),
        ("Chief information officers own the robots at 47% of clinics [1].", 1, ""),
        ("Robots save 48 minutes a day at urban clinics [1].", 2, ""),
        ("Large pharma companies took 22% of pilots into use in 2025 [1].", 3, ""),
    ],
)
def test_a_figure_is_of_the_group_that_the_source_names(text: str, row: int, told: str) -> None:
    found = [fault.reason for fault in check(text, cite(1, "groups", row)).checks.figures_unsupported]
    assert len(found) == bool(told) and told in "".join(found)


@pytest.mark.parametrize(
    ("text", "uncited"),
    [
        ("Robots are changing surgery in many hospitals.", 1),
        ("Robots cost 40% more.", 1),
        ("| A | B |\n|---|---|\n| robots | 40% |", 1),
        ("Robots are changing surgery in many hospitals [1].", 0),
        ("Robots are changing surgery in many hospitals. [1]", 0),
        ("# Robots are changing surgery in many hospitals", 0),
        ("What robots are changing surgery in hospitals:", 0),
        ("Are robots changing surgery in many hospitals?", 0),
        ("In short, yes.", 0),
        ("The sources do not say how robots change surgery for patients.", 0),
        (DECLINE, 0),
        ("", 0),
    ],
)
def test_uncited_sentences_are_counted(text: str, uncited: int) -> None:
    assert check(text, cite(1, "robots", 0)).checks.sentences_uncited == uncited


def test_a_short_answer_rests_on_the_sentence_after_it() -> None:
    assert faults("72%. That many provider leaders, 72%, expect it [1].", cite(1, "robots", 0)) == []


def test_imported_sentences_need_no_finding() -> None:
    bare = Small(())
    answer = check_answer("72% of payer leaders expect robots to change surgery [1].", [cite(1, "robots", 0)], bare)
    assert [fault.text for fault in answer.checks.figures_unsupported] == ["72%"]
    answer = check_answer("72% of provider leaders expect robots to change surgery [1].", [cite(1, "robots", 0)], bare)
    assert answer.checks.figures_unsupported == ()
