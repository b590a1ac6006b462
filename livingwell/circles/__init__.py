"""The people around somebody: who matters, who may be rung and who must not, and carers who are let in.

Public beside models, actions and queries: `picture` (the circle drawn, for pages and for paper).
"""
