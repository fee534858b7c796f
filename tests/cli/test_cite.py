"""`aidx cite`: places, answers, styles, and what is told; in this process where a child of its own shows no more."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import bibtexparser
import pytest
import rispy
from jsonschema import Draft202012Validator

from aidx_assistant import locations
from aidx_assistant.answers import Answer
from aidx_assistant.cli.app import run
from aidx_assistant.conversations.asked import keep_asked
from aidx_assistant.conversations.store import ConversationStore
from tests.cli.test_start_up import imported_by
from tests.fakes.answers import an_answer
from tests.fakes.command import Ran, aidx
from tests.fakes.csl_schema import CSL_JSON
from tests.unit.test_references import cited

INDEX = "healthcare-ai-adoption-index"
REPORT = "The Healthcare AI Adoption Index"
HOW_IT_LOOKED = ("--accessed", "2026-11-27")


@pytest.fixture
def cite(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs `aidx cite` in this process."""

    def run_here(*arguments: str, home: Path, **variables: str) -> Ran:
        for name, value in {"AIDX_HOME": str(home), **variables}.items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        code = run(["cite", *arguments])
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return run_here


def citing(*places: str, question: str = "Why?") -> Answer:
    """An answer that cites these places of the index, in this order."""
    pointers = [replace(cited(INDEX, place)[0], number=at) for at, place in enumerate(places, 1)]
    return an_answer(question=question, citations=tuple(pointers))


def test_a_slide_is_cited_ready_to_be_copied(home: Path) -> None:
    ran = aidx("cite", "slide 8", "--style", "harvard", *HOW_IT_LOOKED, home=home)
    assert ran.code == 0
    assert ran.out == (
        "Guerra, S. and Kraus, S. (2025) ‘Only 30% of completed proofs of concept reach production’, in The Healthcare"
        " AI Adoption Index. Bessemer Venture Partners, Amazon Web Services and Bain & Company, slide 8. Available at:"
        " https://www.bvp.com/atlas/the-healthcare-ai-adoption-index (Accessed: 27 November 2026).\n"
    )
    assert ran.err == (
        f"aidx: “{REPORT}”: slide 8 has not been read; what stands for a title is the alt text of the picture.\n"
    )


@pytest.mark.parametrize(
    ("words", "slides"),
    [
        (["slide", "8"], [8]),
        (["slide", "8", "slide", "9"], [8, 9]),
        (["slides 8, 9 and 12-14"], [8, 9, 12, 13, 14]),
        (["8", "12–13", "8"], [8, 12, 13]),
    ],
)
def test_places_may_be_named_in_many_ways(
    cite: Callable[..., Ran], home: Path, words: list[str], slides: list[int]
) -> None:
    ran = cite(*words, "--style", "plain", "--json", home=home)
    assert [one["locator"]["number"] for one in ran.json["references"]] == slides


def test_places_of_several_words_are_one_or_several(cite: Callable[..., Ran], home: Path) -> None:
    one = cite("Top", "takeaways", "--style", "apa", home=home)
    assert one.out.count("\n") == 1 and "Top takeaways. In" in one.out
    several = cite("slide 8", "Top takeaways", "--style", "ama", home=home)
    assert [line[:10] for line in several.out.splitlines()] == ["1. Guerra ", "2. Guerra "]


def test_several_places_make_one_file_that_programs_read(cite: Callable[..., Ran], home: Path) -> None:
    places = ("slides 8-10", "Top takeaways", "introduction")
    entries = bibtexparser.parse_string(cite(*places, "--style", "bibtex", home=home).out)
    assert (len(entries.entries), entries.failed_blocks) == (5, [])
    records = rispy.loads(cite(*places, "--style", "ris", home=home).out)
    assert [record["type_of_reference"] for record in records] == ["CHAP"] * 4 + ["RPRT"]
    items = json.loads(cite(*places, "--style", "csl-json", home=home).out)
    Draft202012Validator(CSL_JSON).validate(items)
    assert len({item["id"] for item in items}) == 5


def test_the_json_says_what_is_missing(cite: Callable[..., Ran], home: Path) -> None:
    ran = cite("Figures on a third-party page", "--style", "apa", "--json", home=home)
    (one,) = ran.json["references"]
    assert (ran.json["schema"], one["style"], one["missing"]) == (1, "apa", ["author", "date"])
    assert one["text"] == ran.json["text"]
    assert ran.err == (
        "aidx: Not known of “Bain companion brief to the index”, and missing from its references: author, date.\n"
    )


@pytest.mark.parametrize("style", ["plain", "bibtex", "chicago"])
def test_every_style_tells_of_slides_that_have_not_been_read(cite: Callable[..., Ran], home: Path, style: str) -> None:
    told = cite("slides 8 and 9", "--style", style, home=home).err
    known = "only the alt text of the picture is known" if style == "plain" else "what stands for a title is the alt"
    assert told.startswith(f"aidx: “{REPORT}”: slides 8 and 9 have not been read; {known}")


def test_the_name_of_a_source_is_no_place_in_it(cite: Callable[..., Ran], home: Path) -> None:
    ran = cite("the healthcare AI adoption index", home=home)
    assert ran.code == 2
    assert "is a source; a place in it is wanted." in ran.err
    assert "“introduction”, and healthcare-ai-adoption-index as its source." in ran.err


def test_a_caption_of_a_slides_picture(cite: Callable[..., Ran], home: Path) -> None:
    ran = cite("slide 8", "--caption", home=home)
    assert (ran.out, ran.err) == ("Source: Bessemer, AWS, Bain, Healthcare AI Adoption Index (2025), slide 8\n", "")


def test_the_style_of_the_settings_is_the_default(cite: Callable[..., Ran], home: Path) -> None:
    assert cite("slide 8", home=home).out.startswith("Sofia Guerra and Steve Kraus, “")
    assert cite("slide 8", home=home, AIDX_CITATION_STYLE="ama").out.startswith("Guerra S, Kraus S. ")


def test_a_day_of_access_that_a_manual_leaves_out_is_told(cite: Callable[..., Ran], home: Path) -> None:
    ran = cite("Top takeaways", "--style", "apa", *HOW_IT_LOOKED, home=home)
    assert "2026" not in ran.out
    assert "The manual of apa gives the day of access only for what has no date" in ran.err
    assert cite("Top takeaways", "--style", "apa", home=home).err == ""


def test_a_day_of_access_before_its_publication_is_told(cite: Callable[..., Ran], home: Path) -> None:
    ran = cite("Top takeaways", "--style", "ama", "--accessed", "2024-05-06", home=home)
    assert ran.code == 0 and "May 6, 2024" in ran.out
    assert "6 May 2024 as the day of access is before “" in ran.err and "was published: 15 April 2025." in ran.err
    assert cite("Top takeaways", "--style", "ama", "--accessed", "2025-04-15", home=home).err == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "No place is named"),
        (["slide 99"], "slide 1 to slide 37"),
        (["slide 8", "Top takeaway"], "“Top takeaways”"),
        (["slide 8", "--style", "mla"], "'apa', 'ama', 'vancouver'"),
        (["slide 8", "--accessed", "27.11.2026"], "no day like 2026-11-27"),
        (["slide 8", "--accessed", "2026-02-30"], "no day like 2026-11-27"),
        (["slide 8", "--answer", "LAST"], "Leave one of them out"),
        (["slide 8", "--caption", "--style", "apa"], "A caption has no style"),
        (["--answer", "FIRST"], "neither LAST nor a number"),
        (["slide 8", "--source", "nowhere"], f"“{INDEX}”"),
    ],
)
def test_what_cannot_be_cited_says_why(cite: Callable[..., Ran], home: Path, arguments: list[str], said: str) -> None:
    ran = cite(*arguments, home=home)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_heading_of_several_sources_is_told(cite: Callable[..., Ran], own_home: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clinics.md"
    clip.write_text("# Clinics\n\n## Top takeaways\n\nSome 40% of clinics wait.\n")
    assert aidx("sources", "add", str(clip), home=own_home).code == 0
    ran = cite("Top takeaways", "--style", "ama", home=own_home)
    assert "Guerra" in ran.out
    assert f"“Top takeaways” is taken from {INDEX}; clinics has one too.\n      Choose with --source ID." in ran.err
    chosen = cite("Top takeaways", "--style", "chicago", "--source", "clinics", home=own_home)
    assert chosen.out == "“Top Takeaways.” n.d. In Clinics.\n"
    assert "missing from its references: author, publisher, date, address" in chosen.err


# Answers


def test_the_last_answer_is_the_one_just_asked(cite: Callable[..., Ran], own_home: Path) -> None:
    none_yet = cite("--answer", "LAST", home=own_home)
    assert (none_yet.code, "No answer has been given yet" in none_yet.err) == (2, True)
    answer = aidx("ask", "How do large providers compare at getting pilots into production?", "--json", home=own_home)
    cited_there = {tuple(one["locator"].values()) for one in answer.json["citations"]}
    listed = cite("--answer", "last", "--style", "vancouver", "--json", home=own_home).json["references"]
    assert {tuple(one["locator"].values()) for one in listed} == cited_there
    assert sorted(number for one in listed for number in one["numbers"]) == [
        one["number"] for one in answer.json["citations"]
    ]


def test_numbers_are_those_of_the_answer(cite: Callable[..., Ran], own_home: Path) -> None:
    keep_asked(own_home, "2026-11-27T10:00:00Z", citing("slide 12", "slide 8", "slide 12"))
    numbered = cite("--answer", "LAST", "--style", "ama", home=own_home)
    assert [line.partition(" Guerra")[0] for line in numbered.out.splitlines()] == ["1, 3.", "2."]
    by_date = cite("--answer", "LAST", "--style", "apa", home=own_home)
    assert [line[25:31] for line in by_date.out.splitlines()] == ["2025a,", "2025b,"]


def test_earlier_answers_are_counted_back_in_the_app_and_on_the_command_line(
    cite: Callable[..., Ran], own_home: Path
) -> None:
    keep_asked(own_home, "2020-01-01T10:00:00Z", citing("slide 1"))
    keep_asked(own_home, "2100-01-01T10:00:00Z", citing("slide 3"))
    with closing(ConversationStore(own_home / locations.CONVERSATIONS)) as store:
        store.finish(store.begin(None, "Why?").id, citing("slide 2"))

    def slide(which: str) -> int:
        ran = cite("--answer", which, "--style", "plain", "--json", home=own_home)
        (one,) = ran.json["references"]
        return int(one["locator"]["number"])

    assert [slide(which) for which in ("LAST", "2", "3")] == [3, 2, 1]
    beyond = cite("--answer", "4", home=own_home)
    assert (beyond.code, "there is no answer 4" in beyond.err) == (2, True)


def test_an_answer_that_cites_nothing_is_not_cited(cite: Callable[..., Ran], own_home: Path) -> None:
    keep_asked(own_home, "2026-11-27T10:00:00Z", an_answer(question="Who won?", citations=()))
    ran = cite("--answer", "LAST", home=own_home)
    assert (ran.code, ran.out) == (4, "")
    assert "The answer to “Who won?” cites nothing.\n      The one before it: --answer 2" in ran.err
    keep_asked(own_home, "2026-11-27T10:01:00Z", citing("slide 8"))
    other = cite("--answer", "LAST", "--source", "bain-companion-brief", home=own_home)
    assert (other.code, "cites nothing of bain-companion-brief" in other.err) == (4, True)


def test_a_source_that_is_gone_is_left_out_and_told(cite: Callable[..., Ran], own_home: Path) -> None:
    gone = replace(citing("slide 8").citations[0], number=2, source_id="gone")
    answer = replace(citing("slide 8"), citations=(*citing("slide 8").citations, gone))
    keep_asked(own_home, "2026-11-27T10:00:00Z", answer)
    ran = cite("--answer", "LAST", "--style", "plain", home=own_home)
    assert (ran.code, ran.out.count("\n")) == (5, 1)
    assert f"[2] is left out: the library no longer holds “{REPORT}”." in ran.err


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"answers": 3}', b'{"answers": [{}, 1, null]}', b"\xff"])
def test_a_file_of_answers_that_is_damaged_is_begun_anew(
    cite: Callable[..., Ran], own_home: Path, content: bytes
) -> None:
    (own_home / locations.ASKED).write_bytes(content)
    keep_asked(own_home, "2026-11-27T10:00:00Z", citing("slide 8"))
    assert cite("--answer", "LAST", "--style", "plain", home=own_home).code == 0


def test_answers_that_cannot_be_kept_do_not_keep_from_asking(own_home: Path) -> None:
    (own_home / locations.ASKED).mkdir()
    assert aidx("ask", "How many slides are in the deck?", "--offline", home=own_home).code == 0


def test_only_a_style_by_its_manual_needs_the_processor(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIDX_HOME", str(home))
    heavy = {"citeproc", "lxml", "anthropic", "chromadb", "onnxruntime", "numpy"}
    assert not imported_by("cite", "--help") & heavy
    assert not imported_by("cite", "slide 8", "--style", "bibtex") & heavy
    assert imported_by("cite", "slide 8", "--style", "apa") & heavy == {"citeproc", "lxml"}
