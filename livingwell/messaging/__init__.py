"""What is sent and what comes in: one port for e-mail, text and letter, an adapter for each provider.

Public beside models and actions: nothing else.
"""
