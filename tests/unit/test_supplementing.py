"""The user's own copy of a shipped source: fetched from loopback, read apart, kept as a supplement, forgotten again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidx_assistant.assistant.assistant import Assistant
from aidx_assistant.assistant.supplementing import NO_OCR, Supplementation, Supplementing
from aidx_assistant.cancellation import Cancellation
from aidx_assistant.errors import InterruptedByUserError, UsageError
from aidx_assistant.library.progress import Progress
from aidx_assistant.reading import ocr
from tests.fakes.pages_server import Reply
from tests.fakes.published import ARTICLE, PAGE, SLIDES, SOURCE, Published, conditional, drawn, published

pytestmark = pytest.mark.slow

needs_ocr = pytest.mark.skipif(not ocr.is_available(), reason="the extra ocr (rapidocr) is not installed")


@pytest.fixture
def report(tmp_path: Path) -> Iterator[Published]:
    with published(tmp_path) as report:
        yield report


@pytest.fixture
def assistant(tmp_path: Path, report: Published) -> Iterator[Assistant]:
    with Assistant(home=tmp_path / "home", corpus=report.corpus) as assistant:
        yield assistant


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)


def copying(assistant: Assistant, **options: Cancellation | Progress) -> Supplementing:
    progress = options.pop("progress", Progress())
    assert isinstance(progress, Progress)
    return Supplementing(assistant.library.home, assistant.fetch_plan(SOURCE), progress, **options)  # type: ignore[arg-type]


def fetched(assistant: Assistant) -> list[Supplementation]:
    with copying(assistant) as supplementing:
        done = list(supplementing.fetch())
    assistant.sync()
    return done


def outcomes(done: list[Supplementation]) -> Counter[str]:
    return Counter(one.outcome for one in done)


def read_states(assistant: Assistant) -> dict[int, str]:
    passages = assistant.passages(SOURCE)
    return {p.locator.number: p.read for p in passages if p.locator.kind == "slide" and p.locator.number is not None}


@needs_ocr
def test_a_slide_is_asked_about_and_cited_as_read_by_ocr(assistant: Assistant) -> None:
    done = fetched(assistant)
    assert outcomes(done) == {"added": 4}, done
    assert read_states(assistant) == dict.fromkeys((1, 2, 3), "by OCR")
    answer = assistant.ask("What share of trials of robots reach a ward in village clinics?")
    assert "13%" in answer.text
    citation = answer.citations[0]
    assert (citation.locator.kind, citation.locator.number) == ("slide", 2)
    assert "slide picture, read by OCR" in citation.label
    assert citation.verified and not answer.checks.figures_unsupported
    found = {f.value: f for f in assistant.findings(source_id=SOURCE) if f.origin == "imported" and f.locator.number}
    assert {"13%", "35%", "58%"} <= found.keys()
    assert (found["13%"].locator.number, found["58%"].segment) == (2, "payer")
    assert {f.id for f in assistant.findings(source_id=SOURCE) if f.origin == "curated"} == {
        f"{SOURCE}/trials-on-wards", f"{SOURCE}/slide-trials",
    }  # fmt: skip
    assert "All 3 slides have been read by OCR." in assistant.source(SOURCE).note


@pytest.mark.usefixtures("no_ocr")
def test_the_article_is_filled_in_where_the_notes_lack_it(assistant: Assistant) -> None:
    before = {passage.id: passage for passage in assistant.passages(SOURCE)}
    fetched(assistant)
    source = assistant.source(SOURCE)
    assert source.unread == ()
    by_heading: dict[str | None, list[str]] = {}
    for passage in assistant.passages(SOURCE):
        if passage.locator.kind == "section":
            by_heading.setdefault(passage.locator.heading, []).append(passage.text)
    assert list(by_heading) == [
        None, "Top takeaways", "Trials but not yet wards", "The building strategy", "How makers can win",
        "1. Start small", "A word on batteries", "Appendix",
    ]  # fmt: skip
    assert by_heading["Top takeaways"] == ["Robots that sort pills are spreading."]
    trials = by_heading["Trials but not yet wards"]
    assert trials[0] == before[f"{SOURCE}/section/trials-but-not-yet-wards/1"].text
    assert trials[1].startswith("What keeps them in the cellar") and len(trials) == 2
    assert "71%" in assistant.ask("In what share of hospitals are robots too wide for the service lift?").text
    assert "44%" in assistant.ask("What share of payers would rather rent robots than buy them?").text


@pytest.mark.usefixtures("no_ocr")
def test_without_ocr_pictures_are_kept_and_shown_and_one_sentence_says_how_to_read_them(
    assistant: Assistant, tmp_path: Path
) -> None:
    with copying(assistant) as supplementing:
        assert outcomes(list(supplementing.fetch())) == {"added": 4}
        assert supplementing.remarks == (NO_OCR,)
        assert "pip install 'aidx-assistant[ocr]'" in NO_OCR
    assistant.sync()
    assert set(read_states(assistant).values()) == {"no"}
    folder = tmp_path / "home" / "pictures" / SOURCE
    assert assistant.picture_file(SOURCE, 2) == folder / "slide-02.png"
    assert assistant.picture_file(SOURCE, 3) == folder / "slide-03.jpg"


@needs_ocr
def test_pictures_that_were_kept_are_read_once_there_is_ocr_without_being_sent_again(
    assistant: Assistant, report: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setattr(ocr, "is_available", lambda: False)
        fetched(assistant)
    assert outcomes(fetched(assistant)) == {"unchanged": 1, "added": 3}
    assert read_states(assistant)[2] == "by OCR"
    assert "if-none-match" in report.asked_for(SLIDES[2])[1].headers


@pytest.mark.usefixtures("no_ocr")
def test_a_second_fetch_asks_only_for_what_has_changed_and_reads_nothing_anew(
    assistant: Assistant, report: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(assistant)
    with monkeypatch.context() as watched:
        watched.setattr("aidx_assistant.reading.isolation.ReadingProcess.read", lambda *_: pytest.fail("read anew"))
        assert outcomes(fetched(assistant)) == {"unchanged": 4}
    assert assistant.sync().embedded == 0
    for path in (PAGE, *SLIDES.values()):
        first, second = report.asked_for(path)
        assert "if-none-match" not in first.headers and "if-none-match" in second.headers
    picture = drawn([(60, 40, 48, "Fewer robots, 9% of all")])
    page = ARTICLE.format(slide1=SLIDES[1], slide2=SLIDES[2]).replace("44% would", "45% would")
    report.replies[SLIDES[2]] = conditional(picture, '"slide-2b"', "image/png")
    report.replies[PAGE] = conditional(page.encode(), '"page-2"', "text/html")
    assert outcomes(fetched(assistant)) == {"unchanged": 2, "updated": 2}
    kept = assistant.picture_file(SOURCE, 2)
    assert kept and kept.read_bytes() == picture
    assert "45% would" in assistant.place("The building strategy", SOURCE).passages[0].text


@pytest.mark.usefixtures("no_ocr")
def test_a_server_without_validators_sends_it_again_and_the_same_is_recognised(
    assistant: Assistant, report: Published
) -> None:
    body = drawn([(60, 40, 48, "Robots")])
    report.replies[SLIDES[1]] = lambda _: Reply(200, {"content-type": "image/png"}, body)
    fetched(assistant)
    assert outcomes(fetched(assistant)) == {"unchanged": 4}


@pytest.mark.usefixtures("no_ocr")
def test_interrupted_half_way_it_goes_on_where_it_ended(assistant: Assistant, report: Published) -> None:
    cancellation = Cancellation()
    with copying(assistant, cancellation=cancellation) as supplementing:
        fetching = supplementing.fetch()
        assert [next(fetching).name for _ in range(2)] == ["the article", "slide 1"]
        cancellation.cancel()
        with pytest.raises(InterruptedByUserError, match="what was told as added is kept"):
            next(fetching)
    assistant.sync()
    assert assistant.source(SOURCE).unread == ()
    done = fetched(assistant)
    assert outcomes(done) == {"unchanged": 2, "added": 2}
    assert len(report.asked_for(PAGE)) == len(report.asked_for(SLIDES[1])) == 1
    fetched(assistant)
    assert len(report.asked_for(PAGE)) == 2


@pytest.mark.usefixtures("no_ocr")
def test_a_process_killed_between_record_and_picture_fetches_the_picture_again(
    assistant: Assistant, tmp_path: Path
) -> None:
    fetched(assistant)
    picture = tmp_path / "home" / "pictures" / SOURCE / "slide-02.png"
    picture.unlink()
    assert outcomes(fetched(assistant)) == {"unchanged": 3, "added": 1}
    assert picture.exists()


@pytest.mark.usefixtures("no_ocr")
def test_a_missing_picture_is_told_and_the_rest_kept(assistant: Assistant, report: Published) -> None:
    report.replies[SLIDES[2]] = lambda _: Reply(404)
    done = fetched(assistant)
    assert outcomes(done) == {"added": 3, "failed": 1}
    (failed,) = [one for one in done if one.outcome == "failed"]
    assert failed.name == "slide 2" and "404" in failed.reason and failed.of_network
    assert assistant.picture_file(SOURCE, 2) is None and assistant.picture_file(SOURCE, 3)


@pytest.mark.usefixtures("no_ocr")
def test_what_was_fetched_stays_when_it_is_gone_from_the_server(assistant: Assistant, report: Published) -> None:
    fetched(assistant)
    for path in (PAGE, *SLIDES.values()):
        report.replies[path] = lambda _: Reply(410)
    assert outcomes(fetched(assistant)) == {"failed": 4}
    assert assistant.source(SOURCE).unread == () and assistant.picture_file(SOURCE, 2)


@pytest.mark.usefixtures("no_ocr")
def test_forgotten_the_notes_are_back_and_the_users_own_pictures_stay(assistant: Assistant, tmp_path: Path) -> None:
    before = (assistant.source(SOURCE), assistant.passages(SOURCE), assistant.findings())
    own = tmp_path / "home" / "pictures" / SOURCE / "slide-01.png"
    own.parent.mkdir(parents=True)
    own.write_bytes(drawn([(60, 40, 48, "Mine")]))
    fetched(assistant)
    with copying(assistant) as supplementing:
        supplementing.forget()
    assistant.sync()
    assert (assistant.source(SOURCE), assistant.passages(SOURCE), assistant.findings()) == before
    assert [file.name for file in own.parent.iterdir()] == ["slide-01.png"]
    with copying(assistant) as supplementing, pytest.raises(UsageError, match="no copy of your own"):
        supplementing.forget()


@pytest.mark.usefixtures("no_ocr")
def test_a_picture_that_the_user_put_there_is_not_fetched(
    assistant: Assistant, report: Published, tmp_path: Path
) -> None:
    own = tmp_path / "home" / "pictures" / SOURCE / "slide-01.png"
    own.parent.mkdir(parents=True)
    own.write_bytes(drawn([(60, 40, 48, "Mine")]))
    content = own.read_bytes()
    assert outcomes(fetched(assistant)) == {"added": 4}
    assert outcomes(fetched(assistant)) == {"unchanged": 4}
    assert not report.asked_for(SLIDES[1]) and own.read_bytes() == content


@pytest.mark.usefixtures("no_ocr")
def test_a_library_that_is_made_anew_has_the_copy_again(
    assistant: Assistant, report: Published, tmp_path: Path
) -> None:
    fetched(assistant)
    told = assistant.passages(SOURCE)
    (tmp_path / "home" / "library.sqlite").rename(tmp_path / "gone.sqlite")
    with Assistant(home=tmp_path / "home", corpus=report.corpus) as again:
        assert again.passages(SOURCE) == told


@pytest.mark.usefixtures("no_ocr")
def test_a_damaged_file_of_the_copy_is_fetched_again(assistant: Assistant, tmp_path: Path) -> None:
    fetched(assistant)
    (tmp_path / "home" / "supplements" / SOURCE / "article.json").write_text('{"name": "article"')
    assistant.sync()
    assert len(assistant.source(SOURCE).unread) == 4
    assert outcomes(fetched(assistant)) == {"unchanged": 3, "added": 1}
    assert assistant.source(SOURCE).unread == ()


@pytest.mark.usefixtures("no_ocr")
def test_progress_tells_phase_name_and_counts(assistant: Assistant) -> None:
    told: list[tuple[str, int, int]] = []

    class Told(Progress):
        def advance(self, phase: str, done: int, total: int) -> None:
            told.append((phase, done, total))

    with copying(assistant, progress=Told()) as supplementing:
        list(supplementing.fetch())
    assert told[:3] == [("fetching the article", 0, 4), ("reading the article", 0, 4), ("fetching slide 1", 1, 4)]


@pytest.mark.usefixtures("no_ocr")
def test_two_at_once_are_refused(assistant: Assistant) -> None:
    with copying(assistant) as one, copying(assistant) as other:
        fetching = one.fetch()
        next(fetching)
        with pytest.raises(UsageError, match="Another aidx"):
            next(other.fetch())
        fetching.close()


@pytest.mark.usefixtures("no_ocr")
def test_after_many_failures_in_a_row_the_rest_is_not_tried(
    assistant: Assistant, report: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aidx_assistant.assistant.supplementing._MOST_IN_A_ROW", 2)
    for path in (PAGE, *SLIDES.values()):
        report.replies[path] = lambda _: Reply(404)
    assert [one.outcome for one in fetched(assistant)] == ["failed", "failed", "skipped", "skipped"]
    assert not report.asked_for(SLIDES[3])


@pytest.mark.usefixtures("no_ocr")
def test_a_picture_that_cannot_be_read_does_not_stop_the_rest(assistant: Assistant, tmp_path: Path) -> None:
    own = tmp_path / "home" / "pictures" / SOURCE / "slide-01.png"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"mine")
    own.chmod(0)
    try:
        own.read_bytes()
    except PermissionError:
        assert outcomes(fetched(assistant)) == {"added": 3, "failed": 1}
    else:
        pytest.skip("this user may read every file")
