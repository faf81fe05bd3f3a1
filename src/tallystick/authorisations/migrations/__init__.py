"""How the authorisations tables came to be, step by step."""
