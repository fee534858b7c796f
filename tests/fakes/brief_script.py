"""Drafts the sections of a brief on ambient scribes as Claude would, citing sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tests.fakes.messages_requests import question_of, search_results
from tests.fakes.messages_script import DECLINE, Cite, Received, Reply, Text, Turn

DEPLOYED = "30% have deployed ambient scribes"
IMPLEMENTING = "another 22% are implementing"
PILOTING = "another 40% are actively piloting"
BARRIERS = "are the barriers that hold AI pilots back"
COMMITTEES = "AI governance committees are in place"
_HEADING = re.compile(r"^Section to draft: (.*)\.$", re.MULTILINE)

Piece = str | tuple[str, str]
"""Text, or text with words of the sentence that it cites."""

SECTIONS: Mapping[str, tuple[Piece, ...]] = {
    "Decision to take": ("Decide whether to roll out ambient scribes to all clinicians.",),
    "Recommendation": (
        "**Conditional.** Confidence: medium.\n\n",
        ("Ambient scribes are in system-wide use at 30% of surveyed providers", DEPLOYED),
        (", and security is a barrier for AI pilots in general", BARRIERS),
        ". The sources are silent on safety.",
    ),
    "Why now": (
        ("- Another 40% of surveyed providers are piloting ambient scribes", PILOTING),
        ".\n",
        ("- Background: 57% of the surveyed organisations have an AI governance committee", COMMITTEES),
        ".",
    ),
    "Evidence": (
        ("- Among surveyed providers, 30% have deployed ambient scribes system-wide", DEPLOYED),
        ".\n- Deploying, implementing or piloting: calc(30% + 22% + 40%) of surveyed providers ",
        ("have deployed", DEPLOYED),
        (", are implementing", IMPLEMENTING),
        (" or are piloting ambient scribes", PILOTING),
        ".\nSource: The Index\n",
        ("- Another 22% of surveyed providers are implementing them", IMPLEMENTING),
        ".",
    ),
    "Options": (
        "| Option | What speaks for it | What speaks against it |\n|---|---|---|\n| Build | The sources are silent | ",
        ("In-house expertise is scarce", BARRIERS),
        " |\n| Buy | ",
        ("30% of surveyed providers have deployed them system-wide", DEPLOYED),
        " | The sources are silent |\n| Wait | The sources are silent | The sources are silent |",
    ),
    "Risks and stop conditions": (
        ("- Security and data readiness hold AI pilots back from production", BARRIERS),
        ".\n- **Stop if** clinicians turn it off.",
    ),
    "What would change the verdict": ("- **Up:** proof of safety.\n- **Down:** a breach.",),
    "Next step": ("Ask the vendor for its safety data.",),
    "Healthcare points": (
        "- **Intended use:** The sources are silent: ask the vendor what it documents.\n- **Safety and governance:** ",
        ("In general, AI governance committees are in place at 57% of the surveyed organisations", COMMITTEES),
        ".\n- Something else that has no label.",
    ),
}


def drafting(
    sections: Mapping[str, tuple[Piece, ...]] | None = None, **instead: Turn | tuple[Piece, ...]
) -> Callable[[Received], Turn]:
    """Answers each request for a section by its heading; `instead`: by heading, with underscores for spaces."""
    replies: dict[str, Turn | tuple[Piece, ...]] = {**(SECTIONS if sections is None else sections)}
    replies |= {heading.replace("_", " "): reply for heading, reply in instead.items()}

    def answer(request: Received) -> Turn:
        heading = heading_of(request)
        reply = replies.get(heading)
        if reply is None:
            return Reply((Text(DECLINE),))
        return reply if not isinstance(reply, tuple) else Reply(tuple(_text(piece, request) for piece in reply))

    return answer


def heading_of(request: Received) -> str:
    """Of the section that a request asks for."""
    found = _HEADING.search(question_of(request.body))
    assert found, question_of(request.body)
    return found[1]


def _text(piece: Piece, request: Received) -> Text:
    if isinstance(piece, str):
        return Text(piece)
    text, *words = piece
    return Text(text, (_citing(words[0], request),)) if words else Text(text)


def _citing(words: str, request: Received) -> Cite:
    for index, result in enumerate(search_results(request.body)):
        for position, sentence in enumerate(result["content"]):
            if words in sentence["text"]:
                return Cite(index, position, position + 1)
    raise LookupError(words)
