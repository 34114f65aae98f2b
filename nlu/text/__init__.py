"""Text: cuts chat into words and makes them plain."""
