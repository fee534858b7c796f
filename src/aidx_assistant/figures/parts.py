"""Fractions in words, ratios and vague counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from aidx_assistant.figures.figure import Figure
from aidx_assistant.figures.numerals import NUMBER, number_value
from aidx_assistant.figures.units import counted_noun

_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}
_FRACTION = re.compile(
    r"(?<![\w-])(?P<count>a|one|two|three|four|five|seven|nine)[-\s](?P<part>third|quarter|fifth|sixth|eighth|tenth)s?"
    r"(?![-\s]part(?:y|ies)\b)(?P<after>(?=\s+[a-z]|\W|$))",
    re.IGNORECASE,
)
_AN_ORDINAL = re.compile(
    r"(?!\s*(?:[,.;:)\]*_—–]|\(\d|$|(?:of|in|are|were|is|have|has|had|say|said|expect|report|believe|see|think|use|plan"
    r"|prefer|still|already|do|did|lack|cite|name|would|will|agree|want|to|on|into|from|goes|go|went|comes?|lets?)\b))",
    re.IGNORECASE,
)
"""After "a third": what makes it an ordinal ("a third barrier") and no share."""
_A_PERIOD = re.compile(r"\s+(?:ago|later|earlier|before|after|end|century)\b", re.IGNORECASE)
_EVERY = re.compile(
    r"\bevery\s+(?P<part>third|fifth|sixth|eighth|tenth)(?=\s+[a-z]+\b(?<!day)(?<!week)(?<!month)(?<!year))",
    re.IGNORECASE,
)
"""Of people: "every third buyer"."""
_HALF = re.compile(r"(?<![\w-])(?:one[-\s])?half(?![\w-])(?!\s+(?:a|an|as|the\s+time)\b)", re.IGNORECASE)
_HALF_OF_SOMETHING_ELSE = re.compile(r"(?:\b(?:and\s+a|first|second|latter|other|better)\s+)$", re.IGNORECASE)
_ONE_IN = re.compile(
    rf"(?P<part>{NUMBER})(?P<noun>(?:\s+[a-z-]+){{0,2}}?)\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<whole>{NUMBER})(?![\w%]|\s*(?:%|percent))",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\s+(?:becomes|comes|does|ends|expects|fails|gets|goes|has|is|lacks|leads|leaves|loses|makes|needs|pays|plans|reaches"
    r"|remains|reports|runs|says|stays|takes|uses|wants|was|works)\b",
    re.IGNORECASE,
)
_SCORE = re.compile(
    r"(?<![\w/.,:$€£-])(?<!\b[Oo]n )(?<!\b[Bb]y )(?<!\bas of )(?<!\bsince )(?<!\buntil )(?<!\bfrom )"
    r"(?P<part>\d{1,3}(?:\.\d+)?)(?:/(?P<whole>5|10|100)(?![\w/-]|[.,]\d|\s?%)|\s+(?:out\s+)?of\s+(?P<points>5|10|100)(?=\s+points))"
)
"""Out of five, ten or a hundred, as scores are written; no day of a month."""
_SCALES = (5, 10, 100)
_TO = re.compile(
    r"(?<![\w.:])(?P<left>\d{1,4}(?:\.\d+)?)(?P<space>\s?):(?P=space)(?P<right>\d{1,3})(?![\d:]|[.,]\d|\s?%|\s?[ap]\.?m)",
    re.IGNORECASE,
)
"""With a space on both sides of the colon or on none: “2023: 3%” is a label with its figure."""
_WORD_TO = re.compile(rf"(?P<left>{NUMBER})-to-(?P<right>[a-z]+|\d+)\b", re.IGNORECASE)
_MORE = r"\s+(?:as|the|that|what|more|their|its|higher|larger|greater|faster|bigger|likelier)\b"
_TIMES = re.compile(rf"(?P<number>{NUMBER})(?:\s?[x×](?![A-Za-z0-9])|\s+times(?={_MORE})|[-\s]?fold\b)", re.IGNORECASE)
_TIMES_WORDS = {"twice": 2.0, "thrice": 3.0, "double": 2.0, "doubled": 2.0, "doubles": 2.0, "triple": 3.0,
                "tripled": 3.0, "triples": 3.0, "quadrupled": 4.0, "twofold": 2.0, "threefold": 3.0,
                "fourfold": 4.0, "fivefold": 5.0, "tenfold": 10.0}  # fmt: skip
_TIMES_WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(_TIMES_WORDS)})(?![\w]|-check|-digit|-edged)", re.IGNORECASE)
_OFTEN = re.compile(rf"(?:twice|thrice)(?!{_MORE})", re.IGNORECASE)
"""How often, not how many times as much: "the figure appears twice"."""
_VAGUE = {"half a dozen": 6.0, "a dozen": 12.0, "dozens": 24.0, "hundreds": 200.0, "thousands": 2000.0, "millions": 2e6}
_VAGUE_COUNT = re.compile(rf"(?<![\w-])(?:{'|'.join(_VAGUE)})(?![\w-])(?:\s+of)?", re.IGNORECASE)


def fractions_in(masked: str) -> Iterator[Figure]:
    """Fractions as percent: half, two thirds, one in five, 3 out of 10, 3/10, "one organisation in two"."""
    for match in _FRACTION.finditer(masked):
        count = _COUNTS[match["count"].lower()]
        named = _A_PERIOD if match["part"].lower() == "quarter" else _AN_ORDINAL
        if count == 1 and named.match(masked, match.end()):
            continue
        yield _fraction(match.group(), match.start(), match.end(), count, _PARTS[match["part"].lower()])
    for match in _EVERY.finditer(masked):
        yield _fraction(match.group(), match.start(), match.end(), 1, _PARTS[match["part"].lower()])
    for match in _HALF.finditer(masked):
        if not _HALF_OF_SOMETHING_ELSE.search(masked[max(0, match.start() - 12) : match.start()]):
            yield _fraction(match.group(), match.start(), match.end(), 1, 2)
    yield from _parts_of_wholes(masked)
    for match in _SCORE.finditer(masked):
        part, whole = float(match["part"]), float(match["whole"] or match["points"])
        if part <= whole:
            yield replace(_fraction(match.group(), match.start(), match.end(), part, whole), unit="score")


def _parts_of_wholes(masked: str) -> Iterator[Figure]:
    place = 0
    while match := _ONE_IN.search(masked, place):
        part, whole = number_value(match["part"]), number_value(match["whole"])
        is_said_of = part == 1 and _VERB.match(masked, match.end())  # "one pilot in three ends": a verb, no noun
        counts_others = match["noun"] and not is_said_of and counted_noun(masked, match.end())
        if not 0 < part < whole <= 1000 or counts_others or not (match["noun"] or whole <= 100):
            place = match.end("part")  # its whole may be the part of what follows: "9 cases in 2 of 3 regions"
            continue
        fraction = _fraction(match.group(), match.start(), match.end(), part, whole)
        yield replace(fraction, unit="score") if part % 1 and whole in _SCALES else fraction
        place = match.end()


def ratios_in(masked: str) -> Iterator[Figure]:
    """Ratios as left divided by right: 2:1, two-to-one, 3x, three times, twice, threefold."""
    for pattern in (_TO, _WORD_TO):
        for match in pattern.finditer(masked):
            try:
                left, right = number_value(match["left"]), number_value(match["right"])
            except ValueError:
                continue
            if right and (right <= 10 or right == 100):
                yield Figure(match.group(), match.start(), match.end(), "ratio", left / right, left / right)
    for match in _TIMES.finditer(masked):
        value = number_value(match["number"])
        yield Figure(match.group(), match.start(), match.end(), "ratio", value, value)
    for match in _TIMES_WORD.finditer(masked):
        if _OFTEN.match(masked, match.start()):
            continue
        value = _TIMES_WORDS[match.group().lower()]
        yield Figure(match.group(), match.start(), match.end(), "ratio", value, value)


def vague_counts_in(masked: str) -> Iterator[Figure]:
    """Dozens, hundreds and thousands, as "at least" twice the number; a dozen is twelve."""
    for match in _VAGUE_COUNT.finditer(masked):
        name = re.sub(r"\s+of$", "", match.group().lower())
        end = match.start() + len(name)
        value = _VAGUE[name]
        unit = counted_noun(masked, match.end())
        yield Figure(
            masked[match.start() : end],
            match.start(),
            end,
            "count",
            value,
            value,
            "at least" if name.endswith("s") else "exact",
            unit,
        )


def _fraction(written: str, start: int, end: int, part: float, whole: float) -> Figure:
    share = round(100 * part / whole, 3)
    return Figure(written, start, end, "percent", share, share, fraction=True)
