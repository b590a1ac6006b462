"""Linked up: other systems receive and answer introductions as FHIR R4, each for one organization.

Public beside models, actions and queries: nothing.
"""
