"""Balai's own components for Rasa's pipeline, named in nlu/config.yml."""
