"""The values of a PowerPoint chart, each with the chart's title, its series, its category and as it is shown."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

_MOST_VALUES = 2_000
_DAY_ZERO, _DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""From which days are counted, by the chart's calendar."""
_NO_LETTERS_OF_DATES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_PLACES = re.compile(r"\.(0+)")
_FEWEST_WORDS = 3
"""Of a series' name that says what a chart shows: `2024` and `Payers` do not."""


def chart_values(chart: Any) -> Iterator[str]:
    """`AI budgets: Providers, 2025: 46%`. A series that is alone names a chart that has no title of its own.

    Categories of several levels are told from the upper one, as `Providers, Large`. Charts without categories give
    points: `Spend: Payers, at 3: 12%`, of bubbles with their size.
    """
    title = _title(chart) or _name_of_all(chart)
    told = 0
    for plot in chart.plots:
        categories = _categories(plot, chart)
        for series in plot.series:
            name = " ".join((series.name or "").split())
            formats = {-1: _format_of_axis(chart), **_formats(series)}
            points = list(_points(series, categories))
            whole = sum(value or 0.0 for _, value in points) if _shows_shares(series) else 0.0
            for position, (label, value) in enumerate(points):
                if value is None:
                    continue
                of = ", ".join(part for part in ("" if name.rstrip(":") == title else name, label) if part)
                shown = f"{value / whole:.0%}" if whole > 0 else as_shown(value, formats.get(position) or formats[-1])
                yield ": ".join(part for part in (title, of, shown) if part)
                told += 1
                if told >= _MOST_VALUES:
                    return


def _title(chart: Any) -> str:
    if chart.has_title and chart.chart_title.has_text_frame:
        return " ".join(chart.chart_title.text_frame.text.split()).rstrip(":")
    return ""


def _name_of_all(chart: Any) -> str:
    """The name of the only series, which PowerPoint shows as the title; empty where it is as short as a label."""
    names = [series.name for plot in chart.plots for series in plot.series]
    words = (names[0] or "").rstrip(" :").split() if len(names) == 1 else []
    return " ".join(words) if len(words) >= _FEWEST_WORDS else ""


def _categories(plot: Any, chart: Any) -> list[str]:
    """The names of the categories, from their upper levels down; days by their date, as far as they are shown."""
    labels = [
        ", ".join(" ".join(label.split()) for label in levels if label) for levels in plot.categories.flattened_labels
    ]
    written = plot._element.xpath("./c:ser/c:cat//c:numCache/c:formatCode")
    letters = _NO_LETTERS_OF_DATES.sub("", written[0].text or "").lower() if written else ""
    if not re.search("[yd]|mmm", letters):
        return labels
    begins = _DAY_ZERO_1904 if chart._chartSpace.xpath("./c:date1904[not(@val='0' or @val='false')]") else _DAY_ZERO
    return [_day(label, begins, letters) for label in labels]


def _day(label: str, begins: date, letters: str) -> str:
    """A count of days as `1 January 2024`, `January 2024` or `2024`, as the letters of its format show it."""
    try:
        day = begins + timedelta(days=int(float(label)))
    except (ValueError, OverflowError):
        return label
    month = f"{calendar.month_name[day.month]} {day.year}"
    return f"{day.day} {month}" if "d" in letters else month if "m" in letters else str(day.year)


def _format_of_axis(chart: Any) -> str:
    """How the axis of the values writes them where that is its own format; `General` where it is not, or not sure."""
    formats = chart._chartSpace.xpath(".//c:valAx/c:numFmt[@sourceLinked='0' or @sourceLinked='false']/@formatCode")
    return str(formats[0]) if len(chart._chartSpace.xpath(".//c:valAx")) == 1 and formats else "General"


def _points(series: Any, categories: list[str]) -> Iterator[tuple[str, float | None]]:
    values = list(series.values)
    across, sizes = (
        [as_shown(float(node.text), "General") for node in series._element.xpath(f"./c:{name}//c:pt/c:v")]
        for name in ("xVal", "bubbleSize")
    )
    for position, value in enumerate(values):
        if position < len(categories):
            yield categories[position], value
        elif position < len(across):
            size = f", size {sizes[position]}" if position < len(sizes) else ""
            yield f"at {across[position]}{size}", value
        else:
            yield "", value


def _formats(series: Any) -> dict[int, str]:
    """Number formats by the position of their value, the series' own under -1: labels before data."""
    formats = {}
    whole = series._element.xpath(
        "./c:val/c:numRef/c:numCache/c:formatCode | ./c:yVal/c:numRef/c:numCache/c:formatCode"
    )
    if whole and whole[0].text not in (None, "", "General"):
        formats[-1] = whole[0].text
    for point in series._element.xpath("./c:val//c:pt[@formatCode] | ./c:yVal//c:pt[@formatCode]"):
        formats[int(point.get("idx"))] = point.get("formatCode")
    labels = series._element.xpath("./c:dLbls/c:numFmt") or series._element.xpath("../c:dLbls/c:numFmt")
    if labels and labels[0].get("sourceLinked") in (None, "0", "false"):
        formats[-1] = labels[0].get("formatCode") or formats.get(-1, "General")
    return formats


def _shows_shares(series: Any) -> bool:
    """Whether a pie shows shares of the whole in place of its values."""
    labels = series._element.xpath("./c:dLbls") or series._element.xpath("../c:dLbls")
    return bool(labels) and bool(
        labels[0].xpath("./c:showPercent[@val='1' or @val='true']")
        and not labels[0].xpath("./c:showVal[@val='1' or @val='true']")
    )


def as_shown(value: float, number_format: str) -> str:
    """A number as a format of Excel's shows it: percent, decimals, thousands, currency and quoted text around it.

    `General` and what is not understood show the number with up to ten digits.
    """
    first = number_format.split(";", maxsplit=1)[0]
    first = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r'"\1"', first)
    first = re.sub(r'\\([^"])', r'"\1"', re.sub(r"\[[^\]]*\]|_.|(?<!\\)\*.", "", first))
    quoted = re.split(r'"([^"]*)"', first)
    pattern = "".join(quoted[0::2]).replace("\\", "")
    digits = re.search(r"[#0?][#0?,.]*", pattern)
    if digits is None or re.search(r"[dmyhs]|[eE][+-]", pattern):
        return _plain(value)
    number = value * 100 if "%" in pattern else value
    body = digits[0]
    scale = len(body) - len(body.rstrip(","))
    number /= 1000**scale
    places = _PLACES.search(body)
    text = f"{abs(number):{',' if ',' in body.rstrip(',') else ''}.{len(places[1]) if places else 0}f}"
    before, after = _around(first, digits[0])
    sign = "-" if number < 0 and text.strip("0.,") else ""
    return f"{sign}{before}{text}{after}".strip()


def _around(number_format: str, digits: str) -> tuple[str, str]:
    before, _, after = number_format.replace("\\", "").partition(digits)
    return before.replace('"', ""), after.replace('"', "")


def _plain(value: float) -> str:
    return f"{value:.10g}" if abs(value) < 1e10 else f"{value:,.0f}"
