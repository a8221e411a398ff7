"""Reading and saving: the only layer that knows files."""
