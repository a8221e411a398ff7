"""git called as a program: what a repository knows of a ledger, and two versions of it cut down to what differs."""
