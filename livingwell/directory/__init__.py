"""What is around: organizations, services, places and times; taking them in, finding them, showing them.

Public beside models, actions and queries: `grid` (squares of the map, distances), `opening`, `opening_words`
(when it is open, how to say so), `describe` (cost, ages, confirmed), `tagging` (themes and kinds from words),
`freshness` (how long a confirmation holds, what silence does), `opening_read` (opening times as people write them),
`hiding` (taking a private place out of a text), `access` (what helps people to get in), `days` (bank holidays,
working days, school terms).
"""
