"""The directory for machines to read: the HSDS interface, OpenActive, packages of tables, calendars.

Public beside models, actions and queries: nothing.
"""
