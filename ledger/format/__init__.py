"""Documents as values, and every format they can be written in. Writers know formats, not reports."""
