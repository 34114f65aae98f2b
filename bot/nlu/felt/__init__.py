"""What citizens get for what they write, measured by talking: `bot nlu report --dialogue`."""
