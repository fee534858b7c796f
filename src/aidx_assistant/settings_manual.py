"""What each setting means, from the text under its field."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping
from functools import cache

from aidx_assistant.settings import Settings

_NAMED = re.compile(r"`([^`]+)`")


@cache
def meanings() -> Mapping[str, str]:
    """By name, in one line, what is named in quotes; empty where the source of the package is not there."""
    try:
        source = inspect.getsource(Settings)
    except OSError:
        return {}
    definition = ast.parse(source).body[0]
    assert isinstance(definition, ast.ClassDef)
    told: dict[str, str] = {}
    for field, text in zip(definition.body, definition.body[1:], strict=False):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(meaning))):
                told[name] = _NAMED.sub(r"“\1”", " ".join(meaning.split()))
    return told
