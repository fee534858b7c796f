"""Answers and the events that lead to them, as plain data; the JSON contract is `answer_as_json`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from math import ceil
from typing import Any, Literal

from aidx_assistant.evidence import Locator

SCHEMA = 1

NOT_CITED = "no sentence is cited for this figure"
"""The reason of the checks for a figure whose sentence cites nothing."""

DECLINE = "The sources do not answer this."
"""The sentence by which an answerer, Claude included, says that the sources do not answer."""

CORRECTING = "correcting"
"""How the phase begins in which an answer that is shown already may be replaced."""

Status = Literal["complete", "cut", "interrupted", "refused", "declined"]
Mode = Literal["claude", "extractive"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer from a sentence of an answer to a range of sentences of one passage."""

    number: int
    source_id: str
    source_title: str
    passage_id: str
    sentences: tuple[int, int]
    """0-based, end exclusive."""
    locator: Locator
    shown_beside: str | None
    label: str
    quote: str
    url: str | None
    picture: str | None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class UnsupportedFigure:
    """A figure of the answer that no cited sentence carries for the same claim."""

    text: str
    start: int
    end: int
    """Offsets in `Answer.text`, end exclusive."""
    reason: str
    found_instead: str | None

    @property
    def is_cited(self) -> bool:
        """Whether anything is cited for it."""
        return self.reason != NOT_CITED


@dataclass(frozen=True, slots=True)
class Checks:
    """What code established about an answer."""

    citations: int = 0
    citations_unverified: int = 0
    figures: int = 0
    sentences_uncited: int = 0
    figures_unsupported: tuple[UnsupportedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Cited sentences that say different things about the same."""

    about: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the API reported them; cost in US dollars where the price of the model is known."""

    input_tokens: int
    output_tokens: int
    cache_read_input_tokens: int = 0
    cache_creation_input_tokens: int = 0
    cost_usd: float | None = None
    output_is_estimated: bool = False
    """Whether a reply broke off before the API told what it wrote, so that what came of it was counted here."""

    @property
    def read(self) -> int:
        """All that was given to read, from the cache or not."""
        return self.input_tokens + self.cache_read_input_tokens + self.cache_creation_input_tokens


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds since the question was asked."""

    retrieval: float = 0.0
    first_token: float | None = None
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """Claude looked something up while it worked on a deep question."""

    tool: str
    what: str
    """What was looked up, in words."""
    found: str
    """What came of it, in words."""
    failed: bool = False

    @property
    def text(self) -> str:
        """In one line."""
        return f"{self.what}: {self.found}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked answer. `text` is Markdown with [1] markers that name `citations` by number."""

    question: str
    question_understood: str
    answered: bool
    status: Status
    mode: Mode
    model: str | None
    cited_by_model: bool
    text: str
    reason: str | None = None
    corrected: bool = False
    citations: tuple[Citation, ...] = ()
    checks: Checks = field(default_factory=Checks)
    disagreements: tuple[Disagreement, ...] = ()
    nearest: tuple[Citation, ...] = ()
    """Where nothing answers: the nearest passages, as pointers."""
    usage: Usage | None = None
    timings: Timings = field(default_factory=Timings)
    stopped_by_user: bool = False
    endpoint: str | None = None
    """Host and port of the server that answered, where it is not Anthropic's own."""
    by_words_only: int = 0
    """Passages that could be searched by their words alone, since the search index did not hold them yet."""
    steps: tuple[Step, ...] = ()
    """What Claude looked up, of a deep question."""
    before_correction: str | None = None
    """The first text, where the checks found fault with it and Claude corrected it."""
    faults_corrected: tuple[UnsupportedFigure, ...] = ()
    """What the checks found in the first text; offsets count in that."""
    whole_report: bool = False
    """Whether all of the chosen sources was before Claude, not only what fits the question."""


@dataclass(frozen=True, slots=True)
class Phase:
    """The assistant entered a named phase: searching, asking Claude, checking figures."""

    name: str


@dataclass(frozen=True, slots=True)
class AnswerText:
    """More of the answer's text, markers included, in order."""

    text: str
    citations: tuple[Citation, ...] = ()
    """What its markers name, not verified yet."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What keeps the answer from coming for a while, and when it is tried again; or what is gone without."""

    reason: str
    """One sentence."""
    seconds: float | None
    """From now until it is tried again; None where it is not."""

    @property
    def text(self) -> str:
        return self.text_after(0.0)

    def text_after(self, seconds: float) -> str:
        """In words, so many seconds after it came: with those that are left."""
        if self.seconds is None:
            return self.reason
        left = ceil(self.seconds - seconds)
        return f"{self.reason} Trying again {f'in {left} s' if left > 0 else 'now'}."


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken for that leans on the conversation before it."""

    question: str

    @property
    def text(self) -> str:
        return f"Understood as: {self.question}"


@dataclass(frozen=True, slots=True)
class Summarised:
    """The oldest turns of a conversation were summed up; to be kept with it, so that it is not done again."""

    summary: str
    next_position: int
    """Of the first turn that the summary does not hold."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event of every stream."""

    answer: Answer


Event = Phase | AnswerText | Notice | Step | Understood | Summarised | Finished


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """The object that `aidx ask --json` prints; fields may be added within a schema, never changed."""
    content = asdict(answer)
    first = ("question", "question_understood", "answered", "status", "mode", "model", "cited_by_model")
    return {
        "schema": SCHEMA,
        **{name: content.pop(name) for name in first},
        "answer": content.pop("text"),
        "timings_ms": content.pop("timings"),
        **content,
    }


def citations_as_json(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """As the answer's object holds them."""
    return [asdict(citation) for citation in citations]
