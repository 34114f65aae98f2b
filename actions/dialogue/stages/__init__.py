"""What is asked of every turn before and after its topic: see `actions.dialogue.turn`."""
