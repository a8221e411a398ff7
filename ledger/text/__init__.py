"""Text as terminals, files and spreadsheets need it: cell width, wrapping, near-miss names, safe characters."""
