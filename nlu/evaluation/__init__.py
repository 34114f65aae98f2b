"""Measures a trained model on sentences that it has not seen."""
