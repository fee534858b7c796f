"""Reads files into sources, passages of sentences and findings, each with its exact locator."""
