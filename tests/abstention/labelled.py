"""The labelled questions, one set at a time, and the evidence that is retrieved for them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal

from aidx_assistant import locations
from aidx_assistant.answering.draft import Retrieved
from aidx_assistant.answers import Citation
from aidx_assistant.evaluation.questions import read_questions
from aidx_assistant.evidence import Finding
from aidx_assistant.library.library import Library
from aidx_assistant.retrieval.budget import passages_within_budget
from aidx_assistant.retrieval.search import search

Half = Literal["development", "held-out", "near-miss", "last"]
_FILES: dict[Half, tuple[str, ...]] = {
    "development": (
        "questions.toml",
        "second.toml",
        "third.toml",
        "fourth.toml",
        "fifth.toml",
        "sixth.toml",
        "seventh.toml",
        "eighth.toml",
    ),
    "held-out": ("held_out.toml",),
    "near-miss": ("near_misses.toml",),
    "last": ("last.toml",),
}
_BUDGET = 8000
_TRAINING = Path(__file__).parents[1] / "classifier" / "training.toml"
_SENTENCE = "sentence:"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with the sources that answer it; none where it is unanswerable."""

    id: str
    kind: str
    question: str
    gold: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        return bool(self.gold)


def labelled(half: Half) -> tuple[Labelled, ...]:
    """The questions of one set."""
    folder = Path(__file__).parent
    tables = [
        table
        for name in _FILES[half]
        for table in tomllib.loads((folder / name).read_text(encoding="utf-8"))["question"]
    ]
    return tuple(Labelled(table["id"], table["kind"], table["question"], tuple(table["gold"])) for table in tables)


def of_evaluation() -> tuple[Labelled, ...]:
    """The development half of the evaluation's questions, as far as each stands by itself."""
    known = (one for one in read_questions(locations.questions_folder()) if one.half == "development")
    return tuple(
        Labelled(f"{one.kind} {number}", one.kind, one.ask, tuple(_gold(place) for place in chain(*one.places)))
        for number, one in enumerate(known, 1)
        if not one.earlier
    )


def of_training() -> tuple[Labelled, ...]:
    """All questions of tests/classifier/training.toml, each with the sentences that answer it."""
    tables = tomllib.loads(_TRAINING.read_text(encoding="utf-8"))
    gold: dict[tuple[str, str], list[str]] = {}
    for table in (*tables["answered"], *tables["unanswered"]):
        for question in table["asked"]:
            sentences = gold.setdefault((table["author"], question), [])
            sentences += [f"{_SENTENCE}{table['sentence']}"] if "sentence" in table else []
    return tuple(
        Labelled(f"{author} {number}", author, question, tuple(sentences))
        for number, ((author, question), sentences) in enumerate(gold.items(), 1)
    )


def author_of(one: Labelled) -> str:
    """Who wrote a question: its id begins with a letter of the author's, none for the first, then a or u; one of the
    evaluation's has the name of its file."""
    file = one.id.rpartition(" ")[0]
    return file.removesuffix("_unanswered") if file else one.id.split("-")[0][:-1] or "first"


def _gold(place: str) -> str:
    """A place of the evaluation as the other sets name it."""
    if place.startswith("slide "):
        return f"slide:{place.removeprefix('slide ')}"
    return f"passage section:{'introduction (no heading)' if place == 'introduction' else place}"


def retrieved_for(question: str, library: Library) -> Retrieved:
    """The evidence for a question, as the assistant retrieves it."""
    passages = passages_within_budget(search(library, question), _BUDGET)
    ids = [ranked.passage.id for ranked in passages]
    return Retrieved(
        passages=passages,
        sources={source.id: source for source in library.store.sources()},
        findings=tuple(finding for finding in library.store.findings() if finding.passage_id in set(ids)),
    )


def is_gold(citation: Citation, gold: tuple[str, ...], findings: dict[str, Finding]) -> bool:
    """Whether a citation points at one of the sources that a question is labelled with."""
    for name in gold:
        if name.startswith("slide:"):
            if citation.locator.kind == "slide" and citation.locator.number == int(name.removeprefix("slide:")):
                return True
        elif name.startswith(_SENTENCE):
            if citation.quote == name.removeprefix(_SENTENCE):
                return True
        elif name.startswith("passage section:"):
            heading = citation.locator.heading or "introduction (no heading)"
            if citation.locator.kind == "section" and heading == name.removeprefix("passage section:"):
                return True
        elif (findings[name].passage_id, findings[name].sentence) == (citation.passage_id, citation.sentences[0]):
            return True
    return False
