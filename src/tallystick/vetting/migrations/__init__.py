"""How the vetting tables came to be, step by step."""
