"""One module a command: read, compute, render, exit."""
