"""Which words of a document refer to the library's sources, and where in them."""

from __future__ import annotations

import pytest

from aidx_assistant.briefs.tracing.mentions import Mention, Mentions
from aidx_assistant.briefs.tracing.quotations import Quotations, normalised, quotations_in
from aidx_assistant.briefs.tracing.reference import Reference, Resolver
from aidx_assistant.briefs.tracing.substitution import Substitution, substituted
from aidx_assistant.briefs.tracing.things import Lookout
from aidx_assistant.briefs.written.piece import Piece
from tests.fakes.briefs import corpus_shelf

INDEX, BRIEF = "healthcare-ai-adoption-index", "bain-companion-brief"


def the_mentions() -> Mentions:
    return Mentions(Lookout(corpus_shelf()), tuple(corpus_shelf().sources()))


def told(mention: Mention) -> tuple[str, tuple[str, ...], str | None]:
    (source,) = mention.sources or ("",)
    return source, tuple(place.label for place in mention.places), mention.date.text if mention.date else None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("46% lead (Healthcare AI Adoption Index, slide 8).", [(INDEX, ("slide 8",), None)]),
        ("46% lead (the AI Adoption Index).", [(INDEX, (), None)]),
        ("According to The Healthcare AI Adoption Index, 46% lead.", [(INDEX, (), None)]),
        ("46% (Bessemer/AWS/Bain 2025, slide 12).", [(INDEX, ("slide 12",), "2025")]),
        ("BVP (April 2025) has 46%.", [(INDEX, (), "April 2025")]),
        ("Guerra & Kraus 2025 have 46%.", [(INDEX, (), "2025")]),
        ("Bain & Company with AWS have 46%.", [(INDEX, (), None)]),
        ("BVP has 46%, and Bessemer 2023 had 40%.", []),
        (
            "On slides 17–19 of the Healthcare AI Adoption Index there is more.",
            [(INDEX, ("slide 17", "slide 18", "slide 19"), None)],
        ),
        ("The Healthcare AI Adoption Index (p. 3) says so.", [(INDEX, ("page 3",), None)]),
        (
            "In section “Top takeaways” of the Healthcare AI Adoption Index it is 60%.",
            [(INDEX, ("section “Top takeaways”",), None)],
        ),
        ("Bain's companion brief has 35%.", [(BRIEF, (), None)]),
        (
            "The Healthcare AI Adoption Index has 46%; Bain's companion brief to the index 35%.",
            [(INDEX, (), None), (BRIEF, (), None)],
        ),
        ("@healthcare-ai-adoption-index-slide-8 has 30%.", [(INDEX, ("slide 8",), None)]),
        ("See https://www.bvp.com/atlas/the-healthcare-ai-adoption-index?ref=x.", [(INDEX, (), None)]),
        (
            "https://www.bvp.com/assets/uploads/2025/04/Only_30_percent_HC_AI_I_Slide8-min.png",
            [(INDEX, ("slide 8",), None)],
        ),
        ("BVP's Healthcare AI index has 46%.", [(INDEX, (), None)]),
        ("Bessemer's AI Adoption Index has 46%.", [(INDEX, (), None)]),
        ("The Bessemer/AWS/Bain index has 46%.", [(INDEX, (), None)]),
        ("Bessemer’s 2025 index, slide 8, has 46%.", [(INDEX, ("slide 8",), None)]),
        ("The adoption index by Bessemer Venture Partners has 46%.", [(INDEX, (), None)]),
        ("BVP's healthcare AI report has 46%.", [(INDEX, (), None)]),
        ("Bessemer's report, the BVP Cloud Index and Bessemer's 2023 index are others.", []),
        ("The AI Dx Index is another, and so is the Global AI Index 2025.", []),
    ],
)
def test_references_in_running_text(text: str, found: list[tuple[str, tuple[str, ...], str | None]]) -> None:
    assert [told(mention) for mention in the_mentions().in_text(text, frozenset())] == found


def test_the_index_means_what_was_named_before() -> None:
    text = "The index has 46% (Index, slide 8)."
    assert not any(mention.sources for mention in the_mentions().in_text(text, frozenset({BRIEF})))
    found = the_mentions().in_text(text, frozenset({INDEX}))
    assert [told(mention) for mention in found] == [(INDEX, (), None), (INDEX, ("slide 8",), None)]


def test_a_slide_alone_is_a_place_without_a_source() -> None:
    (mention,) = the_mentions().in_text("Slide 8 has 30%.", frozenset())
    assert not mention.sources and [place.label for place in mention.places] == ["slide 8"]


def test_what_a_note_quotes_is_no_reference() -> None:
    mentions, quotations = the_mentions().in_note(
        "The Healthcare AI Adoption Index, section “Top takeaways” (shown beside slide 8), accessed 3 November 2026."
        " “Slide 9 of the deck belongs to its first part.”"
    )
    assert [told(mention) for mention in mentions] == [(INDEX, ("section “Top takeaways”",), None)]
    assert mentions[0].beside == 8
    assert quotations == ("Slide 9 of the deck belongs to its first part.",)


def test_quotations_within_quotations_are_one() -> None:
    text = 'He “says “so it is” to us” and "all that goes", “no”.'
    assert [one.text for one in quotations_in(text)] == ["says “so it is” to us", "all that goes"]


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ("46% of proofs of concept go into production", True),
        ("AMONG LARGE PROVIDERS, 46% of proofs of concept", True),
        ("Among large providers … go into production.", True),
        ("6% of proofs of concept go into production", False),
        ("go into production … among large providers", False),
        ("46% of proofs of concepts", False),
        ("…", False),
    ],
)
def test_quotations_are_found_word_for_word(quotation: str, found: bool) -> None:
    assert bool(Quotations(corpus_shelf()).find(quotation, [INDEX])) == found


def test_the_nearest_sentence_is_what_was_meant() -> None:
    passages = corpus_shelf().passages_of(INDEX)
    near = Quotations(corpus_shelf()).nearest(
        "Among big providers, 64% of proofs of concept go into production.", passages
    )
    assert near is not None and near.text.startswith("Among large providers, 46%")
    assert Quotations(corpus_shelf()).nearest("Something else altogether is said here.", passages) is None


def test_a_reference_to_a_place_cites_all_of_it() -> None:
    (mention,) = the_mentions().in_text("(Healthcare AI Adoption Index, “Top takeaways”)", frozenset())
    resolved = Resolver(corpus_shelf()).resolved(Reference(3, "1", "x", (mention,)))
    assert resolved.faults == ()
    assert {citation.locator.heading for citation in resolved.citations} == {"Top takeaways"}
    assert {citation.number for citation in resolved.citations} == {3}


def test_words_are_exchanged_and_lines_kept() -> None:
    piece = Piece("paragraph", "one two three four", "1", breaks=((8, "2"), (14, "3")))
    changed = substituted(
        piece, [Substitution(4, 7, "X"), Substitution(4, 5, "no"), Substitution(14, 18, "longer still")]
    )
    assert changed.text == "one X three longer still"
    assert [changed.where_at(changed.text.index(word)) for word in ("one", "three", "longer")] == ["1", "2", "3"]


def test_normalised() -> None:
    assert normalised("“A\u00a0*b*” –  C’s\u200b") == '"a b " - c\'s'
