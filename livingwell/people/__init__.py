"""Who is who: accounts that sign in, and what each may do for which organization.

Public beside models, actions and queries: `permissions` (who may see the pages that keep the network), `proof` (second
step taken, proven just now), `work` (who works for whom), `invented` (the people of the demonstration).
"""
