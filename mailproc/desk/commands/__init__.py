"""What staff and customers ask by mail: the lines that ask, and what each of them does."""
