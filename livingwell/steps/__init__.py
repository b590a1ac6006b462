"""What somebody chose to do and who walks with them, and the suggestions they kept, refused or put off.

Public beside models, actions and queries: `companions` (who walks along), `because` (why something was offered).
"""
