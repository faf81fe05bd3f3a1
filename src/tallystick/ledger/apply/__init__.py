"""Acts become rows of the books; nothing is decided here."""
