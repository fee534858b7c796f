"""Plain text in any encoding, cleaning, sentences."""

from __future__ import annotations

import pytest

from aidx_assistant.errors import ReadingError
from aidx_assistant.reading.cleaning import clean, hidden_remarks, one_line
from aidx_assistant.reading.decoding import LARGEST, decoded
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.plain_text import read_text
from aidx_assistant.reading.sentences import sentences_of

PROSE = "Hospitals of the region have begun to test tools that write notes,\nand most of them go on with it."


def read(text: str) -> Document:
    return read_text(text.encode(), "notes.txt", ReadingOptions())


def sections(document: Document) -> dict[str | None, list[str]]:
    return {part.locator.heading: [block.text for block in part.blocks] for part in document.parts}


def test_blank_lines_divide_blocks_and_broken_lines_are_joined() -> None:
    assert sections(read(f"{PROSE}\n \nA second one.\n")) == {None: [one_line(PROSE), "A second one."]}


def test_headings_are_underlined_hashed_in_capitals_or_numbered() -> None:
    begun = f"A survey\n========\n\n{PROSE}\n\nCosts\n-----\n{PROSE}"
    document = read(f"{begun}\n\nTHE OUTLOOK\n\n{PROSE}\n\n2.1 Method\n\n{PROSE}\n\n## More\n{PROSE}")
    assert document.title == "A survey"
    assert list(sections(document)) == [None, "Costs", "THE OUTLOOK", "2.1 Method", "More"]


@pytest.mark.parametrize(
    "line",
    ["USA", "WE MUST STOP THIS NOW.", "3. Ask them", "12 hospitals", "Short line", "5%", "A B C", "NHS 2024 111 222"],
)
def test_other_short_lines_are_text(line: str) -> None:
    assert sections(read(f"{line}\n\nAnd so on.")) == {None: [line, "And so on."]}


def test_items_are_blocks_of_their_own() -> None:
    assert sections(read("They say:\n- one thing\n  over two lines\n- another\n\n1) first\n2) second")) == {
        None: ["They say:", "one thing over two lines", "another", "1) first", "2) second"]
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_common_encodings(encoding: str) -> None:
    text = "Its size – “naïve” as it may be – is that of a café near the Größe works, and costs €5 a head."
    assert decoded(text.encode(encoding)) == text


def test_another_encoding_is_guessed() -> None:
    text = "Больницы региона начали испытывать новые инструменты, и большинство из них продолжает эту работу дальше."
    assert decoded(text.encode("cp1251")) == text


@pytest.mark.parametrize(
    "content", [b"a\0b", b"\xff\xfea", b"\x01\x02\x03\x04text", b"", b" \n ", b"\x89PNG\r\n\x1a\n\0\0"]
)
def test_what_is_no_text_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(ReadingError) as refused:
        read_text(content, "notes.txt", ReadingOptions())
    assert refused.value.title.endswith(".") and "\n" not in refused.value.title


def test_a_text_beyond_all_measure_is_refused() -> None:
    with pytest.raises(ReadingError, match="up to 8 MB"):
        decoded(bytes(LARGEST + 1))


def test_pictures_inside_a_page_do_not_count() -> None:
    saved = f'<p>Short.</p><img src="data:image/png;base64,{"QUJD" * (LARGEST // 4)}">'
    assert decoded(saved.encode()) == '<p>Short.</p><img src="data:,">'


def test_cleaning() -> None:
    assert clean("a\u200bb\u202ec\u00ad\x07\r\nd\u2028e\x0cf\ufeff") == "abc\nd\ne\nf"
    assert clean("e\u0301 \ue000\ufe0f\U000e0041") == "é "
    assert hidden_remarks("\ufeffplain so\u00adft") == ()
    assert hidden_remarks("a\u202eb") == ("One invisible character was removed from the text.",)


def test_what_steers_a_terminal_goes_whole_and_is_told() -> None:
    text = "\x1b[31mred\x1b[0m and \x1b]8;;https://example.org\x07a link\x1b]8;;\x07"
    assert clean(text) == "red and a link"
    assert hidden_remarks(text) == ("4 sequences that steer a terminal were removed from the text.",)
    assert hidden_remarks("\x1b[1mbold") == ("One sequence that steers a terminal was removed from the text.",)


@pytest.mark.parametrize(
    "sentences",
    [
        ("The U.S. market grew 4.5% in 2024.", "Dr. Smith of Acme Inc. agreed."),
        ("Ask e.g. the payers, i.e. those who pay.", "They know."),
        ("See No. 5 and Fig. 3 for it.", "Approx. 30% agreed."),
        ("He said: “It is done.”", "Then he left."),
        ("Budgets fell. [3]", "They rose again.[4]", "And fell (see above)."),
        ("It was so… they thought.", "Is it?", "Yes!", "Well."),
        ("They work at Johnson & Co.", "The rest follows."),
        ("In Jan. 2024 it rose to $1.5 billion.", "30% of them left."),
        ("Gartner et al. (2024) found it.", "J. P. Morgan did not."),
        ("1. Pick one.", "Then go on."),
        ("Visit example.com/a.b?c=d.", "Done."),
        ("A heading without an end",),
    ],
)
def test_sentences(sentences: tuple[str, ...]) -> None:
    assert sentences_of(" ".join(sentences)) == sentences


def test_a_run_of_words_without_a_stop_is_cut_at_a_length_that_can_be_read() -> None:
    cut = sentences_of("word " * 1000)
    assert max(len(sentence.split()) for sentence in cut) <= 120
    assert sentences_of("") == sentences_of(" \n") == ()
