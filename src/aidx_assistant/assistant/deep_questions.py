"""What a deep question needs."""

from __future__ import annotations

from aidx_assistant.errors import UsageError
from aidx_assistant.settings import Settings

_CITED_BY_API = "The evidence of a deep question comes piece by piece and has to be cited by the API itself"


def refuse_without_claude(settings: Settings, *, has_key: bool) -> None:
    """Raises UsageError where a deep question cannot be worked on."""
    if settings.offline:
        raise UsageError(
            "A deep question is worked on by Claude, which is not asked offline.", remedies=("online", "not deep")
        )
    if not has_key:
        raise UsageError(
            "A deep question is worked on by Claude, and there is no API key.", remedies=("enter key", "not deep")
        )
    if settings.citations == "markers":
        raise UsageError(
            f"{_CITED_BY_API}, and the setting citations is “markers”.",
            "Set it to “auto”, or ask an ordinary question.",
        )
    if settings.cites_by_markers:
        raise UsageError(
            f"{_CITED_BY_API}, which takes one of Claude's models; {settings.model} is none.",
            remedies=("model", "not deep"),
        )
