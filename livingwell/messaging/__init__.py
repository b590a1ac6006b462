"""What is sent and what comes in: one port for e-mail, text and letter, an adapter for each provider.

Public beside models and actions: `addresses` (numbers and e-mail addresses as people type them), `texts` (what fits
into a text message), `hours` (when phones are left quiet), `keywords` (what to do when a text comes in).
"""
