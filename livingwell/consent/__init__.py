"""Whose page it is, who may see or change which part of it until when, and who looked.

Public beside models, actions and queries: `doors` (the way into a page, for views), `walls` (row-level security, for
migrations), `acting` (on whose behalf the database is asked), `telling` (the parts of a page in plain words),
`nhs_number`.
"""
