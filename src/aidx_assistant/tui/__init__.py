"""The terminal app: ask, read, and follow every figure to its source."""
