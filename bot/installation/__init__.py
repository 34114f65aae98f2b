"""The set-up: finds Pythons and the installer, and keeps both environments current.

Runs before anything is installed, so it uses the standard library alone.
"""
