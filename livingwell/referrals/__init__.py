"""Introductions: somebody is handed on to a service with their yes, and somebody owns it until it is answered.

Public beside models, actions and queries: `links` (what stands in the link by which a receiver answers), `acting`
(asking the database as whoever holds such a link).
"""
