"""How the corridors tables came to be, step by step."""
