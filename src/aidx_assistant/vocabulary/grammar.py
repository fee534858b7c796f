"""Words that hold a sentence together."""

from __future__ import annotations

AUXILIARIES = "is|are|was|were|do|does|did|has|have|can|could|will|would"
QUESTION_WORDS = "who|whom|whose|when|where|why|how|what|which"
CONTRASTING = "while|whereas|although|though"
"""What begins a clause that says something else of others. Where “but” and “yet” do so too, they stand beside these."""
