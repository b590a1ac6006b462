"""What a person takes away: a leaflet, a list of what they chose, on paper, by text, by e-mail.

Public beside models, actions and queries: `paper` (pages as PDF).
"""
