"""Pictures for the wall and the page."""
