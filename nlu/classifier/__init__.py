"""Classifier: intent and target from the features, how sure, and when to act."""
