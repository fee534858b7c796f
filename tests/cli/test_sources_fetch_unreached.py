"""`aidx sources fetch` where the server cannot be reached: it says so once, tries nothing else there, keeps nothing."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from aidx_assistant.assistant.fetch_plan import FetchPlan, Item
from aidx_assistant.assistant.supplementing import Supplementing
from aidx_assistant.cli.app import run
from aidx_assistant.fetching.fetcher import Fetcher
from aidx_assistant.library.progress import Progress
from aidx_assistant.reading import ocr
from tests.fakes.fetching import A_PNG, PNG, QUICK, Names
from tests.fakes.pages_server import PagesServer, Reply

INDEX = "healthcare-ai-adoption-index"


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name leads anywhere."""
    fetcher = partial(Fetcher, look_up=Names(), patience=QUICK)
    monkeypatch.setattr("aidx_assistant.fetching.fetcher.Fetcher", fetcher)


def test_it_is_told_once_and_nothing_is_kept(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AIDX_HOME", str(own_home))
    assert run(["sources", "fetch", INDEX, "--yes"]) == 3
    told = " ".join(capsys.readouterr().out.split())
    assert told.count("there is no server of that name") == 1
    assert "skipped: slide 1 to slide 37 (37) Not tried: www.bvp.com cannot be reached." in told
    assert "Nothing was fetched" in told and "pictures of the slides" not in told
    assert not list((own_home / "supplements").glob("*/*")) and not (own_home / "pictures").exists()
    assert run(["sources", "fetch", INDEX, "--yes", "--json"]) == 3
    done = json.loads(capsys.readouterr().out)
    assert (len(done["items"]), done["summary"]["skipped"], done["remarks"]) == (38, 37, [])


def test_what_comes_from_another_server_is_fetched_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    with PagesServer({"/1.png": [Reply(200, A_PNG, PNG)]}) as server:
        items = (Item("https://gone.test/article"), Item(f"{server.url}/1.png", 1), Item("https://gone.test/2.png", 2))
        with Supplementing(tmp_path, FetchPlan("some-report", "Some report", items), Progress()) as copying:
            done = list(copying.fetch())
    assert [one.outcome for one in done] == ["failed", "added", "skipped"]
    assert "gone.test cannot be reached" in done[2].reason
    assert (tmp_path / "pictures" / "some-report" / "slide-01.png").exists()
