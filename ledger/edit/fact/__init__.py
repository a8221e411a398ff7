"""Facts: lines that the journal gains, from what somebody types to the file."""
