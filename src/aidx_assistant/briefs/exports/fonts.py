"""Fonts for letters that Typst's own fonts have not, from the extra `cjk`, and which letters no font has."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

_PACKAGE = "justmytype_intl_cjk"
"""Noto Sans for Chinese, Japanese and Korean; it is found, never imported."""
HOW_TO_GET_FONTS = "install fonts for Chinese, Japanese and Korean: pip install 'aidx-assistant[cjk]'"
_WITHOUT_FONT = re.compile(r"the text `\"(?P<text>.+?)\"` could not be displayed")
_CODE_POINT = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}")


@cache
def fonts() -> Fonts:
    """Typst's own, those of the machine, and those of the extra where it is installed."""
    import typst

    return typst.Fonts(font_paths=_folders())


def has_extra() -> bool:
    return bool(_folders())


def _folders() -> list[str]:
    package = find_spec(_PACKAGE)
    return list(package.submodule_search_locations or ()) if package else []


def letters_refused(diagnostic: str) -> str:
    """The letters that Typst says it has no font for, each once."""
    texts = (_CODE_POINT.sub(_letter, match["text"]) for match in _WITHOUT_FONT.finditer(diagnostic))
    return "".join(dict.fromkeys("".join(texts)))


def _letter(code_point: re.Match[str]) -> str:
    return chr(int(code_point[1], 16))
