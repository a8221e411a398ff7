"""The public site: the six published fields, and nothing that is not public."""
