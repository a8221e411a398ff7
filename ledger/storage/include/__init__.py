"""Included ledgers (下级台账): where each lies, how it is read, and the one place where its ids become `wanzhou/M3`."""
