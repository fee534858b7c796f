"""Narrower groups than the segments: which of them a text speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from aidx_assistant.answering.candidates import Candidate
from aidx_assistant.answering.question import Question
from aidx_assistant.segments import segments_named
from aidx_assistant.terms import Term, keys_of, stem, terms_of, thesaurus, words_of
from aidx_assistant.vocabulary.bodies import COUNTED, COUNTED_BESIDE

_FURTHER_GROUPS = frozenset({"=small", "=largeproviders", "=device", "=laboratory", "=pharmacist"})
"""Groups that several words mean alike."""
_BODIES = keys_of(COUNTED)
_COUNTABLE = _BODIES | keys_of(f"{COUNTED_BESIDE} departments people staff managers")
_SPOKESMEN = keys_of("executives leaders respondents")
"""Those who answer for a whole."""
_PEOPLE = frozenset({"=doctor", "=nurse", "=patient", "=executive", "=vendor", "=student", "=officer", "=pharmacist"})
"""Those who answer for themselves."""


def of_another_group(candidate: Candidate, question: Question) -> bool:
    """A figure that counts a narrower group alone is none of all; of what ships the classifier knows that."""
    if candidate.known is not None or "figure" not in question.asks or question.for_slide:
        return False
    if "people_count" in question.asks:  # those surveyed are told group by group
        return False
    groups = thesaurus().apart | _FURTHER_GROUPS
    if not candidate.keys & groups - question.keys or _own_names(question) & candidate.keys:
        return False
    populations = [keys_of(finding.population) for finding in candidate.values]
    return not any(keys & _BODIES and not keys & groups for keys in populations)


def of_other_people(candidate: Candidate, question: Question) -> bool:
    """What clinicians save is not what managers save."""
    if candidate.known is not None or not {"figure", "duration", "money"} & question.asks or question.for_slide:
        return False
    asked = _PEOPLE.intersection(key for term in question.terms for key in term.keys)
    said = candidate.keys & _PEOPLE
    return bool(asked and said) and asked.isdisjoint(said | candidate.context)


def of_other_population(candidate: Candidate, question: Question) -> bool:
    """A share of sites is none of pharmacies, whatever else is said of these."""
    narrow = question.those & thesaurus().narrowing
    shares = [finding for finding in candidate.values if finding.unit == "percent"]
    if candidate.known is not None or not narrow or not shares or question.for_slide:
        return False
    are_named = not candidate.keys.isdisjoint(narrow)
    if are_named and any(keys_of(share.population) & _SPOKESMEN for share in shares):
        return False
    return all(
        (keys := keys_of(share.population)) & (_COUNTABLE | thesaurus().narrowing) and keys.isdisjoint(question.counted)
        for share in shares
    )


def of_another_kind(candidate: Candidate, question: Question) -> bool:
    """A share of care notes is none of discharge notes; of what ships the classifier knows that."""
    if candidate.known is not None or "figure" not in question.asks or question.for_slide:
        return False
    held = candidate.keys | candidate.context
    return any(
        kind.keys.isdisjoint(held) and _is_of_other_kinds(candidate.text, thing, question)
        for kind, thing in _kinds_counted(question)
    )


def _kinds_counted(question: Question) -> Iterator[tuple[Term, Term]]:
    """What is counted with the word right before it that says of which kind."""
    for kind, thing in pairwise(question.terms):
        together = f"{kind.text} {thing.text}" in " ".join(words_of(question.text))
        if together and kind.keys | thing.keys <= question.those and _says_kind(kind.text):
            yield kind, thing


def _is_of_other_kinds(text: str, thing: Term, question: Question) -> bool:
    """Whether a text speaks of such things, and each time of another kind of them; hospitals' pharmacies are a kind."""
    named = [kind for kind, one in pairwise(words_of(text)) if stem(one) in thing.keys]
    return bool(named) and all(
        (_says_kind(kind) or segments_named(kind)) and keys_of(kind).isdisjoint(question.keys) for kind in named
    )


def _says_kind(word: str) -> bool:
    """“Responding” hospitals, 12 of them or those with AI are no kind of hospitals."""
    if word.isdigit() or word.endswith(("ed", "ing")) or segments_named(word):
        return False
    return bool(terms_of(word)) and "=ai" not in keys_of(word)


def _own_names(question: Question) -> frozenset[str]:
    """Stems of those counted that the thesaurus has no name for: "agency" of home care agencies."""
    return frozenset(key for key in question.counted if keys_of(key) == {key} and key not in thesaurus().silent)
