"""`aidx check` in a child process: briefs of ours, documents of others, files that are neither."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

from aidx_assistant.briefs.exports.markdown import as_markdown
from aidx_assistant.briefs.exports.word import as_word
from aidx_assistant.briefs.verdict import BY_RULE
from tests.fakes.briefs import clean_brief
from tests.fakes.command import Ran, aidx
from tests.fakes.word_files import footnote, paragraph, word_file


def edited(word: bytes, old: str, new: str) -> bytes:
    """A Word file with words exchanged in its text and its notes."""
    file = io.BytesIO()
    exchanged = 0
    with zipfile.ZipFile(io.BytesIO(word)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name in ("word/document.xml", "word/footnotes.xml"):
                exchanged += content.count(old.encode())
                content = content.replace(old.encode(), new.encode(), 1)
            target.writestr(name, content)
    assert exchanged
    return file.getvalue()


def check(file: Path, content: bytes | str, home: Path, *options: str) -> Ran:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return aidx("check", str(file), *options, home=home)


@pytest.fixture(scope="module")
def markdown() -> str:
    return as_markdown(clean_brief())


@pytest.fixture(scope="module")
def word() -> bytes:
    return as_word(clean_brief())


def test_a_brief_checks_clean(home: Path, tmp_path: Path, markdown: str) -> None:
    ran = check(tmp_path / "brief.md", markdown, home)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("No faults · 7 figures checked · ")
    assert "1 page · to fill in by hand: Owner (line " in ran.out


def test_a_brief_in_word_checks_clean(home: Path, tmp_path: Path, word: bytes) -> None:
    ran = check(tmp_path / "brief.docx", word, home)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("No faults · ")
    assert "length not judged" in ran.out


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ("60% of executives", "61% of executives", "60% of executives", "figure-unsupported: 61%: no sentence cited"),
        ("IT spending[^3]", "IT spending", "60% of executives", "figure-without-source: 60%: no source is cited"),
        ("section “Top takeaways”.", "slide 12.", "[^3]:", "place-wrong: [^3]: “Among executives, 60% say"),
    ],
)
def test_one_line_for_what_was_edited(
    home: Path, tmp_path: Path, markdown: str, old: str, new: str, at: str, told: str
) -> None:
    file = tmp_path / "brief.md"
    ran = check(file, markdown.replace(old, new, 1), home)
    line = 1 + markdown[: markdown.index(at)].count("\n")
    *faults, summary = ran.out.splitlines()
    assert ran.code == 5
    assert len(faults) == 1 and faults[0].startswith(f"{file}:{line}: {told}")
    assert summary.startswith("1 fault · ")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("60% of executives", "61% of executives", ":“Why now”, paragraph 1: figure-unsupported: 61%"),
        ("section “Top takeaways”.", "slide 12.", ":footnote 1: place-wrong: footnote 1: “Among executives"),
    ],
)
def test_one_line_for_what_was_edited_in_word(
    home: Path, tmp_path: Path, word: bytes, old: str, new: str, told: str
) -> None:
    file = tmp_path / "brief.docx"
    ran = check(file, edited(word, old, new), home)
    *faults, summary = ran.out.splitlines()
    assert ran.code == 5
    assert len(faults) == 1 and faults[0].startswith(f"{file}{told}")
    assert summary.startswith("1 fault · ")


def test_edits_that_leave_every_figure_right(home: Path, tmp_path: Path, markdown: str) -> None:
    counts = "On ambient scribes the sources have three figures on use or results for providers, from one report."
    verdict = f"**Go**, with **high** confidence. {BY_RULE}\n\n{counts}"
    text = markdown.replace("## Why now", f"## Recommendation\n\n{verdict}\n\n## Why now", 1)
    text = text.replace("### Proofs of concept that", "### Budgets that", 1)
    text = text.replace("Budgets are moving: 60%", "“Nobody will cut these budgets again.”[^3] 60%", 1)
    ran = check(tmp_path / "brief.md", text, home)
    *faults, summary = ran.out.splitlines()
    assert ran.code == 5 and summary.startswith("3 faults · "), ran.out
    assert [fault.split(": ")[1] for fault in faults] == ["verdict-changed", "quotation-wrong", "chart-wrong"]
    assert (
        "“Go, with high confidence” and is said to be computed by rule; the rule gives “Conditional, with medium"
        in faults[0]
    )


MEMO = """# Memo

According to the Healthcare AI Adoption Index, 46% of providers get proofs of concept into production.

Of executives, 60% say that AI budgets outgrow IT spending (Bessemer/AWS/Bain 2025, slide 12).
"""


def test_a_document_of_others(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "memo.md"
    ran = check(file, MEMO, home)
    first, second, summary = ran.out.splitlines()
    assert ran.code == 5
    assert first.startswith(f"{file}:3: figure-unsupported: 46%: the cited sentence says this only of large")
    assert second.startswith(f"{file}:5: place-wrong: 60%: slide 12 has not been read")
    assert second.endswith("it stands in section “Top takeaways”.")
    assert summary == "2 faults · 2 figures checked · 2 references to the library"


def test_a_document_of_others_in_word(home: Path, tmp_path: Path) -> None:
    body = paragraph("Of large providers’ proofs of concept 64%", footnote(1), " go into production.")
    content = word_file(body, footnotes={1: "Healthcare AI Adoption Index, “Experimentation but not yet production”."})
    ran = check(tmp_path / "memo.docx", content, home)
    assert ran.code == 5
    assert "memo.docx:paragraph 1: figure-unsupported: 64%" in ran.out
    assert "46%" in ran.out


def test_a_document_without_any_reference(home: Path, tmp_path: Path) -> None:
    ran = check(tmp_path / "memo.md", "# Memo\n\nSales grew by 7% in 12 shops.\n", home)
    assert ran.code == 0
    assert ran.out == "No reference to the library's sources found · 2 figures not checked\n"


def test_a_document_without_a_figure_is_not_said_to_have_none_checked(home: Path, tmp_path: Path) -> None:
    ran = check(tmp_path / "note.md", "Nothing here.\n", home)
    assert (ran.code, ran.out) == (0, "No reference to the library's sources found\n")


def test_json(home: Path, tmp_path: Path, markdown: str) -> None:
    file = tmp_path / "memo.md"
    ran = check(file, MEMO, home, "--json")
    assert ran.code == 5
    found = ran.json
    assert {name: found[name] for name in found if name != "faults"} == {
        "schema": 1,
        "file": str(file),
        "kind": None,
        "figures": 2,
        "figures_unchecked": 0,
        "references": 2,
        "references_unresolved": 0,
        "references_left_out": 0,
        "pages": None,
        "to_fill": [],
    }
    assert [(fault["rule"], fault["line"], fault["where"]) for fault in found["faults"]] == [
        ("figure-unsupported", 3, "3"),
        ("place-wrong", 5, "5"),
    ]
    brief = check(tmp_path / "brief.md", markdown, home, "--json").json
    assert (brief["kind"], brief["pages"], brief["faults"]) == ("buyer", 1, [])
    assert [one["label"] for one in brief["to_fill"]] == ["Owner", "Decide by"]


def test_any_document_can_be_held_to_the_rules_of_a_brief(home: Path, tmp_path: Path) -> None:
    ran = check(tmp_path / "memo.md", "# Memo\n\nSales grew by 7%.\n", home, "--as", "buyer")
    assert ran.code == 5
    assert ":3: figure-without-source: 7%" in ran.out and ":1: status-quo-missing" in ran.out


@pytest.mark.slow
def test_your_own_sources_count(own_home: Path, tmp_path: Path) -> None:
    source = tmp_path / "robot-monitor.md"
    source.write_text("# The Surgical Robot Monitor 2026\n\n## Use\n\nOf the clinics, 31% use robots in surgery.\n")
    assert aidx("sources", "add", str(source), home=own_home).code == 0
    text = "Of the clinics, {} use robots in surgery (Surgical Robot Monitor 2026, section “Use”).\n"
    assert check(tmp_path / "memo.md", text.format("31%"), own_home).code == 0
    ran = check(tmp_path / "memo.md", text.format("13%"), own_home)
    assert ran.code == 5 and "The sources say: 31%" in ran.out


@pytest.mark.slow
def test_the_slide_that_a_wrong_figure_is_said_to_stand_on_is_no_fault_of_its_own(
    own_home: Path, tmp_path: Path
) -> None:
    deck = Presentation()
    for title, said in (("Orchard Robot Pulse 2026", "By Orchard"), ("Use", "52% of surgeons use robots")):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, said
    deck.save(str(tmp_path / "orchard.pptx"))
    assert aidx("sources", "add", str(tmp_path / "orchard.pptx"), home=own_home).code == 0
    text = (
        "# Memo on payers\n\nThe Orchard Robot Pulse 2026 shows on slide 2 that 19% of surgeons use robots. "
        "The Healthcare AI Adoption Index has more.\n"
    )
    ran = check(tmp_path / "memo.md", text, own_home)
    assert ran.code == 5
    (fault, _) = ran.out.splitlines()
    assert "19%: " in fault and "The sources say: 52%" in fault


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 90_000_000)
    return file.getvalue()


def _encrypted() -> bytes:
    content = bytearray(word_file(paragraph("One")))
    start = content.index(b"PK\x01\x02")
    content[start + 8] |= 1
    return bytes(content)


def _not_word() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<p/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", b"", "The file is empty"),
        ("a.docx", b"plain text", "its content is none"),
        ("a.docx", b"PK\x03\x04" + bytes(50), "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(500), "encrypted Office file"),
        ("a.docx", _encrypted(), "is encrypted"),
        ("a.docx", _bomb(), "would unpack to 90 MB"),
        ("a.docx", _not_word(), "is a PowerPoint file"),
        ("a.md", b"\x00\x00\x00binary", "no text"),
        ("a.md", b"word " * 2_000_000, "MB of text"),
        ("a.pdf", b"%PDF-1.7", "is a PDF"),
        ("a.html", b"<html><body>46%</body></html>", "is a web page"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",  # bytes may differ from process to process
)
def test_what_cannot_be_checked(home: Path, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    file = tmp_path / name
    ran = check(file, content, home)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err and str(file) in ran.err
    assert len(ran.err.splitlines()) <= 2


def test_no_such_file(home: Path, tmp_path: Path) -> None:
    ran = aidx("check", str(tmp_path / "gone.md"), home=home)
    assert (ran.code, ran.out) == (2, "")
    assert "There is no file" in ran.err
    told = aidx("check", str(tmp_path), "--json", home=home)
    assert told.code == told.json["error"]["exit_code"] == 2


def test_nothing_steers_the_terminal(home: Path, tmp_path: Path) -> None:
    text = "So it is said by many. " * 20 + "46% (Healthcare AI Adoption Index, slide 99\x1b]0;x\x07).\n"
    ran = check(tmp_path / "a\x1b[31m.md", text, home)
    assert ran.code == 5
    assert "\x1b" not in ran.out and "\x07" not in ran.out
