"""The form engine: forms, kinds of question, and what to ask next. Pure functions."""
