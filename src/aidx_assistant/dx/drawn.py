"""The pieces of a vector chart: text, marks by quadrant, rectangles.

Colours are those of Okabe and Ito's palette, which colour-blind readers tell apart; each quadrant has a shape of its
own as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from aidx_assistant.dx.placing import Box
from aidx_assistant.dx.quadrants import Quadrant
from aidx_assistant.printable import printable

INK, SOFT_INK, PAPER, LINES = "#1f2328", "#57606a", "#ffffff", "#8c959f"
_NOT_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set; the size in pixels."""

    size: int
    colour: str = INK
    bold: bool = False


HEADING, STRONG, PLAIN, SMALL = Type(16, bold=True), Type(12, bold=True), Type(12), Type(11, SOFT_INK)


@dataclass(frozen=True, slots=True)
class Look:
    """How a quadrant's jobs are drawn."""

    colour: str
    tint: str
    path: str
    """Of the mark, around 0, 0."""


LOOKS: dict[Quadrant, Look] = {
    "look first": Look("#d55e00", "#fdf0e7", "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z"),
    "under way": Look("#0072b2", "#f6f8fa", "M-5-5h10v10h-10z"),
    "can wait": Look("#6e7781", "#f6f8fa", "M0-5.5l5.5 10h-11z"),
    "well served": Look("#009e73", "#f6f8fa", "M0-6.5l6.5 6.5l-6.5 6.5l-6.5-6.5z"),
}


def mark(quadrant: Quadrant | None, x: float, y: float, scale: float = 1) -> str:
    look = LOOKS[quadrant or "can wait"]
    place = f"translate({x:g} {y:g})" + (f" scale({scale:g})" if scale != 1 else "")
    return f'<path d="{look.path}" transform="{place}" fill="{look.colour}" stroke="{PAPER}"/>'


def rectangle(box: Box, paint: str) -> str:
    size = f'width="{box.right - box.left:g}" height="{box.bottom - box.top:g}"'
    return f'<rect x="{box.left:g}" y="{box.top:g}" {size} {paint}/>'


def text(x: float, y: float, words: str, written: Type, anchor: str = "start", more: str = "", tip: str = "") -> str:
    """Text whose line begins at, ends at or is centred on a point; `tip` is what a pointer over it shows."""
    looks = f'font-size="{written.size}" fill="{written.colour}"'
    looks += ' font-weight="bold"' if written.bold else ""
    looks += f' text-anchor="{anchor}"' if anchor != "start" else ""
    title = f"<title>{escaped(tip)}</title>" if tip and tip != words else ""
    return f'<text x="{x:g}" y="{y:g}" {looks}{f" {more}" if more else ""}>{title}{escaped(words)}</text>'


def escaped(words: str) -> str:
    return escape(_NOT_XML.sub("", printable(words)), {'"': "&quot;"})
