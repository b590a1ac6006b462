"""Writing to a person only as they allowed, and showing them every message to or about them.

Public beside models, actions and queries: `words` (the messages there are), `asking` (what an answer does),
`replies` (what is texted back).
"""
