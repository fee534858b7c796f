"""Written documents, read back: Markdown and Word as pieces of text with their notes, each with where it stands."""
