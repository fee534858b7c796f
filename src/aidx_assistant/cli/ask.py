"""`aidx ask`: a question, a checked answer."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Generator
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any

import click

from aidx_assistant import locations
from aidx_assistant.answers import (
    CORRECTING,
    Answer,
    AnswerText,
    Event,
    Finished,
    Notice,
    Phase,
    Step,
    Understood,
    answer_as_json,
)
from aidx_assistant.cli import options
from aidx_assistant.cli.answer_view import show_answer, show_outcome
from aidx_assistant.cli.asking import tell, tell_of_end, tell_of_whole_report, tell_what_is_not_noted
from aidx_assistant.cli.continuing import before
from aidx_assistant.cli.dry_run import dry_run
from aidx_assistant.cli.terminal import StreamedText, WaitingLine, print_json, tell_of_words_only
from aidx_assistant.errors import (
    EXIT_API,
    EXIT_DONE,
    EXIT_INTERRUPTED,
    EXIT_NOT_ANSWERED,
    EXIT_PARTLY_DONE,
    UsageError,
)
from aidx_assistant.evidence import Segment
from aidx_assistant.interrupts import orderly

_EXAMPLES = """\b
Examples:
  aidx ask "Why do so few pilots reach production?"
  aidx ask "How many jobs are there?" --segment payer
  aidx ask "Which slide shows the AI Dx scores?" --json
  aidx ask --continue "And for pharma?"
  aidx ask --deep "How do the segments differ in budgets?"
  echo "Who was surveyed?" | aidx ask -

Exit codes: 0 answered; 4 the sources do not answer; 5 answered, but cut short or with a fault that a check found;
3 network or API; 130 interrupted."""


@click.command(epilog=_EXAMPLES, short_help="Answer a question, with citations and checked figures.")
@click.argument("question", nargs=-1)
@options.of_segment
@options.of_source
@click.option("--offline", is_flag=True, default=None, help="Do not call Claude; quote the sources.")
@click.option("--model", metavar="NAME", help="The Claude model that answers.")
@click.option("--token-budget", type=int, metavar="N", help="Tokens of passages to use (an estimate).")
@click.option("--deep", is_flag=True, help="Let Claude look things up, step by step, before it answers.")
@click.option("--deep-steps", type=int, metavar="N", help="How often it may look something up.")
@click.option("--deep-tokens", type=int, metavar="N", help="Tokens it may use over all its turns.")
@click.option("--deep-cost", type=float, metavar="USD", help="US dollars it may cost.")
@click.option("--continue", "continues", is_flag=True, help="The question follows the last one: “and for pharma?”.")
@click.option("--no-repair", "repair", flag_value=False, default=None, help="Do not ask Claude to correct faults.")
@click.option("--dry-run", "dry", is_flag=True, help="Show what would be sent to Claude, and send nothing.")
@options.beyond_limits
@options.as_json
def ask(  # noqa: PLR0913, PLR0917 - one for each option
    question: tuple[str, ...],
    segment: Segment | None,
    source_id: str | None,
    deep: bool,
    continues: bool,
    dry: bool,
    goes_beyond: bool,
    as_json: bool,
    **settings: Any,
) -> int:
    """Answer QUESTION from the library, with citations and every figure checked.

    With an API key Claude answers; without one, or with --offline, the answer is quoted from the sources. With --deep
    Claude looks things up as often as the question needs, within a budget; each step is shown.
    """
    text = _from_standard_input() if question == ("-",) else " ".join(question)
    conversation = before(continues=continues)
    if dry:
        in_force = options.with_limits(settings, goes_beyond=goes_beyond)
        return dry_run(text, segment, source_id, conversation, deep=deep, as_json=as_json, settings=in_force)
    asked_at = datetime.now(UTC)
    with options.assistant(goes_beyond=goes_beyond, **settings) as service:
        events = service.stream(text, segment=segment, source_id=source_id, deep=deep, **conversation)
        streamed = StreamedText() if sys.stdout.isatty() and not as_json else None
        try:
            with orderly() if service.asks_claude else nullcontext():
                answer, by_user = _followed(events, streamed)
        finally:
            if streamed:
                streamed.end()
    _show(answer, streamed, as_json=as_json)
    tell_of_words_only(answer.by_words_only)
    tell_of_whole_report(answer)
    tell_of_end(answer)
    tell_what_is_not_noted(service)
    _keep(answer, asked_at, continues=continues)
    return EXIT_INTERRUPTED if by_user else exit_code(answer)


def _show(answer: Answer, streamed: StreamedText | None, *, as_json: bool) -> None:
    """The whole answer, or what its streamed text has not shown."""
    if as_json:
        print_json(answer_as_json(answer))
    elif streamed and streamed.begun:
        show_outcome(answer, text_shown=True)
    else:
        show_answer(answer)


def _keep(answer: Answer, asked_at: datetime, *, continues: bool) -> None:
    """Keeps the answer for `aidx cite` and `--continue`, once the answer has been shown: nobody waits for it."""
    from aidx_assistant.conversations.asked import keep_asked
    from aidx_assistant.conversations.conversation import in_utc

    keep_asked(locations.home(), in_utc(asked_at), answer, continues=continues)


def _from_standard_input() -> str:
    """The question that is piped in. Raises UsageError where it is no text."""
    content = sys.stdin.buffer.read() if sys.stdin else b""
    text = content.decode("utf-8-sig", "replace")
    # A letter or two in another encoding leaves a question that can be read.
    if "\0" in text or text.count("\ufffd") > len(text) / 10:
        raise UsageError("What came on standard input is no text in UTF-8.", "Pipe a question in, as text.")
    return text


def exit_code(answer: Answer) -> int:
    """What the process says about an answer when it ends."""
    if answer.status == "refused":
        return EXIT_API
    if not answer.answered and not (answer.status == "cut" and answer.steps):
        return EXIT_NOT_ANSWERED if answer.status == "declined" else EXIT_API
    faulty = answer.checks.figures_unsupported or answer.checks.citations_unverified
    return EXIT_PARTLY_DONE if faulty or answer.status != "complete" else EXIT_DONE


def _followed(events: Generator[Event, None, None], streamed: StreamedText | None) -> tuple[Answer, bool]:
    """Shows events as they come; gives back the answer that ends them, and whether the user interrupted it.

    The first Ctrl-C is handed to the assistant, which ends the answer with what came; a second one ends everything.
    """
    proceed: Callable[[], Event] = events.__next__
    waiting = WaitingLine(shown=streamed is not None)
    by_user = False
    while True:
        try:
            event = proceed()
            proceed = events.__next__
            if isinstance(event, Phase):
                if not (streamed and streamed.begun):
                    waiting.show(f"{event.name} …")
                elif event.name.startswith(CORRECTING):
                    streamed.end()
                    waiting.show(f"{event.name} …")
                continue
            waiting.clear()
            if isinstance(event, Finished):
                return event.answer, by_user or event.answer.stopped_by_user
            if isinstance(event, Notice | Step | Understood):
                tell(event)
            elif isinstance(event, AnswerText) and streamed:
                streamed.add(event.text)
        except KeyboardInterrupt as interrupt:
            if by_user or inspect.getgeneratorstate(events) == inspect.GEN_CLOSED:
                waiting.clear()
                raise
            by_user = True
            proceed = _thrower(events, interrupt)


def _thrower(events: Generator[Event, None, None], interrupt: KeyboardInterrupt) -> Callable[[], Event]:
    return lambda: events.throw(interrupt)
