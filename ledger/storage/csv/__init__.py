"""CSV read with the place of every cell, and edited in place."""
