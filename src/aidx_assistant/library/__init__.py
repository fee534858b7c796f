"""The library on disk: SQLite holds the truth and the words, Chroma the rebuildable vectors."""
