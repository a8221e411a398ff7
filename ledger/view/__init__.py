"""What people look at every day: status, list, show, due, and the history of one item."""
