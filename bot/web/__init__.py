"""The web chat at /warga: the same dialogue in a browser, with and without scripts."""
