"""What a percentage is: a share of people or things, or by how much something changes; and whose share."""

from __future__ import annotations

import re
from functools import lru_cache

from aidx_assistant.figures import Figure
from aidx_assistant.vocabulary.bodies import OUTSIDERS

_CHANGE = (
    r"(?:(?:go|goes|went|gone|come|came)\s+(?:up|down)|(?:grow|grew|grown|rise|rose|risen|fall|fell|fallen|drop|cut|increas|decreas|declin|reduc|lower|shrink|shrank|jump"
    r"|gain|rais|sav|boost|climb|expand|slash|soar|surg|lift|push)\w*)"
)
_BY = re.compile(
    rf"\b(?!(?:reductions|increases|savings|gains|cuts)\b)"
    rf"{_CHANGE}\s+(?:[\w’'-]+\s+){{0,6}}?by\s+(?:\w+\s+){{0,2}}?$",
    re.IGNORECASE,
)
_DIRECTLY = re.compile(rf"(?<!the )(?<!a )\b{_CHANGE}\s+(?:by\s+|of\s+)?$", re.IGNORECASE)
_SAID_BY = re.compile(rf"\b(?!{_CHANGE}\s)\w+(?:ed|seen|said|held|shared)\s+by\s+(?:\w+\s+){{0,2}}?$", re.IGNORECASE)
_MEASURED = re.compile(
    r"\s+(?:faster|slower|quicker|higher|lower|cheaper|larger|smaller|bigger|better|worse)\b"
    r"|\s+(?:more|less|fewer)\s+(?:\w+\s+){0,3}?than\b"
    r"|\s+(?:growth|increase|reduction|rise|cut|drop|decline|savings?|gain|decrease|jump)\b",
    re.IGNORECASE,
)
_OF_SOMEONE = re.compile(r"\s+(?:of|for|among)\b|,\s+who\b", re.IGNORECASE)
_OTHERS = (
    rf"{OUTSIDERS}|physicians?|doctors?|nurses?|clinicians?|surgeons?|patients?|citizens?|members|employees?|staff"
    r"|workers|founders?|researchers?|scientists?|students?|developers?|engineers?|pharmacists?|radiologists?"
    r"|economists?|analysts?|chief\s+\w+\s+officers?|countries|states|charities|nursing\s+homes|incumbents"
)
_OF_OTHERS = re.compile(
    rf"\b(?:of|among|by)\s+(?:(?:all|the|surveyed|these|those|us|hospital|large|small|provider|payer)\s+){{0,3}}?(?P<who>{_OTHERS})"
    r"(?![\w’'-])(?!\s+(?:and|or)\b)",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"^\W*(?P<who>{_OTHERS})\s*(?:[:(,–—]|$)", re.IGNORECASE)


_ALL = re.compile(
    r"(?<!\bof )(?<!\bacross )(?<!\bin )(?<!\bamong )(?<!\bfor )"
    r"(?<!\bat )(?<!\bover )(?<!\bfrom )(?<!\bby )(?<!\bwith )(?<!\bto )"
    r"\b(?:all|every)\s+(?:of\s+)?(?:the(?:ir)?|its|new|one\s+of)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:all|every|each|entire|whole|any|full\w*)\b", re.IGNORECASE)


def adds_all(claimed: str, stated: str) -> bool:
    """Whether a claim says of all what the source says of most, or of some: "all their pilots", "all new drugs"."""
    return bool(_ALL.search(claimed)) and not _WHOLE.search(stated)


def is_size_of_change(figure: Figure, text: str) -> bool:
    """Whether a percentage of a text says by how much something changes: "by 80%", "60% faster"; offsets into it."""
    if figure.kind != "percent" or _OF_SOMEONE.match(text, figure.end):
        return False
    before = text[: figure.start]
    if _SAID_BY.search(before):
        return False
    return bool(_BY.search(before) or _DIRECTLY.search(before) or _MEASURED.match(text, figure.end))


@lru_cache(maxsize=4096)
def others_named(text: str) -> frozenset[str]:
    """Those other than the usual respondents of whom a text says something: nurses, patients, startups."""
    found = [*_OF_OTHERS.finditer(text), *_LABEL.finditer(text)]
    return frozenset(match["who"].lower().rstrip("s") for match in found)


def is_of_others(noun: str) -> bool:
    """Whether a noun names such others."""
    return re.fullmatch(_OTHERS, noun, re.IGNORECASE) is not None
