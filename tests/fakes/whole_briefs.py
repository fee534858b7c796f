"""Two briefs as they go to a board, made on the shipped corpus: every kind of block, a chart, faults, doubts.

They are for the formats: what the linter would say of them is written into them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from aidx_assistant.answers import Citation
from aidx_assistant.briefs.brief import (
    TO_FILL,
    Brief,
    Fault,
    Labelled,
    Options,
    Paragraph,
    Point,
    Points,
    Section,
)
from aidx_assistant.briefs.chart import chart_of
from aidx_assistant.evidence import Finding
from tests.fakes.briefs import TITLE, citations_of, corpus_library, differences_among

_STATE = f"{TITLE}, section “The state of AI adoption today”"
_PRODUCTION = f"{TITLE}, section “Experimentation but not yet production”"
_DAY = "15 April 2025"

_BUYER_QUOTES = (
    "Among large providers, 46% of proofs of concept go into production.",
    "Among surveyed providers, 30% have deployed ambient scribes system-wide.",
    "Already within the first year of implementing GenAI, 54% of those surveyed see a meaningful return on investment"
    " (ROI).",
    "Among executives, 60% say that AI budgets are growing faster than IT spending.",
    "According to the article, AI innovation calls for investment up front, and an organisation that wants to stay"
    " ahead of its competitors should have begun already.",
    "Among surveyed providers, another 22% are implementing ambient scribes, beside those with a system-wide"
    " deployment.",
    "Among surveyed providers, another 40% are actively piloting ambient scribes, beside those that are implementing"
    " or have deployed them.",
    "Only 30% of completed proofs of concept have gone on to production.",
    "Bain's companion brief reports that, taking providers as a whole, 35% of proofs of concept have reached"
    " production.",
    "Among executives, 64% are open to co-development with partners at an early stage.",
    "Security, data readiness, the costs of integration and scarce in-house expertise are the barriers that hold AI"
    " pilots back from production.",
    "AI governance committees are in place at 57% of the surveyed organisations.",
)
_CHARTED = ("poc-production-large-providers", "poc-production-providers", "poc-production-all")


def buyer_brief() -> Brief:
    """Twelve citations, one of them unverified; two faults, a section that was not drafted."""
    citations = list(citations_of(_BUYER_QUOTES))
    citations[11] = replace(citations[11], verified=False)
    return Brief(
        kind="buyer",
        topic="ambient scribes",
        segment="provider",
        audience="CMIO, 500-bed health system",
        made_on=date(2026, 11, 3),
        mode="claude",
        model="claude-sonnet-5-5",
        sections=(*_verdict(), *_grounds(), *_ways(), *_close()),
        citations=tuple(citations),
        disagreements=differences_among(citations[:11]),
        chart=chart_of(*charted(_CHARTED, citations)),
        faults=(
            Fault("figure-unsupported", "Why now", "“two thirds” is not what the cited sentence says: 60%."),
            Fault("citation-unresolved", "Healthcare points", "[12] is not what the library holds there."),
        ),
    )


def charted(ids: Sequence[str], citations: Sequence[Citation]) -> tuple[list[Finding], list[Citation]]:
    """The findings of these ids that a citation quotes, each with that citation."""
    found = [
        (finding, citation)
        for name in ids
        for finding in corpus_library().all_findings
        for citation in citations
        if finding.id.endswith(f"/{name}") and finding.statement == citation.quote
    ]
    return [finding for finding, _ in found], [citation for _, citation in found]


def _verdict() -> tuple[Section, ...]:
    return (
        Section(
            "decision",
            "Decision to take",
            (
                Paragraph("Whether to buy an ambient scribe for all employed physicians in the coming budget year."),
                Labelled((("Owner", "CMIO"), ("Decide by", TO_FILL))),
            ),
        ),
        Section(
            "recommendation",
            "Recommendation",
            (
                Paragraph(
                    "**Conditional** Confidence: medium. Start with two specialties and a stop date. Peers are moving:"
                    " large providers bring 46% of their proofs of concept into production [1], and 30% of surveyed"
                    " providers have deployed ambient scribes system-wide [2]. A return within the first year is"
                    " reported by 54% of those surveyed [3], but of GenAI in general, not of scribes."
                ),
            ),
        ),
    )


def _grounds() -> tuple[Section, ...]:
    return (
        Section(
            "why-now",
            "Why now",
            (
                Points(
                    (
                        Point("Two thirds of executives say that AI budgets are growing faster than IT spending [4]."),
                        Point("Who wants to stay ahead of competitors should have begun already, by the article [5]."),
                        Point("Return is expected soon: 54% see it within the first year [3]."),
                    )
                ),
            ),
        ),
        Section(
            "evidence",
            "Evidence",
            (
                Points(
                    (
                        Point(
                            "Ambient scribes are in use or on trial at 30% [2] + 22% [6] + 40% [7] = 92%"
                            " (own calculation) of surveyed providers.",
                            f"{_STATE}; surveyed providers; {_DAY}",
                        ),
                        Point(
                            "Only 30% of completed proofs of concept have gone on to production [8].",
                            f"{_PRODUCTION}; completed proofs of concept, all segments; {_DAY}",
                        ),
                        Point(
                            "Large providers do better, at 46% [1]; providers as a whole reach 35% [9].",
                            f"{_PRODUCTION}; large providers; {_DAY}",
                        ),
                        Point(
                            "Among executives, 64% are open to co-development with partners at an early stage [10].",
                            f"{TITLE}, section “Top takeaways”; executives, all segments; {_DAY}",
                        ),
                    )
                ),
            ),
        ),
    )


def _ways() -> tuple[Section, ...]:
    silent = "The sources are silent."
    return (
        Section(
            "options",
            "Options",
            (
                Options(
                    ("Option", "What speaks for it", "What speaks against it"),
                    (
                        ("Build", silent, "In-house expertise is scarce [11]"),
                        ("Buy", "30% of providers have deployed a scribe system-wide [2]", "Costs of integration [11]"),
                        ("Co-develop", "64% of executives are open to it [10]", silent),
                        (
                            "Wait (do nothing)",
                            "Only 30% of completed proofs of concept reach production [8]",
                            "Who wants to stay ahead should have begun already [5]",
                        ),
                    ),
                ),
            ),
        ),
        Section(
            "risks",
            "Risks and stop conditions",
            (
                Points(
                    (
                        Point("Security, data readiness and the costs of integration hold pilots back [11]."),
                        Point("**Stop if** fewer than half of the trial's physicians use the scribe after 90 days."),
                    )
                ),
            ),
        ),
        Section(
            "change",
            "What would change the verdict",
            (
                Points(
                    (
                        Point("Better: results from a system of like size with the same EHR."),
                        Point("Worse: a price for each note instead of each physician."),
                    )
                ),
            ),
        ),
    )


def _close() -> tuple[Section, ...]:
    return (
        Section("next-step", "Next step", (), drafted=False),
        Section(
            "healthcare",
            "Healthcare points",
            (
                Labelled(
                    (
                        ("Intended use", "Clinical documentation from the conversation; no diagnosis, no order."),
                        (
                            "Evidence fit",
                            "Of 12 sentences cited, 5 are about providers; none is about a single vendor.",
                        ),
                        (
                            "Safety and governance",
                            "AI governance committees are in place at 57% of the surveyed organisations [12];"
                            " ask the vendor how errors are found and who answers for them.",
                        ),
                        ("Privacy and security", "Security is a barrier [11]; ask where recordings are kept."),
                        ("EHR and workflow fit", "The costs of integration hold pilots back [11]."),
                        ("Readiness", "In-house expertise is scarce [11]; ask what staff the start needs."),
                        ("Measurable value", "54% see a return within the first year [3], of GenAI in general."),
                    )
                ),
            ),
            boxed=True,
        ),
    )


_FOUNDER_QUOTES = (
    "For payers, the survey covers 22 jobs-to-be-done, in the areas of claims, network, member and pricing.",
    "Most use cases of payers have not left ideation.",
    "Security, data readiness, the costs of integration and scarce in-house expertise are the barriers that hold AI"
    " pilots back from production.",
    "Decisions on the funding of AI are made centrally, in the C-suite.",
    "Among payer leaders, 83% expect that within three to five years GenAI will change how clinical decisions are"
    " made.",
    "Among provider leaders, 85% expect that within three to five years GenAI will change how clinical decisions are"
    " made.",
    "Startups' GenAI solutions are considered superior to the solutions of large technology incumbents by just 32% of"
    " executives.",
    "Executives are open to co-development particularly with startups that can show a return on investment (ROI)"
    " which is clear and attributable.",
)


def founder_brief() -> Brief:
    """Eight citations, a numbered list, a chart of two bars, no model, no fault."""
    citations = citations_of(_FOUNDER_QUOTES)
    return Brief(
        kind="founder",
        topic="claims automation",
        segment="payer",
        audience=None,
        made_on=date(2026, 11, 3),
        mode="evidence",
        model=None,
        sections=_founder_sections(),
        citations=citations,
        chart=chart_of(*charted(("clinical-decisions-payers", "clinical-decisions-providers"), citations)),
    )


def _founder_sections() -> tuple[Section, ...]:
    quoted = {number: f"“{quote}” [{number}]" for number, quote in enumerate(_FOUNDER_QUOTES, 1)}
    pains = Points((Point(quoted[3]), Point("From which of these payers suffer most, the sources do not say.")), True)
    stage = Points(
        (
            Point(quoted[5], f"{_STATE}; payer leaders; {_DAY}"),
            Point(quoted[6], f"{_STATE}; provider leaders; {_DAY}"),
        )
    )
    return (
        Section("segment", "Segment", (Points((Point(quoted[1]), Point(quoted[2]))),)),
        Section("pains", "Pains, ranked", (pains,)),
        Section("budget", "Who holds the budget", (Points((Point(quoted[4]),)),)),
        Section("stage", "Stage of adoption", (stage,)),
        Section("objections", "Objections to expect", (Points((Point(quoted[7]),)),)),
        Section("proof", "Proof needed", (Points((Point(quoted[8]),)),)),
        Section("entry", "Entry point", (Points((Point("**Proposal:** begin with one claims queue."),)),)),
    )
