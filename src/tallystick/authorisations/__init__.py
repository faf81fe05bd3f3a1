"""The lawful bases under which value may leave the house."""
