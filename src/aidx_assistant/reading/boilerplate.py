"""Knows the words that a page says around its article: navigation, sharing, consent, subscription.

A closed list, matched as a whole: what is not plainly boilerplate stays.
"""

from __future__ import annotations

import re

_LONGEST = 600
"""Characters of a block that can be boilerplate."""
_LABEL = re.compile(
    r"share(?:\s+(?:this|on|via|to|with)(?:\s+\w+){0,3})?|tweet(?:\s+this)?|e-?mail(?:\s+this)?|print(?:\s+this(?:\s+\w+)?)?"
    r"|copy\s+(?:link|url)|(?:link\s+)?copied!?|save(?:\s+(?:for\s+later|article))?|bookmark"
    r"|subscribe(?:\s+(?:now|today|here|to\s+.{1,60}))?|sign\s+up(?:\s+(?:now|today|here|for\s+.{1,60}))?"
    r"|(?:join|get)\s+(?:our|the)\s+(?:newsletter|mailing\s+list)|newsletter(?:\s+sign-?\s?up)?|follow\s+(?:us|me)(?:\s+on\s+\w+)?"
    r"|skip\s+to\s+(?:main\s+)?(?:content|navigation)|menu|search|home|close|log\s?in|sign\s?in|register|back(?:\s+to\s+(?:top|home))?"
    r"|(?:read|learn|see|show|load|view)\s+(?:more|less|all)(?:\s*[>›»→])?|previous|next|previous\s+article|next\s+article"
    r"|advertisement|sponsored(?:\s+content)?|accept(?:\s+all)?(?:\s+cookies)?|reject(?:\s+all)?(?:\s+cookies)?"
    r"|(?:manage\s+)?cookies?(?:\s+(?:settings|policy|preferences|notice))?|privacy(?:\s+(?:policy|notice))?"
    r"|terms(?:\s+(?:of\s+(?:use|service)|and\s+conditions|&\s+conditions))?|all\s+rights\s+reserved\.?"
    r"|recorded\s+(?:presentation|webinar|session)|watch\s+(?:the\s+)?(?:recording|video|replay|presentation|webinar)"
    r"|play\s+(?:video|audio)|listen(?:\s+to\s+(?:this|the)\s+article)?|\d+\s+min(?:ute)?s?\s+read|reading\s+time:?.{0,20}"
    r"|(?:facebook|twitter|x|linkedin|whatsapp|instagram|youtube|reddit|bluesky|mastodon|threads)"
    r"|your\s+browser\s+does\s+not\s+support\s+.{1,40}|loading(?:\.{3}|…)?|click\s+to\s+enlarge|open\s+image(?:\s+.{0,30})?",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"jump\s+(?:around|to(?:\s+(?:a\s+)?section)?)|(?:table\s+of\s+)?contents|on\s+this\s+page"
    r"|in\s+this\s+(?:article|report|post|story|issue)|sections",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:related|recommended|further|more|popular|latest|similar)\s+(?:articles?|posts?|stories|reading|reports?|content|insights?|news)"
    r"|you\s+(?:may|might)\s+also\s+(?:like|enjoy|be\s+interested\s+in)|read\s+next|up\s+next|keep\s+reading|trending(?:\s+now)?"
    r"|recommended(?:\s+for\s+you)?|more\s+from\s+.{1,60}|most\s+(?:read|popular)|comments|leave\s+a\s+(?:comment|reply)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?:we|this\s+(?:web)?site|our\s+(?:web)?site|our\s+partners)\s+(?:and\s+our\s+partners\s+)?uses?\s+cookies"
    r"|by\s+(?:continuing|clicking)\b.{0,80}\b(?:cookies|privacy\s+policy|terms)"
    r"|^(?:subscribe|sign\s+up)\b.{0,80}\b(?:newsletter|inbox|mailing\s+list|updates|email)"
    r"|\bdelivered\s+(?:straight\s+|directly\s+)?to\s+your\s+inbox|^©|^copyright\s+(?:©|\(c\))",
    re.IGNORECASE,
)
_DECORATION = re.compile(
    r"\b(?:headshot|portrait|avatar|profile\s+(?:photo|picture)|logo(?:type)?|logo\s?mark|favicon|icon|spacer|share\s+button)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"^data:|(?:^|[/_-])(?:spacer|pixel|blank|clear|transparent|placeholder|avatar|gravatar|favicon|icon|logo)"
    r"(?:[_-][\w-]*)?\.(?:gif|png|svg|jpe?g|webp)",
    re.IGNORECASE,
)


def is_boilerplate(text: str) -> bool:
    """Whether a whole block says only what stands around articles, such as "Share" or a consent to cookies."""
    if len(text) > _LONGEST:
        return False
    words = len(text.split())
    if words <= 12 and (_LABEL.fullmatch(text.strip(" :|•·-–—*#")) or is_contents_label(text)):
        return True
    return words <= 60 and _SENTENCE.search(text) is not None


def is_contents_label(text: str) -> bool:
    """Whether a heading or a label announces a table of contents."""
    return _CONTENTS.fullmatch(text.strip(" :")) is not None


def leads_elsewhere(heading: str) -> bool:
    """Whether a heading announces links to other articles, or comments on this one."""
    return _ELSEWHERE.fullmatch(heading.strip(" :")) is not None


def is_decoration(caption: str, address: str) -> bool:
    """Whether a picture is a portrait, a logo, an icon or a placeholder and no figure of the article."""
    short = len(caption.split()) <= 8
    return bool((short and _DECORATION.search(caption)) or _PLACEHOLDER.search(address))
