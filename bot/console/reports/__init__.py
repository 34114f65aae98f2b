"""Reports: what came, what became of it and what citizens said, for a period chosen once."""
