"""Conversations, kept in a file of their own as they go, and written out as Markdown."""

from aidx_assistant.conversations.conversation import Conversation, Turn, TurnState
from aidx_assistant.conversations.store import ConversationStore

__all__ = ["Conversation", "ConversationStore", "Turn", "TurnState"]
