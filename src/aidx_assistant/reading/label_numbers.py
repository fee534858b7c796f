"""Numbers that only name a thing and count nothing: the 3 of "Figure 3", of "phase 3 trials", of "test 3"."""

from __future__ import annotations

import re

from aidx_assistant.vocabulary.bodies import PEOPLE

_NOUNS = frozenset(
    "fig figure table exhibit chart slide page p pp chapter section sec appendix annex item footnote ref reference "
    "article paragraph act title form icd schedule phase version edition volume vol issue no nos number type class "
    "category cohort tier level arm wave scenario hypothesis objective recommendation takeaway theme milestone sprint "
    "episode season module generation gen quartile quintile decile option part room suite floor ward zone highway "
    "route series top".split()
)
"""What hardly ever stands before a count."""
_NOUNS_BEFORE_COUNTS = frozenset(
    "test report group question step stage round grade model interview site track line box source note rule trial "
    "study survey sample set run case unit batch lot plan lab finding vendor patient participant respondent session "
    "day week month year quarter".split()
)
"""What does so too: "they test 12 tools", "this year 12 hospitals closed"."""
_COMMANDS = frozenset("test report question interview note study survey sample set run plan".split())
"""Those that may begin a sentence as verbs."""
_IRREGULAR = {"categories": "category", "hypotheses": "hypothesis", "studies": "study", "appendices": "appendix"}
_NEEDING_IT = frozenset(
    "in of at from for by on during after before with between under via see until since through within than against vs "
    "versus across among".split()
)
"""Words after which a noun without an article needs its number: "in group 7"."""
_COMPLETE = frozenset("this that these those each every any one last next past same previous both all".split())
"""Words with which a noun needs none: "in this phase 12 patients"."""
_ACTING = frozenset("i we they who you he she it to will would can could may might must should do does did not".split())
"""Words after which it is a verb."""
_QUANTITY = (
    r"[\w%]|[,.]\d|\s(?:%|percent|points?\b|hundred|thousand|[mbt]r?illion|bn\b|[x×]\s)|\s(?:in|out\s+of)\s+\d{1,2}\b"
)
"""What follows a number that is more than a number."""
_NUMBER = rf"\d{{1,4}}(?:\.\d+)*[a-f]?(?!{_QUANTITY})"
_AND = r"(?:,?\s+(?:and|or|to|through|vs\.?|versus|&)\s+|\s?[–/-]\s?)"
_NOUN = r"(?<![\w.-])(?P<noun>[a-z]+)(?:\.?[ \u00a0]\#?|[.#-])"
_OF_ALL = rf"\s+of\s+{_NUMBER}(?=\s*(?:[,.;:)]|$))"
_ONE = re.compile(rf"{_NOUN}(?P<number>{_NUMBER})(?P<other>{_AND}{_NUMBER}|{_OF_ALL})?", re.IGNORECASE)
_SEVERAL = re.compile(rf"{_NOUN}{_NUMBER}(?:(?:,\s*{_NUMBER})*{_AND}{_NUMBER}|(?:,\s*{_NUMBER})+)", re.IGNORECASE)
_FIRST_CELL = re.compile(rf"(?:[^:;]*\s)?(?P<noun>[a-z]+|\#)\.?:\s+{_NUMBER}(?=;)", re.IGNORECASE)
_NAMES_OF_ROWS = frozenset(("id", "rank", "code", "nr", "#"))
_WORD_BEFORE = re.compile(r"(?P<word>[\w’']+)\s+$")
_COUNTED = re.compile(rf"\s+(?:[a-z-]+\s+)?(?:(?!th?is\b|was\b|has\b)[a-z]+s|{PEOPLE})\b")
"""A noun that a number counts, by its look."""


def without_label_numbers(sentence: str) -> str:
    """The sentence, as long as before, an `x` for each character of a number that only names, and of its noun."""
    masked = _SEVERAL.sub(lambda match: _without_several(match, sentence), sentence)
    masked = _ONE.sub(lambda match: _without_one(match, sentence), masked)
    cell = _FIRST_CELL.match(sentence)
    if cell and (_singular(cell["noun"]) or cell["noun"].lower() in _NAMES_OF_ROWS):
        masked = "x" * cell.end() + masked[cell.end() :]
    return masked


def _without_several(match: re.Match[str], sentence: str) -> str:
    """Of "groups 1, 2 and 3"; a plural before a single number is followed by a count."""
    noun = match["noun"].lower()
    singular = _singular(noun)
    if singular is None or singular == noun:
        return match.group()
    is_sure = singular in _NOUNS or _before(match, sentence) in _NEEDING_IT
    return "x" * len(match.group()) if is_sure or not _counts(match.end(), sentence) else match.group()


def _without_one(match: re.Match[str], sentence: str) -> str:
    """Of "group 1", "phase 1 and 2"."""
    noun = match["noun"].lower()
    if noun not in _NOUNS and noun not in _NOUNS_BEFORE_COUNTS:
        return match.group()
    end = match.end()
    if match["other"] and noun in _NOUNS_BEFORE_COUNTS and _counts(end, sentence):
        end = match.end("number")
    before, counts = _before(match, sentence), _counts(end, sentence)
    if before in _COMPLETE:
        is_label = not counts
    else:
        is_sure = noun in _NOUNS or before in _NEEDING_IT or (not before and noun not in _COMMANDS)
        is_label = is_sure or not (before in _ACTING or counts)
    length = end - match.start()
    return "x" * length + match.group()[length:] if is_label else match.group()


def _singular(noun: str) -> str | None:
    """The noun that numbers name things by, of a word that is one or its plural."""
    noun = noun.lower()
    for known in (noun, _IRREGULAR.get(noun), noun.removesuffix("s"), noun.removesuffix("es")):
        if known in _NOUNS or known in _NOUNS_BEFORE_COUNTS:
            return known
    return None


def _before(match: re.Match[str], sentence: str) -> str:
    """The word before, lower-case; empty where none is, or punctuation."""
    word = _WORD_BEFORE.search(sentence, max(0, match.start() - 40), match.start())
    return word["word"].lower() if word else ""


def _counts(end: int, sentence: str) -> bool:
    return _COUNTED.match(sentence, end) is not None
