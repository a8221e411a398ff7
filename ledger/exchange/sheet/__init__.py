"""Tables that strangers send, read under guard."""
