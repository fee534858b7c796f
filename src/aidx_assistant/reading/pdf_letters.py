"""The letters that a string of a PDF page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Private, but what pypdf's own extraction takes characters from, and nowhere public.
from pypdf.generic._font import Font

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("|".join(_LIGATURES))
_BULLETS_OF_FONTS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d", "•"))
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def codes_of(shown: str | bytes, font: Font) -> Iterator[str]:
    if isinstance(shown, str):
        yield from shown
    elif isinstance(font.encoding, str):
        yield from shown.decode(font.encoding, "replace" if len(shown) % 2 else "surrogatepass")
    else:
        yield from map(chr, shown)


def characters_of(codes: list[str], font: Font) -> str:
    encoding = font.encoding
    named = codes if isinstance(encoding, str) else [encoding.get(ord(code), code) for code in codes]
    return "".join(font.character_map.get(name, name) for name in named)


def cleaned(text: str) -> str:
    text = _CONTROL.sub("", text.replace("\t", " ").replace("\xa0", " ")).translate(_BULLETS_OF_FONTS)
    return _LIGATURE.sub(lambda found: _LIGATURES[found.group()], text)
