"""Rules: what a careful auditor would say about a ledger. One module a group, a rule is a small generator."""
