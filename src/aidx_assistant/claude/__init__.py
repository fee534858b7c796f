"""Claude over the Messages API: the only package that imports `anthropic`, and only once a question is asked."""
