"""The chart as a vector picture that stands by itself: no script, no font and no file of others.

Colours are those of Okabe and Ito's palette, which colour-blind readers tell apart, and grey for all segments; the
segment stands in words beside the label as well. Title, base and source are text of the document, around the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10
from xml.sax.saxutils import escape, quoteattr

from aidx_assistant.briefs.brief import Bar, BarChart
from aidx_assistant.briefs.exports.marked import one_line
from aidx_assistant.briefs.exports.reading_order import segment_in_words
from aidx_assistant.dx.lettering import shortened, shortened_apart, width_of
from aidx_assistant.evidence import Segment

SANS_SERIF = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
WIDTH = 440
"""Of the picture, in pixels: letters stay readable where a telephone shows it at three quarters."""

_COLOURS: dict[Segment, str] = {"provider": "#0072b2", "payer": "#d55e00", "pharma": "#009e73", "all": "#6e7781"}
_INK, _SOFT_INK, _TRACK = "#1f2328", "#57606a", "#eef1f4"
_MARGIN, _ROW, _BAR, _GAP = 2, 42, 17, 6
_SHORTEST_BAR = 1.5
"""Pixels of a figure that is not zero: it can be seen that there is one."""
_LEAST_UNIT = 30
"""Pixels below which a unit at the axis says nothing."""
_CURRENCIES = "$€£"
_MAGNITUDES = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"))


@dataclass(frozen=True, slots=True)
class _Letters:
    """How text is set; the size in pixels."""

    size: int
    colour: str = _INK
    bold: bool = False


_LABEL, _FIGURE, _TICK = _Letters(13), _Letters(13, bold=True), _Letters(11, _SOFT_INK)


def chart_svg(chart: BarChart, font: str = SANS_SERIF) -> str:
    """One `<svg>` element with a title and a description; the same chart gives the same text."""
    ticks = ticks_for([bar.value for bar in chart.bars], is_share=chart.unit == "percent")
    scale = _scale(chart.bars, ticks[-1])
    labels = enumerate(zip(chart.bars, _labels(chart.bars), strict=True))
    rows = [line for place, (bar, label) in labels for line in _row(bar, label, place * _ROW, scale, ticks[-1])]
    axis = _axis(chart, ticks, scale, _ROW * len(chart.bars))
    height = chart_height(chart)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label={quoteattr(one_line(chart.alt_text))} font-family={quoteattr(font)}>'
    )
    return "\n".join([head, f"<title>{escape(one_line(chart.title))}</title>", *rows, *axis, "</svg>"])


def chart_height(chart: BarChart) -> int:
    """Of the picture, in pixels."""
    return _ROW * len(chart.bars) + 18


def ticks_for(values: Sequence[float], *, is_share: bool) -> tuple[float, ...]:
    """Where the axis is marked, from 0 to a round number that no value is beyond; shares go to 100."""
    longest = max(values)
    if is_share and longest <= 100:
        return (0, 25, 50, 75, 100)
    if longest <= 0:
        return (0, 1)
    power = 10.0 ** floor(log10(longest / 4))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power * 4 >= longest)
    count = next(count for count in range(1, 5) if count * step >= longest)
    return tuple(step * place for place in range(count + 1))


def _scale(bars: Sequence[Bar], end: float) -> float:
    """Pixels for each unit of the axis, so that both its end and the figure behind every bar have room."""
    width = WIDTH - 2 * _MARGIN
    return min(
        width / end, *((width - _GAP - width_of(_value(bar), _LABEL.size)) / bar.value for bar in bars if bar.value)
    )


def _axis(chart: BarChart, ticks: Sequence[float], scale: float, top: int) -> Iterator[str]:
    sign = chart.bars[0].shown[:1]
    before, after = sign if sign in _CURRENCIES else "", "%" if chart.unit == "percent" else ""
    labels = [f"{before}{_number(tick)}{after}" for tick in ticks]
    if not before + after:
        labels[-1] += _unit_at_end(one_line(chart.unit), labels, (ticks[-1] - ticks[-2]) * scale)
    for tick, label in zip(ticks, labels, strict=True):
        x = round(_MARGIN + tick * scale, 1)
        anchor = {ticks[0]: "start", ticks[-1]: "end"}.get(tick, "middle")
        yield f'<path d="M{x:g} {top - 5}v5" stroke="{_SOFT_INK}"/>'
        yield _text(x, top + 13, label, _TICK, anchor)


def _unit_at_end(unit: str, labels: Sequence[str], step: float) -> str:
    """The unit behind the last label of the axis, as far as it does not reach the one before; `step` in pixels."""
    *_, before, last = (width_of(label, _TICK.size) for label in labels)
    room = step - (before / 2 if len(labels) > 2 else before) - last - 2 * _GAP  # noqa: PLR2004 - the first begins at it
    if width_of(unit, _TICK.size) > room < _LEAST_UNIT:
        return ""
    return f" {shortened(unit, room, _TICK.size)}".rstrip()


def _number(value: float) -> str:
    for size, word in _MAGNITUDES:
        if value >= size:
            return f"{value / size:g}{word}"
    return f"{value:,.10g}"


def _labels(bars: Sequence[Bar]) -> list[str]:
    """As much of each label as has room, told apart from the others."""
    rooms = [WIDTH - 2 * _MARGIN - width_of(_segment_beside(bar), _LABEL.size) for bar in bars]
    return shortened_apart([one_line(bar.label) for bar in bars], rooms, _LABEL.size)


def _segment_beside(bar: Bar) -> str:
    segment = segment_in_words(bar.segment)
    return "" if bar.label.casefold() == segment.casefold() else f"\u00a0· {segment}"


def _row(bar: Bar, label: str, top: float, scale: float, end: float) -> Iterator[str]:
    """The label with the segment in words; below it the bar on a pale one as long as the axis, the figure behind it."""
    yield _text(_MARGIN, top + 13, label, _LABEL, beside=_segment_beside(bar))
    length = round(max(bar.value * scale, _SHORTEST_BAR if bar.value else 0), 1)
    for across, colour in ((round(end * scale, 1), _TRACK), (length, _COLOURS[bar.segment])):
        yield f'<rect x="{_MARGIN}" y="{top + 18}" width="{across:g}" height="{_BAR}" fill="{colour}"/>'
    yield _text(_MARGIN + length + _GAP, top + 31, _value(bar), _FIGURE)


def _value(bar: Bar) -> str:
    return f"{shortened(one_line(bar.shown), WIDTH / 3, _LABEL.size)} [{bar.citation}]"


def _text(x: float, y: float, text: str, letters: _Letters, anchor: str = "start", beside: str = "") -> str:
    """`beside`: what follows the text in a softer colour."""
    looks = f'font-size="{letters.size}" fill="{letters.colour}"' + (' font-weight="bold"' if letters.bold else "")
    looks += f' text-anchor="{anchor}"' if anchor != "start" else ""
    more = f'<tspan fill="{_SOFT_INK}">{escape(beside)}</tspan>' if beside else ""
    return f'<text x="{x:g}" y="{y:g}" {looks}>{escape(text)}{more}</text>'
