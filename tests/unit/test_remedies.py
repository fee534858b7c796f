"""What to do about an error, in the words of the face that it is read in."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from aidx_assistant.cli import wording as in_a_shell
from aidx_assistant.errors import AidxError, Remedy, SpendingLimitError
from aidx_assistant.mcp_server import wording as in_a_client
from aidx_assistant.tui import wording as in_the_app

REMEDIES: tuple[Remedy, ...] = get_args(Remedy)
OPTION = re.compile(r"--\w+")


@pytest.mark.parametrize("remedy", REMEDIES)
def test_options_of_commands_are_named_only_where_there_are_some(remedy: Remedy) -> None:
    error = AidxError("It failed.", remedies=(remedy,))
    for told in (error.hint, in_the_app.told(error), in_a_client.told(error).replace("`aidx mcp --offline`", "")):
        assert not OPTION.search(told), told
    assert in_a_shell.what_to_do("", (remedy,))


def test_a_way_that_a_face_has_not_is_left_out() -> None:
    error = SpendingLimitError("Too much.", remedies=("limit", "this once"))
    assert error.hint == "Raise that setting."
    assert in_the_app.told(error) == "Too much. F7: raise the setting."
    assert (
        in_a_shell.what_to_do(error.hint, error.remedies)
        == "Raise the setting, or add --yes to go beyond it this once."
    )


def test_a_hint_of_its_own_stands_where_no_face_has_words() -> None:
    error = AidxError("It failed.", "Try again.", ("this once",))
    assert in_the_app.told(error) == in_a_client.told(error) == "It failed. Try again."
