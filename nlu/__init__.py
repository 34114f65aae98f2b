"""Understanding: how Balai turns a citizen's sentence into intent, target and entities."""
