"""The house's own rules. Each is a function that says what it found, and each is shown a small bad example it must not let pass."""
