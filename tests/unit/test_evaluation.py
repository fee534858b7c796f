"""`aidx eval`: how questions are read, judged and summed up."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from aidx_assistant import Assistant, load_settings, locations
from aidx_assistant.assistant.ledger import Ledger
from aidx_assistant.cli import evaluation_view, terminal
from aidx_assistant.cli.app import run
from aidx_assistant.cli.evaluation_view import show_evaluation
from aidx_assistant.errors import UsageError
from aidx_assistant.evaluation.earlier import earlier_run
from aidx_assistant.evaluation.evaluation import Evaluation, evaluate, evaluation_as_json
from aidx_assistant.evaluation.judged import Judged, judged
from aidx_assistant.evaluation.measures import KINDS, is_met, measured
from aidx_assistant.evaluation.questions import KnownQuestion, check_places, is_at, read_questions
from aidx_assistant.evaluation.report import evaluation_as_html, evaluation_as_markdown
from aidx_assistant.evidence import Locator
from tests.fakes.command import aidx
from tests.fakes.messages_server import MessagesServer, closed_port

QUESTIONS = """
[[question]]
ask = "What share of large providers' proofs of concept go into production?"
places = ["Experimentation but not yet production"]
figures = ["46% provider"]

[[question]]
ask = "What share of AI projects involve vertical AI applications?"
places = ["Top takeaways | slide 9"]
figures = ["16% all"]

[[question]]
earlier = ["How many jobs-to-be-done does the survey cover for payers?"]
ask = "And for pharma?"
places = ["The state of AI adoption today"]
figures = ["19 pharma"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "questions"
    made.mkdir()
    (made / "direct.toml").write_text(QUESTIONS, encoding="utf-8")
    (made / "unanswered.toml").write_text('ask = ["What is the capital of Australia?"]', encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def assistant(home: Path) -> Assistant:
    return Assistant(load_settings({"offline": True}), home=home)


def judge(assistant: Assistant, question: KnownQuestion) -> Judged:
    return judged(assistant, question)


def test_the_shipped_questions_are_many_of_every_kind_and_halved() -> None:
    questions = read_questions(locations.questions_folder())

    assert len(questions) >= 150
    assert sum(not question.is_answered for question in questions) >= 50
    assert len({question.kind for question in questions}) >= 10
    assert 0.4 < sum(question.half == "test" for question in questions) / len(questions) < 0.6


def test_gold_is_what_the_library_holds(assistant: Assistant) -> None:
    assistant.sources()
    locators = {passage.locator for source in assistant.sources() for passage in assistant.passages(source.id)}
    for question in read_questions(locations.questions_folder()):
        for place in question.places:
            for name in place:
                assert any(is_at(locator, (name,)) for locator in locators), (question.ask, name)


def test_a_right_answer_is_right(assistant: Assistant, folder: Path) -> None:
    large, vertical, pharma, capital = (judge(assistant, one) for one in read_questions(folder))

    assert (large.figures_right, large.citation_recall) == (1.0, 1.0)
    assert large.retrieved is not None and large.retrieved.within_budget == 1.0 and large.retrieved.first
    assert vertical.figures_right == 0.0 and vertical.citation_recall == 1.0
    assert pharma.figures_right == 1.0 and "19" in pharma.answer.text
    assert not capital.answered and capital.retrieved is None


def test_a_figure_of_another_segment_or_place_is_not_the_gold_one(assistant: Assistant, folder: Path) -> None:
    question = read_questions(folder)[0]

    other_segment = replace(question, figures=(replace(question.figures[0], segment="payer"),))
    elsewhere = replace(question, places=(("Top takeaways",),))

    assert judge(assistant, other_segment).figures_right == 0.0
    assert judge(assistant, elsewhere).figures_right == 0.0


def test_measures_are_means_with_intervals_and_targets(assistant: Assistant, folder: Path) -> None:
    judgements = tuple(judge(assistant, one) for one in read_questions(folder))
    measures = measured(judgements)

    assert measures["figures"].mean == pytest.approx(2 / 3)
    assert measures["figures"].low <= measures["figures"].mean <= measures["figures"].high
    assert (measures["declined"].mean, measures["declined"].questions) == (1.0, 1)
    verdicts = {kind.key: is_met(kind, measures[kind.key]) for kind in KINDS if kind.key in measures}
    assert verdicts["figures"] is False and verdicts["declined"] is True and verdicts["words"] is None
    assert measured(judgements) == measures


def test_a_run_is_told_with_what_went_wrong(assistant: Assistant, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    run = evaluate(assistant, read_questions(folder), lambda done, of: told.append((done, of)))
    earlier = earlier_run(json.dumps(evaluation_as_json(Evaluation("claude-x", run.judgements[:1]))))

    text, page = evaluation_as_markdown(run, earlier, True), evaluation_as_html(run, earlier, True)
    wrong = run.judgements[1].question

    assert told[-1] == (4, 4)
    assert "| gold figures given and rightly cited | 66.7% |" in text and "| 100.0% |\n" in text
    assert (
        "“What share of AI projects involve vertical AI applications?”: a figure is missing or cited elsewhere" in text
    )
    assert text.startswith(
        "4 questions (both halves), answered without a model. Before: 1 question, answered by claude-x."
    )
    assert "vertical AI applications" in page and "<td class=missed>≥ 90.0%: missed</td>" in page
    assert [one["question"] for one in evaluation_as_json(run)["wrong"]] == [wrong.ask]
    assert (wrong.ask in evaluation_as_markdown(run)) == (wrong.half == "development")


@pytest.mark.parametrize("columns", [60, 80])
def test_on_a_terminal_it_fits(
    assistant: Assistant,
    folder: Path,
    columns: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    made = Console(force_terminal=True, no_color=True, highlight=False, markup=False, soft_wrap=True, width=columns)
    for module in (terminal, evaluation_view):
        monkeypatch.setattr(module, "console", lambda: made)
    found = evaluate(assistant, read_questions(folder), lambda *_: None)
    show_evaluation(found, earlier_run(json.dumps(evaluation_as_json(found))), names_test=True)
    out = re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out)
    assert max(map(len, out.splitlines())) <= columns
    assert "≥ 90.0%: missed" in " ".join(out.split()) and "a figure is missing" in " ".join(out.split())
    assert "|" not in out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[question]]\nask = 'A?'", "question 1: “ask” and “places” are needed"),
        ("[[question]]\nask = 'A?'\nplaces = ['x']\nfigure = ['1']", "question 1: “figure” is not known"),
        ("[[question]]\nask = 'A?'\nplaces = ['x']\nfigures = ['46%']", "“46%” is no figure with a segment"),
        ("[[question]]\nask = 'A?'\nplaces = 'slide 8'", "question 1: “places” is no list"),
        (
            "[[question]]\nask = 'A?'\nplaces = []\nfigures = ['46% all']",
            "“figures” are given, and “places” names none",
        ),
        ("[[question]]\nask = 'A?'\nplaces = [8]", "“places” holds “8”, which is no text"),
        ("[[question]]\nask = 'A?'\nplaces = [' | ']", "“places” holds “ | ”, which is no text".replace("|", "\\|")),
        ("ask = ['A?', 'A?']", "“A\\?” stands twice"),
        ("ask = 'A?'", "mine.toml: “ask” is no list"),
        ("question = 5", "mine.toml: “question” is no list"),
        ("questions = []", "mine.toml: “questions” is not known"),
        ("ask = []", "holds no questions"),
        ("ask = ", "cannot be read"),
    ],
)
def test_a_fault_in_a_file_is_named(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "mine.toml").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_questions(tmp_path)


def test_what_is_no_folder_of_questions_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "mine.toml").write_bytes(b"\xff")
    for folder, said in (
        (tmp_path / "file", "is a file"),
        (tmp_path / "no", "does not exist"),
        (tmp_path, "not in UTF-8"),
    ):
        with pytest.raises(UsageError, match=said):
            read_questions(folder)


def test_a_place_that_the_library_has_not_is_named(folder: Path) -> None:
    questions = read_questions(folder)
    locators = [Locator("slide", 9), Locator("section", heading="The state of AI adoption today")]
    check_places(questions[1:], locators)
    with pytest.raises(UsageError, match="large providers' .*: the library has no place “Experimentation"):
        check_places(questions, locators)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no JSON", "is no earlier run"),
        ("[]", "is no earlier run"),
        ('{"schema": 1, "answerer": "x", "questions": 1, "overall": {"first": {}}}', "is no earlier run"),
        ('{"schema": 99, "answerer": "x", "questions": 1, "overall": {}}', "of another version of aidx"),
    ],
)
def test_what_is_no_earlier_run_is_refused(content: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        earlier_run(content)


def test_introduction_and_slides_have_names() -> None:
    assert is_at(Locator("section"), ("introduction",))
    assert is_at(Locator("slide", 8, "x"), ("Top takeaways", "slide 8"))
    assert not is_at(Locator("slide", 18), ("slide 8",))


@pytest.mark.slow
def test_the_command_compares_with_an_earlier_run(home: Path, folder: Path, tmp_path: Path) -> None:
    first = aidx("eval", "--questions", str(folder), "--half", "both", "--json", home=home)
    (tmp_path / "run.json").write_text(first.out, encoding="utf-8")

    second = aidx(
        "eval", "--questions", str(folder), "--half", "both", "--before", str(tmp_path / "run.json"),
        "--html", str(tmp_path / "page.html"), home=home,
    )  # fmt: skip

    assert (first.code, second.code) == (0, 0)
    assert first.json["overall"]["figures"]["questions"] == 3
    assert "before" in second.out
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_question_without_a_place_is_one_that_the_sources_do_not_answer(home: Path, tmp_path: Path) -> None:
    capital = '[[question]]\nask = "What is the capital of Australia?"\nplaces = []\n'
    (tmp_path / "mine.toml").write_text(capital, encoding="utf-8")
    ran = aidx("eval", "--questions", str(tmp_path), "--json", home=home)
    assert (ran.code, ran.json["questions"]) == (0, 1), ran.err
    assert ran.json["overall"]["declined"]["mean"] == 1.0


def test_claude_is_asked_only_after_a_yes(home: Path, folder: Path) -> None:
    ran = aidx("eval", "--answerer", "claude", "--questions", str(folder), home=home)
    assert (ran.code, "no API key" in ran.err) == (2, True)


@pytest.fixture
def server(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MessagesServer]:
    """For a command in this process, on a terminal where every question is answered with yes."""
    with MessagesServer() as running:
        for name, value in {
            "AIDX_HOME": str(home),
            "ANTHROPIC_API_KEY": "sk-ant-eval",
            "ANTHROPIC_BASE_URL": running.url,
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("aidx_assistant.cli.evaluate.has_user", lambda: True)
        monkeypatch.setattr("click.confirm", lambda *_, **__: True)
        yield running


def evaluating(folder: Path, *arguments: str) -> int:
    return run(["eval", "--answerer", "claude", "--questions", str(folder), "--half", "both", "--json", *arguments])


def test_what_was_paid_for_is_reported_where_a_limit_stops_it(
    server: MessagesServer, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AIDX_MAX_COST_PER_MONTH", "5")
    monkeypatch.setattr(Ledger, "spent", lambda *_: 4.99 if len(server.bodies) >= 2 else 0.0)
    assert evaluating(folder) == 5
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert (told["questions"], told["left_out"], told["answerer"]) == (2, 2, "claude-opus-5-5")
    assert "max_cost_per_month allows $5" in told["stopped"]
    assert "Stopped after 2 of 4 questions: This would cost up to" in err


@pytest.mark.parametrize(
    ("limit", "dollars", "said"),
    [("month", "0.50", "in all (about 5"), pytest.param("question", "0.10", "in all (about 1", marks=pytest.mark.slow)],
)
def test_it_does_not_begin_where_a_limit_leaves_too_little(
    server: MessagesServer,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    limit: str,
    dollars: str,
    said: str,
) -> None:
    monkeypatch.setenv(f"AIDX_MAX_COST_PER_{limit.upper()}", dollars)
    monkeypatch.setattr(Ledger, "spent", lambda *_: 0.0)
    assert evaluating(folder) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert said in error["title"] and "add --yes to go beyond it this once" in error["hint"]
    assert not server.bodies


def test_a_no_asks_nothing(
    server: MessagesServer, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)
    assert evaluating(folder) == 130
    assert json.loads(capsys.readouterr().out)["error"]["title"] == "Nothing was asked."
    assert not server.bodies


def test_what_helps_has_no_option_of_another_command(
    server: MessagesServer, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", closed_port())
    monkeypatch.setenv("AIDX_MAX_RETRIES", "0")
    assert evaluating(folder) == 3
    assert json.loads(capsys.readouterr().out)["error"]["hint"] == "Check the network."


@pytest.mark.parametrize("name", ["stdin", "stderr"])
def test_nobody_can_be_asked_on_a_stream_that_was_closed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, name, None)
    assert not terminal.has_user()


@pytest.mark.slow
def test_a_yes_goes_beyond_the_limits_too(
    server: MessagesServer, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AIDX_MAX_COST_PER_MONTH", "0.01")
    assert evaluating(folder, "--yes") == 0
    assert json.loads(capsys.readouterr().out)["stopped"] is None
    assert server.bodies


def test_stopped_by_the_user_it_keeps_what_was_done(assistant: Assistant, folder: Path) -> None:
    def progress(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    run_so_far = evaluate(assistant, read_questions(folder), progress)
    assert (len(run_so_far.judgements), run_so_far.by_user) == (2, True)
    assert "Stopped after 2 of 4 questions: you interrupted it." in evaluation_as_markdown(run_so_far)
    with pytest.raises(KeyboardInterrupt):
        evaluate(assistant, read_questions(folder), lambda *_: progress(2, 0))
