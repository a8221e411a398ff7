"""The command `diff`: what changed between two versions, told by its meaning."""
