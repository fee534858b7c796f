"""The corpus held against the figures known of its two sources; it imports nothing of the product."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
CORPUS = CHECKOUT / "corpus"
SOURCE_TEXTS = CHECKOUT.parent / "shared" / "source"

INDEX = "healthcare-ai-adoption-index"
BAIN = "bain-companion-brief"
SOURCES = (INDEX, BAIN)

INTRODUCTION = ""
THIRD_PARTY = "Figures on a third-party page"
TAKEAWAYS = "Top takeaways"
DECK = "Full slide deck"
STATE = "The state of AI adoption today"
EXPERIMENTATION = "Experimentation but not yet production"

LONGEST_SHARED_RUN = 7
SEGMENTS = {"provider", "payer", "pharma", "all"}
SHOWN_BESIDE_LINE = re.compile(r"\[shown beside: slide (\d+)\]")
FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred"
    r"|half|halves|thirds|quarters?|decades?|dozens?|twice)\b",
    re.IGNORECASE,
)
SLIDE_NUMBERS = re.compile(r"\b[Ss]lides? \d+(?:(?:,| and| to) (?:and )?\d+)*")


class Known(NamedTuple):
    """A figure known of a source; `where` is a section's heading or a slide's number."""

    source: str
    id: str
    value: str
    segment: str
    population: str
    where: str | int


KNOWN = (
    Known(INDEX, "publication-date", "15 April 2025", "all", "the index", INTRODUCTION),  # F01
    Known(INDEX, "survey-size", "more than 400", "all", "leaders", INTRODUCTION),  # F02
    Known(INDEX, "publishing-organisations", "three", "all", "organisations behind the index", INTRODUCTION),  # F03
    Known(INDEX, "genai-transformative", "95%", "all", "respondents", STATE),  # F04
    Known(INDEX, "clinical-decisions-providers", "85%", "provider", "provider leaders", STATE),  # F05
    Known(INDEX, "clinical-decisions-payers", "83%", "payer", "payer leaders", STATE),  # F06
    Known(INDEX, "clinical-decisions-all", "84%", "all", "respondents", STATE),  # F07
    Known(INDEX, "labour-costs-all", "80%", "all", "respondents", STATE),  # F08
    Known(INDEX, "drug-discovery-pharma", "57%", "pharma", "pharma executives", STATE),  # F09
    Known(INDEX, "ai-strategy-organisations", "half", "all", "organisations", STATE),  # F10
    Known(INDEX, "governance-committees-organisations", "57%", "all", "organisations", STATE),  # F11
    Known(INDEX, "roi-first-year", "54%", "all", "those surveyed", STATE),  # F12
    Known(INDEX, "jobs-all", "59", "all", "jobs-to-be-done", STATE),  # F13
    Known(INDEX, "slide-5-jobs", "59", "all", "jobs-to-be-done", 5),  # F13
    Known(INDEX, "jobs-ai-dx-index", "nearly 60", "all", "jobs-to-be-done", INTRODUCTION),  # F13
    Known(INDEX, "jobs-payers", "22", "payer", "payer jobs-to-be-done", STATE),  # F14
    Known(INDEX, "jobs-pharma", "19", "pharma", "pharma jobs-to-be-done", STATE),  # F15
    Known(INDEX, "jobs-providers", "18", "provider", "provider jobs-to-be-done", STATE),  # F16
    Known(INDEX, "use-cases-still-early", "45%", "all", "use cases", STATE),  # F17
    Known(INDEX, "poc-production-all", "30%", "all", "completed proofs of concept", EXPERIMENTATION),  # F18
    Known(INDEX, "slide-8-poc-production", "30%", "all", "completed proofs of concept", 8),  # F18
    Known(INDEX, "pilots-production-all", "30%", "all", "AI pilots", TAKEAWAYS),  # F46
    Known(INDEX, "poc-production-large-providers", "46%", "provider", "large providers", EXPERIMENTATION),  # F19
    Known(INDEX, "ambient-scribes-system-wide", "30%", "provider", "providers", STATE),  # F20
    Known(INDEX, "ambient-scribes-implementing", "22%", "provider", "providers", STATE),  # F21
    Known(INDEX, "ambient-scribes-piloting", "40%", "provider", "providers", STATE),  # F22
    Known(INDEX, "ai-budgets-outpace-it", "60%", "all", "executives", TAKEAWAYS),  # F23
    Known(INDEX, "vertical-applications-share", "15%", "all", "AI projects", TAKEAWAYS),  # F24, F53
    Known(INDEX, "startups-superior", "32%", "all", "executives", TAKEAWAYS),  # F25
    Known(INDEX, "startups-preferred", "48%", "all", "executives", TAKEAWAYS),  # F26
    Known(INDEX, "co-development-openness", "64%", "all", "executives", TAKEAWAYS),  # F27
    Known(INDEX, "deck-slides", "37", "all", "slides of the deck", DECK),  # F28
    Known(INDEX, "deck-parts", "three", "all", "parts of the deck", DECK),
    Known(INDEX, "appendix-slides", "five", "all", "slides of the appendix", DECK),
    Known(
        INDEX,
        "electronic-records-duration",
        "more than ten",
        "provider",
        "the change to electronic health records",
        INTRODUCTION,
    ),  # F31
    Known(INDEX, "electronic-records-hitech-act", "2009", "provider", "doctors", INTRODUCTION),  # F31
    Known(INDEX, "top-priority-years-after-llms", "two and a half", "all", "healthcare", INTRODUCTION),  # F51
    Known(INDEX, "poc-parallel-dozens", "dozens", "all", "organisations", EXPERIMENTATION),  # F54
    Known(BAIN, "genai-transformative", "95%", "all", "executives", THIRD_PARTY),  # F32
    Known(BAIN, "roi-after-first-year", "54%", "all", "those surveyed", THIRD_PARTY),  # F33
    Known(BAIN, "poc-production-all", "30%", "all", "completed proofs of concept", THIRD_PARTY),  # F34
    Known(BAIN, "applications-beyond-proof-of-concept", "45%", "all", "AI applications", THIRD_PARTY),  # F35
    Known(BAIN, "poc-production-providers", "35%", "provider", "providers", THIRD_PARTY),  # F36
    Known(BAIN, "poc-production-pharma", "24%", "pharma", "pharma", THIRD_PARTY),  # F37
    Known(BAIN, "ambient-scribes-system-wide", "30%", "provider", "providers", THIRD_PARTY),  # F38
    Known(BAIN, "ambient-scribes-piloting-or-implementing", "60%", "provider", "providers", THIRD_PARTY),  # F39
    Known(BAIN, "barrier-security-rank", "first", "all", "obstacles to AI", THIRD_PARTY),  # F40
    Known(
        BAIN,
        "barrier-security-share",
        "more than half",
        "all",
        "those surveyed in every sector",
        THIRD_PARTY,
    ),
    Known(BAIN, "barrier-expertise-rank", "second", "all", "obstacles to AI", THIRD_PARTY),  # F41
    Known(BAIN, "barrier-data-readiness-pharma", "47%", "pharma", "pharma respondents", THIRD_PARTY),  # F43
    Known(BAIN, "central-budgets-projects", "65%", "all", "AI projects", THIRD_PARTY),  # F44
)

WITHOUT_FIGURE = (
    Known(INDEX, "barriers-to-production", "none", "all", "AI pilots", TAKEAWAYS),  # F45
    Known(INDEX, "experimentation-providers-ahead", "none", "provider", "providers", STATE),  # F47
    Known(INDEX, "use-cases-ideation-payers", "none", "payer", "payer use cases", STATE),  # F47
    Known(INDEX, "use-cases-ideation-pharma", "none", "pharma", "pharma use cases", STATE),  # F47
    Known(INDEX, "production-providers-ahead", "none", "provider", "providers", EXPERIMENTATION),  # F48
    Known(INDEX, "production-large-providers-lead", "none", "provider", "large providers", EXPERIMENTATION),  # F48
    Known(INDEX, "funding-decided-by-c-suite", "none", "all", "C-suite", TAKEAWAYS),  # F49
    Known(INDEX, "adoption-driven-by-internal-teams", "none", "all", "internal teams", TAKEAWAYS),  # F50
    Known(INDEX, "revenue-gains-all", "none", "all", "respondents", STATE),  # F52
    Known(INDEX, "governance-payers-ahead", "none", "payer", "payers", STATE),  # F11
    Known(INDEX, "providers-adopt-without-incentives", "none", "provider", "providers", STATE),  # F31
    Known(BAIN, "production-pharma-last", "none", "pharma", "pharma", THIRD_PARTY),  # F37
    Known(BAIN, "barrier-expertise-pharma", "none", "pharma", "pharma", THIRD_PARTY),  # F41
    Known(BAIN, "barrier-integration-payers", "none", "payer", "payers", THIRD_PARTY),  # F42
)

TWINS = (
    ("57", "governance-committees-organisations", "drug-discovery-pharma"),
    ("30", "poc-production-all", "ambient-scribes-system-wide"),
    ("30", "poc-production-all", "pilots-production-all"),
    ("22", "jobs-payers", "ambient-scribes-implementing"),
    ("60", "ai-budgets-outpace-it", "jobs-ai-dx-index"),
)

DISAGREEMENTS = (
    (f"{INDEX}/use-cases-still-early", f"{BAIN}/applications-beyond-proof-of-concept"),
    (f"{INDEX}/ambient-scribes-implementing", f"{BAIN}/ambient-scribes-piloting-or-implementing"),
    (f"{INDEX}/ambient-scribes-piloting", f"{BAIN}/ambient-scribes-piloting-or-implementing"),
    (f"{INDEX}/roi-first-year", f"{BAIN}/roi-after-first-year"),
    (f"{INDEX}/pilots-production-all", f"{INDEX}/poc-production-all"),
    (f"{INDEX}/pilots-production-all", f"{INDEX}/slide-8-poc-production"),
)

FINDING_KEYS = {"id", "statement", "value", "unit", "measure", "segment", "population", "time_frame", "topic"}


def front_matter_and_body(path: Path) -> tuple[dict[str, Any], str]:
    opening, front_matter, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    assert opening == "", f"{path} does not open with its front matter"
    return tomllib.loads(front_matter), body


def sentences_of(body: str) -> list[str]:
    return [line for line in body.splitlines() if line and not SHOWN_BESIDE_LINE.fullmatch(line)]


def sections(source: str) -> dict[str, list[str]]:
    """The sentences of each section of the article, by heading."""
    notes = [front_matter_and_body(path) for path in sorted((CORPUS / source / "article").glob("*.md"))]
    assert [front["order"] for front, _ in notes] == list(range(len(notes)))
    return {front["heading"]: sentences_of(body) for front, body in notes}


def slides(source: str) -> dict[int, tuple[dict[str, Any], list[str]]]:
    """Front matter and sentences of each slide, by number."""
    found = {}
    for path in sorted((CORPUS / source / "slides").glob("*.md")):
        front, body = front_matter_and_body(path)
        assert path.name == f"{front['number']:02}.md"
        found[front["number"]] = (front, sentences_of(body))
    return found


def source_toml(source: str) -> dict[str, Any]:
    return tomllib.loads((CORPUS / source / "source.toml").read_text(encoding="utf-8"))


def findings(source: str) -> dict[str, dict[str, Any]]:
    listed = tomllib.loads((CORPUS / source / "findings.toml").read_text(encoding="utf-8"))["finding"]
    by_id = {finding["id"]: finding for finding in listed}
    assert len(by_id) == len(listed), f"a finding's id is used twice in {source}"
    return by_id


def all_findings() -> dict[str, dict[str, Any]]:
    return {f"{source}/{id_}": finding for source in SOURCES for id_, finding in findings(source).items()}


@pytest.mark.parametrize("known", KNOWN + WITHOUT_FIGURE, ids=lambda known: f"{known.source}/{known.id}")
def test_known_finding_is_present_as_known(known: Known) -> None:
    finding = findings(known.source)[known.id]
    found = Known(
        known.source,
        finding["id"],
        finding["value"],
        finding["segment"],
        finding["population"],
        finding["slide"] if "slide" in finding else finding["section"],
    )
    assert found == known


@pytest.mark.parametrize("source", SOURCES)
def test_every_figure_of_the_findings_is_a_known_one(source: str) -> None:
    with_figure = {id_ for id_, finding in findings(source).items() if finding["value"] != "none"}
    assert with_figure == {known.id for known in KNOWN if known.source == source}


@pytest.mark.parametrize("source", SOURCES)
def test_every_finding_is_complete_and_its_statement_stands_at_its_locator(source: str) -> None:
    notes, deck = sections(source), slides(source)
    for finding in findings(source).values():
        where = finding["id"]
        assert FINDING_KEYS <= finding.keys(), where
        assert finding.keys() <= FINDING_KEYS | {"section", "slide", "differs_from", "difference"}, where
        assert ("section" in finding) != ("slide" in finding), where
        assert all(finding[key] for key in FINDING_KEYS - {"time_frame"}), where
        assert finding["segment"] in SEGMENTS, where
        assert (finding["value"] == "none") == (finding["unit"] == "none"), where
        assert finding["value"] == "none" or finding["value"] in finding["statement"], where
        assert finding["time_frame"] in finding["statement"], where
        lines = notes[finding["section"]] if "section" in finding else deck[finding["slide"]][1]
        assert finding["statement"] in lines, where


@pytest.mark.parametrize("source", SOURCES)
def test_statement_names_the_segment_of_its_finding(source: str) -> None:
    words_of_segment = {
        "provider": r"provider|doctor|electronic health record",
        "payer": "payer",
        "pharma": "pharma",
    }
    for finding in findings(source).values():
        words = words_of_segment.get(finding["segment"], "")
        assert re.search(words, finding["statement"], re.IGNORECASE), finding["id"]
        assert (
            finding["value"] == "none"
            or finding["population"] != "large providers"
            or ("large providers" in finding["statement"])
        ), finding["id"]


@pytest.mark.parametrize("source", SOURCES)
def test_every_figure_bearing_sentence_of_the_article_has_a_finding(source: str) -> None:
    stated = {
        (finding.get("section"), finding["statement"])
        for finding in findings(source).values()
        if finding["value"] != "none"
    }
    for heading, lines in sections(source).items():
        for line in lines:
            without_slide_numbers = SLIDE_NUMBERS.sub("", line) if heading == DECK else line
            if FIGURE.search(without_slide_numbers):
                assert (heading, line) in stated, f"no finding for: {line}"


@pytest.mark.parametrize("source", SOURCES)
def test_every_sentence_ends_and_every_paragraph_is_short(source: str) -> None:
    for path in sorted((CORPUS / source).rglob("*.md")):
        _, body = front_matter_and_body(path)
        for paragraph in body.strip().split("\n\n"):
            lines = paragraph.splitlines()
            assert all(line.endswith(".") for line in sentences_of(paragraph)), path
            assert 1 <= len(sentences_of(paragraph)) <= 6, path
            assert not any(SHOWN_BESIDE_LINE.fullmatch(line) for line in lines[:-1]), path


@pytest.mark.parametrize(("figure", "one", "other"), TWINS)
def test_twins_are_two_findings_with_their_own_measure(figure: str, one: str, other: str) -> None:
    first, second = findings(INDEX)[one], findings(INDEX)[other]
    assert figure in first["value"] and figure in second["value"]
    assert (first["measure"], first["population"]) != (second["measure"], second["population"])
    assert first["statement"] != second["statement"]


def test_jobs_of_the_segments_add_up() -> None:
    jobs = {id_: int(findings(INDEX)[id_]["value"]) for id_ in ("jobs-payers", "jobs-pharma", "jobs-providers")}
    assert sum(jobs.values()) == int(findings(INDEX)["jobs-all"]["value"])


def test_differences_are_mutual_and_exactly_the_known_ones() -> None:
    named = {
        (reference, other) for reference, finding in all_findings().items() for other in finding.get("differs_from", [])
    }
    assert named == {pair for one, other in DISAGREEMENTS for pair in ((one, other), (other, one))}
    for reference, finding in all_findings().items():
        assert ("differs_from" in finding) == bool(finding.get("difference")), reference


def test_slides_are_known_by_number_alt_text_and_picture_only() -> None:
    deck, source = slides(INDEX), source_toml(INDEX)
    assert sorted(deck) == list(range(1, source["slide_count"] + 1))
    part_of = {n: part["name"] for part in source["parts"] for n in range(part["first"], part["last"] + 1)}
    segment_of = dict.fromkeys((17, 18, 19, 35), "provider") | dict.fromkeys((20, 21, 22, 37), "payer")
    segment_of |= dict.fromkeys((23, 24, 25, 26, 36), "pharma")
    shown_beside = dict.fromkeys((4, 5, 6, 7), STATE) | {8: EXPERIMENTATION}
    for number, (front, lines) in deck.items():
        assert front["part"] == part_of[number]
        assert front["segment"] == segment_of.get(number, "all")
        assert front.get("shown_beside") == shown_beside.get(number)
        assert front["figures"] == {5: ["59"], 8: ["30%"]}.get(number, [])
        assert front["read"] == "no"
        assert re.search(rf"Slide{number}-min\.png$", front["picture"]), number
        digits = set(re.findall(r"\d+%?", " ".join(lines)))
        assert digits <= {str(number), *front["figures"]}, number
        assert lines[0].startswith(f"Slide {number} ")
        assert lines[-1] == f"The content of slide {number} has not been read."


def test_slides_shown_beside_the_article_are_named_there() -> None:
    shown = {
        (front["heading"], int(number))
        for front, body in map(front_matter_and_body, (CORPUS / INDEX / "article").glob("*.md"))
        for number in SHOWN_BESIDE_LINE.findall(body)
    }
    assert shown == {(front["shown_beside"], n) for n, (front, _) in slides(INDEX).items() if "shown_beside" in front}


def test_bain_is_attributed_and_left_out_of_briefs() -> None:
    source = source_toml(BAIN)
    assert source["attribution"] == "attributed to Bain, seen on a third-party page"
    assert source["in_briefs"] is False
    assert source_toml(INDEX)["in_briefs"] is True
    assert all("Bain's companion brief" in finding["statement"] for finding in findings(BAIN).values())


# Our own words: nothing of the sources' sentences may stand in the corpus.


def words(text: str) -> list[str]:
    """Lower-case words, American and British spelling alike."""
    alike = text.lower().replace("organis", "organiz").replace("labour", "labor").replace("behaviour", "behavior")
    return re.findall(r"[a-z0-9]+", alike)


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of words that are too long to be shared."""
    found, length = words(text), LONGEST_SHARED_RUN + 1
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


def source_paragraphs() -> list[str]:
    """The texts that the corpus was written from, without headings, alt texts and addresses."""
    texts: list[str] = []
    for clip in SOURCE_TEXTS.glob("*.clip.md"):
        text = re.sub(r"\]\([^)]*\)", "]", re.sub(r"!\[[^\]]*\]\([^)]*\)", "", clip.read_text(encoding="utf-8")))
        texts += [line for line in text.splitlines() if not re.match(r"# |##+ [A-Z]\w+(?: \w+){0,6}$", line)]
    for name in ("facts.jsonl", "disagreements.jsonl"):
        for line in (SOURCE_TEXTS / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            texts += [record[key] for key in ("fact", "a", "b", "note") if key in record]
    return texts


def test_no_long_run_of_words_is_shared_with_the_sources() -> None:
    if not SOURCE_TEXTS.is_dir():
        pytest.skip(f"the texts that the corpus was written from are not here: {SOURCE_TEXTS}")
    theirs = {run for text in source_paragraphs() for run in runs(text)}
    assert len(theirs) > 500, "the source texts were not read"
    ours = [line for source in SOURCES for lines in sections(source).values() for line in lines]
    ours += [line for source in SOURCES for _, lines in slides(source).values() for line in lines]
    ours += [finding[key] for finding in all_findings().values() for key in ("difference", "measure") if key in finding]
    ours += [source_toml(source)["note"] for source in SOURCES]
    shared = {" ".join(run): line for line in ours for run in runs(line) & theirs}
    assert shared == {}
