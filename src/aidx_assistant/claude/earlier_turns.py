"""Questions and answers of a conversation, as a later request shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pointer:
    """A range of sentences of one piece of the evidence of the request, which is counted from 0."""

    evidence: int
    start: int
    """0-based sentence."""
    end: int
    """Exclusive."""


@dataclass(frozen=True, slots=True)
class AnsweredText:
    """A part of an answer and what it cites."""

    text: str
    """Holds more than white space: the API refuses less."""
    pointers: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierTurn:
    """One question and its answer, of one part at least."""

    question: str
    answer: tuple[AnsweredText, ...]
