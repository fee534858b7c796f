"""The linter: holds briefs, and documents written from them or from anywhere, against the library, in code."""

from aidx_assistant.briefs.linting.linter import faults_of

__all__ = ["faults_of"]
