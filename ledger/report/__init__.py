"""The reports of the weekly and monthly round, and publishing them."""
