"""`ledger status`: what needs attention first, then every figure of every book."""
