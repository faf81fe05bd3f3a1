"""How the journal tables came to be, step by step."""
