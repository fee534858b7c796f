# ruff: noqa: E501 - the answers are quoted whole
"""True answers in the many forms that Claude writes, on an invented study: none of their figures may be flagged."""

from __future__ import annotations

import re

import pytest

from aidx_assistant.checking import check_answer
from aidx_assistant.evidence import Finding, Locator, Passage, Segment
from tests.mutation.library import Library, citation

STUDY: list[tuple[str, str | None, Segment, str, str]] = [
    (
        "Among provider leaders, 71% expect that within two to four years robots will change how surgery is done.",
        "71%",
        "provider",
        "expectation that robots will change surgery",
        "provider leaders",
    ),
    (
        "Among payer leaders, 69% expect that within two to four years robots will change how surgery is done.",
        "69%",
        "payer",
        "expectation that robots will change surgery",
        "payer leaders",
    ),
    (
        "Across all segments, 66% of respondents believe that robots will affect surgery.",
        "66%",
        "all",
        "belief that robots will affect surgery",
        "respondents",
    ),
    (
        "Across all segments, 78% of respondents expect automation to lower energy costs.",
        "78%",
        "all",
        "expectation that automation will lower energy costs",
        "respondents",
    ),
    (
        "Among pharma executives, only 53% believe that robots will be behind most trial logistics within ten years.",
        "53%",
        "pharma",
        "belief that robots will drive most trial logistics",
        "pharma executives",
    ),
    (
        "Robots will be transformative in the view of 93% of respondents.",
        "93%",
        "all",
        "belief that robots will be transformative",
        "respondents",
    ),
    (
        "Of all uses in the surveyed areas, 47% are still in the stage of planning or trial.",
        "47%",
        "all",
        "uses in planning or trial",
        "uses",
    ),
    (
        "The brief counts only 47% of robot applications as being beyond the stage of planning or trial.",
        "47%",
        "all",
        "applications beyond planning",
        "applications",
    ),
    (
        "Among surveyed providers, 28% have deployed delivery robots system-wide.",
        "28%",
        "provider",
        "delivery robots deployed system-wide",
        "providers",
    ),
    (
        "Among surveyed providers, 19% are implementing delivery robots.",
        "19%",
        "provider",
        "delivery robots being implemented",
        "providers",
    ),
    (
        "Among surveyed providers, 37% are actively piloting delivery robots.",
        "37%",
        "provider",
        "delivery robots being piloted",
        "providers",
    ),
    (
        "In addition to providers with system-wide use, 58% of providers are piloting or implementing delivery robots, according to the brief.",
        "58%",
        "provider",
        "robots piloted or implemented",
        "providers",
    ),
    (
        "Among executives, 67% are open to co-development with partners at an early stage.",
        "67%",
        "all",
        "openness to co-development",
        "executives",
    ),
    (
        "The brief ranks a shortage of in-house robot expertise second among the obstacles to robots.",
        "second",
        "all",
        "rank of the shortage",
        "obstacles",
    ),
    (
        "According to the brief, 49% of pharma respondents see data readiness as a leading obstacle to robots.",
        "49%",
        "pharma",
        "data readiness as an obstacle",
        "pharma respondents",
    ),
    (
        "The survey for the study was answered by more than 300 leaders from the provider, payer and pharma segments.",
        "more than 300",
        "all",
        "participants",
        "leaders",
    ),
    ("12 May 2024 is the publication date of the study.", "12 May 2024", "all", "publication", "the study"),
    (
        "The study is the joint work of three organisations: Alpha Partners, Beta Services (BS) and Gamma & Company.",
        "three",
        "all",
        "organisations",
        "organisations",
    ),
    ("The slide deck of the study has 41 slides.", "41", "all", "slides", "slides"),
    ("The slide deck is made up of three parts and an appendix.", "three", "all", "parts", "parts"),
    ("Slides 36 to 41 are the appendix of the deck.", None, "all", "", ""),
    (
        "The appendix slides are slide 36 (title of the appendix), slide 37 (range of survey respondents), slide 38 (provider uses), slide 39 (pharma uses) and slide 40 (payer uses).",
        None,
        "all",
        "",
        "",
    ),
    (
        "In the first part of the deck, slide 9 is about roadblocks, slide 10 about budgets, slide 11 about the C-suite and slide 12 about working with startups.",
        None,
        "all",
        "",
        "",
    ),
    ("The appendix of the deck holds six slides.", "six", "all", "slides in the appendix", "slides"),
    ("The costs of integration are heaviest for payers, according to the brief.", None, "payer", "", ""),
    ("The shortage of in-house robot expertise is worst in pharma, according to the brief.", None, "pharma", "", ""),
    ("The article shows slides 4, 5, 6 and 7 again beside its section.", None, "all", "", ""),
    (
        "Robot models had been within everyone's reach for only three and a half years when they were already a top priority.",
        "three and a half",
        "all",
        "time to priority",
        "healthcare",
    ),
    (
        "The deck's slide 37 is about the range of respondents, according to its picture's alt text.",
        None,
        "all",
        "",
        "",
    ),
    (
        "Slides 2, 14 and 30 are the tables of contents of the first, second and third part of the deck.",
        None,
        "all",
        "",
        "",
    ),
]
"""Sentence, value, segment, measure, population; a marker [n] cites the sentence at position n."""

TRUE_ANSWERS = [
    "Yes: 71% of provider leaders [0] and 69% of payer leaders [1] expect robots to change surgery within two to four years; across all three segments it is 66% [2].",
    "Within two to four years, 71% of provider leaders [0] and 69% of payer leaders [1] expect surgery to change.",
    "Providers and payers are nearly level on this, at 71% and 69% respectively [0][1].",
    "Providers are slightly more confident than payers (71% vs. 69%) that robots will change surgery [0][1].",
    "Both figures are for two of the three segments, 71% of provider leaders and 69% of payer leaders [0][1].",
    "Pharma has no figure of its own here; the 66% covers all three segments [2].",
    "The 66% is for all segments taken together, whereas 71% and 69% are for providers and payers [2][0][1].",
    "Roughly two thirds of all respondents (66%) believe robots will have an effect on surgery [2].",
    "The figure most often quoted, 66%, is for all segments [2]; provider leaders stand at 71% [0] and payer leaders at 69% [1].",
    "Nearly eight in ten respondents (78%) think automation will bring down energy costs [3].",
    "Cost savings are widely expected: 78% of respondents across segments foresee lower energy costs thanks to automation [3].",
    "Pharma executives are the least convinced: just 53% think robots will be behind the majority of trial logistics over the next decade [4].",
    "A slim majority of pharma executives, 53%, believes that robots will account for most trial logistics in the next ten years [4].",
    "Slightly more than half (53%) of pharma leaders expect robots to handle most trial logistics within a decade, which is well below the 93% of respondents who see robots as transformative [4][5].",
    "Almost everyone: 93% of respondents consider robots transformative [5].",
    "93% say robots will be transformative [5], but only 53% of pharma executives see most trial logistics coming from robots within ten years [4].",
    "The two sources disagree. The study has 47% of uses still in planning or trial [6], while the brief has only 47% of applications beyond that stage [7].",
    "Nearly half of uses (47%) have not moved past planning or trial [6].",
    "47% of uses have yet to leave the planning or trial stage [6].",
    "47% of uses are not yet in production, being still planned or tried out [6].",
    "The number 47% appears twice, with opposite meanings: uses still at the planning or trial stage in the study [6], applications that have got beyond it in the brief [7].",
    "Fewer than half of robot applications, 47%, have progressed further than planning or trial, the brief says [7].",
    "Among providers, 28% have rolled out delivery robots across the system [8], a further 19% are putting them in place [9] and another 37% are piloting them [10].",
    "Of the providers surveyed, 28%, 19% and 37% have deployed, are implementing and are piloting delivery robots, respectively [8][9][10].",
    "In the study, 19% of providers are implementing delivery robots [9] and 37% are piloting them [10]; the brief has 58% doing one or the other [11].",
    "Delivery robots: 28% of providers use them system-wide [8]; 19% are at the implementation stage [9]; 37% at the pilot stage [10].",
    "The brief lumps piloting and implementing together at 58% of providers [11], where the study separates 19% implementing [9] from 37% piloting [10].",
    "Two thirds of executives (67%) would co-develop with early-stage companies [12].",
    "67% of executives are willing to build together with early-stage partners [12].",
    "For co-development, yes: 67% of executives say they are open to it with early-stage partners [12].",
    "Lack of in-house expertise comes second among the obstacles [13] and is most acute in pharma [25].",
    "Not having enough in-house expertise is the second obstacle in the brief's ranking [13].",
    "A shortage of internal know-how ranks second [13], and it is at its worst in pharma [25].",
    "Nearly half of pharma respondents (49%) name data readiness among the leading obstacles [14].",
    "For pharma, data that are not ready are a major obstacle: 49% of respondents say so [14].",
    "For 49% of pharma respondents, the readiness of their data is a top barrier [14].",
    "The survey was answered by over 300 leaders across the provider, payer and pharma segments [15].",
    "More than 300 executives from all three segments took part [15].",
    "It rests on a survey of 300+ payers, providers and pharma companies [15].",
    "The study came out on 12 May 2024 [16] and is the joint work of Alpha Partners, Beta Services and Gamma & Company [17].",
    "It was published in May 2024 by three organisations: Alpha, Beta and Gamma [16][17].",
    "Three partners stand behind the study, namely Alpha, Beta and Gamma [17].",
    "The deck runs to 41 slides [18] in three parts plus an appendix [19].",
    "The 41-slide deck has three parts and an appendix of six slides, 36 to 41 [18][19][20][23].",
    "The appendix comprises six slides [23], numbers 36 to 41 [20].",
    "Slides 38 to 40 show uses by segment [21].",
    "Slide 38 has the uses of providers, slide 39 those of pharma and slide 40 those of payers [21].",
    "Provider, pharma and payer uses are on slides 38, 39 and 40 [21].",
    "Slides 9, 10 and 11 deal with roadblocks, budgets and the C-suite [22].",
    "Startups come up on slide 12, budgets on slide 10 [22].",
    "Slides 4–7 are repeated in the article [26].",
    "The tables of contents are slides 2, 14 and 30 [29].",
    "Three and a half years after robot models became widely available, they were a top priority [27].",
    "It took just 3.5 years for robots to become a top priority [27].",
    "Slide 37 is about respondents, though its content has not been read [28].",
    "Slide 12 of 41 is about working with startups [22][18].",
]

_SECTION = Locator("section", heading="Study")
_PASSAGE = Passage("study", "study", _SECTION, tuple(row[0] for row in STUDY), ("all",))
_FINDINGS = tuple(
    Finding(
        id=f"study/{position}",
        source_id="study",
        statement=sentence,
        value=value,
        unit=None,
        measure=measure,
        segment=segment,
        population=population,
        time_frame=None,
        topic="",
        locator=_SECTION,
        passage_id="study",
        sentence=position,
    )
    for position, (sentence, value, segment, measure, population) in enumerate(STUDY)
    if value
)
LIBRARY = Library({"study": _PASSAGE}, _FINDINGS)


@pytest.mark.parametrize("text", TRUE_ANSWERS)
def test_a_true_answer_is_not_flagged(text: str) -> None:
    numbers = sorted({int(number) for number in re.findall(r"\[(\d+)\]", text)})
    cited = [citation(number, _PASSAGE, number, number + 1) for number in numbers]
    assert check_answer(text, cited, LIBRARY).checks.figures_unsupported == ()
