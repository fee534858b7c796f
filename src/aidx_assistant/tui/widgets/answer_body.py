"""One answer on the screen, drawn line by line so that hundreds of them scroll as one does."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.containers import ScrollableContainer
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from aidx_assistant.answers import Answer, Citation
from aidx_assistant.tui.widgets.answer_lines import AnswerLines, StreamedLines, answer_lines, kept_lines
from aidx_assistant.tui.widgets.answer_marks import Stop, Target


class AnswerBody(Widget, can_focus=True):
    """Text as it streams in; once finished, an answer whose markers can be walked, clicked and followed."""

    COMPONENT_CLASSES = {"answer--marker", "answer--fault", "answer--here"}
    BINDINGS = [
        Binding("right,n", "walk(1)", "Next citation", show=False),
        Binding("left,p", "walk(-1)", "Previous", show=False),
        Binding("enter", "follow", "Read the source", show=False),
    ]
    HELP = (
        "An answer. **→** and **←** (or n and p) move from marker to marker; the passage behind each opens beside the "
        "answer. **Enter** goes there. **c** copies the reference, **o** opens the source's address."
    )

    here: reactive[int] = reactive(-1, layout=False)
    """The stop that the user is at; -1 for none."""

    class Followed(Message):
        """The user moved to a marker."""

        def __init__(self, body: AnswerBody, target: Target) -> None:
            super().__init__()
            self.body = body
            self.target = target

    class Entered(Message):
        """The user wants to read what stands beside the answer."""

    def __init__(self, text: str = "", answer: Answer | None = None) -> None:
        super().__init__()
        self._text = text
        self.answer = answer
        self._kept: tuple[Citation, ...] = ()
        """What the markers of a text lead to that never became an answer."""
        self._laid_out: tuple[int, AnswerLines] | None = None
        self._streamed: tuple[int, StreamedLines] | None = None

    @property
    def stops(self) -> tuple[Stop, ...]:
        """What can be walked, in reading order; nothing before it has its place on the screen."""
        return self._lines(self.size.width).stops if self.size.width else ()

    def show_text(self, text: str) -> None:
        """Shows text as far as it has come."""
        self._text = text
        self._changed()

    def show_kept(self, text: str, citations: tuple[Citation, ...]) -> None:
        """Shows what had come of an answer that was never finished."""
        self._text, self._kept = text, citations
        self._changed()

    def show_answer(self, answer: Answer) -> None:
        """Shows the finished answer."""
        self.answer = answer
        self._changed()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width).lines)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        laid_out = self._lines(width)
        style = self.rich_style
        if y >= len(laid_out.lines):
            return Strip.blank(width, style)
        strip = Strip([Segment(text, style + (own or Style.null())) for text, own, _ in laid_out.lines[y]])
        for position, stop in enumerate(laid_out.stops):
            for region in stop.regions:
                if region.y == y:
                    strip = _restyled(strip, region.x, region.right, self._stop_style(stop, position == self.here))
        selection = self.text_selection
        span = selection.get_span(y) if selection else None
        if span is not None:
            end = strip.cell_length if span[1] == -1 else span[1]
            strip = _restyled(strip, span[0], end, self.screen.get_component_rich_style("screen--selection"))
        return strip.crop_extend(0, width, style).apply_offsets(0, y)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        return selection.extract(self._lines(self.size.width).text), "\n"

    def move_to(self, position: int) -> None:
        """Moves to a stop, counted from 0; what it leads to is shown beside."""
        stops = self.stops
        if not stops:
            return
        self.here = max(0, min(position, len(stops) - 1))
        self.bring_into_view()
        self.post_message(self.Followed(self, stops[self.here].target))

    def walk(self, step: int) -> bool:
        """Moves on from the stop that the user is at; whether there is one to move to."""
        position = self.here + step if self.here >= 0 else (0 if step > 0 else len(self.stops) - 1)
        if not 0 <= position < len(self.stops):
            return False
        self.move_to(position)
        return True

    def action_walk(self, step: int) -> None:
        self.walk(step)

    def action_follow(self) -> None:
        if self.here < 0:
            self.action_walk(1)
        self.post_message(self.Entered())

    def on_click(self, event: events.Click) -> None:
        stop = self._lines(self.size.width).stop_at(event.x, event.y)
        if stop is not None:
            event.stop()
            self.move_to(self.stops.index(stop))

    def bring_into_view(self) -> None:
        """Scrolls to the stop that the user is at."""
        stops = self.stops
        if self.here < 0 or not stops:
            return
        stop = stops[min(self.here, len(stops) - 1)]
        scroll = next((node for node in self.ancestors if isinstance(node, ScrollableContainer)), None)
        if scroll is not None:
            place = self.region.offset - scroll.content_region.offset + scroll.scroll_offset
            scroll.scroll_to_region(Region.from_union(stop.regions).translate(place), animate=False)

    def _stop_style(self, stop: Stop, here: bool) -> Style:
        if here:
            return self.get_component_rich_style("answer--here")
        return self.get_component_rich_style("answer--fault" if stop.target.figure else "answer--marker")

    def _lines(self, width: int) -> AnswerLines:
        if self._laid_out is None or self._laid_out[0] != width:
            if self.answer:
                lines = answer_lines(self.answer, width)
            elif self._kept:
                lines = kept_lines(self._text, self._kept, width)
            else:
                lines = self._streamed_lines(width)
            self._laid_out = (width, lines)
        return self._laid_out[1]

    def _streamed_lines(self, width: int) -> AnswerLines:
        if self._streamed is None or self._streamed[0] != width:
            self._streamed = (width, StreamedLines(width))
        return self._streamed[1].laid_out(self._text)

    def _changed(self) -> None:
        """Draws anew what has changed: while text streams in, most often its last line alone."""
        before, self._laid_out = self._laid_out, None
        width = self.size.width
        if before is None or before[0] != width or len(self._lines(width).lines) != len(before[1].lines):
            self.refresh(layout=True)
            return
        changed = [place for place, line in enumerate(self._lines(width).lines) if line != before[1].lines[place]]
        if changed:
            self.refresh(Region(0, changed[0], width, changed[-1] - changed[0] + 1))


def _restyled(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """The strip with a style over its cells from start to end."""
    end = min(end, strip.cell_length)
    if start >= end:
        return strip
    before, inside, after = strip.crop(0, start), strip.crop(start, end), strip.crop(end)
    return Strip.join([before, Strip(Segment.apply_style(inside, post_style=style)), after])
