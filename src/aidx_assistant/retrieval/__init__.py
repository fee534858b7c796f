"""Ranks the library's passages for a question and fits them into a token budget."""
