"""aidx: questions about market research, answered with citations and figures that code has checked."""

__version__ = "0.1.0"
