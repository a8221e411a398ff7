"""What waits for a decision and what goes back to units: the desk, its sheet, and return slips."""
