"""Whether a claim is a cited sentence word for word: then it says of its figure what the source says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from aidx_assistant.checking.agreement import segment_conflict, source_conflict
from aidx_assistant.checking.claims import Claim
from aidx_assistant.checking.judging import CitedText
from aidx_assistant.checking.stated import StatedFigure
from aidx_assistant.checking.statements import MARKER
from aidx_assistant.checking.values import fit
from aidx_assistant.checking.words import concepts
from aidx_assistant.segments import mentions

_FEWEST = 3
"""Content words from which a sentence says itself what its figures are."""
_OPENED = re.compile(r"(?:^|[“\"„:.!?;|\]>\n])[\s*_“\"+-]*$")
_NOTES = r"(?:\s*\[[\d\s,;–-]+\])*[*_\s]*"
_CLOSED = re.compile(
    rf"[*_]*(?:[.;!?](?!\d)|[”\"]|{_NOTES}(?:$|[.!?;|])|{_NOTES}(?<=\n)\s*(?:[-+#>]|\d+[.)]\s)|{_NOTES}(?<=\n\n))"
)
"""Around words that stand for themselves: nothing is said in the same breath that could change their meaning."""
_LEAD = 40
"""Characters before a quotation that are looked at for what opens it."""


def is_verbatim(claim: Claim, answer: str, cited: CitedText) -> bool:
    """Whether a claim stands in a whole cited sentence that the answer repeats word for word.

    Not where the answer gives it to another source, or says beside it that it is of another segment, and the sentence
    itself names none.
    """
    for sentence in dict.fromkeys(cited.sentences):
        if len(concepts(sentence)) < _FEWEST or not _stands_in(claim, answer, sentence):
            continue
        own = [one for one in cited.figures if one.sentence == sentence and fit(claim.figure, one.figure) == "same"]
        if any(source_conflict(claim, one) for one in own):
            continue
        if mentions(sentence) or not _is_given_to_another(claim, own):
            return True
    return False


def _stands_in(claim: Claim, answer: str, sentence: str) -> bool:
    return any(
        match.start() <= claim.start
        and claim.end <= match.end()
        and _OPENED.search(answer[max(0, match.start() - _LEAD) : match.start()])
        and _CLOSED.match(answer, match.end())
        for match in _words_of(sentence).finditer(answer)
    )


@lru_cache(maxsize=256)
def _words_of(sentence: str) -> re.Pattern[str]:
    """The sentence in any line breaks, without the numbers of the source's own notes, its end left to what follows."""
    words = MARKER.sub("", sentence).replace("**", "").rstrip(" .;:").split()
    return re.compile(r"\s+".join(map(re.escape, words)))


def _is_given_to_another(claim: Claim, own: Iterable[StatedFigure]) -> bool:
    return claim.segments_said != "above" and any(segment_conflict(claim, one) for one in own)
