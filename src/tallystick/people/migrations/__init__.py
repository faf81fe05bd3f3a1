"""How the people tables came to be, step by step."""
