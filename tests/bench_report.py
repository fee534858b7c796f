"""Writes what the benchmarks of scale, start-up and streaming say into docs/benchmarks.md, with a plot.

`python -m tests.bench_report [SENTENCES …] [--keep FOLDER] [--peers FOLDER] [--runs N]`; the arguments are those of
tests.bench_scale and tests.bench_start. `--keep` leaves the results in the folder as well, and takes those that are
there. Figures stand between two marks in the document; the rest of it stays.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import os
import platform
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from aidx_assistant import atomic
from aidx_assistant.library.embedding import MiniLmEmbedder
from tests.bench_plot import Panel, plotted
from tests.bench_scale import SIZES
from tests.fakes.large import GeneratedText

_DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_PLOT = _DOCUMENT.with_name("scale.svg")
_BEGIN, _END = "<!-- written by make bench: begin -->", "<!-- written by make bench: end -->"
_PACKAGES = ("chromadb", "onnxruntime", "anthropic", "textual", "numpy")
_EMBEDDED = 400
_MB = 1e6

Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SENTENCES")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--runs", type=int, default=11)
    chosen = parser.parse_args()
    kept = ["--keep", str(chosen.keep)] if chosen.keep else []
    peers = ["--peers", str(chosen.peers)] if chosen.peers else []
    scale = [_told_by("bench_scale", [str(size), *kept], chosen.keep, f"-{size}")[0] for size in chosen.sizes]
    start = _told_by("bench_start", [*peers, "--runs", str(chosen.runs)], chosen.keep)
    (stream,) = _told_by("bench_stream", [], chosen.keep)
    content = "\n\n".join(
        [_circumstances(), _of_scale(scale), _of_indexing(scale, _sentences_a_second()), _of_start(start), _of(stream)]
    )
    text = _DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    after = rest.partition(_END)[2]
    atomic.write_text(_DOCUMENT, f"{before}{_BEGIN}\n\n{content}\n\n{_END}{after}")
    atomic.write_text(_PLOT, _plot(scale))


def _told_by(module: str, arguments: Sequence[str], keep: Path | None, which: str = "") -> list[Row]:
    """The JSON objects that a benchmark prints, each on a line."""
    file = keep / f"{module}{which}.jsonl" if keep else None
    if file is not None and file.exists():
        told = file.read_text(encoding="utf-8")
    else:
        command = [sys.executable, "-m", f"tests.{module}", *arguments]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        if file is not None:
            atomic.write_text(file, told)
    return [json.loads(line) for line in told.splitlines()]


def _circumstances() -> str:
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "unknown"
    )
    memory = next((int(line.split()[1]) / 1e6 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"{datetime.datetime.now(datetime.UTC):%d %B %Y}, {os.cpu_count()} cores ({cpu}), {memory:.0f} GB,"
        f" {platform.system()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}."
        " The load of the machine while each row was measured stands beside it: at most as many as there are cores"
        " means that it had little else to do."
    )


def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _of_scale(scale: Sequence[Row]) -> str:
    rows = [
        [
            f"{row['built']['sentences']:,}", f"{row['passages']:,}", f"{asked['found_fastest']:.1f}",
            f"{asked['found']:.1f}", f"{asked['found_p95']:.1f}", f"{asked['found_processor']:.0f}",
            f"{asked['embedded']:.1f}", f"{asked['words']:.1f}", f"{asked['passages']:.1f}",
            f"{asked['sentences']:.1f}", f"{asked['of_a_segment']:.0f}", f"{asked['opened_seconds']:.1f}",
            f"{asked['memory'] / _MB:,.0f}", f"{asked['load']:.1f}",
        ]
        for row in scale
        for asked in [row["asked"]]
    ]  # fmt: skip
    head = [
        "sentences", "passages", "retrieval, fastest of three, ms", "p50", "p95", "processor", "of it embedding",
        "words", "near passages", "near sentences", "whole, with a filter", "opening, s", "memory, MB", "load",
    ]  # fmt: skip
    slope = _slope([row["built"]["sentences"] for row in scale], [row["asked"]["found_fastest"] for row in scale])
    grown = _slope([row["built"]["sentences"] for row in scale], [row["asked"]["memory"] for row in scale])
    return (
        "### Questions\n\nGenerated text with synthetic vectors; questions of nine words, embedded for real. Words,"
        " passages and sentences are searched at the same time, so the parts add up to more than the whole. The first"
        " column is the median over questions of the fastest of three times; all else are medians of single times.\n\n"
        f"{_table(head, rows)}\n\n"
        f"![Retrieval and memory against the size of the library]({_PLOT.name})\n\n"
        f"Ten times the sentences take {10**slope:.1f} times as long (slope {slope:.2f} over all sizes) and"
        f" {10**grown:.1f} times the memory (slope {grown:.2f})."
    )


def _of_indexing(scale: Sequence[Row], embedded: float) -> str:
    rows = [
        [
            f"{built['sentences']:,}", f"{built['vectors']:,}",
            f"{built['sentences'] / built['stored_seconds']:,.0f}",
            f"{built['vectors'] / built['indexed_seconds']:,.0f}",
            f"{built['memory'] / _MB:,.0f}", f"{asked['library_bytes'] / _MB:,.0f}",
            f"{asked['index_bytes'] / _MB:,.0f}", f"{asked['nothing_changed']:,.0f}", f"{asked['added']:,.0f}",
            f"{built['load']:.1f}",
        ]
        for row in scale
        for built, asked in [(row["built"], row["asked"])]
    ]  # fmt: skip
    head = [
        "sentences", "vectors", "sentences stored a second", "vectors indexed a second", "memory, MB", "SQLite, MB",
        "Chroma, MB", "sync, nothing changed, ms", "sync, 20 passages added, ms", "load",
    ]  # fmt: skip
    return (
        f"### Indexing\n\nWithout embedding, of which this machine does {embedded:.0f} sentences a second (load"
        f" {os.getloadavg()[0]:.1f}): it is what an import waits for.\n\n{_table(head, rows)}"
    )


def _of_start(start: Sequence[Row]) -> str:
    rows = [
        [one["name"], one["version"], *(_seconds(one[part]) for part in ("told_version", "told_help", "first_paint")),
         _seconds(one["asked"]), f"{one['load']:.1f}"]
        for one in start
    ]  # fmt: skip
    head = ["", "version", "--version", "--help", "first paint", "a question answered", "load"]
    told = "Median seconds, all in turns. Peers only start: no question is put to them. A dash: there is no such thing."
    return f"### Start-up\n\n{told}\n\n{_table(head, rows)}"


def _of(stream: Row) -> str:
    rows = [
        [name, f"{stream[part]:.0f}", f"{stream[part] / stream['raw']:.2f}"]
        for name, part in (
            (f"the SDK's raw events (anthropic {stream['sdk']})", "raw"),
            ("aidx's client", "client"),
            ("a whole answer of aidx, retrieved, drafted and checked", "answer"),
            ("the SDK's own helper, `messages.stream`", "helper"),
        )
    ]
    return (
        f"### Streaming\n\nProcessor time for each of {stream['events']:,} events of a cited answer from a server on"
        f" loopback (load {stream['load']:.1f}).\n\n{_table(['read by', 'µs an event', 'to the bare SDK'], rows)}"
    )


def _sentences_a_second() -> float:
    text = GeneratedText(seed=4)
    sentences = [text.sentence() for _ in range(_EMBEDDED)]
    embedder = MiniLmEmbedder()
    embedder.embed(sentences[:8])
    start = time.perf_counter()
    embedder.embed(sentences)
    return len(sentences) / (time.perf_counter() - start)


def _plot(scale: Sequence[Row]) -> str:
    asked = [row["asked"] for row in scale]
    times = {
        "retrieval p95": [one["found_p95"] for one in asked],
        "retrieval p50": [one["found"] for one in asked],
        "fastest of three": [one["found_fastest"] for one in asked],
        "words": [one["words"] for one in asked],
        "sentences": [max(one["sentences"], 0.01) for one in asked],
    }
    sizes = {
        "memory asking": [one["memory"] / _MB for one in asked],
        "SQLite": [one["library_bytes"] / _MB for one in asked],
        "Chroma": [one["index_bytes"] / _MB for one in asked],
    }
    panels = [Panel("A question", "ms", times), Panel("Memory and disk", "MB", sizes)]
    return plotted([row["built"]["sentences"] for row in scale], panels)


def _slope(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Of the straight line nearest to the logarithms (least squares); 1 means twice for twice."""
    xs, ys = [math.log10(size) for size in sizes], [math.log10(value) for value in values]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((one - x) ** 2 for one in xs)
    return sum((one - x) * (other - y) for one, other in zip(xs, ys, strict=True)) / spread if spread else 0.0


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, marks, *rows))


if __name__ == "__main__":
    main()
