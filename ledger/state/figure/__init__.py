"""Figures of books: the one table of them, counted on a day, on many days, and as published."""
