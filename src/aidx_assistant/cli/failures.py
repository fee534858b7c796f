"""The one place where an error becomes words and an exit code."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from aidx_assistant.cli.terminal import print_json
from aidx_assistant.cli.wording import what_to_do
from aidx_assistant.errors import EXIT_DONE, AidxError, InterruptedByUserError, StorageError, UsageError
from aidx_assistant.interrupts import INTERRUPTED, orderly
from aidx_assistant.printable import printable, shortened

_OF_A_STREAM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.EPIPE}
"""What goes wrong with standard output, which has no name that the system would give."""
_LONGEST_TITLE = 300
"""Characters of what click says, which may repeat a whole argument."""


class EndedMidwayError(Exception):
    """A command failed, for its `__cause__`, after it had done what `done` tells, as fields of its JSON."""

    def __init__(self, done: Mapping[str, Any]) -> None:
        super().__init__()
        self.done = done


@contextmanager
def telling_what_was_done(done: Callable[[], Mapping[str, Any]]) -> Iterator[None]:
    """Whatever ends the command inside is told together with what was done until then."""
    try:
        with orderly():
            yield
    except (Exception, KeyboardInterrupt) as cause:
        raise EndedMidwayError(done()) from cause


def guarded(command: Callable[[], int], arguments: Sequence[str]) -> int:
    """Runs a command and turns what it raises into one clear sentence and the right exit code.

    With `--json` among the arguments the failure is a JSON object on standard output, with what was done before it.
    """
    as_json = "--json" in arguments
    try:
        code = command()
        sys.stdout.flush()
        return code
    except EndedMidwayError as ended:
        assert ended.__cause__ is not None
        return _ended_by(ended.__cause__, as_json, ended.done)
    except (Exception, KeyboardInterrupt, SystemExit) as error:
        return _ended_by(error, as_json, {})


def _ended_by(error: BaseException, as_json: bool, done: Mapping[str, Any]) -> int:
    match error:
        case RuntimeError() if isinstance(error.__cause__, KeyboardInterrupt):
            # Up to Python 3.11 this is what Ctrl-C comes to where a class of a library is just being made.
            return _told(_as_aidx_error(error.__cause__), as_json, done)
        case BrokenPipeError() | SystemExit():  # click turns the one into the other
            _write_nowhere()  # the reader has what it wanted (`aidx findings | head`)
            return EXIT_DONE
        case AidxError() | click.ClickException() | click.Abort() | KeyboardInterrupt() | OSError():
            return _told(_as_aidx_error(error), as_json, done)
        case _ if sys.flags.dev_mode:
            raise error
        case _:  # the boundary: a fault of ours is one sentence too, and its trace is there on demand
            return _told(_fault_of_ours(error), as_json, done)


def _fault_of_ours(error: BaseException) -> AidxError:
    return AidxError(
        f"Something went wrong inside aidx ({type(error).__name__}).",
        "Nothing was lost. For a report, run the same with: python -X dev -m aidx_assistant …",
    )


def _as_aidx_error(error: BaseException) -> AidxError:
    match error:
        case AidxError():
            return error
        case click.exceptions.NoArgsIsHelpError(ctx=click.Context(command=click.Group() as group, command_path=path)):
            return UsageError(f"{path} wants one of: {', '.join(group.commands)}.", f"See: {path} --help")
        case click.UsageError():
            name = error.ctx.command_path if error.ctx else "aidx"
            return UsageError(shortened(error.format_message(), _LONGEST_TITLE), f"See: {name} --help")
        case click.ClickException():
            return UsageError(shortened(error.format_message(), _LONGEST_TITLE))
        case OSError():
            return _refused_by_the_system(error)
        case _:
            return InterruptedByUserError(INTERRUPTED)


def _refused_by_the_system(error: OSError) -> AidxError:
    reason = error.strerror or error
    if error.filename:
        return StorageError(
            f"Reading or writing failed at {error.filename}: {reason}.",
            "Check the disk's space and permissions, or set AIDX_HOME to another folder.",
        )
    if error.errno in _OF_A_STREAM:
        return StorageError(f"Standard output cannot be written: {reason}.")
    return AidxError(f"The system refused something that aidx needs: {reason}.", "Try again.")


def _told(error: AidxError, as_json: bool, done: Mapping[str, Any]) -> int:
    """Tells of a failure; where standard output cannot take it, standard error does."""
    hint = what_to_do(error.hint, error.remedies)
    in_words = printable(f"aidx: {error.title}" + (f"\n      {hint}" if hint else ""))
    try:
        if as_json:
            told = {"title": error.title, "hint": hint, "exit_code": error.exit_code}
            print_json({"schema": 1, **done, "error": told})
            sys.stdout.flush()
        else:
            print(in_words, file=sys.stderr, flush=True)
    except OSError:
        _write_nowhere()
        with contextlib.suppress(OSError):
            print(in_words, file=sys.stderr, flush=True)
    return error.exit_code


def _write_nowhere() -> None:
    """What is still waiting for standard output goes nowhere, so that ending the process does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
