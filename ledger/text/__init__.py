"""Text as terminals and people need it: cell width, wrapping, near-miss names, safe characters."""
