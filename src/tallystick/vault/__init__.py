"""Keys: how a passphrase opens the books and the office's signing key."""
