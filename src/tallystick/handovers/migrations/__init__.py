"""How the handovers tables came to be, step by step."""
