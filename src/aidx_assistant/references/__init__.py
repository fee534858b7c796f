"""References to places in sources, in the styles that a writer needs."""
