"""What goes out to others and comes back: sheets of strangers, imports, the forms of the weekly round."""
