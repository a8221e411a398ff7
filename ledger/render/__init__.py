"""What people and programs see. A report is a value; writers know formats, not reports."""
