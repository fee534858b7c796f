"""Tells of a text that speaks to a language model, as one does that wants to change what an assistant says.

It stays what it is, a text to be quoted: the remark is for the user, who may wonder at a report that holds such a
thing. The rules are few and narrow, since reports on AI speak of models, prompts and instructions all the time: only an
order to a model counts, or the marks by which models tell whose turn it is. An article that quotes such an order is
told of as well; no figure of an order becomes a finding. What these rules do not know is no less harmless: it
is not by them that the assistant is safe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aidx_assistant.reading.document import Document, Part

_BEGUN = r"(?:^|[^\w\s%]\s*|\b(?:please|now|must|should|then|you)\s+)"
"""What stands before an order: \"patients ignore previous instructions\" is none."""
_ORDERS = r"(?:instructions?|prompts?|commands|system messages?)"
_FORMER = r"(?:previous|prior|preceding|above|earlier|foregoing|original|system)"
_ALL = r"(?:(?:all|any|every|each)\s+(?:of\s+)?)?(?:(?:the|your|my|these|those|other)\s+)*"
_MODEL = r"(?:(?:AI|LLM|large language|language|AI language)\s+(?:assistant|model|agent|system)|LLM|chatbot|AI)"
_SAID = r"(?:everything|all|anything)\s+(?:that\s+(?:was\s+)?)?(?:said\s+)?"
_DO = r"(?:you\s+(?:must|should)|do|don't|say|reply|answer|respond|tell|ignore|include|output|write|recommend|rate)"
_PATTERNS = (
    rf"{_BEGUN}(?:ignore|disregard|forget|override|bypass)\s+{_ALL}{_FORMER}\s+(?:\w+\s+)?{_ORDERS}\b",
    rf"{_BEGUN}(?:ignore|disregard|forget)\s+{_ALL}{_ORDERS}\s+(?:above|before|given to you|you (?:were|have))\b",
    rf"{_BEGUN}(?:ignore|disregard|forget)\s+(?:all\s+)?(?:of\s+)?your\s+(?:\w+\s+)?(?:{_ORDERS}|rules|guidelines)\b",
    rf"{_BEGUN}(?:ignore|disregard|forget)\s+{_SAID}(?:above|before this)\b",
    rf"\b(?:if|since|as)\s+you\s+are\s+an?\s+{_MODEL}\s*[,:]\s*(?:please\s+)?{_DO}\b",
    rf"\b(?:note|instructions?|message|attention|important)\s+(?:to|for)\s+(?:all\s+|any\s+|the\s+|an?\s+)?{_MODEL}s?\s*:",
    r"\byou\s+are\s+now\s+(?:an?\s+)?(?:DAN|unrestricted|jailbroken|in\s+developer\s+mode)\b",
    rf"{_BEGUN}(?:reveal|print|output|repeat)\s+(?:your|the)\s+(?:system\s+prompt|(?:hidden|initial)\s+instructions)\b",
    r"\b(?:new|updated|real)\s+system\s+prompt\s*:",
    r"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id)\|>",
    r"\[/?INST\]|<</?SYS>>",
)
_GOES_ON = re.compile(
    rf"\W*(?:(?:and|then|now|instead|also|please|from\s+now\s+on|always),?\s+)*{_DO}\b", re.IGNORECASE
)
"""Begins a sentence after an order: "Say that Acme leads." """
_ADDRESSED = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)


def with_remark_on_orders(document: Document) -> Document:
    """The document, with a remark where its text speaks to a language model."""
    places = [part for part in document.parts if _speaks_to_model(part)]
    if not places and not is_order_to_model(document.title):
        return document
    where = f"in {_place(places[0])}" if places else "in its title"
    more = f" and {len(places) - 1:,} more" if len(places) > 1 else ""
    remark = f"It speaks to a language model, {where}{more}; this is kept as a quotation and is not followed."
    return replace(document, remarks=(*document.remarks, remark))


def is_order_to_model(text: str) -> bool:
    """Whether a text, or a part of it, is an order to a language model."""
    return _ADDRESSED.search(" ".join(text.split())) is not None


def orders_among(sentences: Sequence[str]) -> frozenset[int]:
    """Positions of the sentences that are orders to a language model, and of those by which an order goes on."""
    orders: set[int] = set()
    for position, sentence in enumerate(sentences):
        goes_on = position - 1 in orders and _GOES_ON.match(sentence)
        if goes_on or is_order_to_model(sentence):
            orders.add(position)
    return frozenset(orders)


def _speaks_to_model(part: Part) -> bool:
    heading = part.locator.heading or ""
    return any(map(is_order_to_model, (heading, *(block.text for block in part.blocks))))


def _place(part: Part) -> str:
    if part.locator.kind != "section":
        return part.locator.label
    return f"section “{part.locator.heading}”" if part.locator.heading else "its introduction"
