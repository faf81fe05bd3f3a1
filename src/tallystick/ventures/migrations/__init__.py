"""How the ventures tables came to be, step by step."""
