"""How the staff tables came to be, step by step."""
