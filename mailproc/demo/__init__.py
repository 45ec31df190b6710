"""`mailproc demo`: the whole story in the terminal, with sample mail and no server."""
