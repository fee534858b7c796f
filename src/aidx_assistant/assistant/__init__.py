"""The one service behind every face: ask, stream, search, look things up, keep the library in order."""
