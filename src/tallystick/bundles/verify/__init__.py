"""Proving the books: the chain, the signatures, and every row against the act that made it."""
