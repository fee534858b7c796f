"""Failure, loss and giving up: what a claim may not add to a source that says nothing of it."""

from __future__ import annotations

import re

from aidx_assistant.checking.directions import denied

_FAILURE = re.compile(
    r"\b(?:fail(?:s|ed|ing|ures?)?|los(?:e|es|t|ing|s|ses)|abandon\w*|drop(?:s|ped|ping)|scrap(?:s|ped|ping)|cancel\w+|shelved"
    r"|discontinu\w+|reject\w*|sued|harm\w*|bankrupt\w*|unprofitable|disappoint\w*|suffer\w*|withdr[ae]w\w*|collaps\w+|die[sd]?"
    r"|missing|bury|buried|fired|lay(?:ing)?\s+off|laid\s+off|replac\w+)\b",
    re.IGNORECASE,
)
_UNFAVOURABLE = re.compile(
    r"\b(?:not|no|never|none|without|lack\w*|barriers?|obstacles?|roadblocks?|hurdles?|risks?|doubt\w*"
    r"|still|remain\w*|stuck|cut|reduc\w*|lower\w*|fall\w*|shortage|threat\w*|concern\w*|worr\w+|problem\w*|behind|last|decreas\w*"
    r"|remov\w*|exclu\w*|without|declin\w*|shrink\w*|slow\w*|un\w+ing)\b",
    re.IGNORECASE,
)


def adds_failure(claimed: str, stated: str) -> bool:
    """Whether a claim tells of a failure, while the source has neither a like word nor anything unfavourable."""
    told = [match for match in _FAILURE.finditer(claimed) if not denied(claimed, match.start())]
    return bool(told) and not _FAILURE.search(stated) and not _UNFAVOURABLE.search(stated)
