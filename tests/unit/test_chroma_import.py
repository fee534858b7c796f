"""What is imported leanly works as it does otherwise, and leaves the packages it went through as they were."""

from __future__ import annotations

import subprocess
import sys

import overrides
import pytest
from overrides import EnforceOverrides

from aidx_assistant.library.chroma_import import lean_import


def test_a_method_may_say_that_it_overrides_and_must_where_chroma_asks_for_it() -> None:
    with lean_import():

        class Parent(EnforceOverrides):
            def name(self) -> str:
                return "parent"

            def age(self) -> int:
                return 1

        class Child(Parent):
            @overrides.override
            def name(self) -> str:
                return "child"

            @overrides.override(check_signature=False)
            def age(self) -> int:
                return 2

        with pytest.raises(TypeError, match="does not have @override"):

            class _Silent(Parent):
                def name(self) -> str:
                    return "silent"

    assert (Child().name(), Child().age()) == ("child", 2)


def test_others_are_checked_as_before() -> None:
    with lean_import():
        pass
    with pytest.raises(TypeError, match="No super class method found"):

        class _Child:
            @overrides.override
            def name(self) -> str:
                return "child"


def test_chroma_is_imported_without_the_package() -> None:
    """As it would be where a later release does not need it; what needs it fails by itself."""
    code = (
        "import sys; sys.modules['overrides'] = None\n"
        "from aidx_assistant.library.chroma_import import lean_import\n"
        "with lean_import(): import json\n"
        "print('imported')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "imported\n"
