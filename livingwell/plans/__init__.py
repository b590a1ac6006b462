"""What somebody wrote on their page in their own words: each part, their hard days, the themes read from them.

Public beside models, actions and queries: `days` (when a hard day falls).
"""
