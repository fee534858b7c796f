"""Things of one kind that are not one another: a claim may not put one in the place of the other that the source has.

They are known by lists of words, as directions are: which things of a kind a report on AI in healthcare may name.
"""

from __future__ import annotations

import re
from functools import lru_cache

_KINDS: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("scribes", r"scrib\w+|ambient|documentation"),
        ("chatbots", r"chat\s?bots?|virtual\s+(?:assistants?|agents?)|copilots?|conversational"),
        ("triage", r"triage\w*|symptom\s+checkers?"),
        ("imaging", r"imaging|radiolog\w+|image\s+(?:analysis|reading)"),
        ("coding", r"(?:medical\s+|clinical\s+)?coding|billing|claims\s+processing|prior\s+auth\w+"),
        ("scheduling", r"schedul\w+|call\s+cent(?:er|re)s?"),
        ("monitoring", r"remote\s+(?:patient\s+)?monitoring|tele(?:health|medicine)|wearables?"),
        ("robots", r"robot\w*"),
    ),
    (
        (
            "work with",
            r"co-?\s?(?:develop|build|creat|design|innovat)\w*|joint(?:ly)?|together|work(?:ing)?\s+with"
            r"|prefer\w*|rather|sooner|favou?r\w*",
        ),
        (
            "invest",
            r"invest(?!ments?\b)\w*|fund|funding|financ(?:e|es|ed|ing)"
            r"(?!\s+(?:leader|chief|executive|team|officer|director|head)s?)",
        ),
        ("acquire", r"acqui[rs]\w+|take\s?over\w*|merg\w+"),
        ("license", r"licen[cs]\w+"),
        ("buy", r"buy(?:s|ing)?|purchas\w+|bought|contract(?:s|ed|ing)?\s+with"),
        ("sue", r"sue[ds]?|suing|litigat\w+"),
        ("sell", r"sell(?:s|ing)?|sold"),
    ),
    (
        ("vendors", r"vendors?|suppliers?"),
        ("giants", r"giants?|big\s+tech|hyperscalers?|incumbents?"),
        ("start-ups", r"start-?ups?"),
        ("open source", r"open[-\s]?source"),
        ("consultants", r"consult\w+"),
        ("universities", r"universit\w+|academ\w+"),
    ),
    (
        ("public", r"public(?:ly)?|federal|government\w*|state(?=\s+(?:or|and|money|fund\w*|grants?|aid)\b)"),
        ("private", r"privat\w+"),
    ),
    (
        ("physicians", r"physicians?|doctors?"),
        ("nurses", r"nurses?(?!\s+(?:turnover|staffing))"),
        ("pharmacists", r"pharmacists?"),
        ("therapists", r"therapists?"),
    ),
    (
        ("manual", r"manual\w*|by\s+hand"),
        ("automated", r"automat\w+"),
    ),
    (
        ("heart failure", r"heart(?:\s+failure)?|cardi\w+"),
        ("hypertension", r"hypertens\w+|(?:high\s+)?blood\s+pressure"),
        ("diabetes", r"diabet\w+|glucose"),
        ("lungs", r"copd|asthma|pulmonary|pneumonia"),
        ("cancer", r"cancer|oncolog\w+|tumou?rs?"),
        ("stroke", r"strokes?"),
        ("sepsis", r"sepsis"),
        ("mental health", r"mental\s+health|behaviou?ral(?:\s+health)?|psychiatr\w+|depression"),
        ("maternity", r"matern\w+|pregnan\w+|obstetr\w+"),
        ("physical therapy", r"physical\s+therapy|physiotherap\w+|rehabilitation"),
        ("urgent care", r"urgent\s+care|emergency"),
        ("primary care", r"primary\s+care"),
    ),
    (
        ("better", r"superior\w*|better|outperform\w*|stronger|best|beat\w*|above"),
        ("cheaper", r"cheap\w*|(?:less|more)\s+(?:expensive|costly)|affordable|lower\s+prices?|pric(?:ier|ey)"),
        ("safer", r"saf(?:e|er|est|ety)|risk(?:y|ier)|secure"),
        ("accurate", r"accura\w+|reliab\w+|precis\w+"),
        ("easier", r"easier|simpler|user-friendly"),
        ("newer", r"newer|innovative|modern|mature"),
    ),
    (
        ("data readiness", r"data\s+readiness|ready\s+data|readiness\s+of\s+(?:their\s+|the\s+)?data|how\s+ready"),
        ("privacy", r"privacy|confidential\w*"),
        ("security", r"(?:cyber)?security"),
        ("integration", r"integrat\w+"),
        ("expertise", r"expert\w*|talent|skills?"),
        ("regulation", r"regulat\w+|complian\w+|liabilit\w+|laws?"),
        ("bias", r"bias\w*|trust|accuracy|hallucinat\w+"),
        ("money", r"budgets?|funding|costs?(?!\s+of\s+integration)"),
        ("culture", r"culture|resistance|leadership"),
    ),
    (
        ("committee", r"committees?|bod(?:y|ies)|councils?|boards?|panels?|govern\w*"),
        ("officer", r"officers?|heads?\s+of\s+AI|director\w*"),
        ("policy", r"polic(?:y|ies)|guidelines?|rules"),
        ("training", r"train\w*"),
        ("department", r"departments?|teams?|labs?"),
    ),
    (
        ("strategy", r"strateg\w+|roadmaps?"),
        ("budget", r"budgets?|funds"),
        ("committee", r"committees?"),
        ("officer", r"officers?"),
        ("vendor", r"vendors?|suppliers?"),
        ("policy", r"polic(?:y|ies)"),
    ),
    (
        ("labour costs", r"(?:labou?r|staff|personnel|wage|payroll|workforce)\w*(?:\s+(?:costs?|expens\w+|bills?))?"),
        ("prices", r"prices?|premiums|fees"),
        ("waiting", r"wait\w*(?:\s+times?)?|length\s+of\s+stay|backlogs?"),
        ("errors", r"errors?|mistakes?|readmissions?|mortality|deaths?"),
        ("revenue", r"revenues?|margins?|profit\w*"),
        ("burnout", r"burn\s?out|turnover|attrition"),
        ("energy", r"energy|IT\s+costs?"),
    ),
    (
        ("production", r"production|productioni\w+"),
        ("profit", r"profit\w*|break(?:s|ing)?[-\s]even"),
        ("approval", r"approv\w+|clear(?:ance|ed)|certif\w+|authori[sz]\w+"),
        ("money", r"funded|funding|financ\w+|budget\w*"),
        ("publication", r"publish\w*|publication\w*"),
    ),
    (
        ("decisions", r"decisions?|decid\w+|decision-making"),
        ("hiring", r"hir(?:e|es|ed|ing)|recruit\w+|staffing"),
        ("billing", r"bill(?:s|ed|ing)|reimburs\w+|payments?"),
        ("research", r"research|trials?|drug\s+development"),
        ("records", r"records?|documentation"),
    ),
    (
        ("IT spending", r"(?-i:IT)(?:\s+(?:spend\w*|budgets?|outlays?|costs?))?|technology\s+(?:spend\w*|budgets?)"),
        ("revenue", r"revenues?|sales|turnover|profit\w*|margins?"),
        ("staff", r"staff\w*|headcount|payroll|salar\w+|wages?"),
        ("research", r"R&D|research"),
        ("marketing", r"marketing|advertis\w+"),
        ("prices", r"inflation|prices|GDP|economy"),
    ),
    (
        ("transformative", r"transform\w*|revolution\w*|chang\w+|reshap\w+|disrupt\w*|game"),
        ("profitable", r"profit\w*|lucrative|pay\s+off"),
        ("overrated", r"overrated|overhyped|hype[ds]?|disappoint\w*|bubble"),
        ("dangerous", r"dangerous|harmful|threat\w*|risky|unsafe"),
        ("regulated", r"regulated|banned|illegal"),
    ),
)  # fmt: skip
_PATTERNS = tuple(
    tuple((name, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)) for name, words in kind)
    for kind in _KINDS
)


def puts_another(claimed: str, around: str, stated: str) -> tuple[str, str] | None:
    """What a claim names and what the source names in its place, as words of two things of a kind; else None.

    Not where the words `around` the claim name what the source has, or both have one in common.
    """
    for kind in range(len(_PATTERNS)):
        own, source = _named(claimed, kind), _named(stated, kind)
        if own and source and not set(own) & set(source) and not set(_named(around, kind)) & set(source):
            return next(iter(own.values())), next(iter(source.values()))
    return None


@lru_cache(maxsize=8192)
def _named(text: str, kind: int) -> dict[str, str]:
    """The things of a kind that a text names, each with its words."""
    return {name: match.group() for name, pattern in _PATTERNS[kind] if (match := pattern.search(text))}
