"""The matrices by which a PDF places things (PDF 32000-1, 8.3.3)."""

from __future__ import annotations

from typing import Any

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(operands: Any) -> Matrix:
    """Raises TypeError or ValueError where these are not six numbers."""
    a, b, c, d, e, f = (float(number) for number in operands)
    return (a, b, c, d, e, f)


def as_shown(left: float, bottom: float, width: float, height: float, turn: int) -> Matrix:
    """From the page's own system, y upwards, to that of what is shown, y downwards."""
    own: Matrix = (1, 0, 0, 1, -left, -bottom)
    turned: dict[int, Matrix] = {
        0: (1, 0, 0, -1, 0, height),
        90: (0, 1, 1, 0, 0, 0),
        180: (-1, 0, 0, 1, width, 0),
        270: (0, -1, -1, 0, height, width),
    }
    return times(own, turned.get(turn, turned[0]))


def moved(point: tuple[float, float], m: Matrix) -> tuple[float, float]:
    """Where a matrix puts a point."""
    return point[0] * m[0] + point[1] * m[2] + m[4], point[0] * m[1] + point[1] * m[3] + m[5]


def times(m: Matrix, n: Matrix) -> Matrix:
    """First m, then n."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
