"""The language model as the bot sees it: a child process that is asked over HTTP."""
