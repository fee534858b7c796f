"""Briefs: what a user takes to a meeting, drafted from the library, judged by a linter, written in five formats."""
