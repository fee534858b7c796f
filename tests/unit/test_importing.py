"""Reading in what the user names: only once, whoever else reads, and whatever is found where a file should be."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aidx_assistant.assistant.given import Given
from aidx_assistant.assistant.imported import Imported
from aidx_assistant.assistant.importing import Importing
from aidx_assistant.assistant.origins import origins_of
from aidx_assistant.errors import FetchError
from aidx_assistant.fetching import Fetched, Fetcher
from aidx_assistant.library.library import Library
from aidx_assistant.library.progress import Progress
from aidx_assistant.library.records import SHARED_ORIGIN
from tests.fakes.clips import clip, held
from tests.fakes.sources import HashEmbedder


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], Importing]]:
    """Makes another import into one home; each has its own connection, as in a process of its own."""
    made: list[tuple[Library, Importing]] = []

    def another() -> Importing:
        library = Library(tmp_path / "home", HashEmbedder)
        made.append((library, Importing(library, Progress())))
        return made[-1][1]

    yield another
    for library, importing in made:
        importing.__exit__()
        library.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "clips"
    folder.mkdir()
    return folder


def added(importing: Importing, *files: Path) -> list[Imported]:
    return list(importing.add([str(file) for file in files], Given()))


def meanwhile(importing: Importing, other: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Has another import come in between while this one reads."""
    read = importing._process.read

    def reading(*arguments: Any) -> Any:
        other()
        return read(*arguments)

    monkeypatch.setattr(importing._process, "read", reading)


def test_two_imports_of_one_file(
    opened: Callable[[], Importing], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "a.md"
    file.write_text(clip("Report", 1))
    one, other = opened(), opened()
    meanwhile(one, lambda: added(other, file), monkeypatch)
    assert [imported.outcome for imported in added(one, file)] == ["unchanged"]
    assert list(held(tmp_path / "home")) == ["report"]


def test_two_imports_of_different_files_with_one_title(
    opened: Callable[[], Importing], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("a.md", "b.md")):
        (folder / name).write_text(clip("Report", number))
    one, other = opened(), opened()
    meanwhile(one, lambda: added(other, folder / "b.md"), monkeypatch)
    assert [imported.outcome for imported in added(one, folder / "a.md")] == ["added"]
    assert list(held(tmp_path / "home")) == ["report", "report-2"]


def test_two_imports_of_one_article(
    opened: Callable[[], Importing], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By two clippers, each read by one of the imports."""
    (folder / "a.md").write_text(clip("Report", 1, sections=4))
    (folder / "b.md").write_text(clip("The Report", 1, sections=4))
    one, other = opened(), opened()
    meanwhile(one, lambda: added(other, folder / "b.md"), monkeypatch)
    (imported,) = added(one, folder / "a.md")
    assert imported.outcome == "skipped"
    assert "says the same as “The Report”" in imported.reason
    assert list(held(tmp_path / "home")) == ["the-report"]


def test_a_file_moved_over_another(opened: Callable[[], Importing], folder: Path, tmp_path: Path) -> None:
    one, two = folder / "a.md", folder / "b.md"
    one.write_text(clip("First", 1))
    two.write_text(clip("Second", 2))
    importing = opened()
    added(importing, folder)
    two.rename(one)
    (imported,) = added(importing, one)
    assert (imported.outcome, imported.source_id) == ("skipped", "second")
    assert list(held(tmp_path / "home")) == ["first", "second"]


def test_a_longer_version_by_another_clipper_takes_the_place(
    opened: Callable[[], Importing], folder: Path, tmp_path: Path
) -> None:
    whole = clip("Report", 1, sections=6)
    (folder / "cut.md").write_text(whole[: whole.index("## Part 4")])
    (folder / "whole.md").write_text(whole)
    outcomes = added(opened(), folder)
    assert [(one.outcome, one.source_id) for one in outcomes] == [("added", "report"), ("updated", "report")]
    again = added(opened(), folder)
    assert [(one.outcome, one.source_id) for one in again] == [("skipped", "report"), ("unchanged", "report")]
    assert list(held(tmp_path / "home")) == ["report"]


def test_what_is_known_of_hundreds_is_found_again(opened: Callable[[], Importing], folder: Path) -> None:
    """More than are searched one by one."""
    for number in range(70):
        (folder / f"{number:02}.md").write_text(clip(f"Report {number}", number))
    assert {one.outcome for one in added(opened(), folder)} == {"added"}
    (folder / "copy.md").write_text(clip("Something else", 3))
    (imported,) = added(opened(), folder / "copy.md")
    assert (imported.outcome, imported.source_id) == ("skipped", "report-3")


def test_the_root_folder_leads_nowhere_out_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.walk", lambda root: [("/", ["home"], ["report.md"])])
    assert [(origin.name, origin.passed_over) for origin in origins_of(["/"])] == [("/report.md", "")]


def test_that_private_networks_are_allowed_is_remembered(
    opened: Callable[[], Importing], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = folder / "page.html"
    page.write_text(f"<!doctype html><title>Wards</title><article>{clip('wards', 300)}</article>")
    allowed: list[bool] = []

    class Served(Fetcher):
        def fetch(self, address: str, **_: Any) -> Fetched:
            allowed.append(self._allow_private)
            if not self._allow_private:
                raise FetchError(f"{address} cannot be fetched.")
            return Fetched(address, "text/html", None, page, {})

    monkeypatch.setattr("aidx_assistant.fetching.fetcher.Fetcher", Served)
    address, importing = "https://10.0.0.7/wards", opened()
    private = Importing(importing._library, Progress(), allow_private=True)
    assert [one.outcome for one in importing.add([address], Given())] == ["failed"]
    assert [one.outcome for one in importing.refresh()] == ["failed"]
    assert [one.outcome for one in private.add([address], Given())] == ["added"]
    assert [one.outcome for one in importing.refresh()] == ["unchanged"]
    assert [one.outcome for one in private.add(["https://10.0.0.7/gone"], Given())] == ["skipped"]
    page.unlink()
    assert [one.outcome for one in private.add(["https://10.0.0.7/off"], Given())] == ["failed"]
    assert [one.outcome for one in importing.retry("https://10.0.0.7/off")] == ["failed"]
    assert allowed == [False, False, True, True, True, True, True]
    private.__exit__()


def test_a_title_without_end_is_cut(opened: Callable[[], Importing], folder: Path) -> None:
    (folder / "clip.md").write_text(f"---\ntitle: The first words {'and more ' * 2000}\n---\n{clip('wards', 301)}")
    [one] = added(opened(), folder)
    assert one.outcome == "added" and one.title.startswith("The first words and more") and len(one.title) <= 300


def test_an_address_is_one_however_its_scheme_is_written(opened: Callable[[], Importing]) -> None:
    assert [one.name for one in origins_of(["HTTPS://Example.org/A"])] == ["https://Example.org/A"]
    [one] = opened().add(["ftp://example.org/a"], Given())
    assert (one.origin, one.outcome) == ("ftp://example.org/a", "failed") and "begins with https://" in one.hint


def test_a_file_that_is_gone_leaves_what_was_read_of_it(opened: Callable[[], Importing], folder: Path) -> None:
    file = folder / "report.md"
    file.write_text(clip("Report", 302))
    importing = opened()
    assert [one.outcome for one in added(importing, file)] == ["added"]
    file.unlink()
    [gone] = importing.refresh()
    assert gone.outcome == "failed" and "no longer there; what was read of it stays, as “report”" in gone.reason
    assert importing._library.store.source("report") is not None


def test_what_another_of_the_team_added_is_read_again_by_whoever_has_the_file(
    opened: Callable[[], Importing], folder: Path
) -> None:
    file = folder / "report.md"
    file.write_text(clip("Report", 302))
    importing = opened()
    added(importing, file)
    store = importing._library.store
    store.put_import(replace(store.imports()[0], origin=f"{SHARED_ORIGIN}report"))  # as a member's library holds it
    assert store.imports()[0].came_from == "another of the team"
    assert list(importing.refresh()) == []
    [passed_over] = importing.refresh(["report"])
    assert (passed_over.origin, passed_over.outcome) == ("report", "skipped")
    assert "Another of the team added it" in passed_over.reason
    [again] = added(importing, file)
    assert (again.outcome, again.reason) == ("unchanged", "Another of the team has added it.")
    assert [one.outcome for one in importing.refresh()] == ["unchanged"]


def test_what_is_no_file(opened: Callable[[], Importing], folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    (folder / "self.md").symlink_to(folder / "self.md")
    (folder / "gone.md").symlink_to(folder / "nothing")
    (folder / "loop").symlink_to(folder)
    (folder / os.fsdecode(b"caf\xe9.md")).write_text(clip("Report", 1))
    outcomes = {Path(one.origin).name: (one.outcome, one.reason) for one in added(opened(), folder)}
    assert outcomes == {
        "pipe.md": ("failed", "It is no file."),
        "self.md": ("failed", "It is a link that leads nowhere."),
        "gone.md": ("failed", "It is a link that leads nowhere."),
        os.fsdecode(b"caf\xe9.md"): ("skipped", "Its name is not in UTF-8; rename it."),
    }
    assert [one.reason for one in added(opened(), Path("/dev/zero"))] == ["It is no file."]


@pytest.mark.slow
def test_a_long_text_is_told_of(opened: Callable[[], Importing], folder: Path) -> None:
    (folder / "long.md").write_text(clip("Long", 1, sections=2500))
    (folder / "short.md").write_text(clip("Short", 2, sections=25))
    long, short = added(opened(), folder)
    assert re.fullmatch(r"It is long: indexing its [\d,]{5} passages takes some 2 minutes\.", long.remarks[-1])
    assert short.remarks == ()


def test_a_name_that_stands_for_nothing_has_failed_and_a_link_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "out.md").symlink_to("/etc/passwd")
    found = origins_of([str(tmp_path / "*.pptx"), str(tmp_path / "empty"), str(tmp_path / "full")])
    assert [(origin.passed_over, origin.outcome) for origin in found] == [
        ("Nothing fits this pattern.", "failed"),
        ("The folder holds nothing that aidx reads.", "failed"),
        ("It is a link that leads out of the folder.", "skipped"),
    ]


def dated(share: str, date: str, title: str = "Report") -> str:
    text = clip(title, 1, sections=4) + f"\nOf all pharmacies, {share} have bought a robot for their store room.\n"
    return text.replace("---\n", f"---\ndate: {date}\n", 1)


@pytest.mark.parametrize(
    ("date", "outcome", "told", "held_ids"),
    [
        ("2026-05-01", "updated", "newer version of what was known as “report”", ["report"]),
        ("2025-12-01", "skipped", "older version of “Report”, which is of 2026-02-10", ["report"]),
        ("2026-02-10", "added", "remove it: aidx sources remove report, or report-2", ["report", "report-2"]),
        ("2026", "added", "with other figures", ["report", "report-2"]),
    ],
)
def test_a_corrected_report(
    opened: Callable[[], Importing],
    folder: Path,
    tmp_path: Path,
    date: str,
    outcome: str,
    told: str,
    held_ids: list[str],
) -> None:
    """It nearly repeats the known one, but not its figures: it is no copy."""
    (folder / "a.md").write_text(dated("38%", "2026-02-10"))
    (folder / "b.md").write_text(dated("41%", date))
    importing = opened()
    added(importing, folder / "a.md")
    (imported,) = added(importing, folder / "b.md")
    assert imported.outcome == outcome
    assert told in " ".join((imported.reason, *imported.remarks))
    assert list(held(tmp_path / "home")) == held_ids


def test_an_edition_of_another_title_stands_beside(
    opened: Callable[[], Importing], folder: Path, tmp_path: Path
) -> None:
    (folder / "a.md").write_text(dated("38%", "2025-02-10", "Report of 2025"))
    (folder / "b.md").write_text(dated("41%", "2026-02-10", "Report of 2026"))
    assert [one.outcome for one in added(opened(), folder / "a.md", folder / "b.md")] == ["added", "added"]
    assert list(held(tmp_path / "home")) == ["report-of-2025", "report-of-2026"]


def test_a_page_that_only_tells_another_day_is_a_copy(
    opened: Callable[[], Importing], folder: Path, tmp_path: Path
) -> None:
    note = "This page of our newsroom was last updated on {day} at the earliest [1].\n"
    (folder / "a.md").write_text(dated("38%", "2026-02-10") + note.format(day="6 May 2026"))
    (folder / "b.md").write_text(dated("38%", "2026-02-10") + note.format(day="9 June 2026").replace("[1]", "[2]"))
    assert [one.outcome for one in added(opened(), folder / "a.md", folder / "b.md")] == ["added", "skipped"]


def test_an_older_version_that_says_more_does_not_take_the_place(
    opened: Callable[[], Importing], folder: Path, tmp_path: Path
) -> None:
    (folder / "a.md").write_text(dated("41%", "2026-02-10"))
    longer = dated("38%", "2025-02-10") + clip("Report", 1, sections=6).split("---\n")[-1]
    (folder / "b.md").write_text(longer)
    outcomes = [one.outcome for one in added(opened(), folder / "a.md", folder / "b.md")]
    assert outcomes == ["added", "skipped"]
