"""Finds which of the library's sources, and which places in them, a written document refers to."""
