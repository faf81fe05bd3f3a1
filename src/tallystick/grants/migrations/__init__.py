"""How the grants tables came to be, step by step."""
