"""A brief on the screen: drawn as answers are, its markers walked and followed as theirs."""

from __future__ import annotations

from aidx_assistant.tui.widgets.answer_body import AnswerBody


class BriefBody(AnswerBody):
    """Scrolls; leads from each marker to the passage behind it."""

    HELP = (
        "A brief, every statement with its source. The arrow keys and Page Up and Down scroll. **→** and **←** (or n "
        "and p, or a click) go from marker to marker; the passage behind each opens beside the brief, **Enter** goes "
        "there, **o** opens the source's address. What the checks hold against the brief, and what is missing from it, "
        "stands at its top. **s** saves it as Markdown, Word, PDF, HTML or PowerPoint, by the ending of the name you "
        "give; **r** drafts one section anew, **c** copies it as Markdown, **F9** makes another. While it is drafted "
        "**Esc** or **x** ends that: what is finished is kept."
    )
