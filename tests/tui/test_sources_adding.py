"""The user's own sources in the app: added, stopped in the middle, read again, removed; what fails says why."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Static

from aidx_assistant.assistant.import_lock import alone_among_imports
from aidx_assistant.assistant.imported import Imported
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import InterruptedByUserError, StorageError
from aidx_assistant.library import waiting
from aidx_assistant.library.library import Library
from aidx_assistant.library.progress import Progress
from aidx_assistant.reading.document import Document, ReadingOptions
from aidx_assistant.reading.formats import read_document
from aidx_assistant.reading.isolation import ReadingProcess
from aidx_assistant.tui.app import AidxApp
from aidx_assistant.tui.bringing_in import At, BringingIn
from aidx_assistant.tui.import_account import Account, details, entry, progress, step
from aidx_assistant.tui.path_suggester import completed
from aidx_assistant.tui.screens.ask import AskScreen
from aidx_assistant.tui.screens.dialogs import AskText, Confirm
from aidx_assistant.tui.screens.findings import FindingsScreen
from aidx_assistant.tui.screens.naming import AskWhatToAdd
from aidx_assistant.tui.session import Session
from aidx_assistant.tui.shelf import key_of
from aidx_assistant.tui.typed_names import names_in
from aidx_assistant.tui.widgets.chip import Chip
from aidx_assistant.tui.widgets.import_line import ImportLine
from aidx_assistant.tui.widgets.source_list import SourceList
from tests.fakes.clips import clip, held, write_clips
from tests.fakes.fetching import HTML, PAGE
from tests.fakes.pages_server import PagesServer, Reply
from tests.fakes.pdfs import pdf, say
from tests.fakes.tasks import FakeTask
from tests.tui.driving import SIZES, fail, shown, type_text, until
from tests.tui.test_sources import on_sources


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process: starting another takes longer than the rest of a test."""

    def read(
        self: ReadingProcess, content: Path, name: str, options: ReadingOptions, *_: object, **__: object
    ) -> Document:
        return read_document(content.read_bytes(), name, options)

    monkeypatch.setattr(ReadingProcess, "read", read)


def line(pilot: Pilot[None]) -> ImportLine:
    return pilot.app.screen.query_one(ImportLine)


def listed(pilot: Pilot[None]) -> SourceList:
    return pilot.app.screen.query_one(SourceList)


async def add(pilot: Pilot[None], typed: str) -> None:
    await pilot.press("n")
    await until(pilot, lambda: isinstance(pilot.app.screen, AskWhatToAdd))
    pilot.app.screen.query_one("#what", Input).value = typed
    await pilot.press("enter")


async def added(pilot: Pilot[None], typed: str) -> Account:
    """Adds, and waits for the end; gives what became of it all."""
    await add(pilot, typed)
    return await over(pilot)


async def over(pilot: Pilot[None]) -> Account:
    await until(pilot, lambda: not pilot.app.screen.is_modal and line(pilot).account is not None)
    await until(pilot, lambda: not line(pilot).is_reading)
    account = line(pilot).account
    assert account is not None
    return account


def known(pilot: Pilot[None]) -> str:
    """What is told of the chosen entry."""
    return str(pilot.app.screen.query_one("#known", Static).render())


async def choose(pilot: Pilot[None], key: str) -> None:
    """Goes to an entry of the list, once it is there."""
    await until(pilot, lambda: key in [key_of(one) for one in listed(pilot)._shelved])
    listed(pilot).highlighted = [key_of(one) for one in listed(pilot)._shelved].index(key)
    await pilot.pause()


@pytest.mark.slow
def test_a_folder_is_added_with_what_fails_and_what_is_there_twice(own_home: Path, tmp_path: Path) -> None:
    folder = write_clips(tmp_path / "clips", 1)
    (folder / "twin.md").write_text((folder / "clip-001.md").read_text())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")

    async def story(pilot: Pilot[None]) -> None:
        account = await added(pilot, str(folder))
        assert account.heading == "What was read" and account.counts == "1 added · 1 skipped · 1 failed"
        seen = shown(pilot)
        assert "Report 1 · " in seen and "It is the same as" in seen and "The PDF is damaged" in seen
        await choose(pilot, f"failed {folder / 'broken.pdf'}")
        assert "Why it was not read" in shown(pilot) and "r tries it again, d forgets it." in shown(pilot)
        await choose(pilot, "source report-1")
        assert f"Read from: {folder}" in known(pilot)

    on_sources(own_home, story, (200, 60))
    assert held(own_home).keys() == {"report-1"}


@pytest.mark.slow
@pytest.mark.usefixtures("read_here")
def test_what_is_added_is_found_on_every_screen_and_answered_from(own_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "zebras.md"
    file.write_text(
        "---\ntitle: Zebra care\n---\n\n## Stables\n\nIn 2025, 77% of zebra clinics bought a hoof scanner.\n"
    )

    async def story(pilot: Pilot[None]) -> None:
        await added(pilot, str(file))
        await choose(pilot, "source zebra-care")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen))
        await until(pilot, lambda: "source: Zebra care" in shown(pilot))
        await type_text(pilot, "How many zebra clinics bought a hoof scanner?")
        await pilot.press("enter")
        await until(pilot, lambda: "77% of zebra clinics" in shown(pilot) and "figures supported" in shown(pilot))
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(pilot.app.screen, FindingsScreen))
        held_there = pilot.app.screen.table.held  # type: ignore[attr-defined]
        assert "zebra-care" in held_there.sources
        await pilot.press("f5", "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: "source zebra-care" not in [key_of(one) for one in listed(pilot)._shelved])
        await until(pilot, lambda: not held(own_home))
        await pilot.press("f2")
        await until(pilot, lambda: pilot.app.screen.query_one("#source", Chip).value is None)

    on_sources(own_home, story)


@pytest.mark.slow
@pytest.mark.usefixtures("read_here")
def test_a_page_is_added_by_its_address_and_one_that_is_not_there_fails(own_home: Path) -> None:
    page = PAGE.replace(b"Thirty percent.", b"Thirty percent of the wards have a robot. " * 9)

    async def story(pilot: Pilot[None]) -> None:
        with PagesServer({"/a": [Reply(headers=HTML, body=page)]}) as server:
            account = await added(pilot, f"{server.url}/a {server.url}/b")
            assert account.counts == "1 added · 1 failed"
            await choose(pilot, f"failed {server.url}/b")
            assert "404" in known(pilot)

    on_sources(own_home, story)


class Slow:
    """A reader that takes as long as the test wants over every file but the first."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = threading.Event()
        self._count = 0
        slow = self

        def read(
            self: ReadingProcess,
            content: Path,
            name: str,
            options: ReadingOptions,
            cancellation: Cancellation,
            on_progress: Callable[[str], None],
        ) -> Document:
            slow._count += 1
            if slow._count > 1:
                on_progress("page 3 of 37")
                while not slow.go_on.is_set():
                    cancellation.wait(0.01)
                    if cancellation.cancelled:
                        raise InterruptedByUserError("Reading was cancelled.")
            return read_document(content.read_bytes(), name, options)

        monkeypatch.setattr(ReadingProcess, "read", read)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("by", ["key", "mouse"])
def test_reading_is_stopped_in_the_middle(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], by: str
) -> None:
    folder = write_clips(tmp_path / "clips", 3)
    Slow(monkeypatch)

    async def story(pilot: Pilot[None]) -> None:
        await add(pilot, str(folder))
        await until(pilot, lambda: "1 of 3 done" in shown(pilot))
        assert "Reading clip-002.md" in shown(pilot) and "Stop" in shown(pilot)
        assert "reading 1 of 3" in shown(pilot).splitlines()[0]
        await (pilot.press("x") if by == "key" else pilot.click(line(pilot).query_one(Button)))
        account = await over(pilot)
        assert account.heading == "Reading was stopped" and account.counts == "1 added"
        await until(pilot, lambda: not line(pilot).display)
        assert "Reading was stopped" in shown(pilot)

    on_sources(own_home, story, size)
    assert held(own_home).keys() == {"report-1"}


@pytest.mark.slow
def test_one_reading_at_a_time_while_questions_are_answered(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_clips(tmp_path / "clips", 2)
    slow = Slow(monkeypatch)

    async def story(pilot: Pilot[None]) -> None:
        await add(pilot, str(folder))
        await until(pilot, lambda: "1 of 2 done" in shown(pilot))
        await pilot.press("n")
        await until(pilot, lambda: "stop it with x" in str([note.message for note in pilot.app._notifications]))
        assert not isinstance(pilot.app.screen, AskWhatToAdd)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen))
        await type_text(pilot, "How many jobs are there for payers?")
        await pilot.press("enter")
        await until(pilot, lambda: "figures supported" in shown(pilot))
        assert "reading 1 of 2" in shown(pilot)
        slow.go_on.set()
        await pilot.press("f5")
        await over(pilot)
        await until(pilot, lambda: "no model" in shown(pilot))

    on_sources(own_home, story)
    assert len(held(own_home)) == 2


@pytest.mark.slow
@pytest.mark.usefixtures("read_here")
def test_another_aidx_that_adds_sources_is_told_of_and_not_waited_for_against_ones_will(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_clips(tmp_path / "clips", 1)
    monkeypatch.setattr(waiting, "_PATIENCE", 0.05)

    async def story(pilot: Pilot[None]) -> None:
        with alone_among_imports(own_home, Progress()):
            await add(pilot, str(folder))
            await until(pilot, lambda: "Another aidx is adding sources; waiting for it." in shown(pilot))
            await pilot.press("x")
            assert (await over(pilot)).counts == "Nothing was read"
        assert (await added(pilot, str(folder))).counts == "1 added"

    on_sources(own_home, story)


@pytest.mark.slow
def test_quitting_does_not_wait_for_what_is_read(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_clips(tmp_path / "clips", 2)
    Slow(monkeypatch)

    async def story(pilot: Pilot[None]) -> None:
        await add(pilot, str(folder))
        await until(pilot, lambda: "1 of 2 done" in shown(pilot))

    on_sources(own_home, story)
    assert held(own_home).keys() == {"report-1"}


@pytest.mark.slow
@pytest.mark.usefixtures("read_here")
def test_making_findable_is_stopped_and_caught_up_with(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_clips(tmp_path / "clips", 1)
    embedding = threading.Event()
    update = Library._update_index

    def slow(self: Library, index: Any, everything: bool) -> int:
        if everything:
            self._progress.advance("embedding passages", 0, 2)
            while not embedding.wait(0.01):
                self._progress.wait()
        return update(self, index, everything)

    monkeypatch.setattr(Library, "_update_index", slow)

    async def story(pilot: Pilot[None]) -> None:
        await add(pilot, str(folder))
        await until(pilot, lambda: "0 of 2 done" in shown(pilot))
        assert "Embedding passages" in shown(pilot) and "What was added is being made findable" in shown(pilot)
        await pilot.press("escape")
        account = await over(pilot)
        assert account.is_stopped and account.counts == "1 added"
        embedding.set()
        await pilot.press("R")
        assert (await over(pilot)).counts == "1 unchanged"
        assert not pilot.app.session.assistant.readable().library.is_behind  # type: ignore[attr-defined]

    on_sources(own_home, story)


@pytest.mark.slow
@pytest.mark.usefixtures("read_here")
def test_an_encrypted_file_asks_for_its_password(own_home: Path, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(pdf(lambda page: say(page, 80, 700, "Half of the nurses have a robot."))))
    writer.encrypt("secret", algorithm="RC4-128")
    file = tmp_path / "locked.pdf"
    writer.write(file)

    async def story(pilot: Pilot[None]) -> None:
        account = await added(pilot, str(file))
        assert account.counts == "1 failed"
        assert "go to it and press p" in shown(pilot) and "--password" not in shown(pilot)
        await choose(pilot, f"failed {file}")
        assert "Press p and type its password." in shown(pilot)
        for password, counts in (("guess", "1 failed"), ("secret", "1 added")):
            await choose(pilot, f"failed {file}")
            await pilot.press("p")
            await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
            await pilot.press("enter")
            await until(pilot, lambda: "Type the password." in shown(pilot))
            await type_text(pilot, password)
            assert password not in shown(pilot)
            await pilot.press("enter")
            assert (await over(pilot)).counts == counts
        await until(pilot, lambda: f"failed {file}" not in [key_of(one) for one in listed(pilot)._shelved])

    on_sources(own_home, story)


@pytest.mark.slow
@pytest.mark.usefixtures("read_here")
def test_a_failure_is_tried_again_and_forgotten(own_home: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "empty.md", tmp_path / "other.md"
    file.write_text("")
    other.write_text("")

    async def story(pilot: Pilot[None]) -> None:
        await added(pilot, f"'{file}' {other}")
        await choose(pilot, f"failed {other}")
        await until(pilot, lambda: "The file is empty." in shown(pilot) and "d Forget" in shown(pilot))
        await pilot.press("d")
        await until(pilot, lambda: f"failed {other}" not in [key_of(one) for one in listed(pilot)._shelved])
        await choose(pilot, f"failed {file}")
        file.write_text(clip("Report 7", 7))
        await pilot.press("r")
        assert (await over(pilot)).counts == "1 added"
        await choose(pilot, "source report-7")
        file.write_text(clip("Report 7", 8))
        await pilot.press("r")
        assert (await over(pilot)).counts == "1 updated"
        await choose(pilot, "account")
        await until(pilot, lambda: "d Clear" in shown(pilot))
        await pilot.press("d")
        assert "What was read" not in shown(pilot)

    on_sources(own_home, story)


def test_what_ships_with_aidx_is_neither_read_again_nor_removed(own_home: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        assert not {"Remove", "Read again", "Forget", "Stop", "Password"} & set(_footer(pilot))
        await pilot.press("d", "r", "p", "x")
        assert not isinstance(pilot.app.screen, Confirm) and line(pilot).account is None

    on_sources(own_home, story)


def _footer(pilot: Pilot[None]) -> list[str]:
    return [one.binding.description for one in pilot.app.screen.active_bindings.values() if one.enabled]


@pytest.mark.slow
def test_a_path_that_leads_nowhere_is_not_taken(own_home: Path, tmp_path: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskWhatToAdd))
        for typed, told in (
            ("", "Type a path or an address."),
            (f"{tmp_path}/no such.pdf", "There is no file or folder"),
            ("example.org/report", "begins with https://."),
        ):
            pilot.app.screen.query_one("#what", Input).value = typed
            await pilot.press("enter")
            await until(pilot, lambda told=told: told in shown(pilot))  # type: ignore[misc]
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, AskWhatToAdd))
        assert line(pilot).account is None

    on_sources(own_home, story)


@pytest.mark.usefixtures("read_here")
def test_a_library_that_cannot_be_written_is_told_where_it_happened(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_clips(tmp_path / "clips", 1)

    def full(*_: object) -> None:
        raise StorageError("The disk is full.", "Free some space.")

    monkeypatch.setattr(Library, "add_import", full)

    async def story(pilot: Pilot[None]) -> None:
        account = await added(pilot, str(folder))
        assert account.heading == "Reading broke off"
        assert "The disk is full. Free some space." in shown(pilot)

    on_sources(own_home, story)


@pytest.mark.slow
def test_a_removal_that_fails_is_told(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_clips(tmp_path / "clips", 1)
    fail(monkeypatch, "remove_source", StorageError("The disk is full.", "Free some space."))

    async def story(pilot: Pilot[None]) -> None:
        await added(pilot, str(folder))
        await choose(pilot, "source report-1")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("n")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Confirm))
        assert isinstance(pilot.app, AidxApp)
        session = pilot.app.session
        session.settings = replace(session.settings, chroma_url="http://127.0.0.1:1")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        assert "for everybody who shares the index?" in str(pilot.app.screen.query_one(".question", Static).content)
        await pilot.press("y")
        await until(pilot, lambda: any(note.title == "The disk is full." for note in pilot.app._notifications))

    on_sources(own_home, story)
    assert held(own_home).keys() == {"report-1"}


def test_a_fault_of_ours_ends_one_reading_and_not_the_app(own_home: Path) -> None:
    session = Session(home=own_home)
    session.assistant.make_ready()

    def read(assistant: object) -> Any:
        raise RuntimeError("[bold]oops")

    posted: list[object] = []
    run = BringingIn(FakeTask(read))
    run.run(session.assistant, posted.append)
    session.close()
    assert run.stage == "over" and run.error is not None and "oops" in run.error.title
    assert len(posted) == 1


def test_an_account_says_what_to_do_next() -> None:
    outcomes = (
        Imported("/a.md", "added", "a", "A [b]bold[/b] title", figures=1, remarks=("This clip stops early.",)),
        Imported(
            "/b.pdf", "failed", reason="It is encrypted.", hint="Give it with --password.", remedies=("password",)
        ),
        Imported("/c.md", "skipped", "a", "A", reason="It is the same as /a.md."),
        *(Imported(f"/{n}.md", "unchanged", f"s{n}", f"Title {n}") for n in range(60)),
        *(Imported(f"slide {n}", "skipped", reason="Not tried: a.test cannot be reached.") for n in (1, 2)),
    )
    stopped = Account(outcomes, "over", True, None)
    parts = dict((heading, text.plain) for heading, text in details(stopped))
    assert list(parts) == ["", "Failed (1)", "Skipped (3)", "Unchanged (60)", "Added (1)"]
    assert "r goes on with the rest." in parts[""]
    assert parts["Added (1)"] == "– A [b]bold[/b] title · 1 finding\n  This clip stops early."
    assert parts["Failed (1)"].startswith("– /b.pdf\n  It is encrypted.\n  It is in the list")
    assert parts["Skipped (3)"].endswith("– slide 1, slide 2\n  Not tried: a.test cannot be reached.")
    assert parts["Unchanged (60)"].endswith("and 10 more")
    assert entry(stopped).plain == "Reading was stopped\n1 added · 60 unchanged · 3 skipped · 1 failed"
    assert entry(Account((), "reading", True, None)).plain == "Stopping\nNothing yet"
    assert entry(Account((), "over", False, None)).plain == "What was read\nNothing was read"
    assert step(At("reading a.md", 3, 12), "reading", True) == "Stopping: reading a.md"
    assert progress(At("reading a.md", 3, 1200)) == "3 of 1,200 done"
    assert step(At("waiting"), "reading", False) == "Waiting" and progress(At("waiting")) == ""


def test_names_are_read_as_terminals_drop_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spaced = tmp_path / "my file.md"
    spaced.write_text("")
    assert names_in(f" {spaced} ") == (str(spaced),)
    assert names_in(rf"'{spaced}' https://example.org/a {tmp_path}/b\ c") == (
        str(spaced), "https://example.org/a", f"{tmp_path}/b c",
    )  # fmt: skip
    assert names_in("it's") == ("it's",) and names_in(" ") == ()


def test_paths_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "report.md").write_text("")
    (tmp_path / "rest.exe").write_text("")
    assert completed(f"{tmp_path}/re") == f"{tmp_path}/report.md"
    assert completed(f"{tmp_path}/reports") == f"{tmp_path}/reports/"
    assert completed(f"{tmp_path}/rest") is None and completed(f"{tmp_path}/") is None
    assert completed("/no/such/fold") is None and completed("~nobody-there/x") is None
    monkeypatch.chdir(tmp_path)
    assert completed("rep") == "report.md"
