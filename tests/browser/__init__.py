"""The public site in a real browser."""
