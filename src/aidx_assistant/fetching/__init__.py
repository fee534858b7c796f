"""The polite HTTP client that fetches the user's own sources: pages, slide pictures and other files."""

from aidx_assistant.fetching.fetched import Fetched, Kind, Patience
from aidx_assistant.fetching.fetcher import Fetcher

__all__ = ["Fetched", "Fetcher", "Kind", "Patience"]
