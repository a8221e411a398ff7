"""What people write in cells of a list: deadlines, states, units, numbers."""
