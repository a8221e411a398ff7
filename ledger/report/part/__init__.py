"""The sections that reports share."""
