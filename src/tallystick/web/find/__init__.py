"""Finding: one box for a code or a reference."""
