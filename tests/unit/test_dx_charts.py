"""The quadrants in text and as a vector: every job at its place, no label on another, all said in words as well."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from itertools import combinations
from xml.etree import ElementTree

import pytest

from aidx_assistant.dx.example import example
from aidx_assistant.dx.field import NUMBERED
from aidx_assistant.dx.index import DxIndex, dx_index
from aidx_assistant.dx.jobs import STAGES, Job
from aidx_assistant.dx.lettering import shortened, shortened_apart, width_of
from aidx_assistant.dx.plot import ASCII, plotted
from aidx_assistant.dx.quadrants import Split
from aidx_assistant.dx.reading import jobs_of_text
from aidx_assistant.dx.scoring import Scoring
from aidx_assistant.dx.svg import as_svg
from aidx_assistant.dx.weights import weights_of
from tests.conftest import CHECKOUT

SVG = "{http://www.w3.org/2000/svg}"
EXACT = weights_of({"done": Decimal(1), "ideation": Decimal(0)})


def job_at(name: str, opportunity: int, adoption: int | None) -> Job:
    """A job with exactly these scores."""
    counts = () if adoption is None else (("done", adoption), ("ideation", 100 - adoption))
    return Job(name, Decimal(opportunity) / 10, Decimal(opportunity), counts)


def index_of(*places: tuple[int, int | None], split: Split | None = None) -> DxIndex:
    return dx_index([job_at(f"job {number}", *place) for number, place in enumerate(places)], EXACT, split)


def many_jobs(count: int) -> DxIndex:
    numbers = random.Random(7)
    jobs = [
        Job(
            f"Job {number} <&> “quoted”",
            Decimal(numbers.randint(0, 100)) / 10,
            Decimal(numbers.randint(0, 100)),
            tuple((stage, numbers.randint(0, 5)) for stage in STAGES),
        )
        for number in range(count)
    ]
    return dx_index(jobs)


def test_a_chart_in_text() -> None:
    plot = plotted(index_of((90, 10), (70, 80), (20, 30), (10, 95), (60, None)), 50)
    assert plot.lines == (
        " opportunity",
        "     ┌─ look first ─────────┬─ under way ────────┐",
        " 100 │    1                 │                    │",
        "     │                      │                    │",
        "     │                      │            2       │",
        "     │                      │                    │",
        "  50 ├──────────────────────┼────────────────────┤",
        "     │                      │                    │",
        "     │                      │                    │",
        "     │                      │                    │",
        "     │             3        │                    │",
        "     │                      │                  4 │",
        "   0 │                      │                    │",
        "     └─ can wait ───────────┴─ well served ──────┘",
        "      0                    50  adoption       100",
    )


def test_jobs_in_one_place_stand_together() -> None:
    plot = plotted(index_of((90, 10), (90, 10), (90, 10)), 60)
    assert any("1,2,3" in line for line in plot.lines)
    crowd = plotted(index_of(*[(90, 10)] * 9), 60)
    assert any("1,2,3,4+5" in line for line in crowd.lines)
    assert crowd.unnumbered == (5, 6, 7, 8, 9)


def test_a_number_without_room_is_told_and_its_job_is_still_marked() -> None:
    index = index_of(*[(round(opportunity), adoption) for opportunity in (60, 62, 64) for adoption in range(1, 49, 2)])
    plot = plotted(index, 40)
    text = "\n".join(plot.lines[2:-2])
    told = set(plot.unnumbered)
    shown = {int(number) for number in re.findall(r"\d+", re.sub(r"(?m)^.{5}|\+\d+", "", text))}
    assert plot.unnumbered and "●" in text
    assert shown == {scored.number for scored in index.jobs[:60]} - told
    assert plot.beyond == len(index.jobs) - 60


@pytest.mark.parametrize("split", [Split(), Split(Decimal(1), Decimal(99)), Split(Decimal(99), Decimal(1))])
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_every_job_stands_in_its_quadrant(width: int, split: Split) -> None:
    for gain in (0, 1, 49, 50, 98, 99, 100):
        for reached in (0, 1, 49, 50, 98, 99, 100):
            lines = plotted(index_of((gain, reached), split=split), width).lines
            assert max(map(len, lines)) <= width
            field = lines[2:-2]
            dividing = next(at for at, line in enumerate(field) if line[5] == "├")
            line = field[dividing].index("┼")
            row = next(at for at, text in enumerate(field) if "1" in text[6:-1])
            column = field[row].index("1", 6)
            assert (row < dividing) == (gain >= split.opportunity)
            assert (column > line) == (reached >= split.adoption)


def test_a_chart_for_what_shows_ascii_only() -> None:
    assert "".join(plotted(many_jobs(80), 70, ASCII).lines).isascii()


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_the_vector_chart_stands_by_itself() -> None:
    svg = as_svg(many_jobs(30))
    for reference in ("href", "url(", "<style", "<script", "@import", "<image", "foreignObject", "<!"):
        assert reference not in svg
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]
    root = parsed(svg)
    assert root.tag == f"{SVG}svg" and root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


def test_the_vector_chart_says_what_it_shows() -> None:
    root = parsed(as_svg(index_of((90, 10), (20, None)), "Jobs of <our> “house”"))
    title, described = root[0], root[1]
    assert (title.tag, title.text) == (f"{SVG}title", "Jobs of <our> “house”")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"
    words = described.text or ""
    assert "look first (high opportunity, low adoption): 1 job 0" in words
    assert "Without stage counts, so not drawn: 2 job 1" in words
    for said in ("Weights: yours", "not the report itself"):
        assert said in words and any(said in (text.text or "") for text in root.iter(f"{SVG}text"))


def test_two_charts_in_one_page_have_names_of_their_own() -> None:
    one, other = as_svg(index_of((90, 10))), as_svg(index_of((90, 20)))
    ids = [set(re.findall(r'id="([^"]+)"', svg)) for svg in (one, other)]
    assert not ids[0] & ids[1]
    assert as_svg(index_of((90, 10))) == one


def test_each_quadrant_has_a_shape_as_well_as_a_colour() -> None:
    root = parsed(as_svg(index_of((90, 10), (90, 90), (10, 10), (10, 90))))
    looks = {(mark.get("d"), mark.get("fill")) for mark in root.iter(f"{SVG}path") if mark.get("transform")}
    assert len(looks) == len({shape for shape, _ in looks}) == len({colour for _, colour in looks}) == 4


def test_no_number_lies_on_another_or_on_a_mark() -> None:
    root = parsed(as_svg(many_jobs(NUMBERED)))
    field_bottom = 486
    marks = [
        tuple(map(float, re.findall(r"[\d.]+", mark.get("transform", ""))[:2]))
        for mark in root.iter(f"{SVG}path")
        if mark.get("transform")
    ]
    marks = [(x, y) for x, y in marks if 66 <= y <= field_bottom]
    labels = [
        (float(text.get("x", 0)), float(text.get("y", 0)), text.text or "")
        for text in root.iter(f"{SVG}text")
        if text.get("font-size") == "12" and text.get("text-anchor") == "middle" and (text.text or "")[0].isdigit()
    ]
    assert len(marks) > 50 and len(labels) > 30
    for (x, y, text), (to_x, to_y, other) in combinations(labels, 2):
        apart = abs(x - to_x) >= (width_of(text, 12) + width_of(other, 12)) / 2 or abs(y - to_y) >= 12
        assert apart, (text, other)
    for x, y, text in labels:
        for mark_x, mark_y in marks:
            assert abs(x - mark_x) >= width_of(text, 12) / 2 + 5 or abs(y - 4 - mark_y) >= 10, text


def test_of_many_jobs_the_head_of_the_list_is_named() -> None:
    svg = as_svg(many_jobs(NUMBERED + 25))
    assert f"Only the first {NUMBERED} jobs are numbered and named; 25 more are in the table." in svg


def test_names_are_cut_to_their_room_and_whole_for_a_pointer() -> None:
    name = "W" * 150
    root = parsed(as_svg(dx_index([Job(name, Decimal(5), Decimal(5))])))
    (text,) = [text for text in root.iter(f"{SVG}text") if "WWW" in "".join(text.itertext())]
    assert text[0].text == name and (text[0].tail or "").endswith("W…") and len(text[0].tail or "") < 25


def test_lettering() -> None:
    assert width_of("WWW", 12) > width_of("aaa", 12) > width_of("iii", 12)
    assert shortened("short", 100, 12) == "short"
    cut = shortened("a rather long name", 60, 12)
    assert cut.endswith("…") and width_of(cut, 12) <= 60
    assert shortened("東京の仕事", 1, 12) == "…"


def test_the_chart_in_the_documents_is_that_of_the_example() -> None:
    """Where it is not: aidx dx --example | aidx dx - --svg docs/dx.svg"""
    found = jobs_of_text(example("csv"), "jobs.csv", Scoring())
    assert (CHECKOUT / "docs" / "dx.svg").read_text(encoding="utf-8") == as_svg(dx_index(found.jobs))


def test_shortened_texts_that_begin_alike_are_told_apart() -> None:
    long = "Prior authorization requests that arrive on weekdays and are decided within a day by"
    texts = [f"{long} fax", f"{long} portal", "Short", "x" * 99]
    told = shortened_apart(texts, [350.0] * 4, 13)
    assert told[0].endswith("… fax") and told[1].endswith("… portal") and told[2] == "Short"
    assert all(width_of(text, 13) <= 350 for text in told)
    assert shortened_apart([texts[0]], [350.0], 13) == [shortened(texts[0], 350.0, 13)]
