"""The link worker's side: beginning a page with somebody, walking with them, standing in for a colleague.

Public beside models, actions and queries: `roles` (who may begin a page with somebody).
"""
