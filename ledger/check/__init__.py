"""The commands `check` and `explain`, and the formats of findings."""
