"""`aidx sources fetch`: what it says before, when it asks, what it tells, how it ends."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from aidx_assistant import locations
from aidx_assistant.cli.app import run
from aidx_assistant.reading import ocr
from tests.fakes.command import aidx
from tests.fakes.pages_server import Reply, ranged
from tests.fakes.published import PAGE, SLIDES, SOURCE, Published, drawn_slides, published
from tests.fakes.terminal import aidx_on_terminal

pytestmark = pytest.mark.slow

INDEX = "healthcare-ai-adoption-index"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Published]:
    """Ships instead of the corpus, for commands in this process."""
    with published(tmp_path) as report:
        monkeypatch.setattr(locations, "corpus_folder", lambda: report.corpus)
        monkeypatch.setattr(ocr, "is_available", lambda: False)
        yield report


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(capsys.readouterr().out)
    return content


def shipping(report: Published) -> str:
    """The same for a command in a process of its own, as Python that is run before it."""
    return (
        "from pathlib import Path\nfrom aidx_assistant import locations\nfrom aidx_assistant.reading import ocr\n"
        f"locations.corpus_folder = lambda: Path({str(report.corpus)!r})\nocr.is_available = lambda: False"
    )


def noise() -> bytes:
    """A picture too large to be on its way in one piece."""
    file = io.BytesIO()
    Image.effect_noise((640, 480), 60).save(file, "PNG")
    return file.getvalue()


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_without_a_terminal_it_says_what_it_would_fetch_and_needs_a_yes(own_home: Path) -> None:
    ran = aidx("sources", "fetch", INDEX, home=own_home)
    assert (ran.code, ran.out) == (2, "")
    assert "the article  https://www.bvp.com/atlas/the-healthcare-ai-adoption-index" in ran.err
    assert "37 slide pictures  from www.bvp.com" in ran.err
    assert "no terminal to ask on" in ran.err and "--yes" in ran.err
    assert not (own_home / "supplements").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bain-companion-brief"], "nothing to fetch"),
        ([INDEX, "--forget"], "no copy of your own"),
        (["healthcare-ai-adoption-inde"], "Did you mean"),
    ],
)
def test_what_cannot_be_fetched_is_a_wrong_argument(own_home: Path, arguments: list[str], words: str) -> None:
    ran = aidx("sources", "fetch", *arguments, "--yes", "--json", home=own_home)
    assert ran.code == 2
    assert words in " ".join(map(str, ran.json["error"].values()))


def test_killed_in_the_middle_of_a_picture_it_goes_on_with_the_rest_of_it(tmp_path: Path) -> None:
    home, picture = tmp_path / "home", noise()
    with published(tmp_path, {**drawn_slides(), 2: picture}) as report:
        whole = ranged(picture, '"slide-2"')
        half = Reply(200, {"content-type": "image/png", "etag": '"slide-2"'}, picture, stall_after=len(picture) // 2)
        report.replies[SLIDES[2]] = lambda _: half
        program = f"{shipping(report)}\nfrom aidx_assistant.__main__ import main\nmain()"
        command = [sys.executable, "-c", program, "sources", "fetch", SOURCE, "--yes", "--json"]
        environment = {**os.environ, "AIDX_HOME": str(home)}
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
            assert report.server.sent.wait(60)
            wait_for(lambda: any(_size(file) > 10_000 for file in (home / "fetched").glob("*.partial")))
            process.kill()
        report.replies[SLIDES[2]] = whole
        ran = subprocess.run(command, env=environment, capture_output=True, check=True)
        assert json.loads(ran.stdout)["summary"]["added"] == 2
        assert len(report.asked_for(PAGE)) == len(report.asked_for(SLIDES[1])) == 1
        assert "range" in report.asked_for(SLIDES[2])[1].headers
        assert (home / "pictures" / SOURCE / "slide-02.png").read_bytes() == picture


def _size(file: Path) -> int:
    """In bytes; 0 for one that was finished and renamed in the meantime."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def test_on_a_terminal_it_asks_and_fetches_only_after_a_yes(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with published(tmp_path) as report:
        before = shipping(report)
        for answer, said, code in (("n", "Nothing was fetched.", 130), ("y", "4 added", 0)):
            with aidx_on_terminal(home, "sources", "fetch", SOURCE, before=before) as terminal:
                terminal.wait_for("Fetch it?")
                assert f"the article  {report.server.url}{PAGE}" in terminal.screen.text
                assert f"3 slide pictures  from 127.0.0.1:{report.server.port}" in terminal.screen.text
                assert not report.server.requests
                terminal.write(f"{answer}\n")
                terminal.wait_for(said)
                assert terminal.wait_for_end() == code
                if answer == "y":
                    assert "pip install 'aidx-assistant[ocr]'" in " ".join(terminal.screen.text.split())


def test_shown_it_says_what_is_read_now_and_forgotten_what_was_before(
    report: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["sources", "show", SOURCE, "--json"]) == 0
    before = told(capsys)
    assert run(["sources", "fetch", SOURCE, "--yes", "--json"]) == 0
    done = told(capsys)
    assert done["summary"] == {"added": 4, "updated": 0, "unchanged": 0, "skipped": 0, "failed": 0}
    assert "“Trials but not yet wards” goes on" in done["note"] and len(done["remarks"]) == 1
    assert run(["sources", "show", SOURCE, "--json"]) == 0
    shown = told(capsys)
    assert shown["unread_sections"] == [] and shown["note"] == done["note"]
    assert run(["sources", "fetch", SOURCE, "--forget", "--json"]) == 0
    assert told(capsys)["forgotten"] == SOURCE
    assert run(["sources", "show", SOURCE, "--json"]) == 0
    assert told(capsys) == before


def test_one_missing_picture_is_done_in_part(report: Published, capsys: pytest.CaptureFixture[str]) -> None:
    report.replies[SLIDES[2]] = lambda _: Reply(404)
    assert run(["sources", "fetch", SOURCE, "--yes"]) == 5
    captured = capsys.readouterr()
    assert "failed: slide 2" in captured.out and "404" in captured.out
    assert "3 added, 1 failed" in captured.out


def test_where_nothing_comes_it_is_the_networks_exit_code(
    report: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (PAGE, *SLIDES.values()):
        report.replies[path] = lambda _: Reply(404)
    assert run(["sources", "fetch", SOURCE, "--yes", "--json"]) == 3
    assert told(capsys)["summary"]["failed"] == 4
