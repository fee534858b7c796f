"""A report about robots that nobody published: its notes as a corpus, its page and slide pictures on loopback.

    with published(tmp_path) as report:
        Assistant(corpus=report.corpus)  # whose addresses lead to report.server

It has the shape of the index that ships: sections that the notes hold, one that breaks off, some known by heading, and
slides known by their alt text.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.fakes.pages_server import PagesServer, Reply, Request

SOURCE = "pharmacy-robots-index"
PAGE = "/atlas/pharmacy-robots"
SLIDES = {
    1: "/uploads/Title_Slide1-min.png",
    2: "/uploads/Only_20_percent_Slide2-min.png",
    3: "/uploads/Budgets_Slide3-min.jpg",
}

_HEAD = """order = 1
title = "The Pharmacy Robots Index"
publishers = ["Somebody"]
date = "2026-01-05"
url = "{url}{page}"
attribution = ""
in_briefs = true
note = "The sections up to the trials are complete. The slides have not been read."
slide_count = 3
cut_sections = ["Trials but not yet wards"]
unread_sections = ["The building strategy", "How makers can win", "1. Start small", "Appendix"]

[[parts]]
name = "first part"
first = 1
last = 3
"""
_NOTES = {
    "00-introduction.md": '+++\nheading = ""\norder = 0\n+++\nThe index asks hospitals about robots.\n',
    "01-top-takeaways.md": '+++\nheading = "Top takeaways"\norder = 1\n+++\nRobots that sort pills are spreading.\n',
    "02-trials.md": '+++\nheading = "Trials but not yet wards"\norder = 2\n+++\n'
    "Of all finished trials of robots, 20% reached a ward.\nAmong large hospitals, 35% of trials reached a ward.\n"
    "[shown beside: slide 2]\n\nThe article then asks what holds robots up, and the copy breaks off there.\n",
}
_ABOUT = {1: "Title slide", 2: "Only 20% of trials reach a ward", 3: "Budgets for robots"}
_FIGURES = {2: '["20%"]'}
_BESIDE = {2: 'shown_beside = "Trials but not yet wards"\n'}
_FINDINGS = """[[finding]]
id = "trials-on-wards"
section = "Trials but not yet wards"
statement = "Of all finished trials of robots, 20% reached a ward."
value = "20%"
unit = "percent"
measure = "trials that reached a ward"
segment = "all"
population = "finished trials"
time_frame = ""
topic = "trials"

[[finding]]
id = "slide-trials"
slide = 2
statement = "Slide 2 is about this: Only 20% of trials reach a ward."
value = "20%"
unit = "percent"
measure = "trials that reach a ward"
segment = "all"
population = "trials"
time_frame = ""
topic = "trials"
"""
_QUESTIONS = """[[answered]]
slide = 2
statement = "Slide 2 is about this: Only 20% of trials reach a ward."
asked = ["Which slide is about trials that reach a ward?"]
"""
ARTICLE = """<!doctype html><html><head><title>The Pharmacy Robots Index</title></head><body>
<nav><a href="#top">Jump around</a></nav><article><h1>The Pharmacy Robots Index</h1>
<p>We asked the people who run hospital pharmacies what their robots do all day, and what they would rather not do.</p>
<h2>Top takeaways</h2><p>Machines sorting tablets turn up in ever more pharmacies, and nobody wants them to leave.</p>
<h2>Full slide deck</h2><ul><li><img src="{slide1}" alt="Title slide"></li>
<li><img src="{slide2}" alt="trials"></li></ul>
<p>The whole deck of the index stands here for those who would like to leaf through it at their own pace.</p>
<h2>Trials but not yet wards</h2>
<p>Plenty of hospitals try robots, but just 20% of the finished trials reached a ward; large hospitals managed 35%.</p>
<img src="{slide2}" alt="Only 20 percent of trials reach a ward">
<p>What keeps them in the cellar is the lifts: in 71% of hospitals the robots are too wide for the service lift.</p>
<p>Narrower robots have been promised by their makers for years, and the nurses have stopped holding their breath.</p>
<h2>The building strategy</h2>
<p>Among payers, 44% would rather rent robots than buy them, because repairs are then the problem of somebody else.</p>
<h2>How makers can win</h2><h3>1. Start small</h3>
<p>A maker who begins with a single corridor wins the trust of the night shift, and the night shift decides.</p>
<h3>A word on batteries</h3><p>Batteries last nine hours in the cold, which is one hour less than the night shift.</p>
<h2>Appendix</h2><p>The survey was answered by 212 pharmacists between spring and autumn, most of them by telephone.</p>
</article><footer>Share this</footer></body></html>"""


@dataclass
class Published:
    """The report on its server."""

    corpus: Path
    server: PagesServer
    replies: dict[str, Callable[[Request], Reply]] = field(default_factory=dict)
    """By path; a test may put others."""

    def asked_for(self, path: str) -> list[Request]:
        return [request for request in self.server.requests if request.path == path]


@contextmanager
def published(folder: Path, pictures: Mapping[int, bytes] | None = None) -> Iterator[Published]:
    """The server runs, and the corpus is there, until the end; the pictures are drawn where none are given."""
    pictures = pictures or drawn_slides()
    replies: dict[str, Callable[[Request], Reply]] = {}
    script = {path: [_reply_of(replies, path)] for path in (PAGE, *SLIDES.values())}
    with PagesServer(script) as server:
        page = ARTICLE.format(slide1=SLIDES[1], slide2=SLIDES[2]).encode()
        replies[PAGE] = conditional(page, '"page-1"', "text/html; charset=utf-8")
        for number, path in SLIDES.items():
            kind = "image/jpeg" if path.endswith("jpg") else "image/png"
            replies[path] = conditional(pictures[number], f'"slide-{number}"', kind)
        yield Published(_write_corpus(folder / "corpus", server.url), server, replies)


def conditional(body: bytes, etag: str, content_type: str) -> Callable[[Request], Reply]:
    """A server that sends content only to whom does not have it."""

    def reply(request: Request) -> Reply:
        if request.headers.get("if-none-match") == etag:
            return Reply(304, {"etag": etag})
        return Reply(200, {"content-type": content_type, "etag": etag}, body)

    return reply


def drawn_slides() -> dict[int, bytes]:
    """Pictures of the slides, with words and figures of their own."""
    return {
        1: drawn([(80, 300, 56, "The Pharmacy Robots Index")]),
        2: drawn(
            [
                (60, 40, 48, "Few trials of robots reach a ward"),
                (60, 220, 28, "Large hospitals"),
                (700, 220, 28, "35%"),
                (60, 300, 28, "Village clinics"),
                (700, 300, 28, "13%"),
            ]
        ),
        3: drawn(
            [(60, 40, 48, "Robots get their own budgets"), (60, 220, 28, "Of payers, 58% plan a budget for robots.")],
            "JPEG",
        ),
    }


def drawn(texts: Sequence[tuple[int, int, int, str]], kind: str = "PNG") -> bytes:
    """A picture with texts by left, top and size in pixels."""
    picture = Image.new("RGB", (1280, 720), "white")
    draw = ImageDraw.Draw(picture)
    for left, top, size, text in texts:
        draw.text((left, top), text, font=ImageFont.load_default(size), fill="black")
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def _reply_of(replies: dict[str, Callable[[Request], Reply]], path: str) -> Callable[[Request], Reply]:
    """What the replies hold at the time of the request."""

    def reply(request: Request) -> Reply:
        return replies[path](request)

    return reply


def _write_corpus(corpus: Path, url: str) -> Path:
    source = corpus / SOURCE
    (source / "article").mkdir(parents=True)
    (source / "slides").mkdir()
    (source / "source.toml").write_text(_HEAD.format(url=url, page=PAGE))
    (source / "findings.toml").write_text(_FINDINGS)
    (source / "questions.toml").write_text(_QUESTIONS)
    for name, text in _NOTES.items():
        (source / "article" / name).write_text(text)
    for number, path in SLIDES.items():
        about = _ABOUT[number]
        head = (
            f'+++\nnumber = {number}\nalt_text = "{about}"\npart = "first part"\nsegment = "all"\n'
            f'picture = "{url}{path}"\n{_BESIDE.get(number, "")}figures = {_FIGURES.get(number, "[]")}\n'
            'read = "no"\n+++\n'
        )
        body = f"Slide {number} is about this: {about}.\nThe content of slide {number} has not been read.\n"
        (source / "slides" / f"{number:02}.md").write_text(head + body)
    return corpus
