"""What is around: organizations, services, places and times; taking them in, finding them, showing them.

Public beside models, actions and queries: `grid` (squares of the map and distances), `opening` and `opening_words` (when
something is open, and how that is said), `describe` (cost, ages, confirmed), `tagging` (themes and kinds from words).
"""
