"""The AI Dx Index: opportunity against adoption, for the user's own jobs."""
