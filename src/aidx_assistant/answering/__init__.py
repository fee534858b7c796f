"""Turns a question and the passages retrieved for it into a draft answer with citations."""
