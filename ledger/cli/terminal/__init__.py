"""What there is on a terminal only: questions, the pager, word of long work, colours on Windows."""
