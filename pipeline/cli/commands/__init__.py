"""One module per command, each with ``command(lang)``; imported only when the command is run."""
