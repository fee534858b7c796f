"""Abbreviations with a full stop that ends no sentence, without that stop."""

from __future__ import annotations

ABBREVIATIONS = r"e\.g|i\.e|vs|cf|approx|ca|no|nos|fig|dr|mr|mrs|ms|st|u\.s|u\.k|e\.u|p|pp|al|est"
