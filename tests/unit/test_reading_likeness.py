"""The same file, the same article in two clippings, a clip that was cut off."""

from __future__ import annotations

from random import Random

import pytest

from aidx_assistant.evidence import Locator
from aidx_assistant.reading.clip import read_clip
from aidx_assistant.reading.document import Block, Document, Part, ReadingOptions
from aidx_assistant.reading.html import read_page
from aidx_assistant.reading.likeness import Signature, containment, content_hash, likeness, signature

WORDS = [f"word{n}" for n in range(500)]


def paragraphs(count: int, seed: int) -> list[str]:
    chance = Random(seed)
    return [" ".join(chance.choices(WORDS, k=60)).capitalize() + "." for _ in range(count)]


def document(texts: list[str]) -> Document:
    return Document("text", (Part(Locator("section"), tuple(map(Block, texts))),))


def test_the_same_article_in_two_clippings_and_as_a_page() -> None:
    texts = paragraphs(12, 1)
    body = "\n\n".join(texts)
    one = f"---\ntitle: A\n---\n# A\n\nShare\n\n{body}\n\n## Related articles\n\n[Other](https://example.org)"
    other = f"# A\n\n![Bars](b.png)\n\n{body.replace('word1 ', '**word1** ')}\n\nSubscribe to our newsletter"
    said = "".join(f"<p>{text}</p>" for text in texts)
    page = f"<html><body><nav>Home</nav><article><h1>A</h1>{said}</article></body></html>"
    first = signature(read_clip(one.encode(), "one.md", ReadingOptions()))
    second = signature(read_clip(other.encode(), "other.md", ReadingOptions()))
    third = signature(read_page(page.encode(), "page.html", ReadingOptions()))
    assert likeness(first, second) >= 0.8 and likeness(first, third) >= 0.8
    assert likeness(first, signature(document(paragraphs(12, 2)))) < 0.05


def test_a_clip_that_was_cut_off_is_contained_in_the_whole() -> None:
    texts = paragraphs(12, 3)
    part, whole = signature(document(texts[:5])), signature(document(texts))
    assert likeness(part, whole) < 0.6
    assert containment(part, whole) > 0.95 and containment(whole, part) < 0.6


@pytest.mark.parametrize("shared", [0, 30, 100])
def test_estimates_of_long_documents_are_near_the_truth(shared: int) -> None:
    common = paragraphs(shared, 4)
    one, other = document([*common, *paragraphs(100, 5)]), document([*common, *paragraphs(200, 6)])
    assert likeness(signature(one), signature(other)) == pytest.approx(shared / (300 + shared), abs=0.05)
    assert containment(signature(one), signature(other)) == pytest.approx(shared / (100 + shared), abs=0.05)
    assert not signature(other).complete


def test_a_signature_can_be_stored() -> None:
    for texts in ([], ["two words"], paragraphs(60, 7)):
        made = signature(document(texts))
        assert Signature.from_bytes(made.to_bytes()) == made
    with pytest.raises(ValueError, match="no signature"):
        Signature.from_bytes(b"1234")


def test_documents_that_say_nothing_are_like_none() -> None:
    nothing = signature(document([]))
    assert likeness(nothing, nothing) == containment(nothing, nothing) == 0.0


def test_captions_count_where_there_is_nothing_else() -> None:
    picture = Document("picture", (Part(Locator("picture"), (Block("a slide of five whole words", "caption"),)),))
    assert likeness(signature(picture), signature(picture)) == 1.0


def test_the_hash_of_a_file() -> None:
    assert content_hash(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
