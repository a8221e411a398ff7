"""What all commands share: the group, options, the ledger they read, the day they judge, where their result goes."""
