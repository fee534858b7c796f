"""The pictures of a brief, each with its title, its description and the lines that belong below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aidx_assistant.briefs.brief import BarChart
from aidx_assistant.briefs.exports.chart_picture import SANS_SERIF, WIDTH, chart_height, chart_svg
from aidx_assistant.briefs.exports.fonts import fonts
from aidx_assistant.briefs.exports.marked import one_line
from aidx_assistant.briefs.exports.reading_order import SOURCE, Part, source_of_chart
from aidx_assistant.briefs.own_jobs import HEADING
from aidx_assistant.dx.index import DxIndex
from aidx_assistant.dx.svg import BARE_HEIGHT, BARE_WIDTH, bare_svg

_TYPST = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.picture), format: "svg")'


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as every format shows it; `width` and `height` in pixels."""

    alt: str
    width: int
    height: int
    drawn: Callable[[str], str]
    """The picture as SVG, in a font."""
    title: str = ""
    """Empty where it stands beside a table, whose heading is its own."""
    lines: tuple[str, ...] = ()
    """Texts below it, whose marks name citations; none where it stands beside a table."""

    def svg(self, font: str = SANS_SERIF) -> str:
        return self.drawn(font)

    def png(self, pixels: int = 1760) -> bytes:
        """So many pixels across, in a sans-serif font of the machine where it has one."""
        import typst

        return typst.compile(
            _TYPST,
            format="png",
            font_paths=fonts(),
            ppi=72 * pixels / (self.width * 0.75),
            sys_inputs={"picture": self.svg()},
        )


def pictures_of(part: Part) -> Iterator[Picture]:
    """The pictures of a part, in order; jobs none of which has an adoption score make none."""
    if part.jobs and len(part.jobs.index.within(None)) < len(part.jobs.index.jobs):
        yield _picture_of_jobs(part.jobs.index)
    if part.chart:
        yield picture_of_chart(part.chart)


def picture_of_chart(chart: BarChart) -> Picture:
    lines = (f"Base: {one_line(chart.base)}", f"{SOURCE} {source_of_chart(chart)}")
    alt = one_line(chart.alt_text)
    return Picture(alt, WIDTH, chart_height(chart), lambda font: chart_svg(chart, font), one_line(chart.title), lines)


def _picture_of_jobs(index: DxIndex) -> Picture:
    """The quadrants; the table beside them has the names to the numbers."""
    alt = one_line(f"Four quadrants. {index.in_words}")
    return Picture(alt, BARE_WIDTH, BARE_HEIGHT, lambda font: bare_svg(index, HEADING, font))
