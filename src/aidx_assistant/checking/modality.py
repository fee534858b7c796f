"""Whether a text tells what people expect, or are open to, or what is already so."""

from __future__ import annotations

import re

_PROSPECT = re.compile(
    r"\b(?:will|would|going\s+to|expect\w*|anticipat\w+|foresee\w*|predict\w*|forecast\w*|envisag\w+|hop(?:e|es|ed|ing)"
    r"|(?<=%\s)plan|plan(?:s|ned|ning)?\s+(?:to|for|on)|planning|intend\w*|open(?:ness)?|willing\w*|ready|readiness|receptive|prepared|prefer\w*)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:believ\w+|belief|think|thinks|consider\w*|view\w*|opinion|doubt\w*|confiden\w+|potential|could|may|might|soon"
    r"|should|future|forward|outlook|likely|coming|convinced|optimis\w+|pessimis\w+|bullish|bearish|attitude|appetite|favou?r\w*|happy|keen|interest\w*"
    r"|count\s+on|bet|bank\s+on|looking\s+to|look\s+to|in\s+(?:the\s+)?next|ahead|unwilling|reluctan\w+)\b"
    r"|\bse(?:e|es|en|eing)\s+(?:\w+\s+){0,4}?as\b",
    re.IGNORECASE,
)
_ACCOMPLISHED = re.compile(
    r"\b(?:ha(?:ve|s)|having)\s+(?:already\s+|now\s+|since\s+|actually\s+)?"
    r"(?!(?:said|told|stated|indicated|expressed|reported|been|set|given|shown|voiced|declared)\b)(?:[\w-]{3,}ed|\w+own|\w+ought|\w+en|built|made|done)\b"
    r"|\b(?:achieved|attained|reached|obtained)\b|\b(?:over|in|during|within)\s+the\s+(?:past|last)\b"
    r"|\balready\s+(?:\w+ed\b|take|use|have|do)|\b(?:today|currently|nowadays|at\s+present)\b|\bfound\s+that\b",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(r"\b(?:have|has|had|exists?|runs?|uses?|used)\b", re.IGNORECASE)
_IN_USE = re.compile(r"\b(?:uses?|using|in\s+use)\b", re.IGNORECASE)
_TRYING = re.compile(r"\b(?:are|is)\s+(?:testing|trial+ing|trying)\b", re.IGNORECASE)
_COMING = re.compile(
    r"\b(?:will(?:\s+be)?|(?:are|is)\s+(?:negotiating|considering|evaluating|planning|building|about\s+to)"
    r"|(?:plan|intend)(?:s|ning|ing)?\s+to|within\s+the\s+next)\b",
    re.IGNORECASE,
)
_AWAITED = re.compile(
    r"\b(?:expect(?:s|ing)?|expected(?=\s+(?:to|by))|anticipat(?:e|es|ing)|foresee|predict|plan(?:s|ning)?\s+to|intend(?:s|ing)?\s+to"
    r"|hop(?:e|es|ing)\s+(?:to|for|that))\b",
    re.IGNORECASE,
)


def is_coming(text: str) -> bool:
    """Whether a text tells what people are about to do or think of doing."""
    return _COMING.search(text) is not None


def tells_what_is(text: str) -> bool:
    """Whether a text tells what people have or run, and of nothing that is expected."""
    return bool(_IN_PLACE.search(text)) and not _PROSPECT.search(text)


def is_prospect(text: str) -> bool:
    """Whether a text tells what people expect, plan or are open to."""
    return _PROSPECT.search(text) is not None


def made_a_fact(claimed: str, around: str, stated: str) -> bool:
    """Whether a claim has come true what the source only expects or is open to.

    `around`: what stands near the claim and may say that it is an expectation.
    """
    if not _PROSPECT.search(stated) or not _ACCOMPLISHED.search(claimed) or _ACCOMPLISHED.search(stated):
        return False
    return not (_PROSPECT.search(around) or _OPINION.search(claimed))


def is_already_so(claimed: str, stated: str) -> bool:
    """Whether a claim says that people have or run what by the source's own clause they will have, or work on."""
    if _COMING.search(claimed) or _PROSPECT.search(claimed) or not _IN_PLACE.search(claimed):
        return False
    if _IN_USE.search(claimed) and _TRYING.search(stated) and not _IN_USE.search(stated):
        return True
    coming = _COMING.search(stated)
    return bool(coming) and not (_IN_PLACE.search(stated) or _OPINION.search(_COMING.sub(" ", stated)))


def made_an_expectation(claimed: str, stated: str) -> bool:
    """Whether a claim only expects what the source tells as a fact."""
    return bool(_AWAITED.search(claimed)) and not (_PROSPECT.search(stated) or _OPINION.search(stated))
