"""What those who are counted do: want, fear, trust, plan, try, use or have stopped. Who does the one is not counted by
who does another."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.question import Question
from aidx_assistant.reading.rows import cells_of
from aidx_assistant.terms import keys_of, thesaurus
from aidx_assistant.vocabulary.numbers import SHARE

_NOT = r"(?:\b(?:not|never|no longer|hardly)|n[’']t)\s+(?:(?:\w+ly|yet|been|be)\s+)*"
_USE = "use"
_WISH = "wish"
_PREDICATES = {
    _WISH: r"want(?:s|ed|ing)?\b(?!\s+to\s+(?:know|see|quote|cite)\b)|welcom(?:e[sd]?|ing)\b|wish(?:es|ed)?\b"
    r"|favou?r(?:s|ed)?\b|in favou?r of\b|hop(?:e|es|ed|ing) (?:for|to|that)\b|would (?:like|rather|appreciate)\b"
    r"|prefer\w*|cho(?:o?se|oses|sen|osing)\b|eager\b|keen\b|enthusias\w+|look(?:s|ing)? forward\b|seek(?:s|ing)?\b"
    r"|aim(?:s|ed)? to\b|ask(?:s|ed|ing)? for\b",
    "fear": r"fear(?:s|ed|ing)?\b|afraid\b|worr(?:y|ies|ied|ying|isome)\b|dread(?:s|ed|ing)?\b|anxi\w+"
    r"|concern(?:s|ed)\b|apprehensive\b|uneasy\b|nervous about\b|alarmed\b",
    "against": r"oppos(?:e[sd]?|ing|ition)\b|reject(?:s|ed|ing)?\b|refus(?:e[sd]?|ing)\b|resist(?:s|ed|ing|ance)?\b"
    r"|dislik\w+|object(?:s|ed|ing)? to\b|boycott\w*|resent\w*|(?<=is )against\b|(?<=are )against\b",
    "trust": r"(?<!health )(?<!nhs )(?<!hospital )(?<!foundation )(?<!acute )(?<!care )(?<!of )"
    r"trust(?:s|ed|ing)?\b"
    r"|confiden(?:t|ce)\b(?! interval)|believe[sd]? in\b|faith in\b",
    "distrust": r"(?:dis|mis)trust\w*|s[ck]eptic\w*|doubt(?:s|ed|ful|ing)?\b|suspicious\b",
    "expect": r"expect(?:s|ed|ing)?\b(?!\s+to\s+(?:use|adopt|buy|deploy|have)\b)|anticipat\w+|foresee\w*|forecast\w*",
    "optimism": r"optimis\w+|hopeful\b",
    "plan": r"plan(?:s|ned|ning)? (?:to|on)\b|(?:is|are|was|were|being|been|be|have|has) plann(?:ed|ing)\b"
    r"|planned (?:by|at)\b|(?<=s )planning(?=\s*[:=]|\s+\d)"
    r"|(?<=% )plan\b|(?<![sui]s )(?<!its )(?<=s )plan\b|intend(?:s|ed|ing)?\b|about to\b"
    r"|considering\b|aim(?:s|ed)? to\b|expect(?:s|ed|ing)? to (?:use|adopt|buy|deploy|have)\b",
    "try": r"(?:is|are|was|were|being|been|be|actively|currently|now) (?:pilot|triall?|test)(?:ing|ed)\b"
    r"|(?:pilot|triall?)(?:ing|ed)\b|(?<=% )(?:pilot|trial|test)\b|(?<=[^su]s )pilot\b|in (?:a )?pilots?\b",
    "stop": r"(?:stopped|abandon(?:s|ed)?|quit|g[ai]ven? up|halted|withdr[ae]wn?|phased out|switched off)\b"
    r"(?= (?:(?:their|its|the|all|using|use|pilots?|it|on|by|at)\b|\w*ai\b))",
    _USE: r"us(?:e[sd]?|ing)\b(?! cases?\b)|deploy(?:s|ed|ing)?\b|adopt(?:s|ed|ing)?\b|in (?:\w+ )?use\b|installed\b"
    r"|employ(?:s|ed)\b|rel(?:y|ies|ied) on\b|(?:is|are|was|were|goes|go|went|gone) live\b",
}
_HAVING = re.compile(
    r"\b(?:(?:have|has|had)\b(?! (?:\w+ed|been|gone|seen|got|made|taken|put|had|begun|found|cut|lost|left)\b)"
    r"|runs?\b|owns?\b|operates?\b)",
    re.IGNORECASE,
)
"""Means use in a question; in a sentence it may be no more than a tense."""
_BACKING = re.compile(
    r"\b(?:support|back|endorse|embrace|accept|approve|advocate)(?:s|ed|d|ing)?\b|\bare open to\b", re.IGNORECASE
)
"""May mean a wish in a question, or a use."""
_BY_HAND = re.compile(
    r"\b(?:(?:by|in) hand|handwritten|hand-written|manual(?:ly)?|on paper|without (?:any )?ai|unaided)\b", re.IGNORECASE
)
_OPPOSITE = {_WISH: "against", "against": _WISH, "trust": "distrust", "distrust": "trust"}
_CLAUSES = re.compile(r"[;:]|,(?!\d)|\b(?:and|but|while|whereas|although)\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d|\b(?:half|third|quarter|most|majority)\b", re.IGNORECASE)
_HOW_MANY_OF = re.compile(rf"\b(?:{SHARE}|many|number)\b", re.IGNORECASE)


def other_predicate(candidate: Candidate, question: Question) -> bool:
    """Who fears it does not tell how many want it, nor who plans it how many have it.

    Of what ships the classifier knows that.
    """
    if candidate.known is not None or "figure" not in question.asks or question.for_slide:
        return False
    clause = _asking(question.text)
    asked = _asked(clause)
    if not asked:
        return False
    said = _said_of_figures(candidate.text)
    if not any(said):
        return _USE not in asked and not _is_told(clause, asked, candidate.keys)
    return all(one and asked.isdisjoint(one) for one in said)


def other_means(candidate: Candidate, question: Question) -> bool:
    """What is done by hand is not done by AI, nor the other way round."""
    if candidate.known is not None or "figure" not in question.asks or question.for_slide:
        return False
    by_hand, by_ai = bool(_BY_HAND.search(question.text)), "=ai" in question.keys
    if by_hand == by_ai:
        return False
    said_by_hand, said_by_ai = bool(_BY_HAND.search(candidate.text)), "=ai" in candidate.keys
    return said_by_hand is not said_by_ai and said_by_hand is not by_hand


def _asking(text: str) -> str:
    """The text from those on that are counted."""
    counted = _HOW_MANY_OF.search(text)
    return text[counted.start() :] if counted else text


def _asked(clause: str) -> frozenset[str]:
    """What is asked about those counted; of who only has something, that they use it."""
    found = _said(clause)
    if not found - {_USE} and _BACKING.search(clause):
        return found | {_WISH, _USE}
    return found or (frozenset({_USE}) if _HAVING.search(clause) else found)


def _is_told(clause: str, asked: frozenset[str], held: frozenset[str]) -> bool:
    """Whether a text with these keys has the very word that is asked about, or one for it; “want” never tells."""
    patterns = [pattern for name, pattern in _patterns().items() if name in asked]
    words = keys_of(" ".join(match.group() for pattern in patterns for match in pattern.finditer(clause)))
    return not words or not held.isdisjoint(words - thesaurus().silent)


def _said_of_figures(text: str) -> list[frozenset[str]]:
    """What each clause with a figure says of it, or what the clauses without one say where it says nothing; that those
    have or run something is that they use it.
    """
    clauses = text.split(";") if cells_of(text) else _CLAUSES.split(text)
    without = frozenset[str]().union(*(_said(clause) for clause in clauses if not _FIGURE.search(clause)))
    of_having = frozenset({_USE})
    return [
        _said(clause) or (of_having if _HAVING.search(clause) else without)
        for clause in clauses
        if _FIGURE.search(clause)
    ]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Compiled when an own report is first asked: it takes milliseconds, and what ships needs none of them."""
    return {
        name: re.compile(rf"(?P<negated>{_NOT})?(?<![\w-])(?:{pattern})", re.IGNORECASE)
        for name, pattern in _PREDICATES.items()
    }


@lru_cache(maxsize=5_000)
def _said(clause: str) -> frozenset[str]:
    """Names of what is done; to use it only where nothing is done about that, as in “plan to use”."""
    found: set[str] = set()
    for name, pattern in _patterns().items():
        for match in pattern.finditer(clause):
            found.add(_OPPOSITE.get(name, f"not {name}") if match["negated"] else name)
    return frozenset(found - {_USE} or found)
