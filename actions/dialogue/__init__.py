"""The conversation: one turn, from what came in to what is answered."""
