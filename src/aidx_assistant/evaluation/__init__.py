"""How often the assistant is right: questions with known answers, asked and judged by code."""
