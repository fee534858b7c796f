"""A plot of times or sizes against the size of the library, both axes logarithmic, as SVG."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LEFT, _TOP, _WIDTH, _HEIGHT = 62, 40, 300, 230
_PANEL = 480
_COLOURS = ("#1f5fa8", "#b4451f", "#2f7d4f", "#7a4fa3", "#666666")


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes: for each line its values, one for each size."""

    title: str
    unit: str
    lines: Mapping[str, Sequence[float]]


def plotted(sizes: Sequence[int], panels: Sequence[Panel]) -> str:
    """The panels beside each other; their sizes are sentences."""
    width, height = _PANEL * len(panels), _TOP + _HEIGHT + 50
    drawn = "".join(
        f'<g transform="translate({_PANEL * place} 0)">{_panel(sizes, panel)}</g>' for place, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif"'
        f' font-size="11"><rect width="{width}" height="{height}" fill="#fff"/>{drawn}</svg>\n'
    )


def _panel(sizes: Sequence[int], panel: Panel) -> str:
    values = [value for line in panel.lines.values() for value in line]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    across = (math.log10(sizes[0]), math.log10(sizes[-1]))

    def x(size: float) -> float:
        return _LEFT + _WIDTH * (math.log10(size) - across[0]) / ((across[1] - across[0]) or 1)

    def y(value: float) -> float:
        return _TOP + _HEIGHT * (high - math.log10(value)) / ((high - low) or 1)

    parts = [f'<text x="{_LEFT}" y="20" font-size="13" font-weight="bold">{html.escape(panel.title)}</text>']
    for power in range(low, high + 1):
        at = y(10.0**power)
        parts.append(f'<path d="M{_LEFT} {at:.1f}H{_LEFT + _WIDTH}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:,g} {panel.unit}</text>')
    for size in sizes:
        parts.append(f'<path d="M{x(size):.1f} {_TOP}V{_TOP + _HEIGHT}" stroke="#eee"/>')
        parts.append(f'<text x="{x(size):.1f}" y="{_TOP + _HEIGHT + 16}" text-anchor="middle">{size:,}</text>')
    middle = _LEFT + _WIDTH / 2
    parts.append(f'<text x="{middle}" y="{_TOP + _HEIGHT + 36}" text-anchor="middle">sentences in the library</text>')
    # Names stand beside the ends of their lines, from the highest on, none upon another.
    below = float(_TOP)
    in_order = sorted(panel.lines, key=lambda name: -panel.lines[name][-1])
    for name in in_order:
        line, colour = panel.lines[name], _COLOURS[list(panel.lines).index(name) % len(_COLOURS)]
        points = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in zip(sizes, line, strict=True))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x(size):.1f}" cy="{y(value):.1f}" r="3" fill="{colour}"/>'
            for size, value in zip(sizes, line, strict=True)
        ]
        below = max(below + 14, y(line[-1]) + 4)
        parts.append(f'<text x="{_LEFT + _WIDTH + 8}" y="{below:.1f}" fill="{colour}">{html.escape(name)}</text>')
    return "".join(parts)
