"""Checks answers in code: citations against the library, every figure against the sentences cited for it."""

from aidx_assistant.checking.answer_check import CheckedAnswer, check_answer
from aidx_assistant.checking.evidence_of import Evidence

__all__ = ["CheckedAnswer", "Evidence", "check_answer"]
