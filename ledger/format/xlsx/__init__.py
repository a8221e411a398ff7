"""Workbooks as values, and their bytes."""
