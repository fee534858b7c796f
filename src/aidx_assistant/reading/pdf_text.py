"""Reads where each piece of text of a PDF page stands, from the page's own drawing instructions.

pypdf's text is one string; its visitor gives no widths, and joins what a table's cells or columns hold apart. So the
instructions are followed here, with pypdf's parser, fonts and encodings.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, DictionaryObject, StreamObject

# Private, but what pypdf's own extraction takes characters and widths from, and nowhere public.
from pypdf.generic._font import Font

from aidx_assistant.reading.filled_boxes import FilledBox
from aidx_assistant.reading.pdf_letters import characters_of, cleaned, codes_of
from aidx_assistant.reading.pdf_matrices import IDENTITY, Matrix, as_shown, matrix_of, times
from aidx_assistant.reading.pdf_paths import BLACK, DRAWING, PAINTING, Paths, colour_of
from aidx_assistant.reading.placed_text import PlacedText, lines_of

_MOST_RUNS = 100_000
"""Pieces of text read of one page."""
_MOST_FORMS = 500
_DEEPEST_FORM = 12
_LARGE_PICTURE = 0.15
"""Share of the page from which a picture may be its content."""
_MANY_SHAPES = 100
"""Painted shapes from which they may be letters drawn as outlines."""
_LENGTHS = {b"Tc": "letter_gap", b"Tw": "word_gap", b"TL": "leading", b"Ts": "rise"}


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says and where, as it is shown: turned upright, cut to what is visible. Lengths in points."""

    width: float
    height: float
    runs: tuple[PlacedText, ...]
    turned: tuple[str, ...]
    """Lines that run up, down or backwards: labels of axes. What runs askew is a watermark, and left out."""
    has_picture: bool
    """Whether it shows a large picture, or many shapes, in which there may be text that is none to the file."""
    boxes: tuple[FilledBox, ...] = ()
    """Those filled with a colour."""


def page_text(page: PageObject) -> PageText:
    """Reads a page. Raises whatever pypdf raises on a damaged one, LookupError where it has no size."""
    box = page.cropbox
    turn = (page.rotation or 0) % 360
    width, height = abs(float(box.width)), abs(float(box.height))
    if not (width > 0 and height > 0 and math.isfinite(width * height)):
        raise LookupError("The page has no size.")
    shown = as_shown(float(box.left), float(box.bottom), width, height, turn)
    if turn in (90, 270):
        width, height = height, width
    follower = _Follower(page.pdf, width, height)
    content = page.get("/Contents")
    if content is not None:
        stream = ContentStream(content.get_object(), page.pdf, "bytes")
        follower.follow(stream, _resources(page), _State(shown), 0)
    runs = [run for run in follower.runs if 0 <= (run.left + run.right) / 2 <= width and 0 <= run.base <= height]
    turned = [line.text for direction in follower.turned.values() for line in lines_of(direction)]
    has_picture = follower.has_picture or follower.shapes >= _MANY_SHAPES
    return PageText(width, height, tuple(runs), tuple(turned), has_picture, tuple(follower.paths.boxes))


def _resources(holder: DictionaryObject) -> DictionaryObject:
    """A page's resources, which it may have of a node above it."""
    node: Any = holder
    for _ in range(50):
        found = node.get("/Resources")
        if found is not None:
            found = found.get_object()
            return found if isinstance(found, DictionaryObject) else DictionaryObject()
        node = node.get("/Parent")
        node = node.get_object() if node is not None else None
        if not isinstance(node, DictionaryObject):
            break
    return DictionaryObject()


@dataclass(slots=True)
class _State:
    """The graphics state, as far as text and filled boxes go by it (PDF 32000-1, 8.4 and 9.3)."""

    matrix: Matrix
    font: Font | None = None
    size: float = 12.0
    letter_gap: float = 0.0
    word_gap: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    fill: Hashable = BLACK


@dataclass(slots=True)
class _Follower:
    pdf: Any
    width: float
    height: float
    runs: list[PlacedText] = field(default_factory=list)
    turned: dict[tuple[int, int], list[PlacedText]] = field(default_factory=dict)
    """By direction, in a system of its own in which it runs to the right."""
    has_picture: bool = False
    shapes: int = 0
    paths: Paths = field(default_factory=Paths)
    _forms: int = 0
    _fonts: dict[int, Font] = field(default_factory=dict)
    _kept: list[Any] = field(default_factory=list)
    """Font dictionaries, so that no other takes the identity of one."""

    def follow(self, stream: ContentStream, resources: DictionaryObject, state: _State, depth: int) -> None:
        """Follows the instructions of a page or form; one that cannot be followed is passed over."""
        _Instructions(self, resources, state, depth).follow(stream)

    def form(self, name: Any, resources: DictionaryObject, state: _State, depth: int) -> None:
        found = resources.get("/XObject", DictionaryObject()).get_object().get(name)
        drawn = found.get_object() if found is not None else None
        if not isinstance(drawn, StreamObject):
            return
        if drawn.get("/Subtype") == "/Image":
            self.picture(state.matrix)
        elif drawn.get("/Subtype") == "/Form" and depth < _DEEPEST_FORM and self._forms < _MOST_FORMS:
            self._forms += 1
            own = drawn.get("/Matrix")
            matrix = times(matrix_of(own.get_object()), state.matrix) if own is not None else state.matrix
            inner = _resources(drawn) if "/Resources" in drawn else resources
            self.follow(ContentStream(drawn, self.pdf, "bytes"), inner, replace(state, matrix=matrix), depth + 1)

    def picture(self, square: Matrix) -> None:
        """Notes a picture that fills this unit square."""
        a, b, c, d, _, _ = square
        self.has_picture |= abs(a * d - b * c) >= _LARGE_PICTURE * self.width * self.height

    def font(self, name: Any, resources: DictionaryObject) -> Font | None:
        found = resources.get("/Font", DictionaryObject()).get_object().get(name)
        found = found.get_object() if found is not None else None
        if not isinstance(found, DictionaryObject):
            return None
        if id(found) not in self._fonts:
            self._kept.append(found)
            self._fonts[id(found)] = Font.from_font_resource(found)
        return self._fonts[id(found)]

    def show(self, text: str, placed: Matrix, end: tuple[float, float], font: Font) -> None:
        """Keeps a piece; `placed` is the matrix of its em square."""
        a, b, c, d, left, base = placed
        size = math.hypot(c, d)
        if not text or len(self.runs) >= _MOST_RUNS or not all(map(math.isfinite, (*placed, *end))) or size < 0.5:
            return
        length = math.hypot(a, b) or 1
        x, y = a / length, b / length
        if max(abs(x), abs(y)) < 0.99:
            return
        direction = (round(x), round(y))
        left, base, right = left * x + base * y, base * x - left * y, end[0] * x + end[1] * y
        bold = any(word in font.name.lower() for word in ("bold", "black", "heavy"))
        run = PlacedText(text, left, base - 0.8 * size, max(right, left), base + 0.2 * size, round(size, 2), bold)
        (self.runs if direction == (1, 0) else self.turned.setdefault(direction, [])).append(run)


@dataclass(slots=True)
class _Instructions:
    """Follows one stream of instructions."""

    to: _Follower
    resources: DictionaryObject
    state: _State
    depth: int
    _saved: list[_State] = field(default_factory=list)
    _text: Matrix = IDENTITY
    _line: Matrix = IDENTITY
    _marks: list[bool] = field(default_factory=list)
    """Of each marked content that is open, whether it is no content: a running header, a page number."""

    def follow(self, stream: ContentStream) -> None:
        for operands, operator in stream.operations:
            try:
                self._do(operator, operands)
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
                continue

    def _do(self, operator: bytes, operands: Any) -> None:
        state = self.state
        match operator:
            case b"q":
                self._saved.append(replace(state))
            case b"Q" if self._saved:
                self.state = self._saved.pop()
            case b"cm":
                state.matrix = times(matrix_of(operands), state.matrix)
            case b"Tf":
                state.size = float(operands[1])
                state.font = self.to.font(operands[0], self.resources)
            case b"Tz":
                state.stretch = float(operands[0]) / 100
            case b"Tc" | b"Tw" | b"TL" | b"Ts":
                setattr(state, _LENGTHS[operator], float(operands[0]))
            case b"Do":
                self.to.form(operands[0], self.resources, state, self.depth)
            case b"INLINE IMAGE":
                self.to.picture(state.matrix)
            case drawing if drawing in DRAWING:
                self._draw(drawing, operands)
            case b"BMC" | b"BDC":
                self._marks.append(operator == b"BDC" and _is_running(operands))
            case b"EMC" if self._marks:
                self._marks.pop()
            case _:
                self._do_text(operator, operands)

    def _draw(self, operator: bytes, operands: Any) -> None:
        self.to.shapes += operator in PAINTING
        self.state.fill = colour_of(operator, operands) or self.state.fill
        self.to.paths.follow(operator, operands, self.state.matrix, self.state.fill)

    def _do_text(self, operator: bytes, operands: Any) -> None:
        match operator:
            case b"BT":
                self._text = self._line = IDENTITY
            case b"Tm":
                self._text = self._line = matrix_of(operands)
            case b"Td":
                self._next_line(float(operands[0]), float(operands[1]))
            case b"TD":
                self.state.leading = -float(operands[1])
                self._next_line(float(operands[0]), float(operands[1]))
            case b"T*":
                self._next_line(0, -self.state.leading)
            case b"Tj":
                self._show(operands[0])
            case b"TJ":
                self._show_spaced(operands[0])
            case b"'":
                self._next_line(0, -self.state.leading)
                self._show(operands[0])
            case b'"':
                self.state.word_gap, self.state.letter_gap = float(operands[0]), float(operands[1])
                self._next_line(0, -self.state.leading)
                self._show(operands[2])

    def _next_line(self, right: float, up: float) -> None:
        self._text = self._line = times((1, 0, 0, 1, right, up), self._line)

    def _show_spaced(self, pieces: Any) -> None:
        for piece in pieces:
            if isinstance(piece, (int, float)):
                self._advance(-float(piece) / 1000 * self.state.size * self.state.stretch)
            else:
                self._show(piece)

    def _advance(self, right: float) -> None:
        self._text = times((1, 0, 0, 1, right, 0), self._text)

    def _show(self, shown: Any) -> None:
        state = self.state
        if not isinstance(shown, (str, bytes)) or state.font is None:
            return
        codes = list(codes_of(shown, state.font))
        size, stretch = state.size, state.stretch
        placed = times(times((size * stretch, 0, 0, size, 0, state.rise), self._text), state.matrix)
        width = 0.0
        for code in codes:
            is_space = code == state.font.space_char
            glyph = state.font.space_width if is_space else state.font.get_text_width(code)
            width += glyph / 1000 * size + state.letter_gap + (state.word_gap if code == " " else 0)
        self._advance(width * stretch)
        end = times(self._text, state.matrix)
        if not any(self._marks) and state.font.interpretable:
            self.to.show(cleaned(characters_of(codes, state.font)), placed, (end[4], end[5]), state.font)


def _is_running(operands: Any) -> bool:
    """Whether marked content is what repeats on every page: an artifact of pagination (PDF 32000-1, 14.8.2.2)."""
    tag, properties = operands[0], operands[1]
    return tag == "/Artifact" and isinstance(properties, DictionaryObject) and properties.get("/Type") == "/Pagination"
