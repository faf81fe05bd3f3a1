"""Taking a programme folder into the books: the whole of it, or nothing and a list of everything that is wrong with it."""
