"""Words that hold a sentence together."""

from __future__ import annotations

AUXILIARIES = "is|are|was|were|do|does|did|has|have|can|could|will|would"
QUESTION_WORDS = "who|whom|whose|when|where|why|how|what|which"
CONTRASTING = "while|whereas|although|though"
"""What begins a clause that says something else of others. Where “but” and “yet” do so too, they stand beside these."""
COMMONEST = frozenset(
    "a an and are as at be been by can did do does for from had has have if in into is it its may of on or our"
    " than that the their then they this to was we were what when who whom will with would".split()
)
"""Words that stand in every text and tell nothing of it. Who looks for more of them lists the others."""
