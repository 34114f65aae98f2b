"""One file that holds everything but the key, made while the service runs, and the way back."""
