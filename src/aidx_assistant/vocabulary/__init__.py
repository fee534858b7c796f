"""Lists of English words that several parts of aidx look for in texts, each written once; they import nothing.

A string is alternatives of a pattern, to be put in brackets: `rf"\\b(?:{WORDS})\\b"`. Where a part looks for fewer or
for more, it says so at its pattern.
"""
