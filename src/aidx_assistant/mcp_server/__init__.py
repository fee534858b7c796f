"""The library for clients of the Model Context Protocol: to be read and asked, never changed."""
