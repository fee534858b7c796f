"""The corpus reader takes what is shipped and refuses what breaks the schema, naming the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aidx_assistant import locations
from aidx_assistant.errors import CorpusError
from aidx_assistant.evidence import Locator
from aidx_assistant.reading.corpus import read_corpus, read_source, source_folders

INDEX = "healthcare-ai-adoption-index"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the shipped index that a test may break."""
    return Path(shutil.copytree(locations.corpus_folder() / INDEX, tmp_path / INDEX))


def replace_in(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_index_comes_before_the_brief_that_repeats_it() -> None:
    assert [folder.name for folder in source_folders(locations.corpus_folder())] == [INDEX, "bain-companion-brief"]


def test_every_slide_is_a_passage_that_says_it_has_not_been_read() -> None:
    read = read_source(locations.corpus_folder() / INDEX)
    slides = [passage for passage in read.passages if passage.locator.kind == "slide"]
    assert [passage.locator.number for passage in slides] == list(range(1, 38))
    assert all(passage.read == "no" and "has not been read" in passage.text for passage in slides)
    assert all(passage.picture and f"lide{passage.locator.number}-min.png" in passage.picture for passage in slides[1:])


def test_sections_known_by_heading_only_are_listed_as_unread() -> None:
    read = read_source(locations.corpus_folder() / INDEX)
    unread = [p for p in read.passages if p.locator.kind == "section" and p.read == "no"]
    assert [passage.locator.heading for passage in unread] == list(read.source.unread)
    assert "The development strategy" in read.source.unread


def test_a_passage_names_the_slide_beside_it() -> None:
    read = read_source(locations.corpus_folder() / INDEX)
    section = Locator("section", heading="Experimentation but not yet production")
    first = next(passage for passage in read.passages if passage.locator == section)
    assert first.shown_beside == "slide 8"
    assert first.picture and first.picture.endswith("Slide8-min.png")
    assert "46%" in first.text


def test_a_finding_is_a_sentence_of_its_passage() -> None:
    read = read_source(locations.corpus_folder() / INDEX)
    passages = {passage.id: passage for passage in read.passages}
    for finding in read.findings:
        assert passages[finding.passage_id].sentences[finding.sentence] == finding.statement


def test_segments_come_from_words_and_findings() -> None:
    read = read_source(locations.corpus_folder() / INDEX)
    by_slide = {p.locator.number: p.segments for p in read.passages if p.locator.kind == "slide"}
    assert by_slide[18] == ("provider",)
    assert by_slide[21] == ("payer",)
    assert by_slide[36] == ("pharma",)
    assert by_slide[37] == ("payer",)


BROKEN = {
    "no locator": (
        "findings.toml",
        'topic = "publication"\nsection = ""',
        'topic = "publication"',
        "has no locator",
    ),
    "slide out of range": ("findings.toml", "slide = 8", "slide = 38", "slide 38 is out of range"),
    "figure not known on the slide": ("findings.toml", "slide = 8", "slide = 9", "not a sentence of the section"),
    "statement missing in its section": (
        "findings.toml",
        'section = "Top takeaways"',
        'section = "Full slide deck"',
        "not a sentence of the section",
    ),
    "value missing in its statement": ("findings.toml", 'value = "46%"', 'value = "47%"', "does not contain 47%"),
    "unknown segment": ("findings.toml", 'segment = "provider"', 'segment = "dentist"', "segment must be one of"),
    "slide note out of range": ("slides/37.md", "number = 37", "number = 38", "slide 38 is out of range"),
    "slide figure withdrawn": ("slides/08.md", 'figures = ["30%"]', "figures = []", "not known to carry 30%"),
    "part that is not its own": ("slides/08.md", 'part = "first part"', 'part = "appendix"', "its part is first part"),
    "read maybe": ("slides/08.md", 'read = "no"', 'read = "maybe"', "read must be one of yes, no, by OCR, by Claude"),
    "slide without a picture": ("slides/08.md", "picture =", "image =", "lacks 'picture'"),
    "figure that the slide is not known for": ("slides/09.md", "Slide 9 is", "77% of slide 9 is", "not known to carry"),
    "figure that no alt text gives": ("slides/09.md", "figures = []", 'figures = ["51%"]', "does not give 51%"),
    "population of another segment": (
        "findings.toml",
        'segment = "payer"\npopulation = "payer leaders"',
        'segment = "provider"\npopulation = "payer leaders"',
        "its population payer leaders",
    ),
    "shown beside another slide": (
        "article/04-experimentation-but-not-yet-production.md",
        "[shown beside: slide 8]",
        "[shown beside: slide 9]",
        "go together",
    ),
    "value cut out of another": ("findings.toml", 'value = "46%"', 'value = "6%"', "does not contain 6%"),
    "order that is no number": ("article/01-top-takeaways.md", "order = 1", 'order = "x"', "wrong type"),
    "question of no sentence": ("questions.toml", 'statement = "', 'statement = "Not so: ', "not a sentence"),
    "note without a head": ("article/01-top-takeaways.md", "+++", "---", "head between two +++ lines"),
    "note with broken TOML": ("article/01-top-takeaways.md", "order = 1", "order =", "not valid TOML"),
    "source without a title": ("source.toml", "title =", "titel =", "lacks 'title'"),
}


@pytest.mark.parametrize(("file", "old", "new", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_the_schema_check_refuses(source: Path, file: str, old: str, new: str, message: str) -> None:
    replace_in(source / file, old, new)
    with pytest.raises(CorpusError) as refusal:
        read_source(source)
    assert message in refusal.value.title
    assert str(source) in refusal.value.title


def test_a_corpus_without_sources_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no source"):
        read_corpus(tmp_path)


def test_a_slide_that_is_missing_is_noticed(source: Path) -> None:
    (source / "slides" / "20.md").unlink()
    with pytest.raises(CorpusError, match="each slide from 1 to 37"):
        read_source(source)


def test_a_disagreement_names_both_sides(tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(locations.corpus_folder(), tmp_path / "corpus"))
    replace_in(corpus / INDEX / "findings.toml", "bain-companion-brief/roi-after", "bain-companion-brief/roi-behind")
    with pytest.raises(CorpusError, match="roi-behind"):
        read_corpus(corpus)


def test_the_authors_of_a_source_are_read_where_it_names_any() -> None:
    corpus = locations.corpus_folder()
    assert read_source(corpus / INDEX).source.authors == ("Guerra, Sofia", "Kraus, Steve")
    assert read_source(corpus / "bain-companion-brief").source.authors == ()


@pytest.mark.parametrize("authors", ['"Guerra, Sofia"', "[7]", '[""]'])
def test_authors_that_are_no_list_of_names_are_refused(source: Path, authors: str) -> None:
    replace_in(source / "source.toml", 'authors = ["Guerra, Sofia", "Kraus, Steve"]', f"authors = {authors}")
    with pytest.raises(CorpusError, match="list of texts"):
        read_source(source)
